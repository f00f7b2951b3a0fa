//! A server that gives canned answers in order and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use cin7::{Endpoint, Keys, Limiter, Reader, Unlimited, Writer};
use tokio::net::TcpListener;

/// An answer.
pub(crate) struct Canned {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: String,
}

/// A JSON document with status 200.
pub(crate) fn json(body: impl Into<String>) -> Canned {
    Canned {
        status: 200,
        headers: vec![("content-type", "application/json")],
        body: body.into(),
    }
}

/// A JSON body with another status.
pub(crate) fn failed(status: u16, body: &str) -> Canned {
    Canned {
        status,
        ..json(body)
    }
}

/// What the server was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Method, path and query.
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

#[derive(Default)]
struct Script {
    answers: VecDeque<Canned>,
    asked: Vec<Asked>,
}

/// The server; it ends with the test's runtime.
pub(crate) struct Cin7 {
    address: String,
    script: Arc<Mutex<Script>>,
}

impl Cin7 {
    pub(crate) async fn answering(answers: impl IntoIterator<Item = Canned>) -> Self {
        let answers = answers.into_iter().collect();
        let script = Arc::new(Mutex::new(Script {
            answers,
            asked: Vec::new(),
        }));
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&script));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, script }
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::new(endpoint(&self.address, Arc::new(Unlimited)))
    }

    pub(crate) fn writer(&self) -> Writer {
        Writer::new(endpoint(&self.address, Arc::new(Unlimited)))
    }

    pub(crate) fn reader_paced_by(&self, limiter: Arc<dyn Limiter>) -> Reader {
        Reader::new(endpoint(&self.address, limiter))
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.script.lock().unwrap().asked.clone()
    }

    /// Method, path and query of everything that was asked, one a line.
    pub(crate) fn lines(&self) -> String {
        self.asked()
            .into_iter()
            .map(|asked| asked.line)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

pub(crate) const ACCOUNT_ID: &str = "0f0f0f0f-1111-4222-8333-444444444444";
pub(crate) const APPLICATION_KEY: &str = "5a5a5a5a-6666-4777-8888-999999999999";

/// An endpoint at an address, with a client as the functions build it.
pub(crate) fn endpoint(address: &str, limiter: Arc<dyn Limiter>) -> Endpoint {
    // The client carries no TLS provider of its own; installing one twice is no failure.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .tls_certs_only(std::iter::empty())
        .build()
        .unwrap();
    let keys = Keys::new(ACCOUNT_ID.into(), APPLICATION_KEY.into());
    Endpoint::new(http, address.parse().unwrap(), keys, limiter)
}

async fn answer(State(script): State<Arc<Mutex<Script>>>, request: Request) -> Response<String> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let mut script = script.lock().unwrap();
    script.asked.push(Asked {
        line: format!("{} {}", parts.method, parts.uri),
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    let canned = script
        .answers
        .pop_front()
        .unwrap_or_else(|| failed(500, "nothing was prepared"));
    let mut response = Response::new(canned.body);
    *response.status_mut() = StatusCode::from_u16(canned.status).unwrap();
    for (name, value) in canned.headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}
