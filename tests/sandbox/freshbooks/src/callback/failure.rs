//! The errors of the events family (docs/freshbooks-api.md, errors).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::gate::Denied;
use crate::refusal::{Family, Refusal, events_error};

/// Why a callback was not managed.
#[derive(Debug)]
pub(super) enum Failure {
    /// 401 or 403.
    Denied(Denied),
    /// 404.
    NotFound,
    /// 400 with errno 3: the body, a page number or the verifier.
    BadRequest(String),
    /// 422 with a sentence for each field.
    Invalid(Vec<String>),
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::BadRequest(refusal.message)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Denied(denied) => denied.answer(Family::Events),
            Self::NotFound => {
                let message = "Requested resource could not be found.";
                events_error(StatusCode::NOT_FOUND, 404, message)
            }
            Self::BadRequest(message) => events_error(StatusCode::BAD_REQUEST, 3, &message),
            Self::Invalid(details) => {
                let message = "The request could not be validated.";
                let body = json!({"errno": 422, "message": message, "details": details});
                (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
            }
        }
    }
}
