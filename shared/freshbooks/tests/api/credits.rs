//! Other income and credit notes, and those that cannot be right.

use freshbooks::{Api, CreditKind, CreditNote, Error, OtherIncome, Shown, Stage};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::example::{changed, standing};
use crate::server::{Canned, Server, http};

async fn income(changes: Value) -> Result<Option<Shown<OtherIncome>>, Error> {
    let income = json!({
        "incomeid": 9, "amount": {"amount": "250.00", "code": "CAD"},
        "category_name": "online_sales", "date": "2026-01-09", "source": "Shop",
        "payment_type": null, "note": "", "taxes": [{"name": "HST", "amount": "13"}],
        "created_at": "2026-01-09 09:15:00", "updated_at": "2026-01-09 09:15:00", "vis_state": 0
    });
    let body = json!({"response": {"result": {"other_income": changed(income, changes)}}});
    let server = Server::start(Canned::new(200, body)).await;
    Api::new(http(), server.url)
        .other_income(&SecretString::from("token"), "lbZ4Kq", "9")
        .await
}

async fn note(changes: Value) -> Result<Option<Shown<CreditNote>>, Error> {
    let note = json!({
        "id": 12, "creditid": 12, "clientid": 202_155, "credit_number": "CN-1",
        "credit_type": "overpayment", "create_date": "2026-01-09", "currency_code": "USD",
        "amount": {"amount": "10.00", "code": "USD"}, "paid": {"amount": "4.00", "code": "USD"},
        "payment_status": "partial", "display_status": "created", "vis_state": 0,
        "lines": [{"name": "Refund", "qty": "1", "unit_cost": {"amount": "10.00", "code": "USD"},
            "amount": {"amount": "10.00", "code": "USD"}}]
    });
    let body = json!({"response": {"result": {"credit_note": changed(note, changes)}}});
    let server = Server::start(Canned::new(200, body)).await;
    let note = Api::new(http(), server.url.clone())
        .credit_note(&SecretString::from("token"), "lbZ4Kq", "12")
        .await;
    assert_eq!(
        server.only_request().line,
        "GET /accounting/account/lbZ4Kq/credit_notes/credit_notes/12?include%5B%5D=lines"
    );
    note
}

#[tokio::test]
async fn other_income_is_read_in_full() {
    let income = standing(income(json!({})).await.unwrap().unwrap());
    let income = serde_json::to_string_pretty(&income).unwrap();
    insta::assert_snapshot!(income, @r#"
    {
      "id": "9",
      "amount": {
        "amount": "250.00",
        "currency": "CAD"
      },
      "received_on": "2026-01-09",
      "category": "online_sales",
      "source": "Shop",
      "kind": "",
      "note": "",
      "taxes": [
        {
          "name": "HST",
          "amount": "13"
        }
      ],
      "version": "2026-01-09 09:15:00"
    }
    "#);
}

#[tokio::test]
async fn a_breach_of_other_income_is_told_unless_it_was_deleted() {
    let error = income(json!({"amount": null})).await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks' other income 9 cannot be read: the currency is missing. Open it in FreshBooks, save it again, then replay this record.");
    let error = income(json!({"date": "9 January"})).await.unwrap_err();
    assert!(
        error.to_string().contains("the date is \"9 January\""),
        "{error}"
    );
    let deleted = income(json!({"vis_state": 1, "amount": null})).await;
    let expected = Shown::Deleted { id: "9".to_owned() };
    assert_eq!(deleted, Ok(Some(expected)));
}

#[tokio::test]
async fn a_credit_note_is_read_with_what_was_used_of_it() {
    let read = standing(note(json!({})).await.unwrap().unwrap());
    assert_eq!(
        (read.kind, read.stage),
        (CreditKind::Overpayment, Stage::Issued)
    );
    assert_eq!(read.total.to_string(), "10.00 USD");
    assert_eq!(read.used.unwrap().to_string(), "4.00");
    assert_eq!(read.lines.unwrap()[0].name, "Refund");
    assert_eq!(
        (read.client_id.as_str(), read.version.as_str()),
        ("202155", "")
    );
}

#[tokio::test]
async fn a_credit_note_may_lack_its_lines_and_be_of_a_kind_nobody_knows() {
    let odd = json!({"lines": null, "credit_type": "voucher", "display_status": "Draft",
        "paid": null});
    let read = standing(note(odd).await.unwrap().unwrap());
    assert_eq!((read.lines, read.used), (None, None));
    assert_eq!(read.kind, CreditKind::Other("voucher".to_owned()));
    assert_eq!(read.stage, Stage::Draft);
}

#[tokio::test]
async fn a_breach_of_a_credit_note_is_told() {
    for (changes, expected) in [
        (json!({"clientid": 0}), "the client is missing"),
        (json!({"amount": null}), "the total is missing"),
        (json!({"create_date": null}), "the date of issue is missing"),
        (
            json!({"currency_code": "EUR"}),
            "the total is in USD, the document in EUR",
        ),
    ] {
        let told = note(changes).await.unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }
}
