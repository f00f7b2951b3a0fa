//! Journals and money operations: what an echo must show before it is believed.

use std::sync::Arc;

use cin7::{Error, Unlimited, Writer};

use crate::bodies::{journal, operation};
use crate::canned::{Cin7, endpoint, failed, json};
use crate::faults::cutting_server;

const JOURNAL: &str = r#"{"Total":1,"Page":1,"Journals":[{"TaskID":"a000","Status":"COMPLETED",
    "JournalNumber":"JR-00010","Narration":"fb:journal:42","Lines":[{"Amount":120.0,"BaseAmount":120}]}]}"#;
const OPERATION: &str = r#"{"TaskID":"2fff","TaskType":"Spend Money","Status":"DRAFT",
    "Reference":"fb:expense:77","TaxInclusive":"false","Lines":[{"Tax":5.0,"Total":50.0}],"Transactions":[]}"#;

fn told<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Uncertain(_)), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn entries_are_made_changed_and_taken_back_at_the_addresses_shown_beforehand() {
    let entry = |id: &str, status: &str| format!(r#"{{"TaskID":"{id}","Status":"{status}"}}"#);
    let cin7 = Cin7::answering([
        json(JOURNAL),
        json(JOURNAL),
        json(format!(r#"{{"Journals":[{}]}}"#, entry("a000", "DRAFT"))),
        json(entry("a000", "Voided")),
        json(OPERATION),
        json(OPERATION),
        json(entry("2fff", "DRAFT")),
        json(entry("2FFF", "VOIDED")),
    ])
    .await;
    let writer = cin7.writer();
    let made = writer.create_journal(&journal()).await.unwrap().value;
    assert!(made.is_completed());
    assert_eq!(made.number.as_deref(), Some("JR-00010"));
    assert!(writer.update_journal("A000", &journal()).await.is_ok());
    assert!(writer.undo_journal("a000").await.is_ok());
    assert!(writer.void_journal("a000").await.is_ok());
    let made = writer.create_money_operation(&operation()).await.unwrap();
    assert!(!made.value.is_completed());
    let updated = writer.update_money_operation("2fff", &operation()).await;
    assert!(updated.is_ok());
    assert!(writer.undo_money_operation("2fff").await.is_ok());
    assert!(writer.void_money_operation("2fff").await.is_ok());

    let asked = cin7.asked();
    assert_eq!(asked[0].body, cin7::journal_request(&journal()));
    assert_eq!(
        asked[1].body,
        cin7::journal_update_request("A000", &journal())
    );
    assert_eq!(asked[4].body, cin7::money_operation_request(&operation()));
    let told = [
        "POST /journal",
        "PUT /journal",
        &cin7::undo_journal_request("a000"),
        &cin7::void_journal_request("a000"),
        "POST /moneyOperation",
        "PUT /moneyOperation",
        &cin7::undo_money_operation_request("2fff"),
        &cin7::void_money_operation_request("2fff"),
    ];
    insta::assert_snapshot!(told.join("\n"), @r"
    POST /journal
    PUT /journal
    DELETE /journal?ID=a000&Void=false
    DELETE /journal?ID=a000&Void=true
    POST /moneyOperation
    PUT /moneyOperation
    DELETE /moneyOperation?ID=2fff&Void=false
    DELETE /moneyOperation?ID=2fff&Void=true
    ");
    assert_eq!(
        cin7.lines(),
        told.join("\n").replace(" /", " /ExternalApi/v2/")
    );
}

#[tokio::test]
async fn an_answer_that_does_not_show_the_entry_as_it_was_sent_is_uncertain() {
    let mut sentences = Vec::new();
    for body in [
        r#"{"Journals":[]}"#.to_owned(),
        JOURNAL.replace("journal:42", "journal:4"),
        JOURNAL.replace("120.0", "12.0"),
        r#"{"TaskID":"a000","Narration":"fb:journal:42"}"#.to_owned(),
    ] {
        let cin7 = Cin7::answering([json(body)]).await;
        sentences.push(told(cin7.writer().create_journal(&journal()).await));
    }
    for body in [
        OPERATION.replace("TaskID", "ID"),
        OPERATION.replace("expense:77", "expense:7"),
        OPERATION.replace("5.0,", "0.5,"),
    ] {
        let cin7 = Cin7::answering([json(body)]).await;
        let made = cin7.writer().create_money_operation(&operation()).await;
        sentences.push(told(made));
    }
    let cin7 = Cin7::answering([json(JOURNAL), json(OPERATION)]).await;
    let writer = cin7.writer();
    sentences.push(told(writer.update_journal("1", &journal()).await));
    let other = writer.update_money_operation("1", &operation()).await;
    sentences.push(told(other));
    let cin7 = Cin7::answering([json(JOURNAL), json(OPERATION)]).await;
    sentences.push(told(cin7.writer().void_journal("a000").await));
    sentences.push(told(cin7.writer().void_money_operation("2fff").await));
    insta::assert_snapshot!(sentences.join("\n"), @r"
    POST /journal may or may not have been applied: it was answered without the id of the journal
    POST /journal may or may not have been applied: it was answered without the narration it was sent with
    POST /journal may or may not have been applied: it was answered without the amounts it was sent with
    POST /journal may or may not have been applied: it was answered without the amounts it was sent with
    POST /moneyOperation may or may not have been applied: it was answered without the id of the task
    POST /moneyOperation may or may not have been applied: it was answered without the reference it was sent with
    POST /moneyOperation may or may not have been applied: it was answered without the amounts it was sent with
    PUT /journal may or may not have been applied: sent for journal 1, it was answered with journal a000
    PUT /moneyOperation may or may not have been applied: sent for money operation 1, it was answered with money operation 2fff
    DELETE /journal may or may not have been applied: it was answered with status COMPLETED, not VOIDED
    DELETE /moneyOperation may or may not have been applied: it was answered with status DRAFT, not VOIDED
    ");
}

#[tokio::test]
async fn a_refused_journal_tells_cin7s_words_and_a_lost_answer_leaves_it_uncertain() {
    let words = r#"[{"ErrorCode":400,"Exception":"Journals are not available."}]"#;
    let cin7 = Cin7::answering([failed(400, words)]).await;
    let refused = cin7.writer().create_journal(&journal()).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(_)));
    insta::assert_snapshot!(refused, @"Cin7 refused POST /journal: Journals are not available");
    let address = cutting_server().await;
    let writer = Writer::new(endpoint(&address, Arc::new(Unlimited)));
    told(writer.create_journal(&journal()).await);
    told(writer.update_journal("a000", &journal()).await);
    told(writer.void_journal("a000").await);
    told(writer.create_money_operation(&operation()).await);
    told(writer.void_money_operation("2fff").await);
}
