//! From a function's answer to the HTTP response that API Gateway would send.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::Value;

/// The response object of payload 2.0.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    #[serde(default)]
    headers: BTreeMap<String, Value>,
    #[serde(default)]
    multi_value_headers: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    cookies: Vec<String>,
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// The HTTP response to a function's JSON answer.
///
/// An answer without `statusCode` is itself the body, with status 200, as API Gateway reads it. One
/// that cannot be a response becomes its 500, `{"message":"Internal Server Error"}`; so does the
/// answer of a function that failed, for which the caller passes an empty text.
#[must_use]
pub fn response(answer: &str) -> Response<Bytes> {
    let Ok(value) = serde_json::from_str::<Value>(answer) else {
        return server_error();
    };
    if value.get("statusCode").is_none() {
        let mut response = Response::new(Bytes::from(value.to_string()));
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        return response;
    }
    serde_json::from_value(value)
        .ok()
        .and_then(build)
        .unwrap_or_else(server_error)
}

fn build(answer: Answer) -> Option<Response<Bytes>> {
    let body = answer.body.unwrap_or_default();
    let body = if answer.is_base64_encoded {
        BASE64_STANDARD.decode(body).ok()?
    } else {
        body.into()
    };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::from_u16(answer.status_code).ok()?;

    let single = answer.headers.into_iter().map(|(name, value)| match value {
        Value::String(value) => (name, value),
        // API Gateway takes numbers and booleans as header values too.
        other => (name, other.to_string()),
    });
    let several = answer.multi_value_headers.into_iter();
    let several = several
        .flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)));
    let cookies = answer
        .cookies
        .into_iter()
        .map(|cookie| ("set-cookie".to_owned(), cookie));
    let mut seen = Vec::new();
    for (name, value) in single.chain(several).chain(cookies) {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let value = HeaderValue::from_str(&value).ok()?;
        // A function's HTTP library writes one header in both maps.
        if !seen.contains(&(name.clone(), value.clone())) {
            seen.push((name.clone(), value.clone()));
            response.headers_mut().append(name, value);
        }
    }
    if !response.headers().contains_key(header::CONTENT_TYPE) {
        let plain = HeaderValue::from_static("text/plain;charset=UTF-8");
        response.headers_mut().insert(header::CONTENT_TYPE, plain);
    }
    Some(response)
}

fn server_error() -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(
        br#"{"message":"Internal Server Error"}"#,
    ));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}
