//! Lists of documents: what is asked for, and what is done with rows that were not.

use freshbooks::{Api, Error, Expense, Listed, Listing, Shown, Wanted};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::example::example_with;
use crate::server::{Canned, Server, http};

fn expense(id: i64, updated: &str, vis_state: i64) -> Value {
    json!({"id": id, "amount": {"amount": "5.00", "code": "USD"}, "date": "2026-01-09",
        "bill_matches": [], "status": 0, "updated": updated, "vis_state": vis_state})
}

fn page(key: &str, rows: Value) -> Canned {
    let total = rows.as_array().unwrap().len();
    let result = json!({key: rows, "page": 1, "pages": 1, "per_page": 100, "total": total});
    Canned::new(200, json!({"response": {"result": result}}))
}

async fn expenses(rows: Value, wanted: Wanted) -> (Result<Listing<Shown<Expense>>, Error>, String) {
    let server = Server::start(page("expenses", rows)).await;
    let listing = Api::new(http(), server.url.clone())
        .expenses(&SecretString::from("token"), "lbZ4Kq", wanted)
        .await;
    (listing, server.only_request().line)
}

fn ids(listing: &Listing<Shown<Expense>>) -> Vec<&str> {
    listing.rows.iter().map(Shown::id).collect()
}

#[tokio::test]
async fn changes_are_asked_for_by_the_day_and_checked_row_by_row() {
    let rows = json!([
        expense(1, "2026-03-10 01:00:00", 0),
        expense(2, "2026-03-07 01:00:00", 2),
        expense(3, "2025-12-31 01:00:00", 0),
        expense(4, "2026-03-10 01:00:00", 1)
    ]);
    let since = Wanted::ChangedSince("2026-03-10T12:00:00Z".parse().unwrap());
    let (listing, line) = expenses(rows, since).await;
    assert_eq!(
        line,
        "GET /accounting/account/lbZ4Kq/expenses/expenses?search%5Bupdated_min%5D=2026-03-08&page=1&per_page=100"
    );
    let listing = listing.unwrap();
    assert_eq!((ids(&listing), listing.unasked), (vec!["1", "2"], 2));
}

#[tokio::test]
async fn deleted_rows_are_asked_for_and_standing_ones_that_come_instead_are_told() {
    let rows = json!([expense(1, "2026-03-10 01:00:00", 0), expense(2, "", 1)]);
    let (listing, line) = expenses(rows, Wanted::Deleted).await;
    assert!(
        line.ends_with("?search%5Bvis_state%5D=1&page=1&per_page=100"),
        "{line}"
    );
    let listing = listing.unwrap();
    assert_eq!((ids(&listing), listing.unasked), (vec!["2"], 1));
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_nobody_but_itself() {
    let mut bad = expense(2, "", 0);
    bad["amount"] = json!("5.00");
    let rows = json!([expense(1, "", 0), bad, expense(3, "", 0)]);
    let (listing, _) = expenses(rows, Wanted::Standing).await;
    let listing = listing.unwrap();
    assert_eq!(ids(&listing), ["1", "3"]);
    assert_eq!(listing.unreadable.len(), 1);
    assert_eq!(listing.unreadable[0].id, "2");
    let why = &listing.unreadable[0].why;
    assert!(
        why.starts_with("FreshBooks' expense 2 cannot be read: "),
        "{why}"
    );
}

#[tokio::test]
async fn a_row_without_an_id_spoils_the_list() {
    let mut nameless = expense(0, "", 0);
    nameless["amount"] = Value::Null;
    let (listing, _) = expenses(json!([nameless]), Wanted::Standing).await;
    insta::assert_snapshot!(listing.unwrap_err(), @"FreshBooks was asked to list the expenses and its answer cannot be read: the id is missing. Put it right in FreshBooks, then try again.");
}

#[tokio::test]
async fn invoices_are_listed_with_their_lines() {
    let rows = json!([
        example_with(json!({})),
        example_with(json!({"id": 987_655, "lines": null}))
    ]);
    let server = Server::start(page("invoices", rows)).await;
    let since = Wanted::ChangedSince("2026-01-05T12:00:00Z".parse().unwrap());
    let listing = Api::new(http(), server.url.clone())
        .invoices(&SecretString::from("token"), "lbZ4Kq", since)
        .await
        .unwrap();
    assert_eq!(
        server.only_request().line,
        "GET /accounting/account/lbZ4Kq/invoices/invoices?search%5Bupdated_min%5D=2026-01-03&include%5B%5D=lines&page=1&per_page=100"
    );
    assert_eq!(listing.rows[0].lines.len(), 1);
    assert_eq!(listing.unreadable[0].id, "987655");
}

#[tokio::test]
async fn the_list_of_other_income_has_a_singular_key_and_no_filter_by_change() {
    let row =
        json!({"incomeid": 9, "amount": {"amount": "1.00", "code": "USD"}, "date": "2026-01-09"});
    let server = Server::start(page("other_income", json!([row]))).await;
    let listing = Api::new(http(), server.url.clone())
        .other_incomes(&SecretString::from("token"), "lbZ4Kq", Listed::Standing)
        .await
        .unwrap();
    assert_eq!(listing.rows[0].id(), "9");
    assert_eq!(
        server.only_request().line,
        "GET /accounting/account/lbZ4Kq/other_incomes/other_incomes?page=1&per_page=100"
    );
}

#[tokio::test]
async fn a_list_that_may_not_be_read_names_its_scope() {
    let refused = json!({"response": {"errors": [{"errno": 1003, "message": "Not allowed."}]}});
    let server = Server::start(Canned::new(403, refused)).await;
    let error = Api::new(http(), server.url)
        .vendors(&SecretString::from("token"), "lbZ4Kq", Listed::Standing)
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks does not let this connection list the vendors: Not allowed. Probably the scope user:bill_vendors:read is missing: enable it for the app in FreshBooks' developer portal, then connect the account again.");
}
