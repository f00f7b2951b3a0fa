//! The console's API on this machine: a token takes the place of the gateway's IAM authorizer.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{any, get};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::http::{LONGEST_BODY, is_local};
use crate::Plant;

/// What opens the API of this one process.
#[derive(Clone)]
pub(crate) struct Token(Arc<str>);

impl Token {
    /// One that nobody can guess.
    pub(crate) fn new() -> Self {
        Self(URL_SAFE_NO_PAD.encode(startup::random()).into())
    }

    /// The token itself, for the line that says what is ready.
    pub(crate) fn shown(&self) -> String {
        self.0.as_ref().to_owned()
    }

    fn opens(&self, headers: &HeaderMap) -> bool {
        let given = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        // Of digests the time of a comparison tells nothing.
        given.is_some_and(|given| {
            Sha256::digest(given.as_bytes()) == Sha256::digest(self.0.as_bytes())
        })
    }
}

/// The API for who has the token and is on this machine, and the two pages of consent for everybody.
pub(super) fn routes(plant: Arc<Plant>, token: Token) -> Router {
    Router::new()
        .route("/connections", any(api))
        .route("/connections/{*rest}", any(api))
        .route("/secrets", any(api))
        .route("/secrets/{*rest}", any(api))
        .route("/consent/{ticket}", get(page))
        .route("/oauth/callback", get(page))
        .with_state((plant, token))
}

type Known = (Arc<Plant>, Token);

async fn api(
    State((plant, token)): State<Known>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if !is_local(from, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if !token.opens(&headers) {
        let error =
            json!({"error": "This needs the token that the sandbox printed when it was ready."});
        return (StatusCode::UNAUTHORIZED, Json(error)).into_response();
    }
    ask(&plant, from, request).await
}

async fn page(
    State((plant, _)): State<Known>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    ask(&plant, from, request).await
}

async fn ask(plant: &Plant, from: SocketAddr, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let answer = plant.ask(&parts, &body, from.ip()).await;
    answer.map(axum::body::Body::from)
}
