//! Renewing tokens, and what is known about the pair when it fails.

use std::time::Duration;

use freshbooks::oauth::{App, Error, TokenPair, refresh};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::Url;

use crate::server::{Canned, Server, hanging_up_after, http, nobody};

fn app() -> App {
    App {
        client_id: "app-1".to_owned(),
        client_secret: SecretString::from("app-secret"),
        redirect_uri: Some("https://example.com/return".to_owned()),
    }
}

fn now() -> Timestamp {
    "2026-01-05T16:00:00Z".parse().unwrap()
}

async fn renew(base: Url) -> Result<TokenPair, Error> {
    refresh(
        &http(),
        &base,
        &app(),
        &SecretString::from("old-refresh"),
        now(),
    )
    .await
}

async fn answered(status: u16, body: impl ToString) -> Result<TokenPair, Error> {
    renew(Server::start(Canned::new(status, body)).await.url).await
}

fn granted() -> Value {
    json!({
        "access_token": "new-access", "token_type": "Bearer", "expires_in": 43199,
        "refresh_token": "new-refresh", "scope": "user:invoices:read user:profile:read",
        "created_at": 1_767_225_600, "direct_buy_tokens": {}
    })
}

#[tokio::test]
async fn a_refresh_sends_the_app_the_token_and_the_redirect_address() {
    let server = Server::start(Canned::new(200, granted())).await;
    renew(server.url.join("prefix").unwrap()).await.unwrap();
    let request = server.only_request();
    assert_eq!(request.line, "POST /prefix/auth/oauth/token");
    assert_eq!(request.authorization, "");
    insta::assert_snapshot!(request.body, @r#"{"grant_type":"refresh_token","client_id":"app-1","client_secret":"app-secret","refresh_token":"old-refresh","redirect_uri":"https://example.com/return"}"#);
}

#[tokio::test]
async fn an_unknown_redirect_address_is_left_out() {
    let server = Server::start(Canned::new(200, granted())).await;
    let app = App {
        redirect_uri: None,
        ..app()
    };
    let old = SecretString::from("old-refresh");
    refresh(&http(), &server.url, &app, &old, now())
        .await
        .unwrap();
    assert!(!server.only_request().body.contains("redirect_uri"));
}

#[tokio::test]
async fn a_pair_expires_by_its_own_date_and_shows_no_secret() {
    let pair = answered(200, granted()).await.unwrap();
    assert_eq!(pair.access_token.expose_secret(), "new-access");
    assert_eq!(pair.refresh_token.expose_secret(), "new-refresh");
    assert_eq!(pair.scope, "user:invoices:read user:profile:read");
    assert_eq!(pair.expires_at().to_string(), "2026-01-01T11:59:59Z");
    let shown = format!("{pair:?}");
    assert!(
        !shown.contains("new-access") && !shown.contains("new-refresh"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_pair_is_never_lost_over_a_missing_date_or_life() {
    let mut body = granted();
    body["created_at"] = Value::Null;
    body["expires_in"] = json!("soon");
    body["scope"] = Value::Null;
    let pair = answered(200, body).await.unwrap();
    assert_eq!(pair.created_at, now());
    assert_eq!(pair.expires_in, Duration::from_hours(12));
    assert_eq!(pair.scope, "");
}

#[tokio::test]
async fn a_spent_refresh_token_is_an_invalid_grant() {
    let body = json!({"error": "invalid_grant", "error_description": "old-refresh was revoked."});
    let error = answered(400, body).await.unwrap_err();
    assert!(matches!(error, Error::InvalidGrant(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks no longer accepts the stored refresh token: invalid_grant; [secret] was revoked. Connect the account again.");
}

#[tokio::test]
async fn a_wrong_app_is_refused() {
    let body = json!({"error": "invalid_client", "error_description": "Bad app-secret."});
    let error = answered(401, body).await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks refuses the app (HTTP 401): invalid_client; Bad [secret]. Check the app's client id, client secret and redirect address.");
    let other_shape = answered(422, json!({"errno": 422, "message": "x"}))
        .await
        .unwrap_err();
    assert!(matches!(other_shape, Error::Refused(_)), "{other_shape:?}");
}

#[tokio::test]
async fn a_request_that_was_certainly_not_served_is_transient() {
    let declined = json!({"error": "temporarily_unavailable"}).to_string();
    for (status, body) in [
        (429, ""),
        (408, ""),
        (302, ""),
        (403, "<html>"),
        (404, ""),
        (500, &declined),
        (503, &declined),
    ] {
        let error = answered(status, body).await.unwrap_err();
        assert!(
            matches!(error, Error::Transient(_)),
            "{status} {body}: {error:?}"
        );
    }
    let error = renew(nobody()).await.unwrap_err();
    assert!(matches!(error, Error::Transient(_)), "{error:?}");
}

#[tokio::test]
async fn a_request_that_may_have_been_served_is_uncertain() {
    let declined = json!({"error": "temporarily_unavailable"}).to_string();
    let half = json!({"access_token": "new-access", "expires_in": 43200}).to_string();
    let whole = granted().to_string();
    for (status, body) in [
        (200, "<html>"),
        (200, ""),
        (200, &half),
        (200, &whole[..40]),
        (500, "<html>"),
        (503, ""),
        (502, &declined),
        (504, &declined),
    ] {
        let error = answered(status, body).await.unwrap_err();
        assert!(
            matches!(error, Error::Uncertain(_)),
            "{status} {body}: {error:?}"
        );
        assert!(!error.to_string().contains("new-access"), "{error}");
    }
    let cut_short = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"access_token\":\"new-a";
    for base in [hanging_up_after(b""), hanging_up_after(cut_short)] {
        let error = renew(base).await.unwrap_err();
        assert!(matches!(error, Error::Uncertain(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_pair_in_an_answer_of_more_than_16_mib_is_uncertain() {
    let body = granted().to_string() + &" ".repeat(16 * 1024 * 1024);
    let error = answered(200, body).await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks was asked for new tokens and its answer is lost (the answer is longer than 16 MiB): the stored refresh token may be spent.");
    assert!(matches!(error, Error::Uncertain(_)), "{error:?}");
}

#[tokio::test]
async fn an_uncertain_refresh_says_what_is_at_stake() {
    let error = answered(502, "").await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks was asked for new tokens and its answer is lost (HTTP 502): the stored refresh token may be spent.");
}
