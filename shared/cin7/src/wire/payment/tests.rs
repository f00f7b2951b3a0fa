use jiff::civil::date;
use money::Decimal;

use super::*;
use crate::PaymentType;

fn sent() -> NewSalePayment {
    NewSalePayment {
        task_id: "9b0d".to_owned(),
        amount: Decimal::new(33010, 2),
        paid_on: date(2026, 3, 10),
        account: "090".to_owned(),
        currency_rate: Decimal::ONE,
        reference: "fb:payment:5".to_owned(),
        kind: PaymentType::Sample,
    }
}

fn echo(json: &str) -> Result<String, &'static str> {
    let row: PaymentRow = serde_json::from_str(json).unwrap();
    row.echo_of(&sent()).map(|payment| payment.id)
}

#[test]
fn a_payment_keeps_the_digits_of_its_money_and_its_day_as_written() {
    let row: PaymentRow = serde_json::from_str(
        r#"{"SaleID":"9b0d","TaskID":"7a5c","ID":"c0ff","Type":"Payment","Reference":"fb:payment:5",
        "Amount":330.10,"DatePaid":"2026-03-10T23:00:00Z","Account":90,"CurrencyRate":"1.0823",
        "DateCreated":"2026-03-10T09:00:00.123Z","CreditID":null}"#,
    )
    .unwrap();
    insta::assert_debug_snapshot!(row.payment().unwrap(), @r#"
    SalePayment {
        id: "c0ff",
        sale_id: Some(
            "9b0d",
        ),
        task_id: Some(
            "7a5c",
        ),
        kind: "Payment",
        reference: "fb:payment:5",
        amount: 330.10,
        paid_on: Some(
            2026-03-10,
        ),
        account: "90",
        currency_rate: Some(
            1.0823,
        ),
    }
    "#);
}

#[test]
fn an_echo_shows_an_id_and_the_reference_and_amount_that_were_sent() {
    let whole = r#"{"ID":"c0ff","Reference":"fb:payment:5","Amount":330.1}"#;
    assert_eq!(echo(whole).as_deref(), Ok("c0ff"));
    for (json, lacking) in [
        (
            r#"{"ID":"","Reference":"fb:payment:5","Amount":330.10}"#,
            "the id of the payment",
        ),
        (
            r#"{"ID":"c0ff","Amount":330.10}"#,
            "the reference it was sent with",
        ),
        (
            r#"{"ID":"c0ff","Reference":"FB:payment:5","Amount":330.10}"#,
            "the reference it was sent with",
        ),
        (
            r#"{"ID":"c0ff","Reference":"fb:payment:5"}"#,
            "the amount of the payment",
        ),
        (
            r#"{"ID":"c0ff","Reference":"fb:payment:5","Amount":330.11}"#,
            "the amount it was sent with",
        ),
        ("{}", "the id of the payment"),
    ] {
        assert_eq!(echo(json), Err(lacking), "{json}");
    }
}

#[test]
fn only_a_success_that_is_said_confirms_a_deletion() {
    let confirmed = |json: &str| {
        serde_json::from_str::<Deleted>(json).map(|deleted| deleted.confirmed().is_ok())
    };
    for json in [
        r#"{"Success":true}"#,
        r#"{"Success":"True"}"#,
        r#"{"Success":1}"#,
    ] {
        assert!(confirmed(json).unwrap(), "{json}");
    }
    for json in [
        r#"{"Success":false}"#,
        r#"{"Success":"false"}"#,
        r#"{"Success":null}"#,
        "{}",
        "[]",
    ] {
        assert!(!confirmed(json).unwrap(), "{json}");
    }
    assert!(confirmed(r#"{"Success":"perhaps"}"#).is_err());
}

#[test]
fn payments_come_as_a_bare_array_or_in_an_envelope_that_is_complete() {
    let count = |json: &str| payments(json).map(|rows| rows.len());
    assert_eq!(count("[]").unwrap(), 0);
    assert_eq!(count(r#" [{"ID":"1"},{"ID":"2"}]"#).unwrap(), 2);
    for json in [
        r#"{"Total":1,"Page":1,"PaymentList":[{"ID":"1"}]}"#,
        r#"{"Payments":[{"ID":"1"}]}"#,
    ] {
        assert_eq!(count(json).unwrap(), 1, "{json}");
    }
    for json in [
        r#"{"Total":2,"Page":1,"PaymentList":[{"ID":"1"}]}"#,
        r#"{"Payments":[],"Refunds":[]}"#,
        r#"{"Total":0,"PaymentList":null}"#,
        r#"{"ID":"1","Amount":5}"#,
        "{}",
        r#"[{"ID":"1","Amount":"many"}]"#,
    ] {
        assert!(count(json).is_err(), "{json}");
    }
}

#[test]
fn a_row_is_of_the_sale_it_names_or_of_the_one_that_was_asked_for() {
    let may_be = |json: &str| {
        serde_json::from_str::<PaymentRow>(json)
            .unwrap()
            .may_be_of("9b0d")
    };
    assert!(may_be(r#"{"SaleID":"9B0D"}"#));
    assert!(may_be(r#"{"SaleID":null}"#));
    assert!(!may_be(r#"{"SaleID":"1"}"#));
}
