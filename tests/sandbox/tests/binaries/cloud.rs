//! Embedded AWS with what the template declares, a connection in it, and the functions' processes.

use std::sync::Arc;
use std::time::Duration;

use clock::{SharedClock, SystemClock};
use ledger::{Ledger, Record, RecordKey};
use local_aws::event_source::SqsEventSource;
use local_aws::runtime_api::RuntimeApi;
use sandbox::{Aws, connection_file};
use serde_json::{Value, json};
use vault::Vault;

use crate::business::{Business, Services};
use crate::{built, declared};

/// Longer than any of these invocations takes, and than a processor needs to begin a look.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Everything but the functions.
pub(crate) struct Cloud {
    pub(crate) services: Services,
    aws: Aws,
    pub(crate) ledger: Ledger,
    pub(crate) queue: SqsEventSource,
}

impl Cloud {
    pub(crate) async fn start() -> Self {
        let clock: SharedClock = Arc::new(SystemClock);
        let aws = Aws::start(None, None, clock.clone(), TIMEOUT)
            .await
            .unwrap();
        Self {
            services: Services::start().await,
            ledger: Ledger::new(aws.aws.dynamodb(), aws.table, clock),
            queue: SqsEventSource::new(aws.aws.sqs(), &aws.queue_url, 10),
            aws,
        }
    }

    /// Stores a business's connection, as onboarding would.
    pub(crate) async fn connect(&self, business: &Business) {
        let vault = Vault::new(
            self.ledger.clone(),
            self.aws.aws.kms(),
            self.aws.key_id.as_str(),
        );
        let new = connection_file::parse(&business.file()).unwrap();
        sync::connect(&self.ledger, &vault, &new).await.unwrap();
    }

    /// Starts a function with what the template gives it and what Lambda itself would.
    pub(crate) async fn function(&self, name: &str, resource: &str) -> Function {
        let declared = declared::variables(resource).into_iter();
        let mut variables: Vec<(String, String)> = declared
            .map(|variable| {
                let value = self.value(&variable);
                (variable, value)
            })
            .collect();
        variables.extend(self.aws.aws.environment());
        let binary = built::binary(name);
        let api = RuntimeApi::spawn(&binary, variables, TIMEOUT).await;
        Function(api.unwrap())
    }

    pub(crate) async fn webhook(&self) -> Function {
        self.function("webhook", "WebhookFunction").await
    }

    pub(crate) async fn processor(&self) -> Function {
        self.function("processor", "ProcessorFunction").await
    }

    pub(crate) async fn poller(&self) -> Function {
        self.function("poller", "PollerFunction").await
    }

    /// What a variable of the template stands for here.
    fn value(&self, variable: &str) -> String {
        match variable {
            "TABLE_NAME" => self.aws.table.to_owned(),
            "QUEUE_URL" => self.aws.queue_url.clone(),
            "KEY_ID" => self.aws.key_id.clone(),
            "FRESHBOOKS_URL" => self.services.freshbooks.url(),
            "FRESHBOOKS_AUTH_URL" => self.services.freshbooks.url(),
            "PUBLIC_URL" => "https://connector.test".to_owned(),
            "SCHEDULE_GROUP" => self.aws.place.group.clone(),
            "POLLER_ARN" => self.aws.place.poller.clone(),
            "SCHEDULER_ROLE_ARN" => self.aws.place.role.clone(),
            "CIN7_URL" => self.services.cin7.url(),
            "CIN7_LIMIT" => "60".to_owned(),
            "CIN7_WINDOW" => "60s".to_owned(),
            "RETRY_SCHEDULE" => "10s,1m,5m,15m,1h,3h,6h,12h,24h,30h".to_owned(),
            // Their logs go where the test's output goes; what they say is not under test here.
            "RUST_LOG" => "off".to_owned(),
            other => panic!("template.yaml declares {other}, which these tests do not know"),
        }
    }

    pub(crate) async fn record(&self, connection: &str, kind: &str, id: &str) -> Option<Record> {
        let key = RecordKey::parse(connection, kind, id).unwrap();
        self.ledger.record(&key).await.unwrap()
    }

    /// The bodies of the messages on the queue, which are taken off it.
    pub(crate) async fn messages(&self) -> Vec<Value> {
        let Some(batch) = self.queue.take(Duration::ZERO).await.unwrap() else {
            return Vec::new();
        };
        let records = batch.event().records.into_iter();
        records
            .filter_map(|message| serde_json::from_str(&message.body?).ok())
            .collect()
    }
}

/// A running function.
pub(crate) struct Function(pub(crate) RuntimeApi);

impl Function {
    /// Calls it with an event; its answer.
    pub(crate) async fn answer(&self, event: &str) -> Value {
        let answer = self.0.invoke(event).await.unwrap();
        serde_json::from_str(&answer).unwrap()
    }

    /// The most memory that it has used so far, in kB, where the system tells.
    pub(crate) async fn peak_memory_kb(&self) -> Option<u64> {
        let id = self.0.process_id().await?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        peak.trim().trim_end_matches(" kB").trim().parse().ok()
    }
}

/// What the poller says it did, with the counts that a test does not name at 0.
pub(crate) fn done_with(named: Value) -> Value {
    let mut done = json!({
        "queued": 0, "replayed": 0, "confirmed": 0, "pending": 0, "attention": 0, "found": 0, "kept": 0,
        "tied": 0, "caught_up": 0, "compared": 0, "left": 0,
        "failed": 0,
    });
    if let (Some(done), Value::Object(named)) = (done.as_object_mut(), named) {
        done.extend(named);
    }
    done
}
