//! A loopback server that gives canned answers and remembers what it was asked.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use url::Url;

/// The status, headers and body of an answer.
pub(crate) struct Canned {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: String,
}

impl Canned {
    pub(crate) fn new(status: u16, body: impl ToString) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.to_string(),
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) authorization: String,
    pub(crate) body: String,
}

/// The running server; it ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) url: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// A server that answers every request alike.
    pub(crate) async fn start(canned: Canned) -> Self {
        Self::in_turn(vec![canned]).await
    }

    /// A server that gives these answers in turn, and the last one from then on.
    pub(crate) async fn in_turn(canned: Vec<Canned>) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let canned = Arc::new(canned);
        let answer = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| async move {
            let authorization = headers
                .get("authorization")
                .map(|value| value.to_str().unwrap());
            let turn = {
                let mut log = log.lock().unwrap();
                log.push(Seen {
                    line: format!("{method} {uri}"),
                    authorization: authorization.unwrap_or_default().to_owned(),
                    body: String::from_utf8(body.to_vec()).unwrap(),
                });
                log.len()
            };
            let canned = &canned[turn.min(canned.len()) - 1];
            let mut headers = HeaderMap::new();
            for (name, value) in &canned.headers {
                headers.insert(*name, value.parse().unwrap());
            }
            (
                StatusCode::from_u16(canned.status).unwrap(),
                headers,
                canned.body.clone(),
            )
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = local_url(listener.local_addr().unwrap().port());
        tokio::spawn(axum::serve(listener, Router::new().fallback(answer)).into_future());
        Self { url, seen }
    }

    /// The one request that came.
    pub(crate) fn only_request(&self) -> Seen {
        let seen = self.seen.lock().unwrap();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen[0].clone()
    }

    /// The request lines, in order.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen
            .lock()
            .unwrap()
            .iter()
            .map(|seen| seen.line.clone())
            .collect()
    }
}

/// A server that takes one request, writes these bytes and hangs up.
pub(crate) fn hanging_up_after(bytes: &'static [u8]) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = local_url(listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 8192]).unwrap();
        stream.write_all(bytes).unwrap();
    });
    url
}

/// An address at which nobody listens.
pub(crate) fn nobody() -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    local_url(listener.local_addr().unwrap().port())
}

fn local_url(port: u16) -> Url {
    format!("http://127.0.0.1:{port}/").parse().unwrap()
}

/// A client as the functions build it, but without trusted roots: the tests speak plain HTTP.
pub(crate) fn http() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}
