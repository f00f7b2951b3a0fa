//! Answers that are none: web pages, cut connections, nobody there.

use std::sync::Arc;

use cin7::{Error, Reader, Unlimited, Writer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::canned::{APPLICATION_KEY, Canned, Cin7, endpoint, failed, json};
use crate::writes::header;

pub(crate) fn web_page() -> Canned {
    Canned {
        status: 200,
        headers: vec![("content-type", "text/html; charset=utf-8")],
        body: "<!DOCTYPE html><title>Page not found</title>".to_owned(),
    }
}

/// Takes calls and cuts each connection in the middle of its answer.
pub(crate) async fn cutting_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut request = vec![0; 16 * 1024];
            let _ = connection.read(&mut request).await;
            let beginning = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"ID\":\"9b0d\"";
            let _ = connection.write_all(beginning).await;
        }
    });
    address
}

#[tokio::test]
async fn a_web_page_with_status_200_is_no_success() {
    let cin7 = Cin7::answering([web_page(), web_page()]).await;
    let read = cin7.reader().company().await.unwrap_err();
    let write = cin7.writer().create_sale(&header()).await.unwrap_err();
    assert!(matches!(read, Error::Transient(_)));
    assert!(matches!(write, Error::Uncertain(_)));
    insta::assert_snapshot!(format!("{read}\n{write}"), @r"
    Cin7 gave no usable answer to GET /me: the answer was a web page (Page not found)
    POST /sale may or may not have been applied: the answer was a web page (Page not found)
    ");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let redirect = Canned {
        status: 302,
        headers: vec![("location", "http://127.0.0.1:9/elsewhere")],
        body: String::new(),
    };
    let cin7 = Cin7::answering([redirect]).await;
    insta::assert_snapshot!(cin7.reader().company().await.unwrap_err(), @"Cin7 gave no usable answer to GET /me: status 302");
}

#[tokio::test]
async fn an_answer_cut_in_the_middle_leaves_a_write_uncertain() {
    let address = cutting_server().await;
    let endpoint = endpoint(&address, Arc::new(Unlimited));
    let read = Reader::new(endpoint.clone()).company().await;
    let write = Writer::new(endpoint).create_sale(&header()).await;
    assert!(matches!(read, Err(Error::Transient(_))), "{read:?}");
    assert!(matches!(write, Err(Error::Uncertain(_))), "{write:?}");
}

/// A company, filled up with blanks to a length.
fn company_of(length: usize) -> Canned {
    let company = r#"{"Company":"Example","Currency":"USD"}"#;
    json(company.to_owned() + &" ".repeat(length - company.len()))
}

#[tokio::test]
async fn an_answer_is_read_up_to_16_mib_and_a_longer_one_counts_as_cut() {
    const LONGEST: usize = 16 * 1024 * 1024;
    let cin7 = Cin7::answering([
        company_of(LONGEST),
        company_of(LONGEST + 1),
        company_of(LONGEST + 1),
    ])
    .await;
    assert!(cin7.reader().company().await.is_ok());
    let read = cin7.reader().company().await.unwrap_err();
    let write = cin7.writer().create_sale(&header()).await.unwrap_err();
    assert!(matches!(read, Error::Transient(_)), "{read:?}");
    assert!(matches!(write, Error::Uncertain(_)), "{write:?}");
    insta::assert_snapshot!(format!("{read}\n{write}"), @r"
    Cin7 gave no usable answer to GET /me: the answer is longer than 16 MiB
    POST /sale may or may not have been applied: the answer is longer than 16 MiB
    ");
}

#[tokio::test]
async fn a_write_that_found_nobody_may_be_sent_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let write = Writer::new(endpoint(&address, Arc::new(Unlimited)))
        .create_sale(&header())
        .await;
    let Err(Error::Transient(sentence)) = write else {
        panic!("{write:?}")
    };
    assert!(
        sentence.starts_with("Cin7 could not be reached for POST /sale: "),
        "{sentence}"
    );
}

#[tokio::test]
async fn a_lost_answer_does_not_tell_the_address_or_the_keys() {
    let address = cutting_server().await;
    let reader = Reader::new(endpoint(&address, Arc::new(Unlimited)));
    let error = reader
        .customers_with_email("jo@example.com")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        !error.contains("example.com") && !error.contains("127.0.0.1"),
        "{error}"
    );

    let words = format!(r#"{{"ErrorCode":403,"Exception":"No application {APPLICATION_KEY}"}}"#);
    let cin7 = Cin7::answering([failed(403, &words)]).await;
    let error = cin7.reader().company().await.unwrap_err();
    insta::assert_snapshot!(error, @"Cin7 refused the API keys (No application [key])");
}

#[tokio::test]
async fn a_byte_order_mark_does_not_spoil_a_document() {
    let cin7 = Cin7::answering([json(
        "\u{feff}{\"Company\":\"Example\",\"Currency\":\"USD\"}",
    )])
    .await;
    assert!(cin7.reader().company().await.is_ok());
}
