//! What a message says.

use jiff::Timestamp;
use ledger::RecordKey;
use serde::{Deserialize, Serialize};

/// "Look at this object again."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Which object.
    pub key: RecordKey,
    /// Why: FreshBooks' event, or a reason of our own.
    pub event: String,
    /// Id of the delivery or of the request that led to it.
    pub delivery: String,
    /// When it was received or decided.
    pub received_at: Timestamp,
}

/// A body that is no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be read: {0}")]
pub struct Unreadable(String);

#[derive(Serialize, Deserialize)]
struct Body {
    v: u8,
    #[serde(flatten)]
    key: RecordKey,
    event: String,
    delivery: String,
    received_at: Timestamp,
}

const LAYOUT: u8 = 1;

impl Message {
    pub(crate) fn new(key: RecordKey, event: &str, delivery: &str, received_at: Timestamp) -> Self {
        Self {
            key,
            event: event.to_owned(),
            delivery: delivery.to_owned(),
            received_at,
        }
    }

    /// Reads a message's body.
    ///
    /// # Errors
    /// What is wrong with it, without the body itself.
    pub fn parse(body: &str) -> Result<Self, Unreadable> {
        let body: Body =
            serde_json::from_str(body).map_err(|error| Unreadable(error.to_string()))?;
        if body.v != LAYOUT {
            return Err(Unreadable(format!(
                "its layout is {}, this version reads {LAYOUT}",
                body.v
            )));
        }
        Ok(Self {
            key: body.key,
            event: body.event,
            delivery: body.delivery,
            received_at: body.received_at,
        })
    }

    pub(crate) fn to_body(&self) -> String {
        let body = Body {
            v: LAYOUT,
            key: self.key.clone(),
            event: self.event.clone(),
            delivery: self.delivery.clone(),
            received_at: self.received_at,
        };
        serde_json::to_string(&body).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_from_its_body() {
        let key = RecordKey::parse("acme", "invoice", "7").unwrap();
        let message = Message::new(key, "invoice.create", "request-1", Timestamp::UNIX_EPOCH);
        assert_eq!(Message::parse(&message.to_body()), Ok(message));
    }

    #[test]
    fn a_body_that_is_no_message_says_what_is_wrong() {
        for body in [
            "",
            "not json",
            "{}",
            r#"{"v":1,"connection":"a#b","kind":"invoice","id":"1"}"#,
        ] {
            assert!(Message::parse(body).is_err(), "{body}");
        }
        let newer = r#"{"v":9,"connection":"a","kind":"invoice","id":"1","event":"e","delivery":"d","received_at":"2026-01-05T16:00:00Z"}"#;
        assert_eq!(
            Message::parse(newer).unwrap_err().to_string(),
            "the message cannot be read: its layout is 9, this version reads 1"
        );
    }
}
