//! Bills: what an echo must show before it is believed.

use std::sync::Arc;

use cin7::{Error, NewPurchasePayment, Unlimited, Writer};

use crate::bodies::{header, invoice, order, supplier};
use crate::canned::{Canned, Cin7, endpoint, failed, json};
use crate::faults::{cutting_server, web_page};
use crate::payments::payment;

const HEADER: &str = r#"{"ID":"9a1b","Status":"DRAFT","Type":"Service Purchase","SupplierID":"5e00",
    "Note":"fb:bill:321\r\nBill 321","OrderNumber":"PO-00102","Order":{"Status":"NOT AVAILABLE"},
    "Invoice":[{"TaskID":"7a5c","Status":"NOT AVAILABLE","InvoiceNumber":""}]}"#;
const ORDER: &str = r#"{"TaskID":"9a1b","Status":"AUTHORISED","Lines":[],
    "AdditionalCharges":[{"Total":80,"Tax":8}]}"#;
const INVOICE: &str = r#"{"PurchaseID":"9a1b","Invoices":[{"TaskID":"7a5c","Status":"AUTHORISED",
    "InvoiceNumber":"B-321","Lines":[],"AdditionalCharges":[{"Total":80.00,"Tax":8.00}]}]}"#;

fn told<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Uncertain(_)), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn a_bill_is_made_in_three_calls_with_the_very_texts_shown_beforehand() {
    let supplied = r#"{"Total":1,"Page":1,"SupplierList":[{"ID":"5e00","Name":"Paper Mill"}]}"#;
    let cin7 = Cin7::answering([supplied, HEADER, ORDER, INVOICE].map(json)).await;
    let writer = cin7.writer();
    let made = writer.create_supplier(&supplier()).await.unwrap();
    assert_eq!(made.value.id, "5e00");
    let purchase = writer.create_purchase(&header()).await.unwrap().value;
    assert!(purchase.is_marked("fb:bill:321") && !purchase.is_marked("fb:bill:32"));
    assert_eq!(purchase.order_number.as_deref(), Some("PO-00102"));
    assert_eq!(purchase.invoice_task(), "7a5c");
    let ordered = writer.post_purchase_order("9A1B", &order()).await.unwrap();
    assert_eq!(ordered.value.order_status.as_deref(), Some("AUTHORISED"));
    let sent = invoice();
    let invoiced = writer.post_purchase_invoice("9a1b", "7A5C", &sent);
    let invoiced = invoiced.await.unwrap().value;
    assert_eq!(invoiced.invoices[0].number.as_deref(), Some("B-321"));
    assert_eq!(
        invoiced.invoices[0].total.map(|total| total.to_string()),
        Some("88.00".to_owned())
    );
    let asked = cin7.asked();
    let sent: Vec<&str> = asked.iter().map(|asked| asked.body.as_str()).collect();
    assert_eq!(
        sent,
        [
            cin7::supplier_request(&supplier()),
            cin7::purchase_header_request(&header()),
            cin7::purchase_order_request("9A1B", &order()),
            cin7::purchase_invoice_request("9a1b", "7A5C", &invoice()),
        ]
    );
    insta::assert_snapshot!(cin7.lines(), @r"
    POST /ExternalApi/v2/supplier
    POST /ExternalApi/v2/advanced-purchase
    POST /ExternalApi/v2/purchase/order
    POST /ExternalApi/v2/advanced-purchase/invoice
    ");
}

#[tokio::test]
async fn the_task_of_an_invoice_is_read_from_every_shape_of_the_header() {
    for (body, task) in [
        (
            r#"{"ID":"9a1b","Invoice":{"Status":"NOT AVAILABLE"}}"#,
            "9a1b",
        ),
        (
            r#"{"ID":"9a1b","Invoice":{"TaskID":"7a5c","Status":"DRAFT"}}"#,
            "7a5c",
        ),
        (
            r#"{"ID":"9a1b","Invoice":[{"TaskID":"1","Status":"Voided"},{"TaskID":"2"}]}"#,
            "2",
        ),
        (r#"{"ID":"9a1b","Invoice":[]}"#, "9a1b"),
        (r#"{"ID":"9a1b","Invoice":null}"#, "9a1b"),
    ] {
        let cin7 = Cin7::answering([json(body)]).await;
        let made = cin7.writer().create_purchase(&header()).await.unwrap();
        assert_eq!(made.value.invoice_task(), task, "{body}");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_show_what_was_written_is_uncertain() {
    let mut sentences = Vec::new();
    for body in [r#"{"SupplierList":[]}"#, r#"{"Name":"Paper Mill"}"#] {
        let cin7 = Cin7::answering([json(body)]).await;
        sentences.push(told(cin7.writer().create_supplier(&supplier()).await));
    }
    for body in [r#"{"Status":"DRAFT"}"#, r#"{"ID":"1","Invoice":[7]}"#] {
        let cin7 = Cin7::answering([json(body)]).await;
        sentences.push(told(cin7.writer().create_purchase(&header()).await));
    }
    for body in [
        r#"{"TaskID":"9a1b","Status":"DRAFT"}"#,
        r#"{"TaskID":"9a1b","Status":"AUTHORISED","Lines":[],"AdditionalCharges":[]}"#,
        r#"{"TaskID":"1","Status":"AUTHORISED"}"#,
    ] {
        let cin7 = Cin7::answering([json(body)]).await;
        let posted = cin7.writer().post_purchase_order("9a1b", &order()).await;
        sentences.push(told(posted));
    }
    for body in [
        r#"{"PurchaseID":"9a1b","Invoices":[{"TaskID":"7a5c","Status":"DRAFT"}]}"#,
        r#"{"PurchaseID":"9a1b","Invoices":[{"TaskID":"other","Status":"PAID"}]}"#,
        r#"{"PurchaseID":"1","Invoices":[{"TaskID":"7a5c","Status":"PAID"}]}"#,
    ] {
        let cin7 = Cin7::answering([json(body)]).await;
        let writer = cin7.writer();
        let invoice = invoice();
        let posted = writer.post_purchase_invoice("9a1b", "7a5c", &invoice);
        sentences.push(told(posted.await));
    }
    insta::assert_snapshot!(sentences.join("\n"), @r"
    POST /supplier may or may not have been applied: it was answered without the id of the supplier
    POST /supplier may or may not have been applied: it was answered without the id of the supplier
    POST /advanced-purchase may or may not have been applied: it was answered without the id of the purchase
    POST /advanced-purchase may or may not have been applied: it was answered without the invoices of the purchase
    POST /purchase/order may or may not have been applied: it was answered without an authorised order
    POST /purchase/order may or may not have been applied: it was answered without the lines of the order
    POST /purchase/order may or may not have been applied: sent for purchase 9a1b, it was answered with purchase 1
    POST /advanced-purchase/invoice may or may not have been applied: it was answered without an authorised invoice of its task
    POST /advanced-purchase/invoice may or may not have been applied: it was answered without an authorised invoice of its task
    POST /advanced-purchase/invoice may or may not have been applied: sent for purchase 9a1b, it was answered with purchase 1
    ");
}

#[tokio::test]
async fn a_bare_invoice_is_read_as_that_of_the_purchase() {
    let body = r#"{"TaskID":"7a5c","Status":"PAID","AdditionalCharges":[{"Total":1,"Tax":0}]}"#;
    let cin7 = Cin7::answering([json(body)]).await;
    let writer = cin7.writer();
    let invoice = invoice();
    let posted = writer.post_purchase_invoice("9a1b", "7a5c", &invoice);
    let posted = posted.await.unwrap().value;
    assert_eq!(posted.id, "9a1b");
    assert_eq!(posted.invoices[0].total, Some(money::Decimal::ONE));
}

/// What the three ways back come to, each answered the same.
async fn all_three(answer: impl Fn() -> Canned) -> Vec<Result<cin7::Echo<cin7::Purchase>, Error>> {
    let cin7 = Cin7::answering([answer(), answer(), answer()]).await;
    let writer = cin7.writer();
    vec![
        writer.undo_purchase("9a1b").await,
        writer.void_purchase("9a1b").await,
        writer.undo_purchase_invoice("9a1b", "7a5c").await,
    ]
}

#[tokio::test]
async fn a_purchase_is_taken_back_at_the_address_shown_beforehand() {
    let undone = r#"{"ID":"9a1b","Invoice":[{"TaskID":"7a5c","Status":"DRAFT"}]}"#;
    let voided = r#"{"ID":"9a1b","Status":"VOIDED"}"#;
    let opened = r#"{"PurchaseID":"9a1b","Invoices":[{"TaskID":"7a5c","Status":"DRAFT"}]}"#;
    let success = r#"{"Success":true}"#;
    let cin7 = Cin7::answering([undone, voided, opened, success].map(json)).await;
    let writer = cin7.writer();
    assert!(writer.undo_purchase("9a1b").await.is_ok());
    assert!(writer.void_purchase("9a1b").await.is_ok());
    assert!(writer.undo_purchase_invoice("9a1b", "7a5c").await.is_ok());
    assert!(writer.delete_purchase_payment("c0ff").await.is_ok());
    let told = [
        cin7::undo_purchase_request("9a1b"),
        cin7::void_purchase_request("9a1b"),
        cin7::undo_purchase_invoice_request("7a5c"),
        cin7::delete_purchase_payment_request("c0ff"),
    ];
    insta::assert_snapshot!(told.join("\n"), @r"
    DELETE /advanced-purchase?ID=9a1b&Void=false
    DELETE /advanced-purchase?ID=9a1b&Void=true
    DELETE /advanced-purchase/invoice?TaskID=7a5c&Void=false
    DELETE /purchase/payment?ID=c0ff
    ");
    assert_eq!(
        cin7.lines(),
        told.join("\n").replace(" /", " /ExternalApi/v2/")
    );
}

#[tokio::test]
async fn a_200_that_does_not_show_the_purchase_taken_back_is_uncertain() {
    let as_before = r#"{"ID":"9a1b","Status":"INVOICED",
        "Invoice":[{"TaskID":"7a5c","Status":"AUTHORISED"}]}"#;
    let silent = r#"{"ID":"9a1b","Status":"ORDERED"}"#;
    for results in [
        all_three(|| json(as_before)).await,
        all_three(|| json(silent)).await,
        all_three(|| json(r#"{"ID":"1","Status":"VOIDED","Invoice":[{"TaskID":"7a5c"}]}"#)).await,
        all_three(web_page).await,
        all_three(|| failed(500, "")).await,
    ] {
        for result in results {
            told(result);
        }
    }
}

#[tokio::test]
async fn a_payment_of_a_bill_is_made_changed_and_believed_like_one_of_a_sale() {
    let echo = r#"{"PurchaseID":"9a1b","TaskID":"7a5c","ID":"c0ff","Type":"Payment","Amount":330.0,
        "Reference":"fb:payment:5","DatePaid":"2026-03-10T00:00:00","Account":"090"}"#;
    let cin7 = Cin7::answering([echo, echo].map(json)).await;
    let sent = NewPurchasePayment {
        task_id: "7a5c".to_owned(),
        ..payment()
    };
    let writer = cin7.writer();
    let made = writer.create_purchase_payment(&sent).await.unwrap();
    assert_eq!(made.value.sale_id.as_deref(), Some("9a1b"));
    assert!(writer.update_purchase_payment("C0FF", &sent).await.is_ok());
    insta::assert_snapshot!(cin7.lines(), @r"
    POST /ExternalApi/v2/advanced-purchase/payment
    PUT /ExternalApi/v2/advanced-purchase/payment
    ");
    let other = echo.replace("330.0", "33.0");
    let cin7 = Cin7::answering([json(other), json(echo)]).await;
    told(cin7.writer().create_purchase_payment(&sent).await);
    told(cin7.writer().update_purchase_payment("1", &sent).await);
}

#[tokio::test]
async fn a_lost_answer_leaves_every_write_of_a_bill_uncertain() {
    let address = cutting_server().await;
    let writer = Writer::new(endpoint(&address, Arc::new(Unlimited)));
    told(writer.create_supplier(&supplier()).await);
    told(writer.create_purchase(&header()).await);
    told(writer.post_purchase_order("9a1b", &order()).await);
    let invoice = invoice();
    told(writer.post_purchase_invoice("9a1b", "7a5c", &invoice).await);
    told(writer.create_purchase_payment(&payment()).await);
    told(writer.delete_purchase_payment("c0ff").await);
    told(writer.void_purchase("9a1b").await);
}

#[tokio::test]
async fn no_trail_keeps_the_people_of_a_purchase() {
    let body = r#"{"ID":"9a1b","Contact":"Pat Miller","Phone":"555","BillingAddress":{"Line1":"1 Mill Rd"}}"#;
    let cin7 = Cin7::answering([json(body)]).await;
    let made = cin7.writer().create_purchase(&header()).await.unwrap();
    assert_eq!(made.response, r#"{"ID":"9a1b"}"#);
}
