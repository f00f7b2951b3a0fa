//! The FIFO queue between webhook and processor.
//!
//! A message means "look at this object again" and nothing more. All messages of a connection share
//! one group, so that a connection has one writer and its messages keep their order.

mod message;

use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};
use freshbooks::webhook::{Delivery, Verified};
use jiff::Timestamp;
use ledger::{ConnectionId, NotAName, RecordKey};

pub use message::{Message, Unreadable};

/// The queue could not take a message, or the delivery names nothing that could be queued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// SQS did not answer or refused; nothing is known of the message.
    #[error("the queue did not take the message: {0}")]
    Unavailable(String),
    /// The delivery's noun or object id cannot be a record's key.
    #[error(transparent)]
    NotAName(#[from] NotAName),
}

/// A handle on the queue that can only send. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Queue {
    client: aws_sdk_sqs::Client,
    url: String,
}

impl Queue {
    /// A handle on the queue at `url`; nothing is read.
    #[must_use]
    pub fn new(client: aws_sdk_sqs::Client, url: impl Into<String>) -> Self {
        Self {
            client,
            url: url.into(),
        }
    }

    /// Queues a look at the object that a delivery names. Only a verified delivery can be given.
    ///
    /// `request` is unique to this delivery: two byte-identical deliveries are two true hints, and
    /// neither may be dropped by the queue's de-duplication (docs/freshbooks-api.md, deliveries).
    ///
    /// # Errors
    /// The queue did not take it: the sender has to be told to try again.
    pub async fn send_delivery(
        &self,
        connection: &ConnectionId,
        delivery: &Delivery<Verified>,
        request: &str,
        now: Timestamp,
    ) -> Result<Message, Error> {
        let event = delivery.event();
        let key = RecordKey {
            connection: connection.clone(),
            kind: event.noun().parse()?,
            id: delivery.object_id().parse()?,
        };
        let message = Message::new(
            key,
            &format!("{}.{}", event.noun(), event.verb()),
            request,
            now,
        );
        self.send(&message).await?;
        Ok(message)
    }

    /// Queues a look for a reason of our own, such as `due` or `replay`. `request` is unique to it.
    ///
    /// # Errors
    /// The queue did not take it.
    pub async fn send_look(
        &self,
        key: &RecordKey,
        reason: &str,
        request: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.send(&Message::new(key.clone(), reason, request, now))
            .await
    }

    async fn send(&self, message: &Message) -> Result<(), Error> {
        self.client
            .send_message()
            .queue_url(&self.url)
            .message_body(message.to_body())
            .message_group_id(message.key.connection.as_str())
            .message_deduplication_id(deduplication_id(&message.delivery))
            .send()
            .await
            .map(|_| ())
            .map_err(|error| Error::Unavailable(describe(&error)))
    }
}

/// SQS takes 1 to 128 characters of a limited set; request ids of API Gateway end in `=`.
fn deduplication_id(request: &str) -> String {
    request
        .chars()
        .filter(char::is_ascii_graphic)
        .take(128)
        .collect()
}

fn describe<E, R>(error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata,
{
    error
        .as_service_error()
        .and_then(ProvideErrorMetadata::code)
        .unwrap_or("no answer")
        .to_owned()
}
