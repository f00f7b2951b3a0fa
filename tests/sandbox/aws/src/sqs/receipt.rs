//! Receipt handles: who holds which message.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::error::SqsError;

/// Names a message by queue and sequence, and one receipt of it by a random part.
pub(super) struct Receipt {
    pub(super) queue: i64,
    pub(super) sequence: i64,
}

impl Receipt {
    /// A new handle for a message that is being received.
    pub(super) fn issue(queue: i64, sequence: i64) -> String {
        let nonce = uuid::Uuid::new_v4();
        BASE64_URL_SAFE_NO_PAD.encode(format!("{queue}/{sequence}/{nonce}"))
    }

    /// Reads a handle that was issued for `queue`.
    pub(super) fn parse(queue: i64, handle: &str) -> Result<Self, SqsError> {
        let read = || {
            let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(handle).ok()?).ok()?;
            let mut parts = text.split('/');
            let receipt = Self {
                queue: parts.next()?.parse().ok()?,
                sequence: parts.next()?.parse().ok()?,
            };
            uuid::Uuid::parse_str(parts.next()?).ok()?;
            Some(receipt)
        };
        read()
            .filter(|it| it.queue == queue)
            .ok_or_else(SqsError::invalid_receipt)
    }
}
