//! Journals, money operations and the entries of the ledger: which rows are believed.

use cin7::Error;
use jiff::civil::date;

use crate::canned::{Cin7, failed, json};

#[tokio::test]
async fn a_journal_is_found_by_exactly_its_narration() {
    let rows = r#"{"Total":2,"Journals":[{"TaskID":"1","Narration":"fb:journal:4"},
        {"TaskID":"2","Narration":"fb:journal:42 ","Status":"VOIDED","Lines":[]}]}"#;
    let cin7 = Cin7::answering([json(rows), json(rows)]).await;
    let reader = cin7.reader();
    let found = reader.journals_narrated("fb:journal:42").await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].task_id.as_str(), found[0].amount), ("2", None));
    assert_eq!(reader.journals().await.unwrap().len(), 2);
    assert_eq!(reader.journals_narrated(" ").await, Ok(Vec::new()));
    insta::assert_snapshot!(cin7.lines(), @r"
    GET /ExternalApi/v2/journal?Page=1&Limit=1000&Search=fb%3Ajournal%3A42
    GET /ExternalApi/v2/journal?Page=1&Limit=1000
    ");
}

#[tokio::test]
async fn one_journal_is_picked_from_all_that_an_ignored_filter_returns() {
    let rows = r#"{"Total":2,"Journals":[{"TaskID":"1"},{"TaskID":"A000","Status":"COMPLETED",
        "EffectiveDate":"2026-03-31T00:00:00"}]}"#;
    let missing = r#"[{"ErrorCode":404,"Exception":"Journal not found"}]"#;
    let cin7 = Cin7::answering([json(rows), json(rows), failed(404, missing)]).await;
    let reader = cin7.reader();
    let shown = reader.shown_journal("a000").await.unwrap().unwrap();
    assert_eq!(shown.status(), "COMPLETED");
    let sent = r#"{"Status":"DRAFT","EffectiveDate":"2026-03-30T00:00:00"}"#;
    let told = shown.differences(sent)[0].to_string();
    assert_eq!(told, "EffectiveDate 2026-03-30 → 2026-03-31");
    assert_eq!(shown.differences("{cut")[0].sent, "unreadable");
    assert_eq!(reader.shown_journal("nope").await, Ok(None));
    assert_eq!(reader.shown_journal("a000").await, Ok(None));
}

#[tokio::test]
async fn a_money_operation_is_found_by_exactly_its_reference_and_read_whole() {
    let rows = r#"{"Total":2,"MoneyTasks":[{"TaskID":"1","Reference":"fb:expense:7"},
        {"TaskID":"2fff","Reference":"fb:expense:77","TotalAmount":55.0}]}"#;
    let whole = r#"{"TaskID":"2FFF","Status":"COMPLETED","Note":"changed"}"#;
    let cin7 = Cin7::answering([json(rows), json(whole), json(whole), json(rows)]).await;
    let reader = cin7.reader();
    let found = reader.money_operations_referenced("fb:expense:77").await;
    assert_eq!(found.unwrap()[0].task_id, "2fff");
    let shown = reader.shown_money_operation("2fff").await.unwrap().unwrap();
    let told = shown.differences(r#"{"Note":"Fuel"}"#)[0].to_string();
    assert_eq!(told, "Note Fuel → changed");
    let other = reader.shown_money_operation("1").await;
    assert!(matches!(other, Err(Error::Transient(_))), "{other:?}");
    assert_eq!(reader.money_operations().await.unwrap().len(), 2);
    assert_eq!(reader.money_operations_referenced("").await, Ok(Vec::new()));
}

fn entry(day: &str) -> String {
    format!(
        r#"{{"TaskID":"t","DebitAccountCode":"400","CreditAccountCode":"800","Amount":"80.00",
        "EffectiveDate":"{day}T00:00:00","Reference":"B-321","Type":"Purchase"}}"#
    )
}

fn page(total: usize, entries: &[String]) -> String {
    let entries = entries.join(",");
    format!(r#"{{"Total":{total},"Page":1,"Transactions":[{entries}]}}"#)
}

#[tokio::test]
async fn entries_that_look_alike_are_all_kept_and_those_outside_of_the_period_are_not() {
    let alike = entry("2026-03-02");
    let first = page(4, &[alike.clone(), alike.clone()]);
    let second = page(4, &[alike, entry("2026-03-01")]);
    let cin7 = Cin7::answering([json(first), json(second)]).await;
    let entries = cin7
        .reader()
        .ledger_entries(date(2026, 3, 2), date(2026, 3, 31))
        .await
        .unwrap();
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[0].amount.to_string(), "80.00");
    insta::assert_snapshot!(cin7.lines(), @r"
    GET /ExternalApi/v2/transactions?Page=1&Limit=1000&FromDate=2026-03-01T00%3A00%3A00&ToDate=2026-04-01T00%3A00%3A00
    GET /ExternalApi/v2/transactions?Page=2&Limit=1000&FromDate=2026-03-01T00%3A00%3A00&ToDate=2026-04-01T00%3A00%3A00
    ");
}

#[tokio::test]
async fn a_ledger_that_moved_while_it_was_read_is_to_be_read_again() {
    let one = entry("2026-03-02");
    let mut sentences = Vec::new();
    for pages in [
        vec![page(2, std::slice::from_ref(&one)), page(2, &[])],
        vec![page(1, &[one.clone(), one.clone()])],
        vec![page(1, &[one.replace("80.00", "")])],
        vec![page(1, &[one.replace("2026-03-02T", "")])],
    ] {
        let cin7 = Cin7::answering(pages.into_iter().map(json)).await;
        let reader = cin7.reader();
        let read = reader.ledger_entries(date(2026, 3, 1), date(2026, 3, 31));
        let error = read.await.unwrap_err();
        assert!(matches!(error, Error::Transient(_)), "{error:?}");
        sentences.push(error.to_string());
    }
    insta::assert_snapshot!(sentences.join("\n"), @r"
    Cin7 gave no usable answer to GET /transactions: Transactions has 2 rows and showed 1
    Cin7 gave no usable answer to GET /transactions: Transactions has 1 rows and showed 2
    Cin7 gave no usable answer to GET /transactions: a row came without its amount
    Cin7 gave no usable answer to GET /transactions: a row came without its date
    ");
}
