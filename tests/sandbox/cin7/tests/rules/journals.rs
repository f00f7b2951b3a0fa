//! `/journal`.

use cin7_stand_in::{AttachedAccounting, Completion, LedgerStatus};

use crate::bench::{Bench, with, without};

const JOURNAL: &str = r#"{"Status": "COMPLETED", "Currency": "USD", "CurrencyConversionRate": 1,
    "EffectiveDate": "2026-03-31T00:00:00", "Narration": "freshbooks:AbC123:journal:42",
    "Notes": "Month end", "Lines": [{"Debit": "400", "Credit": "090", "Amount": 120.0,
    "BaseAmount": 120.0, "Reference": "42/1"}]}"#;

fn line(change: &str) -> String {
    let line = r#"{"Debit": "400", "Credit": "090", "Amount": 10, "BaseAmount": 10}"#;
    format!(r#"{{"Lines": [{}]}}"#, with(line, change))
}

#[tokio::test]
async fn a_journal_is_completed_at_once_and_found_by_its_narration() {
    let bench = Bench::start().await;
    let answer = bench.make("journal", JOURNAL).await;
    assert_eq!(answer.at("/Journals/0/Status"), "COMPLETED");
    assert_eq!(answer.at("/Journals/0/JournalNumber"), "JR-00001");
    let id = answer.at("/Journals/0/TaskID");
    for (filter, total) in [
        ("Search=journal:42".to_owned(), "1"),
        ("Search=month END".to_owned(), "1"),
        ("Search=42/1".to_owned(), "0"),
        (format!("TaskID={id}"), "1"),
        ("Status=draft".to_owned(), "0"),
        ("UpdatedSince=2030-01-01".to_owned(), "1"),
    ] {
        let found = bench.get(&format!("journal?{filter}")).await;
        assert_eq!(found.at("/Total"), total, "{filter}");
    }
    let body = with(JOURNAL, &format!(r#"{{"TaskID": "{id}"}}"#));
    let answer = bench.put("journal", &body).await;
    answer.assert_refused("Journal status must be DRAFT");
}

#[tokio::test]
async fn a_journal_that_breaks_a_rule_is_refused() {
    let bench = Bench::start().await;
    for name in [
        "Status",
        "Currency",
        "CurrencyConversionRate",
        "EffectiveDate",
    ] {
        let answer = bench.post("journal", &without(JOURNAL, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    for name in ["Debit", "Credit", "Amount", "BaseAmount"] {
        let lines = line(&format!(r#"{{"{name}": null}}"#));
        let answer = bench.post("journal", &with(JOURNAL, &lines)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    let system = "is a system account and cannot be used in a manual journal";
    for (change, sentence) in [
        (
            r#"{"Status": "VOIDED"}"#.to_owned(),
            "Status must be DRAFT or COMPLETED.".to_owned(),
        ),
        (
            r#"{"Currency": "EUR"}"#.to_owned(),
            "Manual journals are handled in the base currency".to_owned(),
        ),
        (
            r#"{"Lines": []}"#.to_owned(),
            "Journal without lines cannot be completed".to_owned(),
        ),
        (
            line(r#"{"Debit": "nope"}"#),
            "Account with specified ID not found".to_owned(),
        ),
        (
            line(r#"{"Debit": "610"}"#),
            format!("Account '610' {system}"),
        ),
        (
            line(r#"{"Credit": "800"}"#),
            format!("Account '800' {system}"),
        ),
        (
            line(r#"{"Amount": 0, "BaseAmount": 0}"#),
            "Amount must be above 0.".to_owned(),
        ),
        (
            line(r#"{"Amount": 1.005}"#),
            "Attribute Amount has more than 2 decimal places.".to_owned(),
        ),
        (
            line(r#"{"BaseAmount": 10.02}"#),
            "BaseAmount doesn't match Amount and CurrencyConversionRate".to_owned(),
        ),
    ] {
        let answer = bench.post("journal", &with(JOURNAL, &change)).await;
        answer.assert_refused(&sentence);
    }
}

#[tokio::test]
async fn one_call_may_leave_a_draft_or_be_refused() {
    let bench =
        Bench::quirky(|quirks| quirks.ledger.journal_completion = Completion::AsDraft).await;
    let answer = bench.make("journal", JOURNAL).await;
    assert_eq!(answer.at("/Journals/0/Status"), "DRAFT");
    let id = answer.at("/Journals/0/TaskID");
    let body = with(JOURNAL, &format!(r#"{{"TaskID": "{id}"}}"#));
    let answer = bench.put("journal", &body).await;
    assert_eq!(answer.at("/Journals/0/Status"), "COMPLETED");
    assert_eq!(answer.at("/Journals/0/JournalNumber"), "JR-00001");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.ledger.journal_completion = Completion::Refused;
    });
    let answer = bench.post("journal", JOURNAL).await;
    answer.assert_refused("Status must be DRAFT for a new task");
    let draft = with(JOURNAL, r#"{"Status": "DRAFT", "Lines": []}"#);
    bench.make("journal", &draft).await;
}

#[tokio::test]
async fn system_accounts_and_foreign_currencies_are_quirks() {
    let bench = Bench::quirky(|quirks| {
        quirks.ledger.journals_reach_receivable_and_payable = true;
        quirks.ledger.journals_stay_off_system_accounts = true;
        quirks.ledger.journals_in_foreign_currency = true;
    })
    .await;
    let receivable = with(JOURNAL, &line(r#"{"Debit": "610"}"#));
    bench.make("journal", &receivable).await;
    let answer = bench
        .post("journal", &with(JOURNAL, &line(r#"{"Debit": "820"}"#)))
        .await;
    answer
        .assert_refused("Account '820' is a system account and cannot be used in a manual journal");
    let foreign = with(
        JOURNAL,
        r#"{"Currency": "EUR", "CurrencyConversionRate": 1.1, "Lines": [{"Debit": "400",
            "Credit": "091", "Amount": 10.05, "BaseAmount": 11.06}]}"#,
    );
    bench.make("journal", &foreign).await;
}

#[tokio::test]
async fn journals_are_not_available_while_an_accounting_system_is_attached() {
    for attached in [AttachedAccounting::Xero, AttachedAccounting::QuickBooks] {
        let bench = Bench::start().await;
        bench.stand_in.change_account(&bench.keys, |account| {
            account.attached_accounting = Some(attached);
        });
        let answer = bench.post("journal", JOURNAL).await;
        answer.assert_refused(
            "Manual journals are not available while an accounting system is attached",
        );
        bench.stand_in.change_account(&bench.keys, |account| {
            account.quirks.ledger.journals_beside_attached_accounting = true;
        });
        bench.make("journal", JOURNAL).await;
    }
}

#[tokio::test]
async fn a_journal_is_undone_voided_and_kept_out_of_locked_periods() {
    let bench = Bench::start().await;
    let made = bench.make("journal", JOURNAL).await;
    let id = made.at("/Journals/0/TaskID");
    let undone = bench.delete(&format!("journal?ID={id}&Void=false")).await;
    assert_eq!(undone.at("/Journals/0/Status"), "DRAFT");
    let voided = bench.delete(&format!("journal?ID={id}&Void=true")).await;
    assert_eq!(voided.at("/Journals/0/Status"), "VOIDED");
    assert_eq!(voided.at("/Journals/0/Lines"), "[]");
    let again = bench.delete(&format!("journal?ID={id}&Void=true")).await;
    again.assert_refused("Journal is already VOIDED");
    let lock_date = Some("2026-03-31".parse().unwrap());
    bench
        .stand_in
        .change_account(&bench.keys, |account| account.lock_date = lock_date);
    let answer = bench.post("journal", JOURNAL).await;
    answer.assert_refused(
        "EffectiveDate 2026-03-31 is within the locked period (Lock Date 2026-03-31)",
    );
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.ledger.locked_periods_are_open = true;
    });
    bench.make("journal", JOURNAL).await;
}

#[tokio::test]
async fn a_person_voids_a_journal_in_cin7() {
    let bench = Bench::start().await;
    bench.make("journal", JOURNAL).await;
    let id = bench.stand_in.journals(&bench.keys)[0].task_id;
    let void = |journal: &mut cin7_stand_in::Journal| journal.status = LedgerStatus::Voided;
    assert!(bench.stand_in.change_journal(&bench.keys, id, void));
    let found = bench.get("journal?Status=VOIDED").await;
    assert_eq!(found.at("/Total"), "1");
}
