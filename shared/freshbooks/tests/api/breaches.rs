//! Invoices that cannot be right.

use freshbooks::Error;
use serde_json::{Value, json};

use crate::example::{document, example_with, example_with_line, read};

/// The sentence of the refusal.
async fn refusal(invoice: Value) -> String {
    let error = read(document(invoice)).await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    error.to_string()
}

/// The part of the sentence that tells the breach.
async fn breach(invoice: Value) -> String {
    let sentence = refusal(invoice).await;
    let (_, breach) = sentence.split_once("cannot be read: ").unwrap();
    breach.split_once(". Open it").unwrap().0.to_owned()
}

#[tokio::test]
async fn a_refused_document_is_named_with_what_is_wrong_and_what_to_do() {
    insta::assert_snapshot!(refusal(example_with(json!({"amount": null}))).await, @"FreshBooks' invoice 987654 cannot be read: the total is missing. Open it in FreshBooks, save it again, then replay this record.");
}

#[tokio::test]
async fn a_breach_of_the_document_is_told() {
    for (changes, expected) in [
        (json!({"customerid": 0}), "the client is missing"),
        (json!({"create_date": null}), "the date of issue is missing"),
        (
            json!({"create_date": "05/01/2026"}),
            r#"the date of issue is "05/01/2026", not a calendar day"#,
        ),
        (
            json!({"due_date": null, "due_offset_days": 99_999_999}),
            "it is due 99999999 days after its issue",
        ),
        (
            json!({"currency_code": "EUR"}),
            "the total is in USD, the document in EUR",
        ),
        (
            json!({"currency_code": "$"}),
            r#"the currency is "$", not a currency code"#,
        ),
        (
            json!({"discount_value": "ten"}),
            r#"the discount is "ten", not a number"#,
        ),
        (json!({"id": 1}), "FreshBooks answered with invoice 1"),
        (
            json!({"lines": null}),
            "FreshBooks sent it without its lines",
        ),
    ] {
        assert_eq!(breach(example_with(changes)).await, expected);
    }
    let told = breach(example_with(json!({"lines": "none"}))).await;
    assert!(
        told.starts_with("a field does not have its documented type"),
        "{told}"
    );
}

#[tokio::test]
async fn lines_may_be_null_only_where_the_total_is_0_and_never_absent() {
    let mut null = example_with(json!({}));
    null["lines"] = Value::Null;
    let nothing = json!({"amount": {"amount": "0.00", "code": "USD"}, "lines": null});
    for invoice in [null, example_with(nothing)] {
        assert_eq!(
            breach(invoice).await,
            "FreshBooks sent it without its lines"
        );
    }
}

#[tokio::test]
async fn a_breach_of_a_line_is_told_with_its_position() {
    for (changes, expected) in [
        (json!({"qty": ""}), "the quantity of line 1 is missing"),
        (json!({"amount": null}), "the amount of line 1 is missing"),
        (
            json!({"taxAmount1": "13%"}),
            r#"the tax rate of line 1 is "13%", not a number"#,
        ),
        (
            json!({"unit_cost": {"amount": "1", "code": "CAD"}}),
            "the unit cost of line 1 is in CAD, the document in USD",
        ),
    ] {
        assert_eq!(breach(example_with_line(changes)).await, expected);
    }
}
