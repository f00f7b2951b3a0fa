//! What happens: people act, webhooks arrive, functions run, time passes.

use std::time::Duration;

use freshbooks_stand_in::{NewInvoice, sign};
use jiff::Timestamp;
use ledger::{RecordKey, State};
use poller::{Done, Task};
use queue::Queue;
use reqwest::Method;
use serde_json::Value;

use super::{Party, VERIFIER, World};

/// The queue's name in the template.
const QUEUE: &str = "connector.fifo";

impl World {
    /// An invoice is written and sent, and one webhook of it arrives. Nothing is worked on yet.
    pub(crate) async fn send(&self, form: NewInvoice) -> i64 {
        self.send_of(self.acme(), form).await
    }

    pub(crate) async fn send_of(&self, party: &Party, form: NewInvoice) -> i64 {
        let id = self.freshbooks.create_invoice(&party.account, form);
        self.freshbooks.take_pending();
        self.freshbooks.send_invoice(&party.account, id).unwrap();
        assert_eq!(self.deliver().await, [200]);
        id
    }

    /// An invoice is sent, crosses and is confirmed: its client is linked and the books are read.
    pub(crate) async fn warm_up(&self, client: i64) -> i64 {
        let id = self.send(super::plain(client, "10.00")).await;
        self.settle().await;
        self.assert_confirmed(id).await;
        id
    }

    /// Every waiting webhook is sent once; the answers' statuses. What is not answered with 2xx stays
    /// and is sent again with the next call, five times at most, as FreshBooks does.
    pub(crate) async fn deliver(&self) -> Vec<u16> {
        let mut statuses = Vec::new();
        for pending in self.freshbooks.pending() {
            let status = self
                .receive(&pending.uri, &pending.signature, &pending.body)
                .await;
            let accepted = (200..300).contains(&status);
            self.freshbooks.carried(&pending, accepted);
            statuses.push(status);
        }
        statuses
    }

    pub(crate) async fn receive(&self, uri: &str, signature: &str, body: &str) -> u16 {
        let answered = self.plant.deliver(uri, signature, body);
        answered.await.as_u16()
    }

    /// FreshBooks says "look at this invoice again", whether or not there is one.
    pub(crate) async fn hint(&self, id: i64) {
        self.hint_at("invoice", id).await;
    }

    /// The same of an object of any noun that has a callback.
    pub(crate) async fn hint_at(&self, noun: &str, id: i64) {
        let (account, id) = (&self.acme().account.account_id, id.to_string());
        let event = format!("{noun}.update");
        let fields = [
            ("name", event.as_str()),
            ("object_id", id.as_str()),
            ("account_id", account.as_str()),
        ];
        let (body, signature) = sign(VERIFIER, &fields);
        let uri = format!("https://connector.test/freshbooks/acme/{noun}");
        assert_eq!(self.receive(&uri, &signature, &body).await, 200);
    }

    /// A person asks for another look at an invoice, after which everything settles.
    pub(crate) async fn replay(&self, id: i64) {
        self.ask_again(&self.key(id)).await;
        self.settle().await;
    }

    /// A person asks for another look; nothing is worked on yet.
    pub(crate) async fn ask_again(&self, key: &RecordKey) {
        let queue = Queue::new(self.plant.aws().sqs(), self.queue_url().await);
        let request = format!("replay-{key}-{}", self.plant.aws().calls().len());
        let now = self.plant.clock().now();
        queue.send_look(key, "replay", &request, now).await.unwrap();
    }

    pub(crate) async fn queue_url(&self) -> String {
        self.url_of(QUEUE).await
    }

    pub(crate) async fn url_of(&self, queue: &str) -> String {
        let known = || self.queue_urls.lock().unwrap();
        if let Some(url) = known().get(queue) {
            return url.clone();
        }
        let sqs = self.plant.aws().sqs();
        let found = sqs.get_queue_url().queue_name(queue).send().await;
        let url = found.unwrap().queue_url.unwrap();
        known().insert(queue.to_owned(), url.clone());
        url
    }

    /// Puts any body on the queue.
    pub(crate) async fn enqueue(&self, group: &str, body: &str) {
        let sent = self
            .plant
            .aws()
            .sqs()
            .send_message()
            .queue_url(self.queue_url().await)
            .message_body(body)
            .message_group_id(group)
            .message_deduplication_id(format!("test-{}", self.plant.aws().calls().len()))
            .send()
            .await;
        sent.unwrap();
    }

    /// Works until the queue gives nothing more.
    pub(crate) async fn work(&self) {
        for _ in 0..500 {
            match self.plant.process(Duration::ZERO).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
        panic!("the queue never runs dry");
    }

    /// Works and lets time pass until nothing is queued or due any more; then confirms.
    pub(crate) async fn settle(&self) {
        self.settle_all_but_confirm().await;
        // The last pass is late enough for the exact question instead of the list.
        for wait in [1, 1, 61].map(Duration::from_mins) {
            if self.confirm().await.pending == 0 {
                return;
            }
            self.clock.advance(wait);
        }
        self.confirm().await;
    }

    pub(crate) async fn settle_all_but_confirm(&self) {
        for _ in 0..200 {
            self.work().await;
            match self.next_due().await {
                Some(due) => self.pass_until(due),
                None if self.messages("connector.fifo").await == 0 => return,
                // A message whose worker died comes back after its visibility time-out.
                None => self.clock.advance(Duration::from_mins(1)),
            }
            // A sweep that fails leaves what is due to the next one.
            let _ = self.plant.poll(Task::Sweep).await;
        }
        panic!("it never settles");
    }

    /// When the next record is due that is on its way; one that waits may be looked at for ever.
    async fn next_due(&self) -> Option<Timestamp> {
        let records = self.plant.ledger().every_record().await.unwrap();
        let on_their_way = records
            .iter()
            .filter(|record| record.state != State::Waiting);
        on_their_way.filter_map(|record| record.due_at).min()
    }

    /// Lets time pass until `due`. What is due already and was not taken up is still held by a worker
    /// that died: its lease ends as time goes on.
    pub(crate) fn pass_until(&self, due: Timestamp) {
        if due > self.plant.clock().now() {
            self.clock.advance_to(due);
        } else {
            self.clock.advance(Duration::from_mins(1));
        }
    }

    /// One sweep, and the work it makes.
    pub(crate) async fn sweep(&self) -> usize {
        let swept = self.plant.poll(Task::Sweep).await.unwrap();
        self.work().await;
        swept.queued
    }

    /// The connection's own poll, which catches up.
    pub(crate) async fn catch_up(&self) -> Done {
        self.try_to_catch_up(false).await.unwrap()
    }

    /// The same with everything since the start date.
    pub(crate) async fn catch_up_in_full(&self) -> Done {
        self.try_to_catch_up(true).await.unwrap()
    }

    pub(crate) async fn try_to_catch_up(
        &self,
        full: bool,
    ) -> Result<Done, Box<dyn std::error::Error + Send + Sync>> {
        let connection = self.acme().id.parse().unwrap();
        self.plant.poll(Task::Poll { connection, full }).await
    }

    /// One confirm pass over all connections; one that fails leaves something to the next.
    pub(crate) async fn confirm(&self) -> Done {
        let passed = self.plant.poll(Task::Confirm { connection: None }).await;
        passed.unwrap_or(Done {
            pending: 1,
            ..Done::default()
        })
    }

    /// Somebody else changes something in Cin7, with a key of their own.
    pub(crate) async fn in_cin7(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let keys = &self.acme().other_keys;
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.cin7.url()))
            .header("api-auth-accountid", &keys.account_id)
            .header("api-auth-applicationkey", &keys.application_key);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Completes when a call of any service hangs, or at once where one did since this was last asked.
    pub(crate) async fn hanging(&self) {
        tokio::select! {
            () = self.freshbooks.hanging() => {}
            () = self.cin7.hanging() => {}
            () = self.plant.aws().hanging() => {}
        }
    }

    /// Runs one batch and drops it as soon as `reached` holds, as a killed function would be.
    /// `false` if it came to its end before.
    pub(crate) async fn crash_when(&self, reached: impl Fn() -> bool) -> bool {
        let until = async {
            while !reached() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = until => true,
            _ = self.plant.process(Duration::ZERO) => false,
        }
    }
}
