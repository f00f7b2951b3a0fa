//! Managing callbacks.

use freshbooks::{Callback, Callbacks, Error};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::server::{Canned, Server, http};

const ALL: &str = "/events/account/lbZ4Kq/events/callbacks";

fn token() -> SecretString {
    SecretString::from("eyJ.token")
}

fn callbacks(server: &Server) -> Callbacks {
    Callbacks::new(http(), server.url.clone())
}

async fn answering(status: u16, body: impl ToString) -> (Server, Callbacks) {
    let server = Server::start(Canned::new(status, body)).await;
    let callbacks = callbacks(&server);
    (server, callbacks)
}

fn row(id: i64, verified: bool) -> Value {
    json!({"callbackid": id, "verified": verified, "event": "invoice",
        "uri": "https://host.example/freshbooks/acme/invoice", "updated_at": "2026-01-05 05:48:42"})
}

fn one(row: &Value) -> Value {
    json!({"response": {"result": {"callback": row}}})
}

fn expected(id: &str, verified: bool) -> Callback {
    Callback {
        id: id.to_owned(),
        event: "invoice".to_owned(),
        uri: "https://host.example/freshbooks/acme/invoice".to_owned(),
        verified,
    }
}

fn page(rows: &[Value], page: u64, pages: u64, total: u64) -> Canned {
    Canned::new(
        200,
        json!({"response": {"result": {"callbacks": rows, "page": page, "pages": pages,
            "per_page": 15, "total": total}}}),
    )
}

#[tokio::test]
async fn registering_sends_the_event_and_the_address_and_shows_the_callback() {
    let (server, callbacks) = answering(200, one(&row(2001, false))).await;
    let uri = "https://host.example/freshbooks/acme/invoice";
    let made = callbacks
        .register(&token(), "lbZ4Kq", "invoice", uri)
        .await
        .unwrap();
    assert_eq!(made, expected("2001", false));
    let request = server.only_request();
    assert_eq!(request.line, format!("POST {ALL}"));
    assert_eq!(request.authorization, "Bearer eyJ.token");
    insta::assert_snapshot!(request.body, @r#"{"callback":{"event":"invoice","uri":"https://host.example/freshbooks/acme/invoice"}}"#);
}

#[tokio::test]
async fn a_callback_is_read_by_either_name_of_its_id_and_is_none_where_it_is_gone() {
    for shown in [json!({"id": "2001"}), json!({"callbackid": 2001, "id": 7})] {
        let mut callback = row(2001, true);
        callback.as_object_mut().unwrap().remove("callbackid");
        callback
            .as_object_mut()
            .unwrap()
            .extend(shown.as_object().unwrap().clone());
        let (server, callbacks) = answering(200, one(&callback)).await;
        let read = callbacks.read(&token(), "lbZ4Kq", "2001").await;
        assert_eq!(read, Ok(Some(expected("2001", true))));
        assert_eq!(server.only_request().line, format!("GET {ALL}/2001"));
    }
    let gone = json!({"errno": 404, "message": "Requested resource could not be found."});
    let (_server, callbacks) = answering(404, gone).await;
    assert_eq!(callbacks.read(&token(), "lbZ4Kq", "2001").await, Ok(None));
}

#[tokio::test]
async fn an_answer_about_another_callback_is_refused() {
    let (_server, callbacks) = answering(200, one(&row(2002, true))).await;
    let error = callbacks
        .read(&token(), "lbZ4Kq", "2001")
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks was asked to read webhook 2001 and its answer cannot be read: FreshBooks answered with webhook 2002. Look at the connection's webhooks again; one that is missing is registered anew.");
}

#[tokio::test]
async fn confirming_sends_the_verifier_and_no_error_repeats_it() {
    let verifier = SecretString::from("Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U");
    let (server, callbacks) = answering(200, one(&row(2001, true))).await;
    let confirmed = callbacks
        .confirm(&token(), "lbZ4Kq", "2001", &verifier)
        .await;
    assert_eq!(confirmed, Ok(expected("2001", true)));
    let request = server.only_request();
    assert_eq!(request.line, format!("PUT {ALL}/2001"));
    insta::assert_snapshot!(request.body, @r#"{"callback":{"verifier":"Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U"}}"#);

    let wrong = json!({"errno": 3, "message": "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U is wrong."});
    let (_server, callbacks) = answering(400, wrong).await;
    let error = callbacks
        .confirm(&token(), "lbZ4Kq", "2001", &verifier)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks refused to confirm webhook 2001 (HTTP 400): [secret] is wrong. Look at the connection's webhooks again; one that is missing is registered anew.");
}

#[tokio::test]
async fn a_callback_that_is_gone_can_neither_be_confirmed_nor_sent_its_verifier() {
    let gone = json!({"errno": 404, "message": "Requested resource could not be found."});
    let (_server, callbacks) = answering(404, gone).await;
    let verifier = SecretString::from("Vr7k");
    let error = callbacks
        .confirm(&token(), "lbZ4Kq", "2001", &verifier)
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks was asked to confirm webhook 2001 and says that there is no such thing. Look at the connection's webhooks again; one that is missing is registered anew.");
    let error = callbacks
        .resend(&token(), "lbZ4Kq", "2001")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn asking_for_the_verifier_again_needs_no_answer_but_success() {
    for (status, body) in [
        (200, one(&row(2001, false)).to_string()),
        (204, String::new()),
    ] {
        let (server, callbacks) = answering(status, body).await;
        assert_eq!(callbacks.resend(&token(), "lbZ4Kq", "2001").await, Ok(()));
        let request = server.only_request();
        assert_eq!(request.line, format!("PUT {ALL}/2001"));
        assert_eq!(request.body, r#"{"callback":{"resend":true}}"#);
    }
}

#[tokio::test]
async fn removing_is_done_when_it_is_done_or_gone_and_not_when_something_else_answers() {
    let gone = json!({"errno": 404, "message": "Requested resource could not be found."});
    for (status, body) in [
        (204, String::new()),
        (200, " \n".to_owned()),
        (200, "{}".to_owned()),
        (404, gone.to_string()),
    ] {
        let (server, callbacks) = answering(status, &body).await;
        let removed = callbacks.remove(&token(), "lbZ4Kq", "2001").await;
        assert_eq!(removed, Ok(()), "{status} {body}");
        assert_eq!(server.only_request().line, format!("DELETE {ALL}/2001"));
    }
    for (status, body) in [
        (200, "<html>"),
        (404, "<html>"),
        (404, ""),
        (500, ""),
        (302, ""),
    ] {
        let (_server, callbacks) = answering(status, body).await;
        let error = callbacks.remove(&token(), "lbZ4Kq", "2001").await;
        assert!(
            matches!(error, Err(Error::Transient(_))),
            "{status} {body}: {error:?}"
        );
    }
    let (_server, callbacks) = answering(401, "").await;
    let error = callbacks.remove(&token(), "lbZ4Kq", "2001").await;
    assert_eq!(error, Err(Error::Unauthenticated));
}

#[tokio::test]
async fn the_list_is_read_to_its_last_page_and_a_row_that_moved_is_taken_once() {
    let first: Vec<Value> = (1..=15).map(|id| row(id, true)).collect();
    let answers = vec![
        page(&first, 1, 2, 16),
        page(&[row(15, true), row(16, false)], 2, 2, 16),
    ];
    let server = Server::in_turn(answers).await;
    let listed = callbacks(&server).list(&token(), "lbZ4Kq").await.unwrap();
    let ids: Vec<String> = listed.iter().map(|callback| callback.id.clone()).collect();
    let all: Vec<String> = (1..=16).map(|id: i64| id.to_string()).collect();
    assert_eq!(ids, all);
    assert_eq!(
        server.lines(),
        [format!("GET {ALL}?page=1"), format!("GET {ALL}?page=2")]
    );
}

#[tokio::test]
async fn an_empty_list_has_no_pages() {
    let server = Server::in_turn(vec![page(&[], 1, 0, 0)]).await;
    let listed = callbacks(&server).list(&token(), "lbZ4Kq").await;
    assert_eq!(listed, Ok(Vec::new()));
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn a_403_names_the_scope_of_the_event() {
    let denied = json!({"errno": 403, "message": "You hold user:profile:read."});
    let (_server, callbacks) = answering(403, &denied).await;
    let error = callbacks
        .register(
            &token(),
            "lbZ4Kq",
            "payment.create",
            "https://host.example/x",
        )
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Forbidden(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks does not let this connection register the webhook for payment.create: You hold user:profile:read. Probably the scope user:payments:read is missing: enable it for the app in FreshBooks' developer portal, then connect the account again.");
    let error = callbacks.list(&token(), "lbZ4Kq").await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks does not let this connection list the webhooks: You hold user:profile:read. Probably the read scope of what the webhook announces, such as user:invoices:read, is missing: enable it for the app in FreshBooks' developer portal, then connect the account again.");
}

#[tokio::test]
async fn every_error_of_the_events_family_is_told_in_its_own_words() {
    let invalid = json!({"errno": 422, "message": "The request could not be validated.",
        "details": ["event: Value error, Unrecognized event.", "uri: Input should be a valid URL"]});
    let newer = json!({"code": 3, "message": "Invalid data in this request.", "details": [{
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": "event", "description": "Unrecognized event."}]}]});
    let mut told = Vec::new();
    for (status, body) in [(422, invalid), (400, newer)] {
        let (_server, callbacks) = answering(status, body).await;
        let refused = callbacks
            .register(&token(), "lbZ4Kq", "invoices", "https://host.example/x")
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::Refused(_)), "{refused:?}");
        told.push(refused.to_string());
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    FreshBooks refused to register the webhook for invoices (HTTP 422): event: Value error, Unrecognized event; uri: Input should be a valid URL; The request could not be validated. Check the event and the public address, then try again.
    FreshBooks refused to register the webhook for invoices (HTTP 400): Unrecognized event; Invalid data in this request. Check the event and the public address, then try again.
    ");
}

#[tokio::test]
async fn nothing_is_sent_where_an_id_would_change_the_address() {
    let (server, callbacks) = answering(200, "{}").await;
    for (account, id) in [("lb/Kq", "1"), ("lbZ4Kq", ""), ("lbZ4Kq", ".."), ("", "1")] {
        let error = callbacks.remove(&token(), account, id).await;
        assert!(matches!(error, Err(Error::Refused(_))), "{error:?}");
    }
    assert!(server.lines().is_empty());
}
