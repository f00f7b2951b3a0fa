//! Journal entries of both generations, and the ledger's accounts.

use freshbooks::{Api, Error, Journal, Origin, Side};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::example::changed;
use crate::server::{Canned, Server, http};

const UUID: &str = "0f3a1c2e-9d4b-4c6a-8e2f-5b7d9a1c3e4f";

/// A row of entry 500, for or against an account.
fn row(id: i64, side: &str, amount: &str, changes: Value) -> Value {
    let row = json!({
        "id": id, "detailid": id, "name": "Rent", "description": "", "detail_type": "adjustment",
        "user_entered_date": "2026-01-05", "balance": {"amount": amount, "code": "USD"},
        "debit": null, "credit": null,
        "account": {"accountid": 11, "account_name": "Cash", "account_number": "1000",
            "account_type": "asset"},
        "sub_account": {"sub_accountid": 21, "account_sub_name": "Petty Cash",
            "account_sub_number": "1", "parentid": 11},
        "entry": {"entryid": 500, "clientid": null, "creditid": null, "expenseid": null,
            "incomeid": null, "invoiceid": 0, "paymentid": null, "categoryid": null}
    });
    let money = json!({side: {"amount": amount, "code": "USD"}});
    changed(changed(row, money), changes)
}

async fn details_of(pages: Vec<Value>) -> Journal {
    let total: usize = pages
        .iter()
        .map(|rows| rows.as_array().unwrap().len())
        .sum();
    let count = pages.len();
    let page = |rows: Value| {
        let result = json!({"journal_entry_details": rows, "pages": count, "total": total});
        Canned::new(200, json!({"response": {"result": result}}))
    };
    let server = Server::in_turn(pages.into_iter().map(page).collect()).await;
    let journal = Api::new(http(), server.url.clone())
        .journal_details(&SecretString::from("token"), "lbZ4Kq")
        .await;
    journal.unwrap().unwrap()
}

/// Why the one entry of these rows cannot be read.
async fn breach(rows: Value) -> String {
    let journal = details_of(vec![rows]).await;
    assert_eq!((journal.entries.len(), journal.unreadable.len()), (0, 1));
    assert_eq!(journal.unreadable[0].id, "500");
    let why = &journal.unreadable[0].why;
    let (_, breach) = why.split_once("cannot be read: ").unwrap();
    breach.split_once(". Open it").unwrap().0.to_owned()
}

#[tokio::test]
async fn the_rows_of_an_entry_are_put_together_across_pages() {
    let journal = details_of(vec![
        json!([row(3, "credit", "10.00", json!({"sub_account": null}))]),
        json!([
            row(2, "debit", "4.00", json!({})),
            row(1, "debit", "6.00", json!({}))
        ]),
    ])
    .await;
    assert_eq!((journal.entries.len(), journal.of_documents), (1, 0));
    let entry = serde_json::to_string_pretty(&journal.entries[0]).unwrap();
    insta::assert_snapshot!(entry, @r#"
    {
      "id": "500",
      "name": "Rent",
      "number": "",
      "description": "",
      "entered_on": "2026-01-05",
      "currency": "USD",
      "origin": "manual",
      "sides": [
        {
          "account": {
            "id": "21",
            "number": "1000-1",
            "name": "Petty Cash"
          },
          "side": "debit",
          "amount": "6.00"
        },
        {
          "account": {
            "id": "21",
            "number": "1000-1",
            "name": "Petty Cash"
          },
          "side": "debit",
          "amount": "4.00"
        },
        {
          "account": {
            "id": "11",
            "number": "1000",
            "name": "Cash"
          },
          "side": "credit",
          "amount": "10.00"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn an_entry_that_names_a_document_is_left_to_its_document() {
    for key in [
        "invoiceid",
        "paymentid",
        "expenseid",
        "incomeid",
        "creditid",
        "billid",
    ] {
        let of_document = json!({"entry": {"entryid": 500, key: 7}});
        let rows = json!([
            row(1, "debit", "1.00", of_document),
            row(2, "credit", "1.00", json!({}))
        ]);
        let journal = details_of(vec![rows]).await;
        assert_eq!(
            (journal.entries.len(), journal.of_documents),
            (0, 1),
            "{key}"
        );
    }
    let of_client = json!({"entry": {"entryid": 500, "clientid": 7, "categoryid": 8}});
    let rows = json!([
        row(1, "debit", "1.00", of_client.clone()),
        row(2, "credit", "1.00", of_client)
    ]);
    assert_eq!(
        details_of(vec![rows]).await.entries[0].origin,
        Origin::Manual
    );
}

#[tokio::test]
async fn an_entry_that_does_not_say_what_it_is_may_be_a_bills() {
    for kind in [json!("expense"), json!(""), Value::Null] {
        let untyped = json!({"detail_type": kind});
        let rows = json!([
            row(1, "debit", "1.00", untyped),
            row(2, "credit", "1.00", json!({}))
        ]);
        assert_eq!(
            details_of(vec![rows]).await.entries[0].origin,
            Origin::Unclear
        );
    }
}

#[tokio::test]
async fn a_row_of_nothing_is_no_side() {
    let both = json!({"debit": {"amount": "1.00", "code": "USD"},
        "credit": {"amount": "0.00", "code": "USD"}});
    let rows = json!([
        row(1, "debit", "1.00", both),
        row(2, "debit", "0.00", json!({})),
        row(3, "credit", "1.00", json!({}))
    ]);
    let sides = &details_of(vec![rows]).await.entries[0].sides;
    let sides: Vec<Side> = sides.iter().map(|side| side.side).collect();
    assert_eq!(sides, [Side::Debit, Side::Credit]);
}

#[tokio::test]
async fn a_breach_of_an_entry_is_told_and_stops_nobody_else() {
    let one = |side: &str, amount: &str| row(1, side, amount, json!({}));
    let two = |changes: Value| row(2, "credit", "1.00", changes);
    for (rows, expected) in [
        (
            json!([one("debit", "1.00")]),
            "its debits come to 1.00, its credits to 0",
        ),
        (
            json!([
                one("debit", "1.00"),
                two(json!({"user_entered_date": "2026-01-06"}))
            ]),
            "its rows are of different days",
        ),
        (
            json!([
                one("debit", "1.00"),
                two(json!({"credit": {"amount": "1.00", "code": "CAD"}}))
            ]),
            "the credit of row 2 is in CAD, the document in USD",
        ),
        (
            json!([
                one("debit", "1.00"),
                two(json!({"account": null, "sub_account": null}))
            ]),
            "the account of row 2 is missing",
        ),
        (
            json!([
                one("debit", "1.00"),
                two(json!({"debit": {"amount": "1.00", "code": "USD"}}))
            ]),
            "row 2 is a debit and a credit at once",
        ),
        (
            json!([one("credit", "-1.00"), two(json!({}))]),
            "it has a side of -1.00, which is below zero",
        ),
    ] {
        assert_eq!(breach(rows).await, expected);
    }
}

#[tokio::test]
async fn a_row_that_names_no_entry_stops_nobody_else() {
    let one = row(1, "debit", "1.00", json!({}));
    let two = row(2, "credit", "1.00", json!({}));
    let nameless = row(3, "debit", "5.00", json!({"entry": null}));
    let journal = details_of(vec![json!([one, two, nameless])]).await;
    assert_eq!((journal.entries.len(), journal.unreadable.len()), (1, 1));
    insta::assert_snapshot!(journal.unreadable[0].why, @"FreshBooks' journal entry row-3 cannot be read: row 3 names no entry. Open it in FreshBooks, save it again, then replay this record.");
}

async fn entries(answers: Vec<Value>) -> (Result<Option<Journal>, Error>, Vec<String>) {
    let canned = answers.into_iter().map(|body| Canned::new(200, body));
    let server = Server::in_turn(canned.collect()).await;
    let journal = Api::new(http(), server.url.clone())
        .journal_entries(&SecretString::from("token"), UUID)
        .await;
    (journal, server.lines())
}

fn entry(id: &str) -> Value {
    let side = |kind: &str, amount: Value| json!({"accountId": "a-1", "amount": {"amount": amount, "code": "USD"}, "type": kind});
    json!({
        "uuid": id, "name": "Rent", "journalEntryNumber": "J-1", "description": "",
        "userEnteredDate": {"year": 2026, "month": 1, "day": 5},
        "details": [side("TYPE_DEBIT", json!("10.00")), side("TYPE_CREDIT", json!(10.00))]
    })
}

#[tokio::test]
async fn the_newer_list_is_read_in_any_shape_until_a_page_brings_nothing_new() {
    let none = json!({"manualJournalEntries": []});
    let (journal, lines) =
        entries(vec![json!({"manualJournalEntries": [entry("e-1")]}), none]).await;
    let journal = journal.unwrap().unwrap();
    assert_eq!(
        (
            journal.entries[0].id.as_str(),
            journal.entries[0].number.as_str()
        ),
        ("e-1", "J-1")
    );
    assert_eq!(journal.entries[0].origin, Origin::Manual);
    let asked = |page: u8| {
        format!(
            "GET /accounting/businesses/{UUID}/journal_entries?page_number={page}&page_size=100"
        )
    };
    assert_eq!(lines, [asked(1), asked(2)]);

    let wrapped = json!({"data": [{"manualJournalEntry": entry("e-1")}]});
    let (same, _) = entries(vec![wrapped]).await;
    assert_eq!(same.unwrap().unwrap(), journal);
    let textual = changed(entry("e-1"), json!({"userEnteredDate": "2026-01-05"}));
    let (same, _) = entries(vec![json!({"journalEntries": [textual]})]).await;
    assert_eq!(same.unwrap().unwrap(), journal);
}

#[tokio::test]
async fn a_newer_entry_that_cannot_be_read_stops_nobody_but_itself() {
    let odd = changed(
        entry("e-2"),
        json!({"userEnteredDate": {"year": 2026, "month": 2, "day": 30}}),
    );
    let (journal, _) = entries(vec![json!({"data": [entry("e-1"), odd]})]).await;
    let journal = journal.unwrap().unwrap();
    assert_eq!(journal.entries.len(), 1);
    insta::assert_snapshot!(journal.unreadable[0].why, @r#"FreshBooks' journal entry e-2 cannot be read: the date is "2026-2-30", not a calendar day. Open it in FreshBooks, save it again, then replay this record."#);
    let (error, _) = entries(vec![json!({"entries": []})]).await;
    insta::assert_snapshot!(error.unwrap_err(), @"FreshBooks was asked to list the journal entries and answered with HTTP 200 and neither the list nor a known error.");
}

#[tokio::test]
async fn a_journal_that_is_not_served_is_none() {
    let gone = json!({"errors": {"message": "Request failed with status code 404", "status": 404}});
    let server = Server::start(Canned::new(404, gone)).await;
    let api = Api::new(http(), server.url.clone());
    let token = SecretString::from("token");
    assert_eq!(api.journal_entries(&token, UUID).await, Ok(None));
    assert_eq!(api.journal_details(&token, "lbZ4Kq").await, Ok(None));
    let error = api.journal_entries(&token, "../..").await.unwrap_err();
    insta::assert_snapshot!(error, @r#"FreshBooks cannot be asked to list the journal entries: "../.." cannot be the id of a business."#);
}

#[tokio::test]
async fn ledger_accounts_bridge_the_generations_where_they_say_so() {
    let body = json!({"data": [
        {"uuid": "a-1", "name": "Sales", "number": "4000-1", "type": "income", "state": "active",
            "parent_account": "a-0", "sub_accounts": [], "jea_id": null, "jesa_id": 22},
        {"uuid": "a-0", "name": "Revenue", "number": "4000", "type": "income", "state": "inactive",
            "parent_account": null, "jea_id": "11"}
    ]});
    let server = Server::start(Canned::new(200, body)).await;
    let accounts = Api::new(http(), server.url)
        .ledger_accounts(&SecretString::from("token"), UUID)
        .await
        .unwrap();
    insta::assert_debug_snapshot!(accounts, @r#"
    [
        LedgerAccount {
            id: "a-1",
            name: "Sales",
            number: "4000-1",
            kind: "income",
            is_active: true,
            parent_id: Some(
                "a-0",
            ),
            journal_account_id: Some(
                "22",
            ),
        },
        LedgerAccount {
            id: "a-0",
            name: "Revenue",
            number: "4000",
            kind: "income",
            is_active: false,
            parent_id: None,
            journal_account_id: Some(
                "11",
            ),
        },
    ]
    "#);
}
