use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use freshbooks_stand_in::{DeliveryFields, NewPayment, NewTax, sign};
use rust_decimal::Decimal;
use tokio::net::TcpListener;

use super::office::Office;

const VERIFIER: &str = "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U";

/// A receiver of webhooks that answers what it is told to.
#[derive(Clone)]
struct Receiver {
    uri: String,
    status: Arc<Mutex<u16>>,
    received: Arc<Mutex<Vec<(String, String)>>>,
}

impl Receiver {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}/hooks/1", listener.local_addr().unwrap());
        let status = Arc::new(Mutex::new(202));
        let receiver = Self {
            uri,
            status,
            received: Arc::default(),
        };
        let router = Router::new()
            .route("/hooks/1", post(receive))
            .with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    fn answers(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    fn bodies(&self) -> Vec<String> {
        self.received
            .lock()
            .unwrap()
            .iter()
            .map(|(body, _)| body.clone())
            .collect()
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: String) -> StatusCode {
    let signature = headers["x-freshbooks-hmac-sha256"]
        .to_str()
        .unwrap()
        .to_owned();
    receiver.received.lock().unwrap().push((body, signature));
    StatusCode::from_u16(*receiver.status.lock().unwrap()).unwrap()
}

#[tokio::test]
async fn a_change_reaches_the_callback_of_its_noun_with_its_signature() {
    let (office, receiver) = (Office::open().await, Receiver::open().await);
    let account = &office.account;
    office
        .stand_in
        .register_callback(account, "invoice", &receiver.uri, VERIFIER);
    let id = office.invoice().to_string();
    let delivered = office.stand_in.deliver_all().await;
    assert_eq!(delivered.len(), 1, "the client has no callback");
    assert!(delivered[0].accepted());

    let (business_id, identity_id) = (
        account.business_id.to_string(),
        account.identity_id.to_string(),
    );
    let expected = sign(
        VERIFIER,
        &[
            ("name", "invoice.create"),
            ("object_id", &id),
            ("account_id", &account.account_id),
            ("business_id", &business_id),
            ("identity_id", &identity_id),
            ("user_id", "1"),
        ],
    );
    assert_eq!(*receiver.received.lock().unwrap(), [expected]);
}

#[tokio::test]
async fn a_callback_on_one_event_hears_only_that_one() {
    let (office, receiver) = (Office::open().await, Receiver::open().await);
    office
        .stand_in
        .register_callback(&office.account, "tax.delete", &receiver.uri, VERIFIER);
    let id = office
        .stand_in
        .create_tax(&office.account, NewTax::default());
    office
        .stand_in
        .update_tax(&office.account, id, |tax| tax.rate = Decimal::ONE)
        .unwrap();
    assert!(office.stand_in.pending().is_empty());
    office.stand_in.delete_tax(&office.account, id).unwrap();
    assert!(
        office.stand_in.pending()[0]
            .body
            .starts_with("name=tax.delete&")
    );
}

#[tokio::test]
async fn a_payment_announces_itself_and_then_its_invoice() {
    let (office, receiver) = (Office::open().await, Receiver::open().await);
    let invoice_id = office.invoice();
    for noun in ["invoice", "payment"] {
        office
            .stand_in
            .register_callback(&office.account, noun, &receiver.uri, VERIFIER);
    }
    let quirks = |older: &mut freshbooks_stand_in::Quirks| {
        older.delivery_fields = DeliveryFields::Older;
    };
    office.stand_in.set_quirks(&office.account, quirks);
    let amount = Decimal::TEN;
    let payment = NewPayment {
        invoice_id,
        amount,
        ..NewPayment::default()
    };
    let payment = office.stand_in.record_payment(&office.account, payment);
    office.stand_in.deliver_all().await;
    let account_id = &office.account.account_id;
    let body = |name: &str, id: i64| {
        format!("name={name}&object_id={id}&user_id=1&account_id={account_id}")
    };
    let expected = [
        body("payment.create", payment),
        body("invoice.update", invoice_id),
    ];
    assert_eq!(receiver.bodies(), expected);
}

#[tokio::test]
async fn what_is_refused_is_sent_again_and_given_up_after_five_tries() {
    let (office, receiver) = (Office::open().await, Receiver::open().await);
    office
        .stand_in
        .register_callback(&office.account, "tax", &receiver.uri, VERIFIER);
    office
        .stand_in
        .create_tax(&office.account, NewTax::default());
    receiver.answers(302);
    for tries in 1..5 {
        assert_eq!(office.stand_in.deliver_all().await[0].status, Some(302));
        assert_eq!(office.stand_in.pending()[0].tries, tries);
    }
    office.stand_in.deliver_all().await;
    assert!(office.stand_in.pending().is_empty());
    assert_eq!(office.stand_in.given_up().len(), 1);
}

#[tokio::test]
async fn webhooks_may_be_lost_doubled_and_swapped() {
    let (office, receiver) = (Office::open().await, Receiver::open().await);
    office
        .stand_in
        .register_callback(&office.account, "tax", &receiver.uri, VERIFIER);
    let taxes: Vec<String> = (0..3)
        .map(|_| {
            office
                .stand_in
                .create_tax(&office.account, NewTax::default())
                .to_string()
        })
        .collect();
    let mut held = office.stand_in.pending();
    office.stand_in.drop_next(1);
    office.stand_in.duplicate_next();
    assert_eq!(office.stand_in.deliver_all().await.len(), 3);
    let order = |bodies: Vec<String>| -> Vec<usize> {
        let place = |body: &String| taxes.iter().position(|id| body.contains(id.as_str()));
        bodies.iter().filter_map(place).collect()
    };
    assert_eq!(order(receiver.bodies()), [1, 1, 2]);
    held.reverse();
    for delivery in &held {
        office.stand_in.deliver(delivery).await;
    }
    assert_eq!(order(receiver.bodies()), [1, 1, 2, 2, 1, 0]);
}

#[tokio::test]
async fn nobody_listening_is_a_failure_without_a_status() {
    let office = Office::open().await;
    let uri = "http://127.0.0.1:1/hooks";
    office
        .stand_in
        .register_callback(&office.account, "tax", uri, VERIFIER);
    office
        .stand_in
        .create_tax(&office.account, NewTax::default());
    assert_eq!(office.stand_in.deliver_all().await[0].status, None);
    assert_eq!(office.stand_in.pending().len(), 1);
}
