//! The errors that SQS answers with, each under its JSON shape and its older query code.

use axum::http::StatusCode;

use crate::server::Answer;

/// An error answer.
#[derive(Debug)]
pub(super) struct SqsError {
    /// Name of the shape in the JSON protocol.
    pub(super) kind: &'static str,
    /// Code of the query protocol; the SDK reports this one as the error's code.
    pub(super) query_code: &'static str,
    pub(super) message: String,
    status: StatusCode,
}

impl SqsError {
    fn sender(kind: &'static str, query_code: &'static str, message: &str) -> Self {
        Self {
            kind,
            query_code,
            message: message.to_owned(),
            status: StatusCode::BAD_REQUEST,
        }
    }

    pub(super) fn internal(message: &str) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        let message = message.to_owned();
        Self {
            kind: "InternalFailure",
            query_code: "InternalFailure",
            message,
            status,
        }
    }

    pub(super) fn no_such_queue() -> Self {
        let message = "The specified queue does not exist.";
        Self::sender(
            "QueueDoesNotExist",
            "AWS.SimpleQueueService.NonExistentQueue",
            message,
        )
    }

    pub(super) fn queue_exists(attribute: &str) -> Self {
        let message = format!(
            "A queue already exists with the same name and a different value for attribute {attribute}"
        );
        Self::sender("QueueNameExists", "QueueAlreadyExists", &message)
    }

    pub(super) fn invalid_parameter(message: &str) -> Self {
        Self::sender(
            "InvalidParameterValueException",
            "InvalidParameterValue",
            message,
        )
    }

    pub(super) fn missing_parameter(name: &str) -> Self {
        let message = format!("The request must contain the parameter {name}.");
        Self::sender(
            "MissingRequiredParameterException",
            "MissingParameter",
            &message,
        )
    }

    pub(super) fn invalid_attribute_name(name: &str) -> Self {
        let message = format!("Unknown Attribute {name}.");
        Self::sender("InvalidAttributeName", "InvalidAttributeName", &message)
    }

    pub(super) fn invalid_attribute_value(name: &str) -> Self {
        let message = format!("Invalid value for the parameter {name}.");
        Self::sender("InvalidAttributeValue", "InvalidAttributeValue", &message)
    }

    pub(super) fn invalid_contents() -> Self {
        let message = "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | \
                       #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";
        Self::sender("InvalidMessageContents", "InvalidMessageContents", message)
    }

    pub(super) fn invalid_receipt() -> Self {
        let message = "The input receipt handle is invalid.";
        Self::sender("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", message)
    }

    pub(super) fn receipt_expired(handle: &str) -> Self {
        Self::invalid_parameter(&format!(
            "Value {handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."
        ))
    }

    pub(super) fn not_in_flight() -> Self {
        let message = "The specified message isn't in flight.";
        Self::sender(
            "MessageNotInflight",
            "AWS.SimpleQueueService.MessageNotInflight",
            message,
        )
    }

    pub(super) fn unsupported(message: &str) -> Self {
        let code = "AWS.SimpleQueueService.UnsupportedOperation";
        Self::sender("UnsupportedOperation", code, message)
    }

    pub(super) fn no_such_resource(message: &str) -> Self {
        Self::sender(
            "ResourceNotFoundException",
            "ResourceNotFoundException",
            message,
        )
    }

    pub(super) fn empty_batch() -> Self {
        let code = "AWS.SimpleQueueService.EmptyBatchRequest";
        Self::sender(
            "EmptyBatchRequest",
            code,
            "There should be at least one entry in the request.",
        )
    }

    pub(super) fn too_many_entries() -> Self {
        let code = "AWS.SimpleQueueService.TooManyEntriesInBatchRequest";
        let message = "Maximum number of entries per request are 10.";
        Self::sender("TooManyEntriesInBatchRequest", code, message)
    }

    pub(super) fn entry_ids_not_distinct(id: &str) -> Self {
        let code = "AWS.SimpleQueueService.BatchEntryIdsNotDistinct";
        Self::sender(
            "BatchEntryIdsNotDistinct",
            code,
            &format!("Id {id} repeated."),
        )
    }

    pub(super) fn invalid_entry_id() -> Self {
        let code = "AWS.SimpleQueueService.InvalidBatchEntryId";
        let message = "A batch entry id can only contain alphanumeric characters, hyphens and \
                       underscores. It can be at most 80 letters long.";
        Self::sender("InvalidBatchEntryId", code, message)
    }

    pub(super) fn batch_too_long() -> Self {
        let code = "AWS.SimpleQueueService.BatchRequestTooLong";
        let message = "Batch requests cannot be longer than 1048576 bytes.";
        Self::sender("BatchRequestTooLong", code, message)
    }

    pub(super) fn into_answer(self) -> Answer {
        let kind = format!("com.amazonaws.sqs#{}", self.kind);
        Answer::error(self.status, &kind, &self.message).with_query_error(self.query_code)
    }
}

impl From<rusqlite::Error> for SqsError {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(&error.to_string())
    }
}
