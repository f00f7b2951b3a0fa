//! A cut ends one connection, a stop the whole server.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use test_support::{Connection, Server};

async fn start() -> Server {
    let cut = async |ConnectInfo(connection): ConnectInfo<Connection>| {
        connection.cut();
        "never seen"
    };
    let router = Router::new()
        .route("/answer", get("an answer"))
        .route("/cut", get(cut));
    let free_port = (Ipv4Addr::LOCALHOST, 0).into();
    Server::start(free_port, router).await.unwrap()
}

fn connect(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).unwrap()
}

/// All that comes back until the connection ends.
fn ask(mut stream: TcpStream, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A cut may show as an end or as a reset; what counts is what came before it.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_answer_leaves_over_a_connection_that_was_cut() {
    let server = start().await;
    assert_eq!(ask(connect(server.address()), "/cut"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_ends_its_own_connection_and_no_other() {
    let server = start().await;
    let other = connect(server.address());
    assert_eq!(ask(connect(server.address()), "/cut"), "");
    for stream in [other, connect(server.address())] {
        let answer = ask(stream, "/answer");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\nan answer"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stopped_listens_no_more() {
    let server = start().await;
    let address = server.address();
    server.stop().await.unwrap();
    assert!(TcpStream::connect(address).is_err());
}
