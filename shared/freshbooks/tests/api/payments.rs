//! Payments, and those that cannot be right.

use freshbooks::{Api, Error, Payment, ShownPayment};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::example::{changed, standing};
use crate::server::{Canned, Server, http};

/// The documented example with some fields replaced; a replacement of null takes the field away.
fn example_with(changes: Value) -> Value {
    let payment = json!({
        "id": 445566, "logid": 445566, "invoiceid": 987654, "clientid": 202155, "creditid": null,
        "overpaymentid": null, "orderid": null, "bulk_paymentid": null,
        "amount": {"amount": "101.70", "code": "USD"}, "date": "2026-01-20", "type": "Check",
        "gateway": null, "from_credit": false, "note": "", "transactionid": null,
        "updated": "2026-01-20 12:48:44", "vis_state": 0
    });
    changed(payment, changes)
}

async fn answered(canned: Canned) -> (Result<Option<ShownPayment>, Error>, String) {
    let server = Server::start(canned).await;
    let api = Api::new(http(), server.url.clone());
    let payment = api
        .payment(&SecretString::from("token"), "lbZ4Kq", "445566")
        .await;
    (payment, server.only_request().line)
}

async fn read(payment: Value) -> ShownPayment {
    let body = json!({"response": {"result": {"payment": payment}}});
    let (payment, line) = answered(Canned::new(200, body)).await;
    assert_eq!(
        line,
        "GET /accounting/account/lbZ4Kq/payments/payments/445566"
    );
    payment.unwrap().unwrap()
}

async fn read_with(changes: Value) -> Payment {
    standing(read(example_with(changes)).await)
}

/// The sentence of the refusal.
async fn refusal(changes: Value) -> String {
    let body = json!({"response": {"result": {"payment": example_with(changes)}}});
    let error = answered(Canned::new(200, body)).await.0.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn the_documented_payment_is_read_in_full() {
    let payment = serde_json::to_string_pretty(&read_with(json!({})).await).unwrap();
    insta::assert_snapshot!(payment, @r#"
    {
      "id": "445566",
      "invoice_id": "987654",
      "amount": {
        "amount": "101.70",
        "currency": "USD"
      },
      "paid_on": "2026-01-20",
      "kind": "Check",
      "from_credit": false,
      "overpayment_id": null,
      "version": "2026-01-20 12:48:44"
    }
    "#);
}

#[tokio::test]
async fn ids_and_amounts_may_be_text_or_numbers_and_0_is_no_id() {
    let body = r#"{"response": {"result": {"payment": {"logid": "445566", "invoiceid": "987654",
        "overpaymentid": 77, "amount": {"amount": 9007199254740993.01, "code": "usd"},
        "date": "2026-01-20", "type": " Bank Transfer", "vis_state": "2"}}}}"#;
    let payment = answered(Canned::new(200, body)).await.0.unwrap().unwrap();
    let payment = standing(payment);
    assert_eq!(payment.id, "445566");
    assert_eq!(payment.invoice_id.as_deref(), Some("987654"));
    assert_eq!(payment.overpayment_id.as_deref(), Some("77"));
    assert_eq!(payment.amount.to_string(), "9007199254740993.01 USD");
    assert_eq!(payment.kind, " Bank Transfer");
    assert_eq!(payment.version, "");
    for none in [json!(0), json!("0"), json!(""), Value::Null] {
        let payment = read_with(json!({"invoiceid": none, "overpaymentid": none})).await;
        assert_eq!((payment.invoice_id, payment.overpayment_id), (None, None));
    }
    assert_eq!(read_with(json!({"type": null})).await.kind, "");
}

#[tokio::test]
async fn an_applied_credit_is_known_by_any_of_its_three_signs() {
    for credit in [
        json!({"from_credit": true}),
        json!({"from_credit": "True"}),
        json!({"from_credit": 1}),
        json!({"creditid": 5}),
        json!({"creditid": "5"}),
        json!({"type": "Credit"}),
        json!({"type": " credit "}),
    ] {
        assert!(read_with(credit.clone()).await.from_credit, "{credit}");
    }
    for money in [
        json!({"from_credit": null}),
        json!({"from_credit": "false"}),
        json!({"creditid": 0}),
        json!({"creditid": ""}),
        json!({"type": "Credit Card"}),
        json!({"overpaymentid": 77}),
    ] {
        assert!(!read_with(money.clone()).await.from_credit, "{money}");
    }
}

#[tokio::test]
async fn a_refund_keeps_its_sign() {
    let amount = json!({"amount": {"amount": "-5.00", "code": "USD"}});
    assert_eq!(read_with(amount).await.amount.to_string(), "-5.00 USD");
}

#[tokio::test]
async fn a_deleted_payment_is_read_whatever_is_left_of_it() {
    let deleted = ShownPayment::Deleted {
        id: "445566".to_owned(),
    };
    assert_eq!(read(example_with(json!({"vis_state": 1}))).await, deleted);
    for amount in [
        Value::Null,
        json!({"amount": "", "code": ""}),
        json!({"amount": "n/a", "code": "USD"}),
    ] {
        let left = json!({"vis_state": 1, "amount": amount, "date": "0000-00-00"});
        assert_eq!(read(example_with(left)).await, deleted);
    }
}

#[tokio::test]
async fn a_refused_payment_is_named_with_what_is_wrong_and_what_to_do() {
    insta::assert_snapshot!(refusal(json!({"amount": null})).await, @"FreshBooks' payment 445566 cannot be read: the currency is missing. Open it in FreshBooks, save it again, then replay this record.");
}

#[tokio::test]
async fn a_breach_of_a_payment_is_told() {
    for (changes, expected) in [
        (
            json!({"amount": {"amount": "5.00"}}),
            "the currency is missing",
        ),
        (
            json!({"amount": {"amount": "", "code": "USD"}}),
            "the amount is missing",
        ),
        (
            json!({"amount": {"amount": "5,00", "code": "USD"}}),
            r#"the amount is "5,00", not a number"#,
        ),
        (
            json!({"amount": {"amount": "5.00", "code": "$"}}),
            r#"the currency of amount is "$", not a currency code"#,
        ),
        (json!({"date": null}), "the date of payment is missing"),
        (
            json!({"date": "20/01/2026"}),
            r#"the date of payment is "20/01/2026", not a calendar day"#,
        ),
        (json!({"id": 0, "logid": 0}), "the id is missing"),
        (json!({"id": 1}), "FreshBooks answered with payment 1"),
        (
            json!({"amount": "5.00"}),
            "a field does not have its documented type",
        ),
    ] {
        let told = refusal(changes).await;
        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn a_payment_that_freshbooks_no_longer_has_is_none() {
    let gone = json!({"response": {"errors": [{"errno": 1012, "message": "Payment not found."}]}});
    assert_eq!(answered(Canned::new(404, gone)).await.0, Ok(None));
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let refused = json!({"response": {"errors": [{"errno": 1003, "message": "Not allowed."}]}});
    let error = answered(Canned::new(403, refused)).await.0.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks does not let this connection read payment 445566: Not allowed. Probably the scope user:payments:read is missing: enable it for the app in FreshBooks' developer portal, then connect the account again.");
}
