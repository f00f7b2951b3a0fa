//! What every call passes on its way in and out: the log, the faults, the headers.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use test_support::Connection;

use crate::account::ErrorShape;
use crate::calls::{Call, Ticket};
use crate::fault::Fault;
use crate::refusal::{Family, Refusal};
use crate::world::Shared;

/// Logs the call, lets a fault strike it, and dresses the answer.
pub(crate) async fn front(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
    next: Next,
) -> Response {
    let (ticket, fault, family) = arrive(&shared, &request);
    let response = match fault {
        None => next.run(request).await,
        Some(Fault::LostBefore) => return lost(&connection),
        Some(Fault::LostAfter) => {
            next.run(request).await;
            return lost(&connection);
        }
        Some(Fault::Slow(span)) => {
            shared.clock.sleep(span).await;
            next.run(request).await
        }
        Some(Fault::Status500Applied) => {
            next.run(request).await;
            refused(Fault::Status500, family)
        }
        Some(Fault::HangBefore) => return hung(&shared).await,
        Some(Fault::HangAfter) => {
            next.run(request).await;
            return hung(&shared).await;
        }
        Some(Fault::TruncatedJson) => truncated(next.run(request).await).await,
        Some(fault) => refused(fault, family),
    };
    shared
        .lock()
        .calls
        .depart(ticket, response.status().as_u16());
    with_limit_headers(response, shared.now())
}

fn arrive(shared: &Shared, request: &Request) -> (Ticket, Option<Fault>, Family) {
    let (method, uri) = (request.method().as_str(), request.uri());
    let mut world = shared.lock();
    let call = Call {
        method: method.to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        status: None,
        at: shared.now(),
    };
    let ticket = world.calls.arrive(call.clone());
    let number = world.calls.count();
    let fault = world.faults.strike(number, &call);
    (ticket, fault, world.family(uri))
}

/// The response is never seen: the connection refuses to write it.
fn lost(connection: &Connection) -> Response {
    connection.cut();
    StatusCode::OK.into_response()
}

/// Says that the call hangs; nothing more comes of it.
async fn hung(shared: &Shared) -> Response {
    shared.hanging.notify_one();
    std::future::pending().await
}

fn refused(fault: Fault, family: Family) -> Response {
    match fault {
        Fault::Throttled429(wait) => {
            // The body of a 429 is unconfirmed: a client must decide on the status.
            let headers = [(RETRY_AFTER, wait.as_secs().to_string())];
            (StatusCode::TOO_MANY_REQUESTS, headers, "Too Many Requests").into_response()
        }
        Fault::Status503 => {
            (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable").into_response()
        }
        Fault::Html200 => {
            Html("<!DOCTYPE html><title>We will be back soon</title>").into_response()
        }
        Fault::Error200 => {
            let refusal = Refusal::forbidden(1003, "An unexpected error has occurred.".to_owned());
            refusal.answer(ErrorShape::OldWithStatus200)
        }
        Fault::Unauthorized401 => family.unauthenticated(),
        Fault::Forbidden403 => {
            let message = "You do not have permission to access this resource.";
            family.forbidden(&Refusal::forbidden(1003, message.to_owned()))
        }
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response(),
    }
}

async fn truncated(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    head.headers.remove(CONTENT_LENGTH);
    head.headers
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Response::from_parts(head, Body::from(bytes.slice(..bytes.len() / 2)))
}

/// `Retry-After` stands on ordinary answers too and means something only with 429
/// (docs/freshbooks-api.md, limits). No limit is enforced: none is published.
fn with_limit_headers(mut response: Response, now: Timestamp) -> Response {
    let into_the_minute = now.as_second().rem_euclid(60);
    let window_ends = now.as_second() - into_the_minute + 60;
    let headers = response.headers_mut();
    headers
        .entry(RETRY_AFTER)
        .or_insert(HeaderValue::from(60 - into_the_minute));
    headers.insert(
        HeaderName::from_static("x-ratelimit-limit"),
        HeaderValue::from(600),
    );
    headers.insert(
        HeaderName::from_static("x-ratelimit-remaining"),
        HeaderValue::from(599),
    );
    headers.insert(
        HeaderName::from_static("x-ratelimit-reset"),
        HeaderValue::from(window_ends),
    );
    response
}
