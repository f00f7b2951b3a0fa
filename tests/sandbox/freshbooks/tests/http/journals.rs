use std::collections::BTreeMap;

use freshbooks_stand_in::{
    JournalLine, JournalListShape, Journals, ManualDetailType, NewBillPayment, NewExpense,
    NewJournalEntry, NewLedgerAccount, NewOtherIncome, NewPayment, RemovedPostings,
};
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::office::{Office, rows};

const DETAILS: &str = "journal_entries/journal_entry_details?per_page=100";

/// Rent of 10.00 from petty cash, made by a person; the id.
fn entry(office: &Office) -> i64 {
    let account = |name| {
        office
            .stand_in
            .ledger_account(&office.account, name)
            .unwrap()
    };
    let form = NewJournalEntry {
        name: "Rent".to_owned(),
        number: "J-1".to_owned(),
        lines: vec![
            JournalLine::debit(account("General Expenses"), Decimal::TEN),
            JournalLine::credit(account("Petty Cash"), Decimal::TEN),
        ],
        ..NewJournalEntry::default()
    };
    office.stand_in.create_journal_entry(&office.account, form)
}

async fn details(office: &Office) -> Vec<Value> {
    let list = office.accounting(DETAILS).await;
    rows(&list, "journal_entry_details").clone()
}

/// `GET` below the business; the status and the body.
async fn business(office: &Office, path: &str, version: &str) -> (u16, Value) {
    let token = office.access_token().await;
    let uuid = &office.account.business_uuid;
    let url = format!(
        "{}/accounting/businesses/{uuid}/{path}",
        office.stand_in.url()
    );
    let request = office.http.request(Method::GET, url).bearer_auth(token);
    let request = request.header("x-api-version", version);
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap())
}

async fn entries(office: &Office) -> (u16, Value) {
    business(
        office,
        "journal_entries?page_number=1&page_size=100",
        "2023-09-25",
    )
    .await
}

#[tokio::test]
async fn every_document_posts_and_every_entry_balances() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let invoice_id = office.invoice();
    assert!(details(&office).await.is_empty(), "a draft posts nothing");
    stand_in.send_invoice(account, invoice_id).unwrap();
    let payment = NewPayment {
        invoice_id,
        amount: Decimal::TEN,
        ..NewPayment::default()
    };
    stand_in.record_payment(account, payment);
    let bill_id = office.bill();
    let payment = NewBillPayment {
        bill_id,
        amount: Decimal::TEN,
        ..NewBillPayment::default()
    };
    stand_in.record_bill_payment(account, payment);
    let expense = NewExpense {
        amount: Decimal::from(20),
        ..NewExpense::default()
    };
    stand_in.create_expense(account, expense);
    let income = NewOtherIncome {
        amount: Decimal::from(30),
        ..NewOtherIncome::default()
    };
    stand_in.create_other_income(account, income);
    entry(&office);

    let mut sums: BTreeMap<i64, Decimal> = BTreeMap::new();
    for row in details(&office).await {
        let side = |key: &str| -> Decimal {
            let text = row[key]["amount"].as_str().unwrap_or("0");
            text.parse().unwrap()
        };
        let id = row["entry"]["entryid"].as_i64().unwrap();
        *sums.entry(id).or_default() += side("debit") - side("credit");
    }
    assert_eq!(sums.len(), 7);
    assert!(sums.values().all(Decimal::is_zero), "{sums:?}");
}

#[tokio::test]
async fn a_row_names_its_document_its_account_and_its_sub_account() {
    let office = Office::open().await;
    let invoice_id = office.invoice();
    office
        .stand_in
        .send_invoice(&office.account, invoice_id)
        .unwrap();
    let rows = details(&office).await;
    let sales = rows
        .iter()
        .find(|row| row["detail_type"] == "sales")
        .unwrap();
    assert_eq!(sales["credit"], json!({"amount": "90.00", "code": "USD"}));
    assert!(sales["debit"].is_null());
    assert_eq!(sales["account"]["account_number"], "4000");
    assert_eq!(sales["sub_account"]["account_sub_name"], "Sales");
    assert_eq!(sales["entry"]["invoiceid"], invoice_id);
    assert!(sales["entry"]["paymentid"].is_null());
    assert_eq!(sales["user_entered_date"], "2026-01-05");
}

#[tokio::test]
async fn a_bills_entry_names_nothing_unless_the_account_is_set_so() {
    let office = Office::open().await;
    let bill_id = office.bill();
    let manual = entry(&office);
    let nameless = |row: &Value| {
        let entry = row["entry"].as_object().unwrap();
        entry
            .iter()
            .all(|(key, id)| key == "entryid" || id.is_null())
    };
    let rows = details(&office).await;
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(nameless));
    assert_eq!(
        (&rows[0]["detail_type"], &rows[0]["name"]),
        (&"adjustment".into(), &"Rent".into())
    );
    office.stand_in.set_quirks(&office.account, |quirks| {
        quirks.bill_postings_name_their_document = true;
        quirks.manual_detail_type = ManualDetailType::Null;
    });
    let rows = details(&office).await;
    assert!(rows[0]["detail_type"].is_null());
    assert_eq!(rows[4]["entry"]["billid"], bill_id);
    office
        .stand_in
        .delete_journal_entry(&office.account, manual)
        .unwrap();
    assert_eq!(details(&office).await.len(), 3);
}

#[tokio::test]
async fn what_was_deleted_vanishes_or_is_taken_back() {
    let office = Office::open().await;
    let id = entry(&office);
    office
        .stand_in
        .delete_journal_entry(&office.account, id)
        .unwrap();
    assert!(details(&office).await.is_empty());
    office.stand_in.set_quirks(&office.account, |quirks| {
        quirks.removed_postings = RemovedPostings::Reversed;
    });
    let rows = details(&office).await;
    assert_eq!(rows.len(), 4);
    assert_ne!(rows[0]["entry"]["entryid"], rows[2]["entry"]["entryid"]);
    assert_eq!(rows[0]["credit"], rows[2]["debit"]);
}

#[tokio::test]
async fn the_filters_of_the_details_do_nothing_unless_the_account_is_set_so() {
    let office = Office::open().await;
    entry(&office);
    let query = "journal_entries/journal_entry_details?search[start_date]=2030-01-01";
    assert_eq!(office.total(query).await, 2);
    office.stand_in.set_quirks(&office.account, |quirks| {
        quirks.journal_detail_filters_work = true;
    });
    assert_eq!(office.total(query).await, 0);
}

#[tokio::test]
async fn the_newer_list_takes_its_header_and_holds_manual_entries_only() {
    let office = Office::open().await;
    let invoice_id = office.invoice();
    office
        .stand_in
        .send_invoice(&office.account, invoice_id)
        .unwrap();
    entry(&office);
    assert_eq!(
        business(&office, "journal_entries", "2022-10-31").await.0,
        400
    );
    let (status, list) = entries(&office).await;
    let list = list["manualJournalEntries"].as_array().unwrap();
    assert_eq!((status, list.len()), (200, 1));
    assert_eq!(
        list[0]["userEnteredDate"],
        json!({"year": 2026, "month": 1, "day": 5})
    );
    assert_eq!(list[0]["details"][0]["type"], "TYPE_DEBIT");
    assert_eq!(list[0]["details"][0]["amount"]["amount"], "10.00");
    let cash = office
        .stand_in
        .ledger_account(&office.account, "Petty Cash");
    let uuid = office
        .stand_in
        .ledger_account_uuid(&office.account, cash.unwrap());
    assert_eq!(list[0]["details"][1]["accountId"].as_str(), uuid.as_deref());

    office.stand_in.set_quirks(&office.account, |quirks| {
        quirks.journal_list_shape = JournalListShape::Wrapped;
    });
    let (_, list) = entries(&office).await;
    let entry = &list["data"][0]["manualJournalEntry"];
    assert!(entry["details"][0]["amount"]["amount"].is_number());
}

#[tokio::test]
async fn an_account_may_serve_one_generation_only() {
    let office = Office::open().await;
    let old = office.accounting_path(DETAILS);
    for (journals, details, newer) in [
        (Journals::Both, 200, 200),
        (Journals::Details, 200, 404),
        (Journals::Entries, 404, 200),
    ] {
        office
            .stand_in
            .set_quirks(&office.account, |quirks| quirks.journals = journals);
        let token = office.access_token().await;
        assert_eq!(office.get(&token, &old).await.0, details, "{journals:?}");
        assert_eq!(entries(&office).await.0, newer, "{journals:?}");
    }
}

#[tokio::test]
async fn the_ledger_shows_its_accounts_in_three_lists() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    entry(&office);
    let fees = NewLedgerAccount {
        name: "Bank Fees".to_owned(),
        number: "2".to_owned(),
        parent_number: "6000".to_owned(),
    };
    let fees = stand_in.create_ledger_account(account, fees).unwrap();
    assert!(stand_in.set_ledger_account_active(account, fees, false));

    let (_, list) = business(&office, "ledger_accounts/accounts", "").await;
    let list = list["data"].as_array().unwrap();
    let shown = list.iter().find(|row| row["name"] == "Bank Fees").unwrap();
    assert_eq!(
        (&shown["number"], &shown["state"]),
        (&"6000-2".into(), &"inactive".into())
    );
    assert_eq!(
        (&shown["jesa_id"], &shown["jea_id"]),
        (&fees.into(), &Value::Null)
    );
    let path = format!(
        "ledger_accounts/accounts/{}",
        shown["uuid"].as_str().unwrap()
    );
    assert_eq!(business(&office, &path, "").await.1["data"], *shown);
    let (status, error) = business(&office, "ledger_accounts/accounts/none", "").await;
    assert_eq!((status, &error["errors"]["status"]), (404, &404.into()));

    let (status, _) = business(&office, "reports/chart_of_accounts", "").await;
    assert_eq!(status, 422);
    let path = "reports/chart_of_accounts?use_ledger_entries=true";
    let (_, chart) = business(&office, path, "").await;
    let tops = rows(&chart, "journal_entry_accounts");
    let cash = tops
        .iter()
        .find(|top| top["account_name"] == "Cash")
        .unwrap();
    assert_eq!(cash["balance"], "-10.000");

    let path = "journal_entry_accounts/journal_entry_accounts";
    let old = office.accounting(path).await;
    let old = &rows(&old, "journal_entry_accounts")[0];
    assert_eq!(
        (&old["accountid"], &old["balance"]),
        (&11.into(), &"-10.00".into())
    );
}

#[tokio::test]
async fn the_ledger_is_closed_to_who_lacks_the_scope_or_the_business() {
    let office = Office::open().await;
    let scopes = ["user:profile:read", "user:journal_entries:read"];
    let first = office
        .stand_in
        .consent_to(&office.app, &office.account, &scopes);
    let (_, pair) = office.refresh(&first).await;
    let token = pair["access_token"].as_str().unwrap();
    let uuid = &office.account.business_uuid;
    let path = format!("/accounting/businesses/{uuid}/ledger_accounts/accounts");
    let (status, body) = office.get(token, &path).await;
    assert_eq!((status, &body["errors"]["status"]), (403, &403.into()));
    let other = "/accounting/businesses/0000/journal_entries";
    assert_eq!(office.get(token, other).await.0, 403);
    assert_eq!(office.get("nonsense", other).await.0, 401);
}
