//! Expenses, and those that cannot be right.

use freshbooks::{Api, BankSide, Error, Expense, Rebilling, Shown};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::example::{changed, standing};
use crate::server::{Canned, Server, http};

fn example_with(changes: Value) -> Value {
    let expense = json!({
        "id": 3131, "expenseid": 3131, "categoryid": 77, "staffid": 1, "clientid": 0,
        "projectid": 0, "invoiceid": null, "amount": {"amount": "113.00", "code": "USD"},
        "date": "2026-01-09", "vendor": "Hardware Shop", "notes": "", "taxName1": "HST",
        "taxPercent1": "13", "taxAmount1": {"amount": "13.00", "code": "USD"}, "taxName2": null,
        "taxPercent2": null, "taxAmount2": null, "compounded_tax": false, "accountid": null,
        "bill_matches": [], "potential_bill_payment": false, "status": 0, "ext_invoiceid": 0,
        "updated": "2026-01-09 09:15:00", "version": "2026-01-09 09:15:00.654321", "vis_state": 0
    });
    changed(expense, changes)
}

async fn read(expense: Value) -> Result<Option<Shown<Expense>>, Error> {
    let body = json!({"response": {"result": {"expense": expense}}});
    let server = Server::start(Canned::new(200, body)).await;
    Api::new(http(), server.url)
        .expense(&SecretString::from("token"), "lbZ4Kq", "3131")
        .await
}

async fn read_with(changes: Value) -> Expense {
    standing(read(example_with(changes)).await.unwrap().unwrap())
}

#[tokio::test]
async fn the_documented_expense_is_read_in_full() {
    let expense = serde_json::to_string_pretty(&read_with(json!({})).await).unwrap();
    insta::assert_snapshot!(expense, @r#"
    {
      "id": "3131",
      "amount": {
        "amount": "113.00",
        "currency": "USD"
      },
      "taxes": [
        {
          "name": "HST",
          "percent": "13",
          "amount": "13.00"
        }
      ],
      "spent_on": "2026-01-09",
      "category_id": "77",
      "vendor": "Hardware Shop",
      "notes": "",
      "client_id": null,
      "rebilling": "internal",
      "invoice_id": null,
      "bill_payment": "none",
      "version": "2026-01-09 09:15:00.654321"
    }
    "#);
}

#[tokio::test]
async fn whatever_stands_among_the_matches_makes_it_the_banks_side() {
    for (changes, side) in [
        (json!({"bill_matches": [31]}), BankSide::Matched),
        (
            json!({"bill_matches": [{"billid": 5511}]}),
            BankSide::Matched,
        ),
        (json!({"bill_matches": {"31": 5511}}), BankSide::Matched),
        (
            json!({"bill_matches": [31], "potential_bill_payment": true}),
            BankSide::Matched,
        ),
        (json!({"potential_bill_payment": true}), BankSide::Potential),
        (json!({"potential_bill_payment": "1"}), BankSide::Potential),
        (json!({"bill_matches": null}), BankSide::None),
        (json!({"bill_matches": {}}), BankSide::None),
        (json!({"bill_matches": ""}), BankSide::None),
    ] {
        assert_eq!(
            read_with(changes.clone()).await.bill_payment,
            side,
            "{changes}"
        );
    }
}

#[tokio::test]
async fn the_status_skips_3_and_is_open() {
    for (status, rebilling) in [
        (json!(0), Rebilling::Internal),
        (Value::Null, Rebilling::Internal),
        (json!("1"), Rebilling::Outstanding),
        (json!(2), Rebilling::Invoiced),
        (json!(4), Rebilling::Recouped),
        (json!(3), Rebilling::Other("3".to_owned())),
    ] {
        assert_eq!(
            read_with(json!({"status": status})).await.rebilling,
            rebilling
        );
    }
    let invoiced = read_with(json!({"invoiceid": 0, "ext_invoiceid": 987_654})).await;
    assert_eq!(invoiced.invoice_id.as_deref(), Some("987654"));
}

#[tokio::test]
async fn a_tax_may_be_known_by_its_money_alone() {
    let expense = read_with(json!({"taxName1": null, "taxPercent1": null})).await;
    assert_eq!(
        (expense.taxes[0].percent, expense.taxes[0].amount),
        (None, 13.into())
    );
    let none = json!({"taxName1": "", "taxPercent1": "", "taxAmount1": null});
    assert!(read_with(none).await.taxes.is_empty());
}

#[tokio::test]
async fn a_breach_of_an_expense_is_told_unless_it_was_deleted() {
    for (changes, expected) in [
        (json!({"amount": null}), "the currency is missing"),
        (json!({"date": null}), "the date is missing"),
        (json!({"taxAmount1": null}), "the money of tax is missing"),
        (
            json!({"taxAmount1": {"amount": "13.00", "code": "CAD"}}),
            "the tax is in CAD, the document in USD",
        ),
        (
            json!({"taxAmount1": "13"}),
            "a field does not have its documented type",
        ),
        (json!({"id": 9}), "FreshBooks answered with expense 9"),
    ] {
        let told = read(example_with(changes.clone()))
            .await
            .unwrap_err()
            .to_string();
        assert!(told.contains(expected), "{told}");
    }
    let deleted = read(json!({"expenseid": "3131", "vis_state": "1"}))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (deleted.id(), matches!(deleted, Shown::Deleted { .. })),
        ("3131", true)
    );
}
