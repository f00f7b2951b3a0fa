use freshbooks_stand_in::{
    CreditType, IncomeTax, NewCreditNote, NewLine, NewOtherIncome, NewPayment,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::office::{Office, rows};

fn income() -> NewOtherIncome {
    NewOtherIncome {
        amount: Decimal::from(250),
        category_name: "online_sales".to_owned(),
        source: "Shop".to_owned(),
        taxes: vec![IncomeTax {
            name: "HST".to_owned(),
            amount: "13".to_owned(),
        }],
        ..NewOtherIncome::default()
    }
}

fn note(client_id: i64) -> NewCreditNote {
    NewCreditNote {
        client_id,
        number: "CN-1".to_owned(),
        credit_type: CreditType::Overpayment,
        lines: vec![NewLine::new("Refund", Decimal::ONE, Decimal::TEN)],
        ..NewCreditNote::default()
    }
}

#[tokio::test]
async fn other_income_is_listed_under_a_singular_key_and_hears_of_two_filters() {
    let office = Office::open().await;
    let id = office
        .stand_in
        .create_other_income(&office.account, income());
    let list = office.accounting("other_incomes/other_incomes").await;
    let row = &rows(&list, "other_income")[0];
    assert_eq!((&row["incomeid"], row.get("id")), (&id.into(), None));
    assert_eq!(row["taxes"], json!([{"name": "HST", "amount": "13"}]));
    assert_eq!(row["updated_at"], "2026-01-05 11:02:10");
    for (query, expected) in [
        ("search[category_name]=rentals", 0),
        ("search[incomeid]=1", 0),
        ("search[source]=Nobody", 1),
        ("search[date_min]=2030-01-01", 1),
        ("search[vis_state]=1", 0),
    ] {
        let total = office
            .total(&format!("other_incomes/other_incomes?{query}"))
            .await;
        assert_eq!(total, expected, "{query}");
    }
}

#[tokio::test]
async fn deleted_other_income_is_gone_or_hidden_and_nothing_announces_it() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    stand_in.register_callback(account, "other_income", "http://hooks.example/1", "Vr7k");
    let id = stand_in.create_other_income(account, income());
    stand_in.delete_other_income(account, id).unwrap();
    let path = format!("other_incomes/other_incomes/{id}");
    let gone = office.accounting(&path).await;
    assert_eq!(gone["response"]["errors"][0]["errno"], 1012);
    stand_in.set_quirks(account, |quirks| {
        quirks.deletes_other_income_for_good = false
    });
    let id = stand_in.create_other_income(account, income());
    stand_in.delete_other_income(account, id).unwrap();
    let path = format!("other_incomes/other_incomes/{id}");
    let hidden = office.accounting(&path).await;
    assert_eq!(hidden["response"]["result"]["other_income"]["vis_state"], 1);
    assert!(stand_in.pending().is_empty());
}

#[tokio::test]
async fn a_credit_note_shows_its_lines_when_asked_and_what_was_used_of_it() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let invoice_id = office.invoice();
    let client_id = stand_in.invoice(account, invoice_id).unwrap()["customerid"]
        .as_i64()
        .unwrap();
    let id = stand_in.create_credit_note(account, note(client_id));
    let path = format!("credit_notes/credit_notes/{id}");
    let without = office.accounting(&path).await;
    let without = &without["response"]["result"]["credit_note"];
    assert!(without.get("lines").is_none() && without.get("updated").is_none());
    assert_eq!(
        (&without["creditid"], &without["credit_type"]),
        (&id.into(), &"overpayment".into())
    );
    stand_in.record_payment(
        account,
        NewPayment {
            invoice_id,
            amount: Decimal::from(4),
            credit_id: Some(id),
            ..NewPayment::default()
        },
    );
    stand_in.set_quirks(account, |quirks| quirks.credit_notes_show_updated = true);
    let with = office.accounting(&format!("{path}?include[]=lines")).await;
    let with = &with["response"]["result"]["credit_note"];
    assert_eq!(with["lines"][0]["name"], "Refund");
    assert_eq!(with["updated"], "2026-01-05 11:02:10");
    assert_eq!(
        (&with["amount"]["amount"], &with["paid"]["amount"]),
        (&"10.00".into(), &"4.00".into())
    );
    assert_eq!(with["payment_status"], "partial");
    for (query, expected) in [
        ("search[clientid]=1", 0),
        ("search[client_id]=1", 1),
        ("search[date_min]=2026-01-06", 0),
        ("search[create_date_min]=2026-01-06", 1),
    ] {
        let total = office
            .total(&format!("credit_notes/credit_notes?{query}"))
            .await;
        assert_eq!(total, expected, "{query}");
    }
}

#[tokio::test]
async fn credit_notes_announce_themselves_and_stay_when_deleted() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    stand_in.register_callback(account, "credit_note", "http://hooks.example/1", "Vr7k");
    let id = stand_in.create_credit_note(account, note(1));
    stand_in.delete_credit_note(account, id).unwrap();
    assert_eq!(stand_in.pending().len(), 2);
    let shown: Value = stand_in.credit_note(account, id).unwrap();
    assert_eq!(shown["vis_state"], 1);
}
