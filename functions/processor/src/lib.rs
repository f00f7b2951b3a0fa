//! Takes messages off the queue and looks at the object each names.
//!
//! Messages of one group are taken in order. A message fails only where the ledger cannot be written
//! or another worker holds its record; then it and everything behind it in its group stay on the
//! queue. Every other end of a look is a state of the record, and the message is done.

use std::collections::HashMap;
use std::time::Duration;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use clock::until;
use jiff::Timestamp;
use lambda_runtime::Error;
use ledger::Ledger;
use queue::Message;
use sync::{Engine, Looked};

/// A look begins only while this much of the invocation is left: a fetch, a token and four Cin7
/// calls at their usual pace.
const NEEDED: Duration = Duration::from_secs(55);
/// A look waits for calls only while this much is left: the calls themselves come after the wait.
const RESERVE: Duration = Duration::from_secs(45);

/// The processor function.
#[derive(Debug)]
pub struct Processor {
    engine: Engine,
    ledger: Ledger,
    sqs: aws_sdk_sqs::Client,
    queue_url: String,
}

/// How one message ended.
enum End {
    Done,
    /// It stays on the queue, and may be taken again after so long.
    Again(Duration),
}

impl Processor {
    /// A processor on these clients; nothing is read.
    #[must_use]
    pub fn new(
        engine: Engine,
        ledger: Ledger,
        sqs: aws_sdk_sqs::Client,
        queue_url: impl Into<String>,
    ) -> Self {
        Self {
            engine,
            ledger,
            sqs,
            queue_url: queue_url.into(),
        }
    }

    /// Works through a batch. `invocation` names this run in the log; it ends at
    /// `deadline`.
    ///
    /// # Errors
    /// None: what fails is in the answer, by message.
    pub async fn process(
        &self,
        batch: SqsEvent,
        invocation: &str,
        deadline: Timestamp,
    ) -> Result<SqsBatchResponse, Error> {
        let mut put_off: HashMap<String, Duration> = HashMap::new();
        let mut failures = Vec::new();
        for message in batch.records {
            let group = message
                .attributes
                .get("MessageGroupId")
                .cloned()
                .unwrap_or_default();
            let end = match put_off.get(&group) {
                Some(&wait) => End::Again(wait),
                None => self.take(&message, invocation, deadline).await,
            };
            if let End::Again(wait) = end {
                self.put_off(&message, wait).await;
                put_off.insert(group, wait);
                failures.push(failure(message.message_id.unwrap_or_default()));
            }
        }
        let mut answer = SqsBatchResponse::default();
        answer.batch_item_failures = failures;
        Ok(answer)
    }

    async fn take(&self, message: &SqsMessage, invocation: &str, deadline: Timestamp) -> End {
        let now = self.ledger.clock().now();
        if until(now, deadline) < NEEDED {
            return End::Again(Duration::ZERO);
        }
        let id = message.message_id.as_deref().unwrap_or_default();
        let body = message.body.as_deref().unwrap_or_default();
        // The message, not the invocation: when it comes back, its own lease does not keep it out.
        let owner = format!("processor {id}");
        let looked = match Message::parse(body) {
            Ok(parsed) => {
                let patience = deadline.checked_sub(RESERVE).unwrap_or(now);
                self.engine.look(&parsed, &owner, patience).await
            }
            Err(why) => {
                tracing::error!(message = id, error = %why, "a message on the queue cannot be read");
                let put = self
                    .engine
                    .set_aside(id, &why.to_string(), body, &owner)
                    .await;
                put.map(|()| Looked::At(ledger::State::Attention))
            }
        };
        match looked {
            Ok(Looked::At(_)) => End::Done,
            Ok(Looked::Held { until: end }) => End::Again(until(now, end) + Duration::from_secs(1)),
            Err(error) => {
                tracing::error!(message = id, invocation, error = %error, "a look could not be recorded");
                End::Again(pause(message))
            }
        }
    }

    /// Lets a message return after `wait` instead of after the queue's whole visibility time-out.
    async fn put_off(&self, message: &SqsMessage, wait: Duration) {
        let Some(handle) = &message.receipt_handle else {
            return;
        };
        let seconds = i32::try_from(wait.as_secs())
            .unwrap_or(i32::MAX)
            .min(43_200);
        let asked = self
            .sqs
            .change_message_visibility()
            .queue_url(&self.queue_url)
            .receipt_handle(handle)
            .visibility_timeout(seconds)
            .send()
            .await;
        if asked.is_err() {
            tracing::warn!(
                message = message.message_id,
                "a message returns only after the visibility time-out"
            );
        }
    }
}

/// How long a message stays away when the ledger cannot be written: from 5 s, twice as long each time,
/// at most an hour. A short outage must not use up what the queue allows before the dead-letter queue.
fn pause(message: &SqsMessage) -> Duration {
    let receives = message.attributes.get("ApproximateReceiveCount");
    let receives: u32 = receives.and_then(|count| count.parse().ok()).unwrap_or(1);
    Duration::from_secs((5 << receives.saturating_sub(1).min(10)).min(3600))
}

fn failure(id: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = id;
    failure
}
