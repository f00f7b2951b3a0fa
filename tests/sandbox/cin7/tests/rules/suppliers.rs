//! `/supplier`.

use crate::bench::{Bench, with, without};
use crate::bills::SUPPLIER;

#[tokio::test]
async fn a_new_supplier_is_answered_in_the_list_envelope_and_found_by_the_beginning_of_its_name() {
    let bench = Bench::start().await;
    let answer = bench.make("supplier", SUPPLIER).await;
    assert_eq!(answer.at("/SupplierList/0/Name"), "Paper Mill");
    bench
        .make(
            "supplier",
            &with(SUPPLIER, r#"{"Name": "Paper Mill West"}"#),
        )
        .await;
    for (filter, total) in [
        ("Name=paper mill", "2"),
        ("Name=Mill", "0"),
        ("Search=nothing of the kind", "2"),
        ("ModifiedSince=2026-03-10T09:00:01Z", "0"),
    ] {
        let path = format!("supplier?{filter}");
        assert_eq!(bench.get(&path).await.at("/Total"), total, "{filter}");
    }
}

#[tokio::test]
async fn every_required_attribute_is_asked_for() {
    let bench = Bench::start().await;
    for name in [
        "Name",
        "Status",
        "Currency",
        "PaymentTerm",
        "AccountPayable",
        "TaxRule",
    ] {
        let answer = bench.post("supplier", &without(SUPPLIER, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
}

#[tokio::test]
async fn what_a_supplier_refers_to_has_to_exist_and_to_fit() {
    let bench = Bench::start().await;
    bench.make("supplier", SUPPLIER).await;
    for (change, sentence) in [
        (
            r#"{"Name": "PAPER mill"}"#,
            "Supplier with name 'PAPER mill' already exists",
        ),
        (
            r#"{"Name": "B", "AccountPayable": "820"}"#,
            "Account '820' is not an Accounts payable account",
        ),
        (
            r#"{"Name": "B", "TaxRule": "Tax on Sales"}"#,
            "Tax rule 'Tax on Sales' was not found",
        ),
        (
            r#"{"Name": "B", "PaymentTerm": "60 days"}"#,
            "Active payment term with name 60 days was not found in Payment Terms reference book",
        ),
        (
            r#"{"Name": "B", "Currency": "XTS"}"#,
            "Currency 'XTS' was not found",
        ),
        (
            r#"{"Name": "B", "Status": "New"}"#,
            "Status must be Active or Deprecated.",
        ),
    ] {
        let answer = bench.post("supplier", &with(SUPPLIER, change)).await;
        answer.assert_refused(sentence);
    }
}

#[tokio::test]
async fn a_change_keeps_what_is_left_out_and_a_deprecated_supplier_is_listed_on_demand() {
    let bench = Bench::start().await;
    let first = with(SUPPLIER, r#"{"TaxNumber": "12-345", "Comments": "old"}"#);
    let id = bench
        .make("supplier", &first)
        .await
        .at("/SupplierList/0/ID");
    let change = format!(r#"{{"ID": "{id}", "Comments": "", "Status": "Deprecated"}}"#);
    let answer = bench.put("supplier", &change).await;
    assert_eq!(answer.at("/SupplierList/0/TaxNumber"), "12-345");
    assert_eq!(answer.at("/SupplierList/0/Comments"), "");
    assert_eq!(answer.at("/SupplierList/0/Contacts/0/Name"), "Pat Miller");
    assert_eq!(bench.get("supplier").await.at("/Total"), "0");
    let all = bench.get("supplier?IncludeDeprecated=true").await;
    assert_eq!(all.at("/Total"), "1");
    let nobody = bench.put("supplier", "{}").await;
    nobody.assert_refused("Supplier with specified ID not found");
}
