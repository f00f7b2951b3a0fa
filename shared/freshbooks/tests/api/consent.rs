//! The consent address, the code that comes back, and the end of a token.

use freshbooks::oauth::{App, Error, TokenPair, authorize_url, exchange, revoke};
use freshbooks::scopes;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use url::Url;

use crate::server::{Canned, Server, hanging_up_after, http, nobody};

fn app() -> App {
    App {
        client_id: "app-1".to_owned(),
        client_secret: SecretString::from("app-secret"),
        redirect_uri: Some("https://example.com/return".to_owned()),
    }
}

fn app_without_address() -> App {
    App {
        redirect_uri: None,
        ..app()
    }
}

async fn trade(base: Url) -> Result<TokenPair, Error> {
    let now: Timestamp = "2026-01-05T16:00:00Z".parse().unwrap();
    exchange(&http(), &base, &app(), &SecretString::from("the-code"), now).await
}

async fn traded(status: u16, body: impl ToString) -> Result<TokenPair, Error> {
    trade(Server::start(Canned::new(status, body)).await.url).await
}

async fn ended(status: u16, body: impl ToString) -> Result<(), Error> {
    let server = Server::start(Canned::new(status, body)).await;
    revoke(&http(), &server.url, &app(), &SecretString::from("a-token")).await
}

fn granted() -> String {
    json!({"access_token": "new-access", "refresh_token": "new-refresh", "expires_in": 43200,
        "created_at": 1_767_225_600, "scope": "user:profile:read"})
    .to_string()
}

#[test]
fn the_consent_address_asks_for_exactly_the_scopes_of_this_version() {
    let base = "https://auth.freshbooks.com".parse().unwrap();
    let address = authorize_url(&base, &app(), &scopes::names(|_| true), "a.b+c/d=").unwrap();
    insta::assert_snapshot!(address, @"https://auth.freshbooks.com/oauth/authorize?response_type=code&client_id=app-1&redirect_uri=https%3A%2F%2Fexample.com%2Freturn&scope=user%3Aprofile%3Aread+user%3Ainvoices%3Aread+user%3Apayments%3Aread+user%3Aclients%3Aread+user%3Ataxes%3Aread+user%3Aexpenses%3Aread+user%3Abills%3Aread+user%3Abill_vendors%3Aread+user%3Abill_payments%3Aread+user%3Aother_income%3Aread+user%3Acredit_notes%3Aread+user%3Ajournal_entries%3Aread+user%3Aaccount%3Aread&state=a.b%2Bc%2Fd%3D");
}

#[test]
fn the_consent_address_may_stand_below_a_path_and_ask_for_whatever_is_enabled() {
    let base = "http://127.0.0.1:8080/stand-in/".parse().unwrap();
    let address = authorize_url(&base, &app(), &[], "s").unwrap();
    assert_eq!(address.path(), "/stand-in/oauth/authorize");
    assert!(!address.as_str().contains("scope"), "{address}");
}

#[tokio::test]
async fn without_a_redirect_address_nobody_is_asked_to_consent_and_no_code_is_sent() {
    let base = "https://auth.freshbooks.com".parse().unwrap();
    let error = authorize_url(&base, &app_without_address(), &[], "s").unwrap_err();
    insta::assert_snapshot!(error, @"The app has no redirect address, so FreshBooks could send nobody back after consent. Register one in FreshBooks' developer portal and name it to the connector.");
    let (code, app) = (SecretString::from("the-code"), app_without_address());
    let refused = exchange(&http(), &nobody(), &app, &code, Timestamp::UNIX_EPOCH).await;
    assert_eq!(refused.unwrap_err(), error);
}

#[tokio::test]
async fn a_code_is_sent_with_the_app_and_the_redirect_address() {
    let server = Server::start(Canned::new(200, granted())).await;
    let pair = trade(server.url.join("prefix").unwrap()).await.unwrap();
    assert_eq!(pair.refresh_token.expose_secret(), "new-refresh");
    assert_eq!(pair.expires_at().to_string(), "2026-01-01T12:00:00Z");
    let request = server.only_request();
    assert_eq!(request.line, "POST /prefix/auth/oauth/token");
    insta::assert_snapshot!(request.body, @r#"{"grant_type":"authorization_code","client_id":"app-1","client_secret":"app-secret","code":"the-code","redirect_uri":"https://example.com/return"}"#);
}

#[tokio::test]
async fn a_code_that_was_used_or_is_late_asks_for_another_consent() {
    let body = json!({"error": "invalid_grant", "error_description": "the-code has expired."});
    let error = traded(400, body).await.unwrap_err();
    assert!(matches!(error, Error::InvalidGrant(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks does not accept the code that consent came back with: invalid_grant; [secret] has expired. It works once and for 5 minutes. Connect the account again.");
}

#[tokio::test]
async fn an_exchange_that_may_have_been_served_says_that_older_tokens_may_be_dead() {
    let error = traded(502, "").await.unwrap_err();
    assert!(matches!(error, Error::Uncertain(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks was asked for the first tokens and its answer is lost (HTTP 502): the code may be spent, and tokens stored earlier with it. Connect the account again.");
    let lost = trade(hanging_up_after(b"")).await.unwrap_err();
    assert!(matches!(lost, Error::Uncertain(_)), "{lost:?}");
    let not_sent = trade(nobody()).await.unwrap_err();
    assert!(matches!(not_sent, Error::Transient(_)), "{not_sent:?}");
}

#[tokio::test]
async fn a_token_is_ended_by_a_form() {
    let server = Server::start(Canned::new(200, "{}")).await;
    let token = SecretString::from("a+token");
    revoke(&http(), &server.url, &app(), &token).await.unwrap();
    let request = server.only_request();
    assert_eq!(request.line, "POST /auth/oauth/revoke");
    assert_eq!(
        request.body,
        "client_id=app-1&client_secret=app-secret&token=a%2Btoken"
    );
    assert_eq!(ended(204, "").await, Ok(()));
}

#[tokio::test]
async fn ending_a_token_fails_without_showing_it() {
    let body = json!({"error": "invalid_client", "error_description": "app-secret or a-token."});
    let error = ended(401, body).await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks refuses the app (HTTP 401): invalid_client; [secret] or [secret]. Check the app's client id, client secret and redirect address.");
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    for (status, body) in [
        (429, "{\"error\":\"slow\"}"),
        (503, ""),
        (404, "<html>"),
        (302, ""),
    ] {
        let error = ended(status, body).await.unwrap_err();
        assert!(matches!(error, Error::Transient(_)), "{status}: {error:?}");
    }
    for base in [nobody(), hanging_up_after(b"")] {
        let token = SecretString::from("a-token");
        let error = revoke(&http(), &base, &app(), &token).await.unwrap_err();
        assert!(matches!(error, Error::Transient(_)), "{error:?}");
    }
}
