//! Error bodies: one per family of the API (docs/freshbooks-api.md, errors).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::account::ErrorShape;

/// An error of the accounting family, before its shape is chosen.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) errno: u32,
    pub(crate) field: String,
    pub(crate) message: String,
    pub(crate) object: String,
    pub(crate) value: String,
}

impl Refusal {
    /// A filter or page parameter with a value that cannot be: HTTP 422.
    pub(crate) fn invalid(errno: u32, field: &str, message: &str, value: &str) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            errno,
            field: field.to_owned(),
            message: message.to_owned(),
            object: "query".to_owned(),
            value: value.to_owned(),
        }
    }

    /// Not allowed, whatever the reason: HTTP 403.
    pub(crate) fn forbidden(errno: u32, message: String) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            errno,
            field: String::new(),
            message,
            object: String::new(),
            value: String::new(),
        }
    }

    /// The answer in the shape that the account gets.
    pub(crate) fn answer(&self, shape: ErrorShape) -> Response {
        match shape {
            ErrorShape::Old => (self.status, Json(self.old_body())).into_response(),
            ErrorShape::OldWithStatus200 => Json(self.old_body()).into_response(),
            ErrorShape::New => (self.status, Json(self.new_body())).into_response(),
        }
    }

    fn old_body(&self) -> Value {
        json!({"response": {"errors": [{
            "errno": self.errno, "field": self.field, "message": self.message,
            "object": self.object, "value": self.value,
        }]}})
    }

    fn new_body(&self) -> Value {
        json!({
            "code": grpc_code(self.status),
            "message": format!("Request failed with status_code: {}", self.status.as_u16()),
            "details": [{
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": self.errno.to_string(),
                "domain": "accounting.api.freshbooks.com",
                "metadata": {
                    "object": self.object, "message": self.message,
                    "value": self.value, "field": self.field,
                },
            }],
        })
    }
}

fn grpc_code(status: StatusCode) -> u8 {
    match status {
        StatusCode::NOT_FOUND => 5,
        StatusCode::FORBIDDEN => 7,
        StatusCode::UNAUTHORIZED => 16,
        _ => 3,
    }
}

/// Which family of bodies a path answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// `/auth` and `/accounting`.
    Accounting(ErrorShape),
    /// `/accounting/businesses`: ledger accounts and the newer journal entries.
    Ledger,
    /// `/events`: callbacks.
    Events,
}

impl Family {
    /// No token, a wrong one, or one past its time.
    pub(crate) fn unauthenticated(self) -> Response {
        let body = match self {
            Self::Accounting(_) | Self::Ledger => json!({
                "error": "unauthenticated",
                "error_description": "This action requires authentication to continue.",
            }),
            Self::Events => json!({
                "errno": 401,
                "message": "invalid_token: The access token is missing, unknown or expired.",
            }),
        };
        (StatusCode::UNAUTHORIZED, Json(body)).into_response()
    }

    /// A valid token that may not do this.
    pub(crate) fn forbidden(self, refusal: &Refusal) -> Response {
        match self {
            Self::Accounting(shape) => refusal.answer(shape),
            Self::Ledger => ledger_error(refusal),
            Self::Events => events_error(StatusCode::FORBIDDEN, 403, &refusal.message),
        }
    }
}

/// `{"errno":…,"message":"…"}`, the events family's error.
pub(crate) fn events_error(status: StatusCode, errno: u32, message: &str) -> Response {
    (status, Json(json!({"errno": errno, "message": message}))).into_response()
}

/// `{"errors":{…}}`, the error of ledger accounts; that journal entries answer alike is assumed.
pub(crate) fn ledger_error(refusal: &Refusal) -> Response {
    let status = refusal.status.as_u16();
    let body = json!({"errors": {
        "message": format!("Request failed with status code {status}"), "status": status,
        "details": [{
            "reason": refusal.errno.to_string(),
            "metadata": {"message": refusal.message, "field": refusal.field},
        }],
    }});
    (refusal.status, Json(body)).into_response()
}

/// What an address outside the API answers.
pub(crate) async fn no_such_path() -> Response {
    let body = json!({"error": "Requested resource could not be found."});
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}
