//! Invoices as they leave the crate.

use freshbooks::{Api, Error, Stage, Visibility};
use money::Decimal;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::example::{document, example, example_with, example_with_line, read, read_invoice};
use crate::server::{Canned, Server, http};

#[tokio::test]
async fn the_documented_example_is_read_in_full() {
    insta::assert_debug_snapshot!(read_invoice(example()).await, @r#"
    Invoice {
        id: "987654",
        number: "0000042",
        client_id: "202155",
        client_name: "Client Co",
        issued_on: 2026-01-05,
        due_on: 2026-02-04,
        due_offset_days: 30,
        currency: Currency(
            [
                85,
                83,
                68,
            ],
        ),
        total: Money {
            amount: 101.70,
            currency: Currency(
                [
                    85,
                    83,
                    68,
                ],
            ),
        },
        discount: Discount {
            percent: 10,
            amount: Some(
                10.00,
            ),
        },
        lines: [
            Line {
                name: "Widget",
                description: "",
                quantity: 2,
                unit_cost: 50.00,
                amount: 100.00,
                taxes: [
                    LineTax {
                        name: "HST",
                        percent: 13,
                    },
                ],
                compounded: false,
                expense_id: None,
            },
        ],
        stage: Issued,
        visibility: Active,
        version: "2026-01-05 11:02:10.123456",
    }
    "#);
}

#[tokio::test]
async fn the_invoice_is_asked_for_with_its_lines_and_the_token() {
    let body = document(example());
    let server = Server::start(Canned::new(200, body)).await;
    let api = Api::new(http(), server.url.join("prefix").unwrap());
    api.invoice(&SecretString::from("eyJ.token"), "lbZ4Kq", "987654")
        .await
        .unwrap();
    insta::assert_snapshot!(server.only_request().line, @"GET /prefix/accounting/account/lbZ4Kq/invoices/invoices/987654?include%5B%5D=lines");
    assert_eq!(server.only_request().authorization, "Bearer eyJ.token");
}

#[tokio::test]
async fn an_id_that_could_change_the_path_is_never_sent() {
    let server = Server::start(Canned::new(500, "")).await;
    let api = Api::new(http(), server.url.clone());
    let token = SecretString::from("token");
    for (account, id) in [
        ("lbZ4Kq", ""),
        ("lbZ4Kq", ".."),
        ("..", "1"),
        ("", "1"),
        ("a/b", "1"),
    ] {
        let refused = api.invoice(&token, account, id).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(_)), "{account:?} {id:?}");
    }
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn ids_amounts_and_rates_may_be_text_or_numbers_and_never_pass_through_a_float() {
    // Written by hand: a float in the test would prove nothing about floats in the code.
    let body = r#"{"response": {"result": {"invoice": {
        "id": "987654", "customerid": "202155", "invoice_number": 42, "create_date": "2026-01-05",
        "due_date": "2026-02-04", "due_offset_days": "30", "vis_state": "2", "status": "4",
        "amount": {"amount": 9007199254740993.01, "code": "usd"}, "discount_value": 12.50,
        "lines": [{"qty": 0.1000000000000000055, "unit_cost": {"amount": 3e1, "code": "USD"},
                   "amount": {"amount": "3.00"}, "taxName1": "QST", "taxAmount1": 9.9750,
                   "compounded_tax": "true", "type": 1, "expenseid": "88"}]}}}}"#;
    let invoice = read(body).await.unwrap().unwrap();
    assert_eq!(invoice.id, "987654");
    assert_eq!(invoice.number, "42");
    assert_eq!(invoice.total.to_string(), "9007199254740993.01 USD");
    assert_eq!(invoice.discount.percent.to_string(), "12.5");
    assert_eq!(invoice.discount.amount, None);
    assert_eq!(invoice.due_offset_days, 30);
    assert_eq!(invoice.visibility, Visibility::Archived);
    assert_eq!(
        invoice.lines[0].quantity.to_string(),
        "0.1000000000000000055"
    );
    assert_eq!(invoice.lines[0].unit_cost, Decimal::from(30));
    assert_eq!(invoice.lines[0].taxes[0].percent.to_string(), "9.975");
    assert!(invoice.lines[0].compounded);
    assert_eq!(invoice.lines[0].expense_id.as_deref(), Some("88"));
}

#[tokio::test]
async fn an_invoice_without_a_due_date_is_due_its_offset_after_its_issue() {
    let due_on = |changes| async { read_invoice(example_with(changes)).await.due_on.to_string() };
    assert_eq!(due_on(json!({"due_date": ""})).await, "2026-02-04");
    assert_eq!(
        due_on(json!({"due_date": null, "due_offset_days": 60})).await,
        "2026-03-06"
    );
    assert_eq!(
        due_on(json!({"due_date": null, "due_offset_days": null})).await,
        "2026-01-05"
    );
}

#[tokio::test]
async fn an_unused_tax_is_dropped_and_every_other_one_is_kept() {
    let taxes = |changes| async {
        let invoice = read_invoice(example_with_line(changes)).await;
        let taxes = invoice.lines[0].taxes.iter();
        taxes
            .map(|tax| format!("{:?} {}", tax.name, tax.percent))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let unused = [json!(""), Value::Null].into_iter().flat_map(|name| {
        [json!("0"), json!(0), json!("0.00"), Value::Null].map(|rate| (name.clone(), rate))
    });
    for (name, rate) in unused {
        assert_eq!(
            taxes(json!({"taxName1": name, "taxAmount1": rate})).await,
            ""
        );
    }
    assert_eq!(
        taxes(json!({"taxName1": "Zero", "taxAmount1": "0"})).await,
        r#""Zero" 0"#
    );
    assert_eq!(
        taxes(json!({"taxName1": "Zero", "taxAmount1": null})).await,
        r#""Zero" 0"#
    );
    assert_eq!(
        taxes(json!({"taxName1": null, "taxAmount1": "5.500"})).await,
        r#""" 5.5"#
    );
    let both =
        json!({"taxName1": "GST", "taxAmount1": "5", "taxName2": "QST", "taxAmount2": "9.975"});
    assert_eq!(taxes(both).await, r#""GST" 5, "QST" 9.975"#);
}

#[tokio::test]
async fn drafts_are_known_by_either_status_and_unknown_statuses_count_as_issued() {
    let stage = |changes| async { read_invoice(example_with(changes)).await.stage };
    for draft in [
        json!({"status": 1, "v3_status": "draft"}),
        json!({"status": null, "v3_status": "created"}),
        json!({"status": "1", "v3_status": null}),
    ] {
        assert_eq!(stage(draft.clone()).await, Stage::Draft, "{draft}");
    }
    for issued in [
        json!({"status": 2, "v3_status": "sent"}),
        json!({"status": 99, "v3_status": "never seen before"}),
        json!({"status": null, "v3_status": null}),
    ] {
        assert_eq!(stage(issued.clone()).await, Stage::Issued, "{issued}");
    }
}

#[tokio::test]
async fn a_deleted_invoice_is_still_an_invoice_with_or_without_its_lines() {
    let deleted = read_invoice(example_with(json!({"vis_state": 1}))).await;
    assert_eq!(
        (deleted.visibility, deleted.lines.len()),
        (Visibility::Deleted, 1)
    );
    let bare = read_invoice(example_with(json!({"vis_state": 1, "lines": null}))).await;
    assert_eq!(
        (bare.visibility, bare.lines.len()),
        (Visibility::Deleted, 0)
    );
}

#[tokio::test]
async fn an_invoice_that_comes_to_nothing_may_have_no_lines() {
    let nothing = json!({"amount": {"amount": "0.00", "code": "USD"}, "discount_total": null});
    for lines in [Value::Null, json!([])] {
        let mut invoice = example_with(nothing.clone());
        invoice["lines"] = lines;
        let invoice = read_invoice(invoice).await;
        assert!(invoice.total.amount.is_zero() && invoice.lines.is_empty());
    }
}

#[tokio::test]
async fn the_change_marker_is_the_version_else_the_time_of_update() {
    assert_eq!(
        read_invoice(example()).await.version,
        "2026-01-05 11:02:10.123456"
    );
    let older = read_invoice(example_with(json!({"version": null}))).await;
    assert_eq!(older.version, "2026-01-05 11:02:10");
}
