//! The one handler behind every path.

use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use test_support::Connection;

use super::Ask;
use crate::state::Shared;

/// Paths ignore case and a wrong one answers 200, so that routing is the stand-in's own.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(handle).with_state(shared)
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response {
    let Some(ask) = Ask::read(request, shared.clock.now()).await else {
        return cut(&connection);
    };
    let outcome = shared.serve(&ask);
    if let Some(wait) = outcome.wait {
        shared.clock.sleep(wait).await;
    }
    if outcome.hangs {
        shared.hanging.notify_one();
        std::future::pending::<()>().await;
    }
    match outcome.reply {
        Some(reply) => reply.into_response(),
        None => cut(&connection),
    }
}

/// The response that is returned here never leaves: the connection is cut before it is written.
fn cut(connection: &Connection) -> Response {
    connection.cut();
    StatusCode::NO_CONTENT.into_response()
}
