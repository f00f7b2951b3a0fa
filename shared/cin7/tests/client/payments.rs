//! Payments: what is sent, what an echo must show, and which rows of a list are believed.

use std::sync::Arc;

use cin7::{Error, NewSalePayment, PaymentType, Unlimited, Writer};
use jiff::civil::date;
use money::Decimal;

use crate::canned::{Cin7, endpoint, failed, json};
use crate::faults::cutting_server;

pub(crate) fn payment() -> NewSalePayment {
    NewSalePayment {
        task_id: "9b0d".to_owned(),
        amount: Decimal::new(33000, 2),
        paid_on: date(2026, 3, 10),
        account: "090".to_owned(),
        currency_rate: Decimal::ONE,
        reference: "fb:payment:5".to_owned(),
        kind: PaymentType::Sample,
    }
}

const ECHO: &str = r#"{"SaleID":"9b0d","TaskID":"9b0d","ID":"c0ff","Type":"Payment",
    "Reference":"fb:payment:5","Amount":330.0,"DatePaid":"2026-03-10T00:00:00","Account":"090","CurrencyRate":1}"#;

fn is_uncertain<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Uncertain(_)))
}

#[tokio::test]
async fn a_payment_is_made_changed_and_deleted_with_the_very_text_shown_beforehand() {
    let cin7 = Cin7::answering([json(ECHO), json(ECHO), json(r#"{"Success":true}"#)]).await;
    let writer = cin7.writer();
    let made = writer.create_payment(&payment()).await.unwrap();
    let changed = writer.update_payment("C0FF", &payment()).await.unwrap();
    let deleted = writer.delete_payment("c0ff").await.unwrap();

    assert_eq!(
        (made.value.id.as_str(), made.response.as_str()),
        ("c0ff", ECHO)
    );
    assert_eq!(changed.value, made.value);
    assert_eq!(deleted.response, r#"{"Success":true}"#);
    let asked = cin7.asked();
    assert_eq!(asked[0].body, cin7::payment_request(&payment()));
    assert_eq!(
        asked[1].body,
        cin7::payment_update_request("C0FF", &payment())
    );
    assert_eq!(asked[1].headers["content-type"], "application/json");
    assert_eq!(asked[2].body, "");
    insta::assert_snapshot!(cin7.lines(), @r"
    POST /ExternalApi/v2/sale/payment
    PUT /ExternalApi/v2/sale/payment
    DELETE /ExternalApi/v2/sale/payment?ID=c0ff
    ");
    let told = cin7::delete_payment_request("c0ff").replace("/sale", "/ExternalApi/v2/sale");
    assert_eq!(asked[2].line, told);
}

#[tokio::test]
async fn a_payment_whose_echo_lacks_what_was_sent_is_uncertain() {
    let mut sentences = Vec::new();
    for body in [
        r#"{"Reference":"fb:payment:5","Amount":330}"#,
        r#"{"ID":"c0ff","Reference":null,"Amount":330}"#,
        r#"{"ID":"c0ff","Reference":"fb:payment:5","Amount":33}"#,
        r#"[{"ID":"c0ff","Reference":"fb:payment:5","Amount":330}]"#,
    ] {
        let cin7 = Cin7::answering([json(body), json(body)]).await;
        let made = cin7.writer().create_payment(&payment()).await;
        let changed = cin7.writer().update_payment("c0ff", &payment()).await;
        assert!(is_uncertain(&made) && is_uncertain(&changed), "{body}");
        sentences.push(made.unwrap_err().to_string());
    }
    let cin7 = Cin7::answering([json(ECHO)]).await;
    let other = cin7.writer().update_payment("1", &payment()).await;
    assert!(is_uncertain(&other));
    sentences.push(other.unwrap_err().to_string());
    insta::assert_snapshot!(sentences.join("\n"), @r"
    POST /sale/payment may or may not have been applied: it was answered without the id of the payment
    POST /sale/payment may or may not have been applied: it was answered without the reference it was sent with
    POST /sale/payment may or may not have been applied: it was answered without the amount it was sent with
    POST /sale/payment may or may not have been applied: the answer cannot be read: a list or object stands for a single value at line 1 column 55
    PUT /sale/payment may or may not have been applied: sent for payment 1, it was answered with payment c0ff
    ");
}

#[tokio::test]
async fn a_deletion_that_does_not_say_that_it_succeeded_is_uncertain() {
    let mut sentences = Vec::new();
    for body in [
        r#"{"Success":false}"#,
        "{}",
        "[]",
        r#"{"Success":"perhaps"}"#,
    ] {
        let cin7 = Cin7::answering([json(body)]).await;
        let deleted = cin7.writer().delete_payment("c0ff").await;
        assert!(is_uncertain(&deleted), "{body}");
        sentences.push(deleted.unwrap_err().to_string());
    }
    insta::assert_snapshot!(sentences.join("\n"), @r"
    DELETE /sale/payment may or may not have been applied: it was answered without a word of success
    DELETE /sale/payment may or may not have been applied: it was answered without a word of success
    DELETE /sale/payment may or may not have been applied: it was answered without a word of success
    DELETE /sale/payment may or may not have been applied: the answer cannot be read: a boolean is neither true nor false at line 1 column 21
    ");
}

#[tokio::test]
async fn a_lost_answer_leaves_every_write_of_a_payment_uncertain() {
    let address = cutting_server().await;
    let writer = Writer::new(endpoint(&address, Arc::new(Unlimited)));
    assert!(is_uncertain(&writer.create_payment(&payment()).await));
    assert!(is_uncertain(
        &writer.update_payment("c0ff", &payment()).await
    ));
    assert!(is_uncertain(&writer.delete_payment("c0ff").await));
    let cin7 = Cin7::answering([failed(500, ""), failed(502, ""), failed(503, "busy")]).await;
    let writer = cin7.writer();
    let lost = [
        writer.create_payment(&payment()).await.unwrap_err(),
        writer.update_payment("c0ff", &payment()).await.unwrap_err(),
        writer.delete_payment("c0ff").await.unwrap_err(),
    ];
    let sentences: Vec<String> = lost.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(sentences.join("\n"), @r"
    POST /sale/payment may or may not have been applied: status 500
    PUT /sale/payment may or may not have been applied: status 502
    DELETE /sale/payment may or may not have been applied: status 503: busy
    ");
}

#[tokio::test]
async fn a_refused_payment_tells_cin7s_words() {
    let words = r#"[{"ErrorCode":400,"Exception":"Prepayment cannot be modified."}]"#;
    let cin7 = Cin7::answering([failed(400, words)]).await;
    let refused = cin7.writer().update_payment("c0ff", &payment()).await;
    let refused = refused.unwrap_err();
    assert!(matches!(refused, Error::Refused(_)));
    insta::assert_snapshot!(refused, @"Cin7 refused PUT /sale/payment: Prepayment cannot be modified");
}

#[tokio::test]
async fn the_payments_of_a_sale_are_those_that_do_not_name_another() {
    let rows = r#"[{"ID":"1","SaleID":"9B0D","Amount":"10.50","Reference":"fb:1","DatePaid":"2026-03-10T00:00:00"},
        {"ID":"2","SaleID":"other"},{"ID":"3","Amount":5}]"#;
    let enveloped = format!(r#"{{"Total":3,"PaymentList":{rows}}}"#);
    let cin7 = Cin7::answering([json(rows), json(enveloped), json("[]")]).await;
    let reader = cin7.reader();
    for _ in 0..2 {
        let payments = reader.sale_payments("9b0d").await.unwrap();
        let ids: Vec<&str> = payments.iter().map(|payment| payment.id.as_str()).collect();
        assert_eq!(ids, ["1", "3"]);
        assert_eq!(payments[0].amount, Decimal::new(1050, 2));
        assert_eq!(payments[0].paid_on, Some(date(2026, 3, 10)));
    }
    assert_eq!(reader.sale_payments("9b0d").await, Ok(Vec::new()));
    assert_eq!(
        cin7.asked()[0].line,
        "GET /ExternalApi/v2/sale/payment?SaleID=9b0d"
    );
}

#[tokio::test]
async fn payments_that_cannot_be_told_are_not_read_as_none() {
    let mut sentences = Vec::new();
    for answer in [
        json(r#"[{"SaleID":"9b0d","Amount":5}]"#),
        json(r#"[{"ID":"1"}]"#),
        json(r#"{"Total":2,"PaymentList":[{"ID":"1","Amount":5}]}"#),
        json("{}"),
        failed(400, r#"[{"ErrorCode":400,"Exception":"Sale not found"}]"#),
    ] {
        let cin7 = Cin7::answering([answer]).await;
        let error = cin7.reader().sale_payments("9b0d").await.unwrap_err();
        assert!(!matches!(error, Error::Uncertain(_)));
        sentences.push(error.to_string());
    }
    insta::assert_snapshot!(sentences.join("\n"), @r"
    Cin7 gave no usable answer to GET /sale/payment: a row came without the id of the payment
    Cin7 gave no usable answer to GET /sale/payment: a row came without the amount of the payment
    Cin7 gave no usable answer to GET /sale/payment: not all payments are shown
    Cin7 gave no usable answer to GET /sale/payment: no list of payments
    Cin7 refused GET /sale/payment: Sale not found
    ");
}
