use std::time::Duration;

use clock::Clock;
use freshbooks_stand_in::{Fault, Matcher};
use reqwest::Method;

use super::office::Office;

const ME: &str = "/auth/api/v1/users/me";
const TOKEN: &str = "/auth/oauth/token";

async fn ask(office: &Office, token: &str) -> Result<reqwest::Response, reqwest::Error> {
    office
        .http
        .get(format!("{}{ME}", office.stand_in.url()))
        .bearer_auth(token)
        .send()
        .await
}

/// A refresh whose answer may be lost.
async fn try_refresh(office: &Office, token: &str) -> Result<u16, reqwest::Error> {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", &office.app.client_id),
        ("client_secret", &office.app.client_secret),
        ("refresh_token", token),
    ];
    let url = format!("{}{TOKEN}", office.stand_in.url());
    Ok(office
        .http
        .post(url)
        .form(&form)
        .send()
        .await?
        .status()
        .as_u16())
}

#[tokio::test]
async fn a_refresh_lost_before_leaves_the_token_good_and_one_lost_after_has_spent_it() {
    let office = Office::open().await;
    let token = office.stand_in.consent(&office.app, &office.account);

    office
        .stand_in
        .fail(Matcher::new("POST", TOKEN), Fault::LostBefore);
    assert!(try_refresh(&office, &token).await.is_err());
    let live = || {
        office
            .stand_in
            .live_refresh_token(&office.app, &office.account)
            .unwrap()
    };
    assert_eq!(live(), token);

    office
        .stand_in
        .fail(Matcher::new("POST", TOKEN), Fault::LostAfter);
    assert!(try_refresh(&office, &token).await.is_err());
    assert_ne!(live(), token);
    assert_eq!(try_refresh(&office, &token).await.unwrap(), 400);

    let statuses: Vec<_> = office
        .stand_in
        .calls()
        .iter()
        .map(|call| call.status)
        .collect();
    assert_eq!(statuses, [None, None, Some(400)]);
}

#[tokio::test]
async fn each_fault_strikes_as_often_as_asked_and_then_no_more() {
    let office = Office::open().await;
    let token = office.access_token().await;
    for (fault, expected) in [
        (Fault::Status500, 500),
        (Fault::Status503, 503),
        (Fault::Unauthorized401, 401),
        (Fault::Forbidden403, 403),
        (Fault::Throttled429(Duration::from_secs(7)), 429),
    ] {
        office
            .stand_in
            .fail(Matcher::new("GET", "/auth/api").times(2), fault);
        for status in [expected, expected, 200] {
            assert_eq!(
                ask(&office, &token).await.unwrap().status().as_u16(),
                status,
                "{fault:?}"
            );
        }
    }
}

#[tokio::test]
async fn retry_after_stands_on_ordinary_answers_too() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let ordinary = ask(&office, &token).await.unwrap();
    assert_eq!(ordinary.headers()["retry-after"], "50");
    office
        .stand_in
        .fail(Matcher::any(), Fault::Throttled429(Duration::from_secs(7)));
    let throttled = ask(&office, &token).await.unwrap();
    assert_eq!(throttled.headers()["retry-after"], "7");
}

#[tokio::test]
async fn an_answer_may_be_cut_in_half_or_be_a_page_of_html() {
    let office = Office::open().await;
    let token = office.access_token().await;
    for fault in [Fault::TruncatedJson, Fault::Html200] {
        office.stand_in.fail(Matcher::any(), fault);
        let answer = ask(&office, &token).await.unwrap();
        assert_eq!(answer.status(), 200);
        assert!(
            answer.json::<serde_json::Value>().await.is_err(),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn a_slow_call_takes_its_time_on_the_given_clock() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let before = office.clock.now();
    office
        .stand_in
        .fail(Matcher::any(), Fault::Slow(Duration::from_secs(90)));
    assert_eq!(ask(&office, &token).await.unwrap().status(), 200);
    assert_eq!(office.clock.now().duration_since(before).as_secs(), 90);
}

#[tokio::test]
async fn a_numbered_fault_strikes_the_call_of_that_number_in_the_log() {
    let office = Office::open().await;
    let token = office.access_token().await;
    office.stand_in.reset_calls();
    office.stand_in.fail_call(2, Fault::Status503);
    for _ in 0..3 {
        office
            .call(&token, Method::GET, &format!("{ME}?a=b"), None)
            .await;
    }
    let calls = office.stand_in.calls();
    let statuses: Vec<_> = calls.iter().map(|call| call.status.unwrap()).collect();
    assert_eq!(statuses, [200, 503, 200]);
    assert_eq!(
        (calls[0].method.as_str(), calls[0].path.as_str()),
        ("GET", ME)
    );
    assert_eq!(
        (calls[0].query.as_str(), calls[0].at),
        ("a=b", office.clock.now())
    );
}

#[tokio::test]
async fn a_401_has_the_body_of_its_family() {
    let office = Office::open().await;
    let events = format!(
        "/events/account/{}/events/callbacks",
        office.account.account_id
    );
    let (_, body) = office.get("nobody", &events).await;
    assert_eq!(body["errno"], 401);
    let (_, body) = office
        .get("nobody", &office.accounting_path("taxes/taxes"))
        .await;
    assert_eq!(body["error"], "unauthenticated");
}

#[tokio::test]
async fn a_stopped_stand_in_listens_no_more() {
    let office = Office::open().await;
    let url = office.stand_in.url();
    // Leaves a connection open and idle.
    assert_eq!(office.http.get(&url).send().await.unwrap().status(), 404);
    office.stand_in.stop().await.unwrap();
    assert!(office.http.get(url).send().await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_call_that_hangs_says_so_and_its_caller_can_be_dropped_before_or_after_the_work() {
    for (fault, spent) in [(Fault::HangBefore, false), (Fault::HangAfter, true)] {
        let office = Office::open().await;
        let token = office.stand_in.consent(&office.app, &office.account);
        office.stand_in.fail(Matcher::new("POST", TOKEN), fault);
        tokio::select! {
            answer = try_refresh(&office, &token) => panic!("{answer:?}"),
            () = office.stand_in.hanging() => {}
        }
        let live = office
            .stand_in
            .live_refresh_token(&office.app, &office.account);
        assert_eq!(live.as_deref() != Some(token.as_str()), spent, "{fault:?}");
    }
}

#[tokio::test]
async fn a_failure_may_hide_that_the_call_was_carried_out() {
    let office = Office::open().await;
    let token = office.stand_in.consent(&office.app, &office.account);
    office
        .stand_in
        .fail(Matcher::new("POST", TOKEN), Fault::Status500Applied);
    assert_eq!(try_refresh(&office, &token).await.unwrap(), 500);
    assert_eq!(try_refresh(&office, &token).await.unwrap(), 400);
}

#[tokio::test]
async fn who_follows_every_call_decides_what_befalls_it() {
    let office = Office::open().await;
    office
        .stand_in
        .decide(|call| (call.path == ME).then_some(Fault::Error200));
    let answer = ask(&office, "whatever").await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.unwrap().contains("errno"));
}
