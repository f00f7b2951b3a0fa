//! Undoing and voiding: what is sent, and what an answer has to show before it is believed.

use std::sync::Arc;

use cin7::{Error, Unlimited, Writer};

use crate::canned::{Canned, Cin7, endpoint, failed, json};
use crate::faults::{cutting_server, web_page};

const UNDONE: &str = r#"{"ID":"9b0d","Status":"ORDERING","Order":{"Status":"DRAFT"},
    "Invoices":[{"TaskID":"9b0d","Status":"DRAFT"}]}"#;
const VOIDED: &str =
    r#"{"ID":"9b0d","Status":"VOIDED","Invoices":[{"TaskID":"9b0d","Status":"VOIDED"}]}"#;
const AS_BEFORE: &str =
    r#"{"ID":"9b0d","Status":"INVOICED","Invoices":[{"TaskID":"9b0d","Status":"AUTHORISED"}]}"#;
const OTHER: &str =
    r#"{"ID":"1","Status":"VOIDED","Invoices":[{"TaskID":"9b0d","Status":"DRAFT"}]}"#;

/// What the three ways back come to, each answered the same.
async fn all_three(answer: impl Fn() -> Canned) -> Vec<Error> {
    let cin7 = Cin7::answering([answer(), answer(), answer()]).await;
    let writer = cin7.writer();
    vec![
        writer.undo_sale("9b0d").await.unwrap_err(),
        writer.void_sale("9b0d").await.unwrap_err(),
        writer.undo_invoice("9b0d", "9b0d").await.unwrap_err(),
    ]
}

#[tokio::test]
async fn a_sale_is_undone_voided_and_its_invoice_undone_at_the_address_shown_beforehand() {
    let invoice = r#"{"SaleID":"9b0d","Invoices":[{"TaskID":"7a5c","Status":"DRAFT"}]}"#;
    let cin7 = Cin7::answering([json(UNDONE), json(VOIDED), json(invoice)]).await;
    let writer = cin7.writer();
    let undone = writer.undo_sale("9B0D").await.unwrap();
    let voided = writer.void_sale("9b0d").await.unwrap();
    let opened = writer.undo_invoice("9b0d", "7a5c").await.unwrap();

    assert_eq!(undone.value.order_status.as_deref(), Some("DRAFT"));
    assert_eq!(undone.response, UNDONE);
    assert_eq!(voided.value.status, "VOIDED");
    assert_eq!(opened.value.invoices[0].status, "DRAFT");
    insta::assert_snapshot!(cin7.lines(), @r"
    DELETE /ExternalApi/v2/sale?ID=9B0D&Void=false
    DELETE /ExternalApi/v2/sale?ID=9b0d&Void=true
    DELETE /ExternalApi/v2/sale/invoice?TaskID=7a5c&Void=false
    ");
    let told = [
        cin7::undo_sale_request("9B0D"),
        cin7::void_sale_request("9b0d"),
        cin7::undo_invoice_request("7a5c"),
    ];
    assert_eq!(
        cin7.lines(),
        told.join("\n").replace(" /", " /ExternalApi/v2/")
    );
}

#[tokio::test]
async fn an_answer_that_does_not_show_the_document_undone_leaves_it_uncertain() {
    let mut sentences = Vec::new();
    for body in [AS_BEFORE, OTHER, r#"{"Success":true}"#, "[]"] {
        for error in all_three(|| json(body)).await {
            assert!(matches!(error, Error::Uncertain(_)), "{body}: {error:?}");
            sentences.push(error.to_string());
        }
    }
    insta::assert_snapshot!(sentences.join("\n"), @r"
    DELETE /sale may or may not have been applied: it was answered without a sale whose invoices are all open again
    DELETE /sale may or may not have been applied: it was answered without a voided sale
    DELETE /sale/invoice may or may not have been applied: it was answered without an invoice that is open again
    DELETE /sale may or may not have been applied: sent for sale 9b0d, it was answered with sale 1
    DELETE /sale may or may not have been applied: sent for sale 9b0d, it was answered with sale 1
    DELETE /sale/invoice may or may not have been applied: sent for sale 9b0d, it was answered with sale 1
    DELETE /sale may or may not have been applied: it was answered without the invoices of the sale
    DELETE /sale may or may not have been applied: it was answered without the id of the sale
    DELETE /sale/invoice may or may not have been applied: it was answered without the id of the sale
    DELETE /sale may or may not have been applied: it was answered without the invoices of the sale
    DELETE /sale may or may not have been applied: it was answered without the id of the sale
    DELETE /sale/invoice may or may not have been applied: it was answered without the id of the sale
    ");
}

#[tokio::test]
async fn an_undo_is_not_believed_to_be_a_void_nor_the_other_way_round() {
    let still_there = r#"{"ID":"9b0d","Status":"VOIDED","Invoices":[{"Status":"AUTHORISED"}]}"#;
    let cin7 = Cin7::answering([json(UNDONE), json(still_there)]).await;
    let voided = cin7.writer().void_sale("9b0d").await;
    assert!(matches!(voided, Err(Error::Uncertain(_))), "{voided:?}");
    let undone = cin7.writer().undo_sale("9b0d").await;
    assert!(matches!(undone, Err(Error::Uncertain(_))), "{undone:?}");
}

#[tokio::test]
async fn a_lost_answer_leaves_every_undo_and_void_uncertain() {
    let address = cutting_server().await;
    let writer = Writer::new(endpoint(&address, Arc::new(Unlimited)));
    let mut errors = vec![
        writer.undo_sale("9b0d").await.unwrap_err(),
        writer.void_sale("9b0d").await.unwrap_err(),
        writer.undo_invoice("9b0d", "9b0d").await.unwrap_err(),
    ];
    errors.extend(all_three(|| failed(500, "")).await);
    errors.extend(all_three(|| failed(204, "")).await);
    errors.extend(all_three(web_page).await);
    for error in errors {
        assert!(matches!(error, Error::Uncertain(_)), "{error:?}");
        assert!(error.to_string().starts_with("DELETE /sale"), "{error}");
    }
}

#[tokio::test]
async fn a_refused_undo_was_not_executed_and_tells_cin7s_words() {
    let words =
        r#"[{"ErrorCode":400,"Exception":"This method is available for Advanced Sale only"}]"#;
    let errors = all_three(|| failed(400, words)).await;
    let sentences: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(
        errors
            .iter()
            .all(|error| matches!(error, Error::Refused(_)))
    );
    insta::assert_snapshot!(sentences.join("\n"), @r"
    Cin7 refused DELETE /sale: This method is available for Advanced Sale only
    Cin7 refused DELETE /sale: This method is available for Advanced Sale only
    Cin7 refused DELETE /sale/invoice: This method is available for Advanced Sale only
    ");
    for error in
        all_three(|| failed(503, "You have reached 60 calls per 60 seconds API limit.")).await
    {
        assert!(matches!(error, Error::Throttled { .. }), "{error:?}");
    }
}
