//! The HTTP side: webhooks go through the gateway; records, trails and replays are for loopback only.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{ConnectInfo, Path, Query, Request, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::{IntoResponse, Json, Response as Answer};
use axum::routing::{get, post};
use ledger::{ConnectionId, RecordKey, audit};
use serde::Deserialize;
use tieout::Month;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::api::{self, Token};
use super::replay;
use crate::{Plant, rows};

/// API Gateway takes 10 MB; the function refuses far less.
pub(super) const LONGEST_BODY: usize = 10 * 1024 * 1024;

/// Serves until `stopped` says so; requests under way come to their end.
pub(crate) async fn listen(
    listener: TcpListener,
    plant: Arc<Plant>,
    token: Token,
    mut stopped: watch::Receiver<bool>,
) {
    let app = router(plant.clone())
        .merge(api::routes(plant, token))
        .into_make_service_with_connect_info::<SocketAddr>();
    let until_stopped = async move {
        let _ = stopped.changed().await;
    };
    if let Err(error) = axum::serve(listener, app)
        .with_graceful_shutdown(until_stopped)
        .await
    {
        tracing::error!(error = %error, "the HTTP server ended");
    }
}

fn router(plant: Arc<Plant>) -> Router {
    Router::new()
        .route("/sandbox/records", get(records))
        .route("/sandbox/audit/{connection}/{kind}/{id}", get(trail))
        .route("/sandbox/replay", post(ask_again))
        .route("/sandbox/tie-out/{connection}", get(tie_out))
        .fallback(webhook)
        .with_state(plant)
}

async fn webhook(
    State(plant): State<Arc<Plant>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response<axum::body::Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    plant
        .receive(&parts, &body, from.ip())
        .await
        .map(axum::body::Body::from)
}

async fn records(
    State(plant): State<Arc<Plant>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Answer {
    if !is_local(from, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match rows(plant.ledger()).await {
        Ok(rows) => Json(rows).into_response(),
        Err(error) => unreadable(&error),
    }
}

/// A trail, oldest entry first; whether it verifies is in the header `x-audit-verified`.
async fn trail(
    State(plant): State<Arc<Plant>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Path((connection, kind, id)): Path<(String, String, String)>,
) -> Answer {
    let missing = || (StatusCode::NOT_FOUND, "There is no such record.").into_response();
    if !is_local(from, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Ok(key) = RecordKey::parse(&connection, &kind, &id) else {
        return missing();
    };
    let read = async {
        Ok::<_, ledger::Error>((
            plant.ledger().record(&key).await?,
            plant.ledger().trail(&key).await?,
        ))
    };
    match read.await {
        Ok::<_, ledger::Error>((None, _)) => missing(),
        Ok::<_, ledger::Error>((Some(record), entries)) => {
            let verified = audit::verify(&record, &entries).is_ok();
            ([("x-audit-verified", verified.to_string())], Json(entries)).into_response()
        }
        Err(error) => unreadable(&error),
    }
}

/// A person asks for another look at one record or at a set.
async fn ask_again(
    State(plant): State<Arc<Plant>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    if !is_local(from, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    replay::answer(&plant, &headers, &body).await
}

/// What to tie out.
#[derive(Debug, Deserialize)]
struct Asked {
    month: String,
}

/// A month of a connection, tied out now.
async fn tie_out(
    State(plant): State<Arc<Plant>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Path(connection): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    if !is_local(from, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let month = match asked.month.parse::<Month>() {
        Ok(month) => month,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("{error}.")).into_response(),
    };
    let missing = || (StatusCode::NOT_FOUND, "There is no such connection.").into_response();
    let Ok(id) = connection.parse::<ConnectionId>() else {
        return missing();
    };
    match plant.tie_out(&id, month).await {
        Ok(Some(tied)) => Json(tied).into_response(),
        Ok(None) => missing(),
        Err(error) => unreadable(&error),
    }
}

pub(super) fn unreadable(error: &impl std::fmt::Display) -> Answer {
    let body = Bytes::from(format!("{error}."));
    (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
}

/// Whether a request comes from this machine and was meant for it. A tunnel that brings webhooks here
/// comes from this machine too, but names another host or says for whom it forwards.
pub(super) fn is_local(from: SocketAddr, headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let named = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
    let forwarded = [
        header::FORWARDED.as_str(),
        "x-forwarded-for",
        "x-forwarded-host",
    ];
    from.ip().is_loopback() && named && !forwarded.iter().any(|name| headers.contains_key(*name))
}
