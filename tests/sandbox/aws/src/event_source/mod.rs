//! An SQS event source mapping with `ReportBatchItemFailures`: takes a batch, calls the function,
//! deletes what was handled.

mod record;
mod verdict;

use std::error::Error as StdError;
use std::fmt::Display;
use std::time::Duration;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::{DeleteMessageBatchRequestEntry, Message, MessageSystemAttributeName};

use crate::Error;
use verdict::Verdict;

/// The largest batch that one receive brings, and the largest that Lambda takes from a FIFO queue.
const LARGEST_BATCH: i32 = 10;

/// One queue as a function's trigger.
#[derive(Debug, Clone)]
pub struct SqsEventSource {
    client: Client,
    queue_url: String,
    batch_size: i32,
}

/// Messages taken off a queue and not yet ended.
#[derive(Debug)]
pub struct Batch {
    messages: Vec<Message>,
    queue_url: String,
}

impl Batch {
    /// The event that Lambda would call the function with.
    #[must_use]
    pub fn event(&self) -> SqsEvent {
        record::event(&self.messages, &self.queue_url)
    }
}

impl SqsEventSource {
    /// The source of a queue, in batches of up to `batch_size` messages, which is held to 1–10.
    #[must_use]
    pub fn new(client: Client, queue_url: impl Into<String>, batch_size: i32) -> Self {
        let batch_size = batch_size.clamp(1, LARGEST_BATCH);
        Self {
            client,
            queue_url: queue_url.into(),
            batch_size,
        }
    }

    /// Takes one batch, waiting up to `wait` for it (whole seconds, at most 20), calls `handler`
    /// with it, and says how many messages there were. With none, the handler is not called.
    ///
    /// An answer without failures deletes the batch; a message that it names stays, and comes again
    /// after its visibility timeout; an answer that names an unknown or empty id, and a handler that
    /// fails, delete nothing.
    ///
    /// # Errors
    /// [`Error::Queue`] when the queue cannot be read, or handled messages not be deleted. A handler
    /// that fails is not an error here; it is logged.
    pub async fn poll_once<Handler>(&self, wait: Duration, handler: Handler) -> Result<usize, Error>
    where
        Handler: AsyncFn(SqsEvent) -> Result<SqsBatchResponse, Box<dyn StdError + Send + Sync>>,
    {
        let Some(batch) = self.take(wait).await? else {
            return Ok(0);
        };
        let answer = handler(batch.event()).await;
        self.settle(batch, answer).await
    }

    /// Takes one batch, waiting up to `wait` for it (whole seconds, at most 20); `None` where the
    /// queue had nothing to give. [`Self::settle`] ends it.
    ///
    /// # Errors
    /// [`Error::Queue`] when the queue cannot be read.
    pub async fn take(&self, wait: Duration) -> Result<Option<Batch>, Error> {
        let messages = self.receive(wait).await?;
        let batch = Batch {
            messages,
            queue_url: self.queue_url.clone(),
        };
        Ok((!batch.messages.is_empty()).then_some(batch))
    }

    /// Ends a batch with the function's answer, as [`Self::poll_once`] says, and tells how many
    /// messages it had.
    ///
    /// # Errors
    /// [`Error::Queue`] when handled messages cannot be deleted.
    pub async fn settle(
        &self,
        batch: Batch,
        answer: Result<SqsBatchResponse, Box<dyn StdError + Send + Sync>>,
    ) -> Result<usize, Error> {
        let answer = match answer {
            Ok(answer) => serde_json::to_string(&answer).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        self.end(batch.messages, answer).await
    }

    /// [`Self::poll_once`] for a handler that takes and gives JSON, such as a real binary behind
    /// [`RuntimeApi::invoke`](crate::runtime_api::RuntimeApi::invoke).
    ///
    /// # Errors
    /// As [`Self::poll_once`].
    pub async fn poll_once_json<Running, Failure: Display>(
        &self,
        wait: Duration,
        handler: impl FnOnce(String) -> Running,
    ) -> Result<usize, Error>
    where
        Running: Future<Output = Result<String, Failure>>,
    {
        let Some(batch) = self.take(wait).await? else {
            return Ok(0);
        };
        let event = serde_json::to_string(&batch.event());
        let event = event.map_err(|error| failed("write the event", &error))?;
        let answer = handler(event).await.map_err(|error| error.to_string());
        self.end(batch.messages, answer).await
    }

    async fn receive(&self, wait: Duration) -> Result<Vec<Message>, Error> {
        let received = self
            .client
            .receive_message()
            .queue_url(&self.queue_url)
            .max_number_of_messages(self.batch_size)
            .wait_time_seconds(i32::try_from(wait.as_secs()).unwrap_or(20).min(20))
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .message_attribute_names("All")
            .send()
            .await
            .map_err(|error| failed("receive messages", &DisplayErrorContext(error)))?;
        Ok(received.messages.unwrap_or_default())
    }

    async fn end(
        &self,
        messages: Vec<Message>,
        answer: Result<String, String>,
    ) -> Result<usize, Error> {
        let count = messages.len();
        let ids: Vec<_> = messages.iter().filter_map(Message::message_id).collect();
        let verdict = match &answer {
            Ok(answer) => Verdict::read(answer, &ids),
            Err(error) => {
                tracing::warn!(%error, queue = %self.queue_url, "the function failed; the batch stays");
                Verdict::NothingHandled
            }
        };
        let mut entries = Vec::with_capacity(count);
        for (number, message) in messages.iter().enumerate() {
            let Some(handle) = message.receipt_handle() else {
                continue;
            };
            if !verdict.is_handled(message.message_id().unwrap_or_default()) {
                continue;
            }
            let entry = DeleteMessageBatchRequestEntry::builder().id(number.to_string());
            let entry = entry.receipt_handle(handle).build();
            entries.push(entry.map_err(|error| failed("name a handled message", &error))?);
        }
        if !entries.is_empty() {
            self.delete(entries).await?;
        }
        Ok(count)
    }

    async fn delete(&self, entries: Vec<DeleteMessageBatchRequestEntry>) -> Result<(), Error> {
        let request = self
            .client
            .delete_message_batch()
            .queue_url(&self.queue_url);
        let deleted = request
            .set_entries(Some(entries))
            .send()
            .await
            .map_err(|error| failed("delete handled messages", &DisplayErrorContext(error)))?;
        // A handle that expired while the function ran: the message comes again, as in Lambda.
        for failure in deleted.failed() {
            tracing::warn!(code = failure.code(), queue = %self.queue_url, "a handled message stays");
        }
        Ok(())
    }
}

fn failed(step: &'static str, error: &dyn Display) -> Error {
    Error::Queue {
        step,
        reason: error.to_string(),
    }
}
