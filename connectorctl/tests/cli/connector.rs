//! A server in the connector's place, and runs of the command line against it.

use std::io::Write;
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use test_support::Server;

/// The token that requests carry unless a test says otherwise.
pub(crate) const TOKEN: &str = "tok-sandbox";

/// One request, as it came.
#[derive(Debug, Clone)]
pub(crate) struct Got {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

type Heard = Arc<Mutex<Vec<Got>>>;

/// Answers every request alike.
pub(crate) struct Connector {
    server: Server,
    heard: Heard,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Connector {
    pub(crate) async fn answering(status: u16, body: &Value) -> Self {
        Self::answering_text(status, &body.to_string()).await
    }

    pub(crate) async fn answering_text(status: u16, body: &str) -> Self {
        let heard = Heard::default();
        let answer = (StatusCode::from_u16(status).unwrap(), body.to_owned());
        let router = Router::new()
            .fallback(hear)
            .with_state((heard.clone(), answer));
        let listen = (Ipv4Addr::LOCALHOST, 0).into();
        let server = Server::start(listen, router).await.unwrap();
        Self { server, heard }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Runs the command line with the sandbox's token.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[("CONNECTOR_TOKEN", TOKEN)], "")
            .await
    }

    pub(crate) async fn run_with(
        &self,
        arguments: &[&str],
        environment: &[(&str, &str)],
        stdin: &str,
    ) -> Ran {
        let url = self.url();
        let mut all = vec![("CONNECTOR_URL", url.as_str())];
        all.extend(environment);
        run(arguments, &all, stdin).await
    }

    pub(crate) fn heard(&self) -> Vec<Got> {
        self.heard.lock().unwrap().clone()
    }

    /// The one request that came.
    pub(crate) fn only(&self) -> Got {
        let heard = self.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        heard.into_iter().next().unwrap()
    }
}

async fn hear(
    State((heard, (status, body))): State<(Heard, (StatusCode, String))>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    sent: Bytes,
) -> Response {
    heard.lock().unwrap().push(Got {
        method,
        path: uri.to_string(),
        headers,
        body: String::from_utf8(sent.to_vec()).unwrap(),
    });
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Runs the command line with this environment and no other.
pub(crate) async fn run(arguments: &[&str], environment: &[(&str, &str)], stdin: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connectorctl"));
    command
        .args(arguments)
        .env_clear()
        // Nothing of this machine's: no profile, and nobody asked over the network.
        .envs([
            ("AWS_CONFIG_FILE", "/none"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/none"),
        ])
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let stdin = stdin.to_owned();
    let ran = tokio::task::spawn_blocking(move || {
        let mut child = command.spawn().unwrap();
        // One that ends without reading closes its end first.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        child.wait_with_output().unwrap()
    });
    let output = ran.await.unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
