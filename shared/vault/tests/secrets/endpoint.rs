//! A FreshBooks that does what a test says while it is asked for tokens.

use std::future::Future;

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use clock::Clock as _;
use serde_json::{Value, json};
use url::Url;

use crate::bench::Bench;

/// A token endpoint that does what the test says while a worker waits for its answer.
pub(crate) async fn endpoint<F, Answer>(answer: F) -> Url
where
    F: Fn(Value) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = (u16, Value)> + Send + 'static,
{
    let handler = move |body: Bytes| async move {
        let (status, answer) = answer(serde_json::from_slice(&body).unwrap()).await;
        (StatusCode::from_u16(status).unwrap(), answer.to_string())
    };
    let router = Router::new().route("/auth/oauth/token", post(handler));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, router).into_future());
    url.parse().unwrap()
}

pub(crate) fn invalid_grant() -> (u16, Value) {
    (
        400,
        json!({"error": "invalid_grant", "error_description": "It was used before."}),
    )
}

pub(crate) fn pair(bench: &Bench, name: &str) -> (u16, Value) {
    let created_at = bench.clock.now().as_second();
    let (access, refresh) = (format!("access-{name}"), format!("refresh-{name}"));
    let pair = json!({
        "access_token": access, "refresh_token": refresh,
        "created_at": created_at, "expires_in": 43_200,
    });
    (200, pair)
}
