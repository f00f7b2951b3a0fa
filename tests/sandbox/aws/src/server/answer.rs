//! An answer before it is an HTTP response, and the failures that faults answer with.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::{Call, Service};

/// Status and JSON body of an answer.
#[derive(Debug)]
pub(crate) struct Answer {
    status: StatusCode,
    body: String,
    /// SQS only: the code of the older query protocol, which the SDK prefers as the error's code.
    query_error: Option<String>,
}

impl Answer {
    pub(crate) fn ok(body: &Value) -> Self {
        Self::ok_text(body.to_string())
    }

    pub(crate) fn ok_text(body: String) -> Self {
        Self {
            status: StatusCode::OK,
            body,
            query_error: None,
        }
    }

    pub(crate) fn failed(status: StatusCode, body: String) -> Self {
        Self {
            status,
            body,
            query_error: None,
        }
    }

    /// An error of the given `__type`.
    pub(crate) fn error(status: StatusCode, kind: &str, message: &str) -> Self {
        Self::failed(
            status,
            json!({ "__type": kind, "message": message }).to_string(),
        )
    }

    pub(crate) fn with_query_error(mut self, code: &str) -> Self {
        let blame = if self.status.is_server_error() {
            "Receiver"
        } else {
            "Sender"
        };
        self.query_error = Some(format!("{code};{blame}"));
        self
    }

    pub(crate) fn unknown_operation() -> Self {
        Self::error(
            StatusCode::BAD_REQUEST,
            "UnknownOperationException",
            "no such operation in this emulator",
        )
    }

    pub(crate) fn into_response(self, service: Service) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(service.content_type()),
        );
        let request_id = uuid::Uuid::new_v4().to_string();
        for (name, value) in [
            ("x-amzn-requestid", Some(request_id)),
            ("x-amzn-query-error", self.query_error),
        ] {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(name, value);
            }
        }
        response
    }
}

impl Service {
    const fn content_type(self) -> &'static str {
        match self {
            Self::DynamoDb | Self::Sqs => "application/x-amz-json-1.0",
            Self::Kms => "application/x-amz-json-1.1",
            Self::Scheduler => "application/json",
        }
    }

    pub(super) fn internal_error(self) -> Answer {
        let kind = match self {
            Self::DynamoDb => "com.amazonaws.dynamodb.v20120810#InternalServerError",
            Self::Sqs => "com.amazonaws.sqs#InternalFailure",
            Self::Kms => "KMSInternalException",
            Self::Scheduler => "InternalServerException",
        };
        Answer::error(
            StatusCode::INTERNAL_SERVER_ERROR,
            kind,
            "injected: internal error",
        )
    }

    pub(super) fn throttled(self) -> Answer {
        let kind = match self {
            Self::DynamoDb => "com.amazonaws.dynamodb.v20120810#ThrottlingException",
            Self::Sqs => "com.amazonaws.sqs#RequestThrottled",
            Self::Kms | Self::Scheduler => "ThrottlingException",
        };
        Answer::error(StatusCode::BAD_REQUEST, kind, "injected: throttled")
    }
}

impl Call {
    /// DynamoDB's refusal of a write that meets a transaction on the same item. The engine behind
    /// serialises all writes and never answers so by itself.
    pub(super) fn conflict(&self, body: &[u8]) -> Answer {
        let message = "Transaction is ongoing for the item";
        self.refused_write(
            body,
            "TransactionConflictException",
            ("TransactionConflict", message),
        )
    }

    /// DynamoDB's refusal of a write whose condition does not hold.
    pub(super) fn condition_failed(&self, body: &[u8]) -> Answer {
        let message = "The conditional request failed";
        self.refused_write(
            body,
            "ConditionalCheckFailedException",
            ("ConditionalCheckFailed", message),
        )
    }

    /// A write that is refused under `kind`; a transaction is cancelled instead, with the reason for
    /// each of its items.
    fn refused_write(&self, body: &[u8], kind: &str, (code, message): (&str, &str)) -> Answer {
        if self.service != Service::DynamoDb {
            return self.service.throttled();
        }
        if !self.operation.starts_with("Transact") {
            let kind = format!("com.amazonaws.dynamodb.v20120810#{kind}");
            return Answer::error(StatusCode::BAD_REQUEST, &kind, message);
        }
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        let items = request["TransactItems"].as_array().map_or(1, Vec::len);
        let reason = json!({ "Code": code, "Message": message });
        let body = json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": format!(
                "Transaction cancelled, please refer cancellation reasons for specific reasons [{code}]"
            ),
            "CancellationReasons": vec![reason; items],
        });
        Answer::failed(StatusCode::BAD_REQUEST, body.to_string())
    }
}
