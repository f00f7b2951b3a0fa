//! Answers, with the headers that all of them carry.

use lambda_http::http::{HeaderName, StatusCode, header};
use lambda_http::{Body, Error, Response};
use serde::Serialize;
use serde_json::json;

use crate::refusal::Refusal;

/// An answer before it is built.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) body: String,
}

/// A yes with its JSON.
pub(crate) fn ok(body: &impl Serialize) -> Result<Reply, Refusal> {
    json(StatusCode::OK, body)
}

/// Any status with its JSON.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Result<Reply, Refusal> {
    let body = serde_json::to_string(body).map_err(|_| {
        let sentence = "The answer could not be written; what was asked may have been done.";
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, sentence)
    })?;
    Ok(Reply {
        status,
        headers: vec![(header::CONTENT_TYPE, "application/json".to_owned())],
        body,
    })
}

/// A no, as `{"error": sentence}`.
pub(crate) fn refused(refusal: &Refusal) -> Reply {
    let mut headers = vec![(header::CONTENT_TYPE, "application/json".to_owned())];
    headers.extend(
        refusal
            .allow
            .clone()
            .map(|methods| (header::ALLOW, methods)),
    );
    if refusal.status.is_server_error() {
        tracing::warn!(why = refusal.sentence, "a request could not be carried out");
    }
    Reply {
        status: refusal.status,
        headers,
        body: json!({ "error": refusal.sentence }).to_string(),
    }
}

/// The response to a reply: nothing may keep it, and nothing may take it for what it is not.
pub(crate) fn built(reply: Reply) -> Result<Response<Body>, Error> {
    let mut response = Response::builder()
        .status(reply.status)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    Ok(response.body(Body::from(reply.body))?)
}
