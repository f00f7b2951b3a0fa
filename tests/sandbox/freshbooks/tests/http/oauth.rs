use std::time::Duration;

use freshbooks_stand_in::{PreviousAccessToken, Quirks};

use super::office::Office;

const ME: &str = "/auth/api/v1/users/me";

#[tokio::test]
async fn a_refresh_token_works_once_and_its_successor_works_then() {
    let office = Office::open().await;
    let first = office.stand_in.consent(&office.app, &office.account);

    let (status, pair) = office.refresh(&first).await;
    assert_eq!((status, &pair["expires_in"]), (200, &43_200.into()));
    assert_eq!(pair["created_at"], 1_767_628_930);
    let second = pair["refresh_token"].as_str().unwrap();
    assert_eq!(second.len(), 64);

    let (status, spent) = office.refresh(&first).await;
    assert_eq!(
        (status, spent["error"].as_str()),
        (400, Some("invalid_grant"))
    );
    assert_eq!(office.refresh(second).await.0, 200);
}

#[tokio::test]
async fn a_new_consent_ends_the_refresh_token_before_it() {
    let office = Office::open().await;
    let stored = office.stand_in.consent(&office.app, &office.account);
    let newest = office.stand_in.consent(&office.app, &office.account);
    assert_eq!(office.refresh(&stored).await.0, 400);
    let live = office
        .stand_in
        .live_refresh_token(&office.app, &office.account);
    assert_eq!(live.as_deref(), Some(newest.as_str()));
}

#[tokio::test]
async fn an_access_token_lives_for_twelve_hours_of_the_given_clock() {
    let office = Office::open().await;
    let token = office.access_token().await;
    office.clock.advance(Duration::from_secs(43_199));
    assert_eq!(office.get(&token, ME).await.0, 200);
    office.clock.advance(Duration::from_secs(1));
    let (status, body) = office.get(&token, ME).await;
    assert_eq!(
        (status, body["error"].as_str()),
        (401, Some("unauthenticated"))
    );
}

#[tokio::test]
async fn a_refresh_ends_the_access_token_before_it_unless_it_is_set_to_survive() {
    for (previous, expected) in [
        (PreviousAccessToken::Dies, 401),
        (PreviousAccessToken::Survives, 200),
    ] {
        let office = Office::with(|options| options.previous_access_token = previous).await;
        let (_, pair) = office
            .refresh(&office.stand_in.consent(&office.app, &office.account))
            .await;
        office
            .refresh(pair["refresh_token"].as_str().unwrap())
            .await;
        let token = pair["access_token"].as_str().unwrap();
        assert_eq!(office.get(token, ME).await.0, expected, "{previous:?}");
    }
}

#[tokio::test]
async fn a_code_is_exchanged_once_within_five_minutes_by_a_form_too() {
    let office = Office::open().await;
    let redirect_uri = "https://connector.example/back";
    let exchange = async |code: &str| {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", &office.app.client_id),
            ("client_secret", &office.app.client_secret),
            ("code", code),
            ("redirect_uri", redirect_uri),
        ];
        let url = format!("{}/auth/oauth/token", office.stand_in.url());
        office
            .http
            .post(url)
            .form(&form)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    let code = office
        .stand_in
        .authorize(&office.app, &office.account, redirect_uri);
    assert_eq!(exchange(&code).await, 200);
    assert_eq!(exchange(&code).await, 400);
    let late = office
        .stand_in
        .authorize(&office.app, &office.account, redirect_uri);
    office.clock.advance(Duration::from_mins(5));
    assert_eq!(exchange(&late).await, 400);
}

#[tokio::test]
async fn a_wrong_secret_gets_401_and_spends_nothing() {
    let mut office = Office::open().await;
    let token = office.stand_in.consent(&office.app, &office.account);
    let secret = std::mem::replace(&mut office.app.client_secret, "wrong".to_owned());
    assert_eq!(office.refresh(&token).await.0, 401);
    office.app.client_secret = secret;
    assert_eq!(office.refresh(&token).await.0, 200);
}

#[tokio::test]
async fn a_revoked_access_token_stops_at_once() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let form = [
        ("client_id", &office.app.client_id),
        ("client_secret", &office.app.client_secret),
        ("token", &token),
    ];
    let url = format!("{}/auth/oauth/revoke", office.stand_in.url());
    let answer = office.http.post(url).form(&form).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "{}");
    assert_eq!(office.get(&token, ME).await.0, 401);
}

#[tokio::test]
async fn a_person_is_shown_with_every_business_and_one_without_an_account() {
    let office = Office::open().await;
    let (_, me) = office.get(&office.access_token().await, ME).await;
    let memberships = me["response"]["business_memberships"].as_array().unwrap();
    let accounts: Vec<_> = memberships
        .iter()
        .map(|one| one["business"]["account_id"].as_str())
        .collect();
    assert_eq!(accounts, [Some(office.account.account_id.as_str()), None]);
    assert_eq!(memberships[0]["business"]["id"], office.account.business_id);
}

#[tokio::test]
async fn a_missing_scope_is_a_403_that_names_what_is_held_and_what_is_needed() {
    let office = Office::open().await;
    let (status, body) = office.get_without_scope("invoices/invoices").await;
    let message = body["response"]["errors"][0]["message"].as_str().unwrap();
    assert_eq!(status, 403);
    assert!(message.contains("user:taxes:read") && message.contains("user:invoices:read"));
}

#[tokio::test]
async fn a_token_opens_no_account_of_somebody_else_and_none_that_has_lapsed() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let other = office
        .stand_in
        .new_account(freshbooks_stand_in::AccountOptions::default());
    let path = format!("/accounting/account/{}/invoices/invoices", other.account_id);
    assert_eq!(office.get(&token, &path).await.0, 403);

    office
        .stand_in
        .set_quirks(&office.account, |quirks: &mut Quirks| quirks.lapsed = true);
    let (_, body) = office
        .get(&token, &office.accounting_path("invoices/invoices"))
        .await;
    assert_eq!(body["response"]["errors"][0]["errno"], 1042);
}
