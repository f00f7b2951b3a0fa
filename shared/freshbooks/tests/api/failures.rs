//! What every kind of failed answer means.

use std::time::Duration;

use freshbooks::{Api, Client, Error};
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use crate::server::{Canned, Server, hanging_up_after, http, nobody};

const TOKEN: &str = "eyJ.secret.token";

async fn ask(base: Url) -> Result<Option<Client>, Error> {
    Api::new(http(), base)
        .client(&SecretString::from(TOKEN), "lbZ4Kq", "202155")
        .await
}

async fn answered(canned: Canned) -> Result<Option<Client>, Error> {
    ask(Server::start(canned).await.url).await
}

fn older(errno: i64, message: &str) -> Value {
    json!({"response": {"errors": [{"errno": errno, "field": "userid", "message": message,
        "object": "client", "value": "202155"}]}})
}

fn newer(code: i64, errno: &str, message: &str) -> Value {
    json!({"code": code, "message": "Request failed with status_code: 404", "details": [{
        "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": errno,
        "domain": "accounting.api.freshbooks.com",
        "metadata": {"object": "client", "message": message, "value": "202155"}}]})
}

#[tokio::test]
async fn a_401_is_unauthenticated_whatever_its_body_says() {
    for body in [
        json!({"error": "unauthenticated", "error_description": "This action requires …"}),
        json!({"errno": 401, "message": "invalid_token: expired"}),
        older(1012, "Client not found."),
        Value::Null,
    ] {
        assert_eq!(
            answered(Canned::new(401, &body)).await,
            Err(Error::Unauthenticated),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_document_that_is_gone_is_none_in_every_shape_and_with_http_200_too() {
    for body in [
        older(1012, "Client not found."),
        older(1011, "Client is deleted."),
        newer(5, "1012", "Client not found."),
        json!({"errno": 404, "message": "Requested resource could not be found."}),
    ] {
        for status in [404, 200, 422] {
            let answer = answered(Canned::new(status, &body)).await;
            assert_eq!(answer, Ok(None), "{status} {body}");
        }
    }
    let bare = json!({"error": "Requested resource could not be found."});
    assert_eq!(answered(Canned::new(404, bare)).await, Ok(None));
}

#[tokio::test]
async fn a_404_that_is_not_freshbooks_own_is_never_taken_for_a_deletion() {
    let gateway = json!({"message": "no Route matched with those values"}).to_string();
    for body in [&gateway, "<html>Not Found</html>", "{}", ""] {
        let error = answered(Canned::new(404, body)).await.unwrap_err();
        assert!(matches!(error, Error::Transient(_)), "{body}: {error:?}");
    }
    let inactive = answered(Canned::new(404, older(1042, "Account inactive.")))
        .await
        .unwrap_err();
    assert!(matches!(inactive, Error::Refused(_)), "{inactive:?}");
}

#[tokio::test]
async fn a_403_names_the_scope_that_is_probably_missing() {
    let body = json!({"message": "Token has user:profile:read, needs user:clients:read."});
    let error = answered(Canned::new(403, body)).await.unwrap_err();
    assert!(matches!(error, Error::Forbidden(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks does not let this connection read client 202155: Token has user:profile:read, needs user:clients:read. Probably the scope user:clients:read is missing: enable it for the app in FreshBooks' developer portal, then connect the account again.");
    let page = answered(Canned::new(403, "<html>Forbidden</html>"))
        .await
        .unwrap_err();
    assert!(matches!(page, Error::Forbidden(_)), "{page:?}");
}

#[tokio::test]
async fn a_429_says_how_long_to_wait() {
    let throttled = |seconds| {
        Err(Error::Throttled {
            wait: Duration::from_secs(seconds),
        })
    };
    let with_header = Canned::new(429, "").header("retry-after", "17 Seconds");
    assert_eq!(answered(with_header).await, throttled(17));
    assert_eq!(answered(Canned::new(429, "slow down")).await, throttled(60));
    for (header, seconds) in [("0", 1), ("86400", 300)] {
        let answer = answered(Canned::new(429, "").header("retry-after", header)).await;
        assert_eq!(answer, throttled(seconds), "{header}");
    }
}

#[tokio::test]
async fn a_refusal_carries_freshbooks_own_words() {
    let error = answered(Canned::new(422, older(1004, "userid is invalid.")))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks refused the request for client 202155 (HTTP 422): userid is invalid. Put it right in FreshBooks, then replay this record.");
    let error = answered(Canned::new(200, newer(3, "1003", "No access.")))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks refused the request for client 202155 (HTTP 200): No access; Request failed with status_code: 404. Put it right in FreshBooks, then replay this record.");
}

#[tokio::test]
async fn words_that_are_too_long_are_cut_and_words_that_hold_the_token_lose_it() {
    let words = format!("token {TOKEN} {}", "x".repeat(1000));
    let error = answered(Canned::new(422, older(1004, &words)))
        .await
        .unwrap_err()
        .to_string();
    assert!(!error.contains(TOKEN), "{error}");
    assert!(error.contains("token [secret] xxx"), "{error}");
    assert!(error.chars().count() < 500, "{error}");
}

#[tokio::test]
async fn an_answer_that_says_nothing_about_the_document_is_transient() {
    let whole = json!({"response": {"result": {"client": {"id": 202155}}}}).to_string();
    for (status, body) in [
        (500, "<html>Internal Server Error</html>"),
        (503, ""),
        (502, &whole),
        (302, ""),
        (408, ""),
        (400, "<html>Bad Request</html>"),
        (200, "<!DOCTYPE html><html></html>"),
        (200, &whole[..whole.len() - 2]),
        (200, ""),
        (200, "{}"),
        (200, "[]"),
        (200, r#"{"response": {}}"#),
        (200, r#"{"response": {"result": {"client": null}}}"#),
        (
            200,
            r#"{"response": {"errors": [{"errno": 500, "message": "Internal."}]}}"#,
        ),
    ] {
        let error = answered(Canned::new(status, body)).await.unwrap_err();
        assert!(
            matches!(error, Error::Transient(_)),
            "{status} {body}: {error:?}"
        );
    }
}

#[tokio::test]
async fn transient_sentences_name_the_document() {
    let maintenance = json!({"message": "Down for maintenance."});
    let error = answered(Canned::new(503, maintenance)).await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks answered the request for client 202155 with HTTP 503 (Down for maintenance).");
    let error = answered(Canned::new(200, "<html>")).await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks answered the request for client 202155 with something that is not JSON, or not all of it.");
    let error = answered(Canned::new(200, "{}")).await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks answered the request for client 202155 with HTTP 200 and neither the client nor a known error.");
}

#[tokio::test]
async fn an_answer_is_read_up_to_16_mib_and_a_longer_one_counts_as_cut() {
    const LONGEST: usize = 16 * 1024 * 1024;
    let client = json!({"response": {"result": {"client": {"id": 202155}}}}).to_string();
    let of_length = |length: usize| {
        let blanks = " ".repeat(length - client.len());
        Canned::new(200, format!("{client}{blanks}"))
    };
    assert!(answered(of_length(LONGEST)).await.unwrap().is_some());
    let error = answered(of_length(LONGEST + 1)).await.unwrap_err();
    assert!(matches!(error, Error::Transient(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks could not be asked for client 202155: the answer is longer than 16 MiB.");
}

#[tokio::test]
async fn a_broken_connection_is_transient_wherever_it_breaks() {
    let cut_short = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"response\":";
    for base in [nobody(), hanging_up_after(b""), hanging_up_after(cut_short)] {
        let error = ask(base.clone()).await.unwrap_err();
        assert!(matches!(error, Error::Transient(_)), "{error:?}");
        assert!(!error.to_string().contains(base.as_str()), "{error}");
    }
}
