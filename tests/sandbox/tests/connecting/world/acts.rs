//! What happens: people act, webhooks arrive, functions run, time passes.

use std::pin::pin;
use std::time::Duration;

use cin7_stand_in::Keys;
use connections::{CallbackView, Cin7Account, Error};
use freshbooks_stand_in::{NewClient, NewInvoice, NewLine};
use ledger::State;
use poller::{Done, Task};

use super::{World, id};

impl World {
    pub(crate) async fn try_keys(&self, keys: &Keys) -> Result<Cin7Account, Error> {
        let (account, key) = (keys.account_id.clone(), keys.application_key.clone());
        let desk = self.desk();
        desk.replace_keys(&id(), account.into(), key.into()).await
    }

    pub(crate) async fn store_keys(&self, keys: &Keys) -> Cin7Account {
        self.try_keys(keys).await.unwrap()
    }

    /// Registers the callbacks while FreshBooks delivers its handshakes.
    pub(crate) async fn register(&self) -> Vec<CallbackView> {
        let desk = self.desk();
        let id = id();
        let mut registering = pin!(desk.register_callbacks(&id));
        loop {
            tokio::select! {
                registered = &mut registering => return registered.unwrap(),
                () = async { self.deliver().await; tokio::task::yield_now().await; } => {}
            }
        }
    }

    pub(crate) fn client(&self, name: &str) -> i64 {
        let form = NewClient {
            organization: name.to_owned(),
            email: format!("{}@example.test", name.to_lowercase().replace(' ', ".")),
            ..NewClient::default()
        };
        self.freshbooks.create_client(&self.account, form)
    }

    /// An invoice is written and sent, and its webhooks arrive. Nothing is worked on yet.
    pub(crate) async fn send(&self, client_id: i64, unit_cost: &str) -> i64 {
        let id = self.send_unheard(client_id, unit_cost);
        let statuses = self.deliver().await;
        assert!(!statuses.is_empty(), "FreshBooks delivers");
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
        id
    }

    /// The same, with the webhooks still in FreshBooks' post office.
    pub(crate) fn send_unheard(&self, client_id: i64, unit_cost: &str) -> i64 {
        let [quantity, unit_cost, rate] = ["1", unit_cost, "13"].map(|text| text.parse().unwrap());
        let form = NewInvoice {
            client_id,
            due_offset_days: 30,
            lines: vec![NewLine::new("Consulting", quantity, unit_cost).tax("HST", rate)],
            ..NewInvoice::default()
        };
        let id = self.freshbooks.create_invoice(&self.account, form);
        self.freshbooks.send_invoice(&self.account, id).unwrap();
        id
    }

    /// Every waiting webhook is sent once; the answers' statuses.
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

    /// One webhook, whoever sends it.
    pub(crate) async fn receive(&self, uri: &str, signature: &str, body: &str) -> u16 {
        let answered = self.plant.deliver(uri, signature, body);
        answered.await.as_u16()
    }

    /// Works until the queue gives nothing more.
    pub(crate) async fn work(&self) {
        for _ in 0..200 {
            if self.plant.process(Duration::ZERO).await.unwrap() == 0 {
                return;
            }
        }
        panic!("the queue never runs dry");
    }

    pub(crate) async fn sweep(&self) {
        self.plant.poll(Task::Sweep).await.unwrap();
        self.work().await;
    }

    /// What keeps connections alive runs once.
    pub(crate) async fn keep(&self) -> Done {
        let kept = self.plant.poll(Task::Keep { connection: None }).await;
        kept.unwrap()
    }

    /// Works and lets time pass until nothing is on its way; then confirms.
    pub(crate) async fn settle(&self) {
        for _ in 0..50 {
            self.sweep().await;
            let records = self.plant.ledger().every_record().await.unwrap();
            let on_their_way = records.iter().filter(|record| {
                !matches!(record.state, State::Waiting | State::Posted) && record.due_at.is_some()
            });
            match on_their_way.filter_map(|record| record.due_at).min() {
                Some(due) => self.clock.advance_to(due),
                None => break,
            }
        }
        for _ in 0..3 {
            let confirm = Task::Confirm { connection: None };
            if self.plant.poll(confirm).await.unwrap().pending == 0 {
                return;
            }
            self.clock.advance(Duration::from_mins(61));
        }
    }

    /// Nobody does anything for a day.
    pub(crate) fn a_day_passes(&self) {
        self.clock.advance(Duration::from_hours(24));
    }
}
