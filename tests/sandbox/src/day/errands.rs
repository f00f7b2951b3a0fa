//! What moves the day on: webhooks are delivered, functions run, time passes, people act in Cin7.

use std::time::Duration;

use freshbooks_stand_in::{PendingDelivery, sign};
use jiff::civil::date;
use jiff::tz::TimeZone;
use poller::Task;
use reqwest::Method;
use serde_json::{Value, json};

use super::document::Document;
use super::office::Office;
use crate::plant::not;
use crate::{NotStarted, Row};

/// What waits for a person is looked at again every hour; the day ends before that.
const EVENING: Duration = Duration::from_secs(1800);

/// How often a connection is polled, unless its owner says otherwise.
const QUARTER: Duration = Duration::from_secs(900);

impl Office {
    /// Delivers every waiting webhook and works until nothing is queued.
    pub(super) async fn deliver(&self) {
        self.freshbooks.deliver_all().await;
        self.work().await;
    }

    /// Delivers these webhooks in this order, and works after each until nothing is queued.
    pub(super) async fn deliver_each(&self, deliveries: &[PendingDelivery]) {
        for delivery in deliveries {
            self.freshbooks.deliver(delivery).await;
            self.work().await;
        }
    }

    /// Delivers one webhook signed with this key; the status of the answer, 0 where there was none.
    pub(super) async fn deliver_signed(&self, document: Document, verifier: &str) -> u16 {
        let (noun, id) = (document.kind(), document.id().to_string());
        let event = format!("{noun}.update");
        let fields = [
            ("name", event.as_str()),
            ("object_id", id.as_str()),
            ("account_id", self.account.account_id.as_str()),
        ];
        let (body, signature) = sign(verifier, &fields);
        let Some(callback) = self.callback(noun) else {
            return 0;
        };
        let request = self
            .http
            .post(callback.uri)
            .header("X-FreshBooks-Hmac-SHA256", signature)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let answer = request.send().await;
        self.work().await;
        answer.map_or(0, |answer| answer.status().as_u16())
    }

    /// The same with the key of the document's own callback.
    pub(super) async fn deliver_again(&self, document: Document) -> u16 {
        let own = self.callback(document.kind());
        let verifier = own.map_or_else(String::new, |callback| callback.verifier);
        self.deliver_signed(document, &verifier).await
    }

    /// Works until nothing is queued.
    pub(super) async fn work(&self) {
        while self
            .plant
            .process(Duration::ZERO)
            .await
            .is_ok_and(|taken| taken > 0)
        {}
    }

    /// Lets the poller sweep and the processor work until nothing is due any more; then confirms.
    pub(super) async fn settle(&self) {
        for _ in 0..100 {
            self.work().await;
            let Ok(Some(due)) = self.plant.ledger().next_due().await else {
                break;
            };
            let clock = self.plant.clock();
            let wait = clock::until(clock.now(), due);
            if wait > EVENING {
                break;
            }
            clock.sleep(wait).await;
            if self.plant.poll(Task::Sweep).await.is_err() {
                break;
            }
        }
        self.plant.start_what_is_scheduled().await;
        // What cannot be confirmed now stays posted, which the table shows.
        let _ = self.plant.poll(Task::Confirm { connection: None }).await;
    }

    /// The connection's own schedule: FreshBooks is asked what changed, or for everything, and what differs is
    /// worked on.
    ///
    /// # Errors
    /// The poller failed.
    pub(super) async fn catch_up(&self, full: bool) -> Result<(), NotStarted> {
        let connection = "acme".parse().map_err(not("the name of the connection"))?;
        self.clock.advance(QUARTER);
        for task in [Task::Poll { connection, full }, Task::Sweep] {
            self.plant.poll(task).await.map_err(not("the poller"))?;
        }
        self.work().await;
        Ok(())
    }

    /// Evening, night and morning, as often as it takes: what is due is tried again, FreshBooks is asked what
    /// was missed, Cin7 what arrived, until nine o'clock of a day of January in Toronto.
    ///
    /// # Errors
    /// The poller failed.
    pub(super) async fn sleep_until(&self, day: i8) -> Result<(), NotStarted> {
        self.settle().await;
        self.catch_up(true).await?;
        self.settle().await;
        let morning = date(2026, 1, day).at(14, 0, 0, 0).to_zoned(TimeZone::UTC);
        let morning = morning.map_err(not("the calendar"))?;
        self.clock.advance_to(morning.timestamp());
        self.settle().await;
        Ok(())
    }

    /// A person asks for another look at what `what` selects, as it is asked of a served sandbox, and
    /// everything settles; the answer.
    pub(super) async fn replay(
        &self,
        what: Value,
        by: &str,
        why: &str,
    ) -> Result<Value, NotStarted> {
        let mut asked = json!({ "connection": "acme", "by": by, "why": why });
        if let (Some(asked), Value::Object(what)) = (asked.as_object_mut(), what) {
            asked.extend(what);
        }
        let request = self
            .http
            .post(format!("{}/sandbox/replay", self.url()))
            .json(&asked);
        let answer = answer_to(request).await.map_err(not("the replay"))?;
        self.settle().await;
        Ok(answer)
    }

    /// Somebody does something in Cin7, with a key of their own.
    pub(super) async fn in_cin7(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value, NotStarted> {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.cin7.url()))
            .header("api-auth-accountid", &self.people.account_id)
            .header("api-auth-applicationkey", &self.people.application_key);
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer_to(request)
            .await
            .map_err(not("a person at the Cin7 stand-in"))
    }

    /// The document's record; `None` where nothing was heard of it, or the ledger does not answer.
    pub(super) async fn row(&self, document: Document) -> Option<Row> {
        for key in document.keys() {
            if let Ok(Some(record)) = self.plant.ledger().record(&key).await {
                return Some(Row::from(record));
            }
        }
        None
    }

    /// How many calls the connector made to Cin7 so far, and how many of them were writes.
    pub(super) fn cin7_calls(&self) -> (usize, usize) {
        let calls = self.cin7.calls(&self.keys);
        let writes = calls.iter().filter(|call| call.method != "GET").count();
        (calls.len(), writes)
    }
}

/// A 2xx answer, as JSON.
pub(super) async fn answer_to(request: reqwest::RequestBuilder) -> Result<Value, reqwest::Error> {
    request.send().await?.error_for_status()?.json().await
}
