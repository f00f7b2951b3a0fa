use freshbooks_stand_in::{HandshakeName, PendingDelivery, Quirks, Resend, sign};
use reqwest::Method;
use serde_json::{Value, json};

use super::office::{Office, rows};

fn path(office: &Office, rest: &str) -> String {
    let account_id = &office.account.account_id;
    format!("/events/account/{account_id}/events/callbacks{rest}")
}

async fn register(office: &Office, token: &str, event: &str) -> i64 {
    let body = json!({"callback": {"event": event, "uri": "http://hooks.example/1"}});
    let path = path(office, "");
    let (status, body) = office.call(token, Method::POST, &path, Some(body)).await;
    assert_eq!(status, 200);
    body["response"]["result"]["callback"]["callbackid"]
        .as_i64()
        .unwrap()
}

async fn change(office: &Office, token: &str, id: i64, callback: Value) -> (u16, Value) {
    let body = Some(json!({"callback": callback}));
    office
        .call(token, Method::PUT, &path(office, &format!("/{id}")), body)
        .await
}

fn newest(office: &Office) -> PendingDelivery {
    office.stand_in.pending().pop().unwrap()
}

#[tokio::test]
async fn a_handshake_is_named_and_signed_as_the_account_has_it() {
    use HandshakeName::{CallbackVerify, RegisteredEvent};
    for (name, is_signed, expected) in [
        (CallbackVerify, true, "callback.verify"),
        (RegisteredEvent, true, "invoice"),
        (RegisteredEvent, false, "invoice"),
    ] {
        let office = Office::open().await;
        office
            .stand_in
            .set_quirks(&office.account, |quirks: &mut Quirks| {
                quirks.handshake_name = name;
                quirks.signs_handshake = is_signed;
            });
        let token = office.access_token().await;
        let id = register(&office, &token, "invoice").await.to_string();
        let verifier = office.stand_in.callbacks(&office.account)[0]
            .verifier
            .clone();
        let (body, signature) = sign(
            &verifier,
            &[
                ("name", expected),
                ("object_id", &id),
                ("account_id", &office.account.account_id),
                ("verifier", &verifier),
            ],
        );
        let sent = newest(&office);
        assert_eq!(sent.body, body);
        assert_eq!(
            sent.signature,
            if is_signed { signature } else { String::new() }
        );
    }
}

#[tokio::test]
async fn asking_again_brings_the_same_code_where_the_account_has_it_so() {
    let office = Office::open().await;
    let same = |quirks: &mut Quirks| quirks.resend = Resend::SameVerifier;
    office.stand_in.set_quirks(&office.account, same);
    let token = office.access_token().await;
    let id = register(&office, &token, "invoice").await;
    let first = newest(&office).body;
    let (status, _) = change(&office, &token, id, json!({"resend": true})).await;
    assert_eq!((status, office.stand_in.pending().len()), (200, 2));
    assert_eq!(newest(&office).body, first);
}

#[tokio::test]
async fn a_code_that_was_replaced_confirms_nothing() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let id = register(&office, &token, "invoice").await;
    let first = office.stand_in.callbacks(&office.account)[0]
        .verifier
        .clone();
    change(&office, &token, id, json!({"resend": true})).await;
    let (status, body) = change(&office, &token, id, json!({"verifier": first})).await;
    assert_eq!((status, &body["errno"]), (400, &3.into()));
    assert!(!office.stand_in.callbacks(&office.account)[0].verified);
}

#[tokio::test]
async fn registering_the_same_event_and_address_twice_makes_two_callbacks() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let first = register(&office, &token, "invoice").await;
    assert_ne!(register(&office, &token, "invoice").await, first);
    assert_eq!(office.stand_in.callbacks(&office.account).len(), 2);
}

#[tokio::test]
async fn callbacks_are_listed_by_fifteen_and_an_empty_list_has_no_pages() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let (_, list) = office.get(&token, &path(&office, "")).await;
    assert_eq!(list["response"]["result"]["pages"], 0);
    for _ in 0..16 {
        register(&office, &token, "invoice").await;
    }
    for (query, length) in [("", 15), ("?page=2", 1), ("?page=3", 0)] {
        let (_, list) = office.get(&token, &path(&office, query)).await;
        assert_eq!(rows(&list, "callbacks").len(), length, "{query}");
        let result = &list["response"]["result"];
        assert_eq!(
            (&result["pages"], &result["per_page"]),
            (&2.into(), &15.into())
        );
    }
}
