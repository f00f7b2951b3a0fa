//! An answer before it is put on the wire.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What a wrong path is answered with, status 200 (docs/cin7-api.md, errors).
const PAGE_NOT_FOUND: &str = "<!DOCTYPE html><html><head><title>Page not found</title></head>\
    <body><h1>Page not found</h1></body></html>";

/// An answer: status, content type, further headers, body.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    content_type: &'static str,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ErrorRow<'a> {
    error_code: u16,
    exception: &'a str,
}

impl Reply {
    /// A 200 with a JSON body.
    pub(crate) fn json(body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self::new(200, "application/json; charset=utf-8", body),
            Err(error) => Self::error(500, &format!("The stand-in cannot write this: {error}")),
        }
    }

    /// The error shape with one row.
    pub(crate) fn error(status: u16, sentence: &str) -> Self {
        Self::errors(status, vec![(status, sentence.to_owned())])
    }

    /// The error shape: an array of code and sentence.
    pub(crate) fn errors(status: u16, problems: Vec<(u16, String)>) -> Self {
        let rows: Vec<_> = problems
            .iter()
            .map(|(code, sentence)| ErrorRow {
                error_code: *code,
                exception: sentence,
            })
            .collect();
        Self {
            status,
            ..Self::json(&rows)
        }
    }

    /// The error shape without its array, as some errors come (docs/cin7-api.md, errors).
    pub(crate) fn bare_error(status: u16, sentence: &str) -> Self {
        let row = ErrorRow {
            error_code: 500,
            exception: sentence,
        };
        Self {
            status,
            ..Self::json(&row)
        }
    }

    /// A plain text, as a gateway or the older rate limit sends.
    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.into())
    }

    /// The page a wrong path is answered with.
    pub(crate) fn page_not_found() -> Self {
        Self::new(200, "text/html; charset=utf-8", PAGE_NOT_FOUND.into())
    }

    /// The same with one more header.
    pub(crate) fn with_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same with the second half of its body missing.
    pub(crate) fn halved(mut self) -> Self {
        self.body.truncate(self.body.len() / 2);
        self
    }

    fn new(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            status,
            content_type,
            headers: Vec::new(),
            body,
        }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::builder()
            .status(self.status)
            .header(CONTENT_TYPE, self.content_type);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response
            .body(Body::from(self.body))
            .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }
}
