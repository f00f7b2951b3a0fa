//! The webhook with all it needs, and senders of deliveries.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use aws_sdk_sqs::types::QueueAttributeName;
use clock::{Clock as _, ManualClock};
use freshbooks_stand_in::sign;
use jiff::Timestamp;
use lambda_http::http::Request;
use lambda_http::{Body, Response};
use ledger::{ConnectionId, Ledger};
use local_aws::{Fault, LocalAws, Options, Service, gateway};
use queue::{Message, Queue};
use serde_json::Value;
use vault::{OfferVault, Vault, VerifierVault};
use webhook::Webhook;

pub(crate) const VERIFIER: &str = "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U";
pub(crate) const NEWER: &str = "UWQfd9zCzxmVwFZWKqqKwLxqz8gvzGdAn";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
pub(crate) const FIELDS: [(&str, &str); 3] = [
    ("name", "invoice.create"),
    ("object_id", "1234567"),
    ("account_id", "6BApk"),
];

pub(crate) struct Bench {
    pub(crate) aws: LocalAws,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ledger: Ledger,
    pub(crate) vault: Vault,
    pub(crate) webhook: Webhook,
    queue_url: String,
}

impl Bench {
    /// With a connection `acme` whose callback on `invoice` has [`VERIFIER`].
    pub(crate) async fn start() -> Self {
        let start: Timestamp = "2026-01-05T16:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let options = Options {
            clock: clock.clone(),
            ..Options::default()
        };
        let aws = LocalAws::start(options).await.unwrap();
        ledger::table::create(&aws.dynamodb(), "ledger")
            .await
            .unwrap();
        let key = aws.kms().create_key().send().await.unwrap();
        let create = aws.sqs().create_queue().queue_name("connector.fifo");
        let made = create.attributes(QueueAttributeName::FifoQueue, "true");
        let queue_url = made.send().await.unwrap().queue_url.unwrap();
        let ledger = Ledger::new(aws.dynamodb(), "ledger", clock.clone());
        let key_id = key.key_metadata.unwrap().key_id;
        let bench = Self {
            vault: Vault::new(ledger.clone(), aws.kms(), &key_id),
            webhook: Webhook::new(
                VerifierVault::new(ledger.clone(), aws.kms()),
                OfferVault::new(ledger.clone(), aws.kms(), key_id),
                Queue::new(aws.sqs(), &queue_url),
                clock.clone(),
            ),
            aws,
            clock,
            ledger,
            queue_url,
        };
        bench.put_verifier("invoice", VERIFIER).await;
        bench.aws.reset_calls();
        bench
    }

    pub(crate) async fn put_verifier(&self, noun: &str, verifier: &str) {
        let verifier = verifier.into();
        self.vault
            .put_verifier(&acme(), noun, &verifier)
            .await
            .unwrap();
    }

    /// Sends one request through the gateway into the function.
    pub(crate) async fn send(&self, request: Request<Vec<u8>>) -> Response<Body> {
        self.invoke(&event(request, self.clock.now())).await
    }

    /// Hands the function an event as it is.
    pub(crate) async fn invoke(&self, event: &Value) -> Response<Body> {
        let request = lambda_http::request::from_str(&event.to_string()).unwrap();
        self.webhook.receive(request).await.unwrap()
    }

    /// Sends a delivery to acme's callback on invoices; the status.
    pub(crate) async fn deliver(&self, (body, signature): (String, String)) -> u16 {
        let request = delivery("/freshbooks/acme/invoice", &body, &signature);
        self.send(request).await.status().as_u16()
    }

    /// The messages on the queue; each is given once.
    pub(crate) async fn queued(&self) -> Vec<Message> {
        let receive = self.aws.sqs().receive_message().queue_url(&self.queue_url);
        let received = receive.max_number_of_messages(10).send().await.unwrap();
        let bodies = received.messages.unwrap_or_default().into_iter();
        bodies
            .map(|message| Message::parse(message.body().unwrap()).unwrap())
            .collect()
    }

    /// Operations since the last reset.
    pub(crate) fn operations(&self) -> Vec<String> {
        let calls = self.aws.calls().into_iter();
        calls.map(|call| call.operation).collect()
    }

    /// Fails an operation until the SDK gives it up.
    pub(crate) fn down(&self, service: Service, operation: &str, fault: Fault) {
        for _ in 0..3 {
            self.aws.fail_next(service, operation, fault);
        }
    }
}

pub(crate) fn acme() -> ConnectionId {
    "acme".parse().unwrap()
}

/// What the gateway makes of a request. Any method, so that the function's own check shows.
pub(crate) fn event(request: Request<Vec<u8>>, now: Timestamp) -> Value {
    let route = "ANY /freshbooks/{connection}/{noun}".parse().unwrap();
    let (parts, body) = request.into_parts();
    let caller = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
    gateway::event(&route, &parts, &body, caller, now).unwrap()
}

/// A delivery as FreshBooks sends it.
pub(crate) fn delivery(path: &str, body: &str, signature: &str) -> Request<Vec<u8>> {
    Request::post(path)
        .header("content-type", FORM)
        .header("x-freshbooks-hmac-sha256", signature)
        .body(body.as_bytes().to_vec())
        .unwrap()
}

/// A genuine delivery: body and signature.
pub(crate) fn genuine() -> (String, String) {
    sign(VERIFIER, &FIELDS)
}
