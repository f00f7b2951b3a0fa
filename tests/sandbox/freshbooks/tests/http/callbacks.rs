use freshbooks_stand_in::NewTax;
use reqwest::Method;
use serde_json::{Value, json};

use super::office::{Office, rows};

fn path(office: &Office, rest: &str) -> String {
    format!(
        "/events/account/{}/events/callbacks{rest}",
        office.account.account_id
    )
}

async fn register(office: &Office, token: &str, event: &str) -> (u16, Value) {
    let body = json!({"callback": {"event": event, "uri": "http://hooks.example/1"}});
    office
        .call(token, Method::POST, &path(office, ""), Some(body))
        .await
}

fn verifier(office: &Office) -> String {
    let handshake = office.stand_in.pending().pop().unwrap().body;
    assert!(handshake.contains("name=callback.verify&object_id="));
    handshake.rsplit_once("verifier=").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_callback_hears_nothing_before_its_handshake_and_everything_after() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let (status, body) = register(&office, &token, "tax").await;
    let callback = &body["response"]["result"]["callback"];
    assert_eq!((status, &callback["verified"]), (200, &false.into()));
    let one = path(&office, &format!("/{}", callback["callbackid"]));
    let code = verifier(&office);
    assert_eq!(code.len(), 33);
    office.stand_in.take_pending();
    office
        .stand_in
        .create_tax(&office.account, NewTax::default());
    assert!(office.stand_in.pending().is_empty());

    let wrong = json!({"callback": {"verifier": "wrong"}});
    assert_eq!(
        office.call(&token, Method::PUT, &one, Some(wrong)).await.0,
        400
    );
    let right = json!({"callback": {"verifier": code}});
    let (_, body) = office.call(&token, Method::PUT, &one, Some(right)).await;
    assert_eq!(body["response"]["result"]["callback"]["verified"], true);
    office
        .stand_in
        .create_tax(&office.account, NewTax::default());
    assert_eq!(office.stand_in.pending().len(), 1);
}

#[tokio::test]
async fn asking_again_brings_another_code() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let (_, body) = register(&office, &token, "invoice").await;
    let first = verifier(&office);
    let id = &body["response"]["result"]["callback"]["callbackid"];
    let resend = Some(json!({"callback": {"resend": true}}));
    office
        .call(
            &token,
            Method::PUT,
            &path(&office, &format!("/{id}")),
            resend,
        )
        .await;
    assert_eq!(office.stand_in.pending().len(), 2);
    assert_ne!(verifier(&office), first);
    assert_eq!(
        office.stand_in.callbacks(&office.account)[0].verifier,
        verifier(&office)
    );
}

#[tokio::test]
async fn an_event_that_does_not_exist_is_refused_with_its_field() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let (status, body) = register(&office, &token, "bill_payment.create").await;
    assert_eq!(status, 422);
    assert_eq!(
        body["details"],
        json!(["event: Value error, Unrecognized event."])
    );
    assert!(office.stand_in.pending().is_empty());
}

#[tokio::test]
async fn the_list_filters_by_event_or_its_noun_and_a_deleted_callback_is_gone() {
    let office = Office::open().await;
    let token = office.access_token().await;
    for event in ["invoice", "invoice.create", "payment"] {
        register(&office, &token, event).await;
    }
    let (_, list) = office
        .get(&token, &path(&office, "?search[event]=invoice.create"))
        .await;
    assert_eq!(rows(&list, "callbacks").len(), 2);
    let one = path(
        &office,
        &format!("/{}", rows(&list, "callbacks")[0]["callbackid"]),
    );
    assert_eq!(
        office.call(&token, Method::DELETE, &one, None).await,
        (204, json!(""))
    );
    let (status, body) = office.get(&token, &one).await;
    assert_eq!((status, &body["errno"]), (404, &404.into()));
}

#[tokio::test]
async fn a_callback_takes_the_read_scope_of_its_noun() {
    let office = Office::open().await;
    let scopes = ["user:profile:read", "user:taxes:read"];
    let first = office
        .stand_in
        .consent_to(&office.app, &office.account, &scopes);
    let (_, pair) = office.refresh(&first).await;
    let token = pair["access_token"].as_str().unwrap();
    assert_eq!(register(&office, token, "tax").await.0, 200);
    let (status, body) = register(&office, token, "invoice").await;
    assert_eq!((status, &body["errno"]), (403, &403.into()));
}
