//! `/customer`.

use std::time::Duration;

use crate::bench::{Bench, CUSTOMER, with, without};

#[tokio::test]
async fn a_new_customer_is_answered_in_the_list_envelope() {
    let bench = Bench::start().await;
    let answer = bench.make("customer", CUSTOMER).await;
    assert_eq!(answer.at("/Total"), "1");
    assert_eq!(answer.at("/CustomerList/0/Name"), "Acme LLC");
    let id = answer.at("/CustomerList/0/ID");
    assert_eq!(
        bench.get(&format!("customer?ID={id}")).await.at("/Total"),
        "1"
    );
}

#[tokio::test]
async fn every_required_attribute_is_asked_for() {
    let bench = Bench::start().await;
    for name in [
        "Name",
        "Status",
        "Currency",
        "PaymentTerm",
        "AccountReceivable",
        "RevenueAccount",
        "TaxRule",
    ] {
        let answer = bench.post("customer", &without(CUSTOMER, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
}

#[tokio::test]
async fn only_the_first_few_problems_are_reported() {
    let bench = Bench::start().await;
    assert_eq!(bench.post("customer", "{}").await.errors().len(), 3);
}

#[tokio::test]
async fn a_name_is_unique_whatever_its_case() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    let answer = bench
        .post("customer", &with(CUSTOMER, r#"{"Name": "ACME llc"}"#))
        .await;
    answer.assert_refused("Customer with name 'ACME llc' already exists");
}

#[tokio::test]
async fn what_a_customer_refers_to_has_to_exist_and_to_fit() {
    let bench = Bench::start().await;
    for (change, sentence) in [
        (
            r#"{"PaymentTerm": "60 days"}"#,
            "Active payment term with name 60 days was not found in Payment Terms reference book",
        ),
        (
            r#"{"AccountReceivable": "nope"}"#,
            "Account with specified ID not found",
        ),
        (
            r#"{"AccountReceivable": "611"}"#,
            "Account '611' is not an Accounts receivable account",
        ),
        (
            r#"{"RevenueAccount": "400"}"#,
            "Revenue account '400' was not found",
        ),
        (
            r#"{"TaxRule": "Tax on Purchases"}"#,
            "Tax rule 'Tax on Purchases' was not found",
        ),
        (
            r#"{"TaxRule": "Old Tax on Sales"}"#,
            "Tax rule 'Old Tax on Sales' was not found",
        ),
        (r#"{"Currency": "XTS"}"#, "Currency 'XTS' was not found"),
        (
            r#"{"Status": "New"}"#,
            "Status must be Active or Deprecated.",
        ),
        (
            r#"{"Addresses": [{"Type": "Billing", "Line1": "1 Main St"}]}"#,
            "Required attribute Country is not provided.",
        ),
    ] {
        bench
            .post("customer", &with(CUSTOMER, change))
            .await
            .assert_refused(sentence);
    }
}

#[tokio::test]
async fn a_change_keeps_what_is_left_out_and_clears_what_is_empty() {
    let bench = Bench::start().await;
    let first = with(CUSTOMER, r#"{"Comments": "old", "TaxNumber": "12-345"}"#);
    let id = bench
        .make("customer", &first)
        .await
        .at("/CustomerList/0/ID");
    let answer = bench
        .put("customer", &format!(r#"{{"ID": "{id}", "Comments": ""}}"#))
        .await;
    assert_eq!(answer.at("/CustomerList/0/Comments"), "");
    assert_eq!(answer.at("/CustomerList/0/TaxNumber"), "12-345");
    assert_eq!(answer.at("/CustomerList/0/Contacts/0/Name"), "Jo Doe");
}

#[tokio::test]
async fn a_change_of_nobody_is_refused() {
    let bench = Bench::start().await;
    bench
        .put("customer", "{}")
        .await
        .assert_refused("Customer with specified ID not found");
}

#[tokio::test]
async fn the_name_filter_finds_beginnings_and_the_contact_filter_e_mails() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    bench
        .make(
            "customer",
            &with(CUSTOMER, r#"{"Name": "Acme LLC West", "Contacts": []}"#),
        )
        .await;
    assert_eq!(bench.get("customer?Name=acme llc").await.at("/Total"), "2");
    assert_eq!(bench.get("customer?Name=LLC").await.at("/Total"), "0");
    assert_eq!(
        bench
            .get("customer?ContactFilter=JO@example.com")
            .await
            .at("/Total"),
        "1"
    );
    assert_eq!(
        bench
            .get("customer?ContactFilter=example.com")
            .await
            .at("/Total"),
        "0"
    );
}

#[tokio::test]
async fn deprecated_customers_are_listed_only_on_demand() {
    let bench = Bench::start().await;
    bench
        .make("customer", &with(CUSTOMER, r#"{"Status": "Deprecated"}"#))
        .await;
    assert_eq!(bench.get("customer").await.at("/Total"), "0");
    assert_eq!(
        bench
            .get("customer?IncludeDeprecated=true")
            .await
            .at("/Total"),
        "1"
    );
}

#[tokio::test]
async fn customers_are_found_by_the_time_of_their_last_change() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    bench.clock.advance(Duration::from_secs(60));
    assert_eq!(
        bench
            .get("customer?ModifiedSince=2026-03-10T09:00:00")
            .await
            .at("/Total"),
        "1"
    );
    assert_eq!(
        bench
            .get("customer?ModifiedSince=2026-03-10T09:00:01Z")
            .await
            .at("/Total"),
        "0"
    );
}

#[tokio::test]
async fn additional_attributes_are_kept_only_with_an_attribute_set() {
    let bench = Bench::start().await;
    let marked = with(
        CUSTOMER,
        r#"{"AdditionalAttribute1": "freshbooks:AbC123:client:10"}"#,
    );
    assert!(
        !bench
            .make("customer", &marked)
            .await
            .text
            .contains("client:10")
    );
    let with_set = with(&marked, r#"{"Name": "Other", "AttributeSet": "Imported"}"#);
    let answer = bench.make("customer", &with_set).await;
    assert_eq!(
        answer.at("/CustomerList/0/AdditionalAttribute1"),
        "freshbooks:AbC123:client:10"
    );
}
