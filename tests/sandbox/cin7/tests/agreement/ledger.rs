//! Journals, money operations and the ledger.

use cin7::{EntryStatus, Error, MoneyLineNames, NewMoneyOperation};
use cin7_stand_in::{AttachedAccounting, Completion};
use jiff::civil::date;
use money::Decimal;

use crate::bench::{Bench, journal, operation};

#[tokio::test]
async fn a_journal_is_completed_found_compared_and_voided() {
    let bench = Bench::start().await;
    let sent = journal(EntryStatus::Completed);
    let made = bench.writer.create_journal(&sent).await.unwrap().value;
    assert!(made.is_completed());
    assert_eq!(made.base_amount, Some(Decimal::new(12005, 2)));
    let reader = bench.reader();
    let found = reader.journals_narrated(&sent.narration).await;
    assert_eq!(found, Ok(vec![made.clone()]));
    assert_eq!(
        reader
            .journals_narrated("freshbooks:AbC123:journal:4")
            .await,
        Ok(Vec::new())
    );
    let text = cin7::journal_request(&sent);
    let shown = reader.shown_journal(&made.task_id).await.unwrap().unwrap();
    assert_eq!(shown.differences(&text), []);

    let task_id = made.task_id.parse().unwrap();
    bench
        .stand_in
        .change_journal(&bench.keys, task_id, |journal| {
            journal.lines[1].amount = Decimal::new(6, 2);
            let extra = journal.lines[0].clone();
            journal.lines.push(extra);
        });
    let shown = reader.shown_journal(&made.task_id).await.unwrap().unwrap();
    let told = shown.differences(&text);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 2 Amount 0.05 → 0.06",
            "line 3 nothing → \u{201c}debit 400, credit 090: 120\u{201d}"
        ]
    );
    let voided = bench.writer.void_journal(&made.task_id).await.unwrap();
    assert_eq!(voided.value.status, "VOIDED");
    assert_eq!(reader.journals().await.unwrap()[0].status, "VOIDED");
}

#[tokio::test]
async fn a_journal_left_as_a_draft_is_completed_by_sending_it_again() {
    let bench =
        Bench::quirky(|quirks| quirks.ledger.journal_completion = Completion::AsDraft).await;
    let sent = journal(EntryStatus::Completed);
    let made = bench.writer.create_journal(&sent).await.unwrap().value;
    assert!(!made.is_completed());
    let updated = bench.writer.update_journal(&made.task_id, &sent).await;
    assert!(updated.unwrap().value.is_completed());
    let undone = bench.writer.undo_journal(&made.task_id).await.unwrap();
    assert_eq!(undone.value.status, "DRAFT");
}

#[tokio::test]
async fn where_journals_are_not_available_the_client_says_so_in_cin7s_words() {
    let bench = Bench::start().await;
    bench.stand_in.change_account(&bench.keys, |account| {
        account.attached_accounting = Some(AttachedAccounting::Xero);
    });
    let refused = bench
        .writer
        .create_journal(&journal(EntryStatus::Draft))
        .await;
    let Err(Error::Refused(sentence)) = refused else {
        return assert!(refused.is_err());
    };
    assert!(sentence.contains("not available"), "{sentence}");
}

#[tokio::test]
async fn spent_money_is_booked_found_compared_and_voided() {
    let bench = Bench::start().await;
    let sent = operation(EntryStatus::Completed);
    let made = bench.writer.create_money_operation(&sent).await.unwrap();
    let made = made.value;
    assert!(made.is_completed());
    assert_eq!(made.total, Some(Decimal::from(55)));
    assert_eq!(made.booked, Some(Decimal::from(55)));
    let reader = bench.reader();
    let rows = reader.money_operations_referenced(&sent.reference).await;
    assert_eq!(rows.unwrap()[0].total, Some(Decimal::from(55)));
    assert_eq!(reader.money_operations().await.unwrap().len(), 1);
    let shown = reader.shown_money_operation(&made.task_id).await;
    let shown = shown.unwrap().unwrap();
    assert_eq!(shown.status(), "COMPLETED");
    let text = cin7::money_operation_request(&sent);
    assert_eq!(shown.differences(&text), []);
    let undone = bench.writer.undo_money_operation(&made.task_id).await;
    assert_eq!(undone.unwrap().value.booked, None);
    let updated = bench.writer.update_money_operation(&made.task_id, &sent);
    assert!(updated.await.unwrap().value.is_completed());
    let voided = bench.writer.void_money_operation(&made.task_id).await;
    assert_eq!(voided.unwrap().value.status, "VOIDED");
}

#[tokio::test]
async fn bank_numbers_and_the_tables_names_are_sent_where_the_caller_says_so() {
    let bench = Bench::quirky(|quirks| {
        quirks.ledger.bank_account_by_number = true;
        quirks.ledger.money_lines_named_by_the_table = true;
    })
    .await;
    let sent = operation(EntryStatus::Completed);
    let refused = bench.writer.create_money_operation(&sent).await;
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    let sent = NewMoneyOperation {
        bank_account: "01-0000-090".to_owned(),
        line_names: MoneyLineNames::Table,
        ..sent
    };
    let made = bench.writer.create_money_operation(&sent).await.unwrap();
    let shown = bench.reader().shown_money_operation(&made.value.task_id);
    let shown = shown.await.unwrap().unwrap();
    let text = cin7::money_operation_request(&sent);
    assert_eq!(shown.differences(&text), []);
}

#[tokio::test]
async fn the_ledger_is_read_from_day_to_day_whichever_way_the_bounds_count() {
    for inclusive in [false, true] {
        let bench = Bench::quirky(|quirks| {
            quirks.ledger.transaction_bounds_are_inclusive = inclusive;
        })
        .await;
        let sent = operation(EntryStatus::Completed);
        bench.writer.create_money_operation(&sent).await.unwrap();
        let journal = journal(EntryStatus::Completed);
        bench.writer.create_journal(&journal).await.unwrap();
        let reader = bench.reader();
        for (from, to, count) in [
            (date(2026, 3, 4), date(2026, 3, 31), 4),
            (date(2026, 3, 4), date(2026, 3, 4), 2),
            (date(2026, 3, 5), date(2026, 3, 30), 0),
        ] {
            let entries = reader.ledger_entries(from, to).await.unwrap();
            assert_eq!(entries.len(), count, "{from} to {to}, {inclusive}");
        }
    }
}
