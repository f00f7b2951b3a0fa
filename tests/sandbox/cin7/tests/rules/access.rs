//! Keys, paths, methods, bodies, the log of calls.

use cin7_stand_in::{AccountOptions, Keys};
use reqwest::Method;

use crate::bench::{Bench, CUSTOMER, with};

#[tokio::test]
async fn a_call_without_the_right_keys_is_refused_with_403() {
    let bench = Bench::start().await;
    let wrong = Keys {
        application_key: "wrong".into(),
        ..bench.keys.clone()
    };
    let answer = bench
        .send_with(&wrong, Method::GET, "me", "")
        .await
        .unwrap();
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.text,
        r#"[{"ErrorCode":403,"Exception":"Incorrect credentials!"}]"#
    );
}

#[tokio::test]
async fn a_key_that_was_taken_back_is_refused_while_a_second_one_works() {
    let bench = Bench::start().await;
    let second = bench.stand_in.new_key(&bench.keys).unwrap();
    bench.stand_in.revoke_key(&bench.keys);
    assert_eq!(bench.get("me").await.status, 403);
    let answer = bench
        .send_with(&second, Method::GET, "me", "")
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn accounts_side_by_side_have_data_of_their_own() {
    let bench = Bench::start().await;
    let other = bench.stand_in.new_account(AccountOptions::default());
    bench.make("customer", CUSTOMER).await;
    assert_eq!(bench.stand_in.customers(&bench.keys).len(), 1);
    assert!(bench.stand_in.customers(&other).is_empty());
}

#[tokio::test]
async fn paths_ignore_case() {
    let bench = Bench::start().await;
    assert_eq!(bench.get("SaleList").await.at("/Total"), "0");
    assert_eq!(bench.get("ref/PaymentTerm").await.at("/Page"), "1");
}

#[tokio::test]
async fn a_wrong_path_is_an_html_page_with_status_200() {
    let bench = Bench::start().await;
    let answer = bench.get("invoices").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    assert!(answer.text.contains("Page not found"), "{}", answer.text);
}

#[tokio::test]
async fn a_method_that_a_path_does_not_serve_is_405() {
    let bench = Bench::start().await;
    assert_eq!(bench.put("sale/order", "{}").await.status, 405);
}

#[tokio::test]
async fn a_body_that_is_not_json_is_500_in_the_error_shape() {
    let bench = Bench::start().await;
    let answer = bench.post("customer", r#"{"Name": "#).await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.errors().len(), 1);
}

#[tokio::test]
async fn a_body_that_does_not_say_it_is_json_is_refused() {
    let bench = Bench::start().await;
    let answer = bench.post("customer", "").await;
    answer.assert_refused("Header Content-Type must be application/json.");
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_is_refused() {
    let bench = Bench::start().await;
    let answer = bench.get("saleList?UpdatedSince=yesterday").await;
    answer.assert_refused("Parameter UpdatedSince is not valid.");
}

#[tokio::test]
async fn an_attribute_nobody_knows_is_dropped_without_a_word() {
    let bench = Bench::start().await;
    let answer = bench
        .make("customer", &with(CUSTOMER, r#"{"Colour": "blue"}"#))
        .await;
    assert!(!answer.text.contains("Colour"), "{}", answer.text);
}

#[tokio::test]
async fn a_query_parameter_nobody_knows_is_ignored() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    assert_eq!(bench.get("customer?Search=Nobody").await.at("/Total"), "1");
}

#[tokio::test]
async fn every_call_is_logged_with_its_status() {
    let bench = Bench::start().await;
    bench.get("me").await;
    bench.get("Customer?Limit=0").await;
    let calls = bench.stand_in.calls(&bench.keys);
    let seen: Vec<_> = calls
        .iter()
        .map(|call| (call.path.as_str(), call.query.as_str(), call.status))
        .collect();
    assert_eq!(
        seen,
        [("me", "", Some(200)), ("Customer", "Limit=0", Some(400))]
    );
    bench.stand_in.reset_calls();
    assert!(bench.stand_in.all_calls().is_empty());
}

#[tokio::test]
async fn me_tells_currency_and_lock_date() {
    let lock_date = Some("2026-06-30".parse().unwrap());
    let bench = Bench::start_with(AccountOptions {
        lock_date,
        ..AccountOptions::default()
    })
    .await;
    let answer = bench.get("me").await;
    assert_eq!(answer.at("/Currency"), "USD");
    assert_eq!(answer.at("/LockDate"), "2026-06-30T00:00:00");
    assert_eq!(answer.at("/DefaultSaleTaxRuleName"), "Tax on Sales");
}

#[tokio::test]
async fn me_can_write_the_lock_date_in_the_companys_own_format() {
    let bench = Bench::quirky(|quirks| quirks.lock_date_in_company_format = true).await;
    let lock_date = Some("2026-06-30".parse().unwrap());
    bench
        .stand_in
        .change_account(&bench.keys, |account| account.lock_date = lock_date);
    assert_eq!(bench.get("me").await.at("/LockDate"), "30/06/2026");
}

#[tokio::test]
async fn a_stopped_stand_in_is_gone() {
    let bench = Bench::start().await;
    let url = bench.stand_in.url();
    bench.stand_in.stop().await;
    assert!(reqwest::get(url).await.unwrap_err().is_connect());
}
