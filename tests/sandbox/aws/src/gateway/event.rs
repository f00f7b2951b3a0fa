//! From an HTTP request to the event that API Gateway would send.

use std::collections::BTreeMap;
use std::net::IpAddr;

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Route;
use super::route::decoded;
use crate::{ACCOUNT, REGION};

/// Stands for the id that API Gateway gives an API.
const API: &str = "local00api";

/// The event of a request that came from `source` and arrived at `now`; `None` where `route` does
/// not take the request, which API Gateway answers with 404 without calling the function.
#[must_use]
pub fn event(
    route: &Route,
    parts: &Parts,
    body: &[u8],
    source: IpAddr,
    now: Timestamp,
) -> Option<Value> {
    let path_parameters = route.matches(&parts.method, parts.uri.path())?;
    let path = decoded(parts.uri.path());
    let query = parts.uri.query().unwrap_or_default();
    let mut event = json!({
        "version": "2.0",
        "routeKey": route.key(),
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers(parts, body, source),
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": API,
            "domainName": domain(),
            "domainPrefix": API,
            "http": {
                "method": parts.method.as_str(),
                "path": path,
                "protocol": format!("{:?}", parts.version),
                "sourceIp": source.to_string(),
                "userAgent": text(&parts.headers, &header::USER_AGENT),
            },
            // Unique per request; API Gateway's is shorter, and as opaque.
            "requestId": Uuid::new_v4().to_string(),
            "routeKey": route.key(),
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": now.as_millisecond(),
        },
        "isBase64Encoded": false,
    });
    let cookies = cookies(&parts.headers);
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    let query = query_parameters(query);
    if !query.is_empty() {
        event["queryStringParameters"] = json!(query);
    }
    if !path_parameters.is_empty() {
        event["pathParameters"] = json!(path_parameters);
    }
    set_body(&mut event, &parts.headers, body);
    Some(event)
}

fn domain() -> String {
    format!("{API}.execute-api.{REGION}.amazonaws.com")
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The request's headers, joined by name, and those that API Gateway adds.
fn headers(parts: &Parts, body: &[u8], source: IpAddr) -> BTreeMap<String, String> {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    // `HeaderName` is in lower case already, as API Gateway hands names over.
    for (name, value) in parts
        .headers
        .iter()
        .filter(|(name, _)| *name != header::COOKIE)
    {
        let value = String::from_utf8_lossy(value.as_bytes());
        headers
            .entry(name.as_str().to_owned())
            .and_modify(|joined| {
                joined.push(',');
                joined.push_str(&value);
            })
            .or_insert_with(|| value.clone().into_owned());
    }
    headers
        .entry("content-length".to_owned())
        .or_insert_with(|| body.len().to_string());
    headers.entry("host".to_owned()).or_insert_with(domain);
    headers
        .entry("x-forwarded-for".to_owned())
        .and_modify(|hops| *hops = format!("{hops}, {source}"))
        .or_insert_with(|| source.to_string());
    headers.insert("x-forwarded-port".to_owned(), "443".to_owned());
    headers.insert("x-forwarded-proto".to_owned(), "https".to_owned());
    headers.insert(
        "x-amzn-trace-id".to_owned(),
        format!("Root=1-{}", Uuid::new_v4().simple()),
    );
    headers
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .map(|cookie| cookie.trim().to_owned())
        .collect()
}

/// Decoded; the values of a repeated name joined by commas.
fn query_parameters(query: &str) -> BTreeMap<String, String> {
    let mut parameters: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        parameters
            .entry(name.into_owned())
            .and_modify(|joined| {
                joined.push(',');
                joined.push_str(&value);
            })
            .or_insert_with(|| value.clone().into_owned());
    }
    parameters
}

/// An empty body is left out. Text goes as it is, all else in base64.
fn set_body(event: &mut Value, headers: &HeaderMap, body: &[u8]) {
    if body.is_empty() {
        return;
    }
    match std::str::from_utf8(body) {
        Ok(body) if is_text(text(headers, &header::CONTENT_TYPE)) => event["body"] = json!(body),
        _ => {
            event["body"] = json!(BASE64_STANDARD.encode(body));
            event["isBase64Encoded"] = json!(true);
        }
    }
}

/// The media types whose bodies API Gateway hands over as text.
fn is_text(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let media_type = media_type.to_ascii_lowercase();
    media_type.starts_with("text/")
        || matches!(
            media_type.as_str(),
            "application/json" | "application/xml" | "application/javascript"
        )
}
