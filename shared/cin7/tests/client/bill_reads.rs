//! Bills: which rows of a list are believed, and how a purchase is found by its marks.

use cin7::Error;

use crate::canned::{Cin7, failed, json};

#[tokio::test]
async fn a_supplier_is_found_by_exactly_its_name_among_all_that_an_ignored_filter_returns() {
    let rows = r#"{"Total":3,"SupplierList":[{"ID":"1","Name":"PAPER mill","Currency":"USD"},
        {"ID":"2","Name":"Paper Mill West"},{"ID":"3","Name":"Paper Mill","Status":"Deprecated"}]}"#;
    let cin7 = Cin7::answering([json(rows)]).await;
    let reader = cin7.reader();
    let found = reader.suppliers_named(" Paper Mill ").await.unwrap();
    let ids: Vec<&str> = found.iter().map(|supplier| supplier.id.as_str()).collect();
    assert_eq!(ids, ["1"]);
    assert_eq!(reader.suppliers_named(" ").await, Ok(Vec::new()));
    insta::assert_snapshot!(cin7.lines(), @"GET /ExternalApi/v2/supplier?Page=1&Limit=1000&Name=Paper+Mill");
}

#[tokio::test]
async fn a_bill_is_found_by_exactly_its_number() {
    let rows = r#"{"Total":3,"PurchaseList":[{"ID":"1","InvoiceNumber":"B-32"},
        {"ID":"2","InvoiceNumber":" B-321 ","InvoiceAmount":"88.00","PaidAmount":null,
         "SupplierCurrency":"USD","InvoiceStatus":"PAID","Status":"COMPLETED / CREDIT NOTE CLOSED",
         "InvoiceDate":"2026-03-02T00:00:00","LastUpdatedDate":"2026-03-10T09:00:00.1234567Z"},
        {"ID":"3","OrderNumber":"B-321"}]}"#;
    let cin7 = Cin7::answering([json(rows)]).await;
    let reader = cin7.reader();
    let found = reader.purchases_numbered("B-321").await.unwrap();
    insta::assert_debug_snapshot!(found, @r#"
    [
        PurchaseRow {
            purchase_id: "2",
            order_number: "",
            status: "COMPLETED / CREDIT NOTE CLOSED",
            invoice_status: Some(
                "PAID",
            ),
            supplier_id: None,
            invoice_number: Some(
                " B-321 ",
            ),
            invoice_date: Some(
                2026-03-02,
            ),
            invoice_amount: Some(
                88.00,
            ),
            paid_amount: None,
            currency: Some(
                Currency(
                    [
                        85,
                        83,
                        68,
                    ],
                ),
            ),
            updated: Some(
                2026-03-10T09:00:00.1234567Z,
            ),
        },
    ]
    "#);
    assert_eq!(reader.purchases_numbered("").await, Ok(Vec::new()));
    insta::assert_snapshot!(cin7.lines(), @"GET /ExternalApi/v2/purchaseList?Page=1&Limit=1000&Search=B-321");
}

#[tokio::test]
async fn a_header_is_looked_for_among_its_suppliers_purchases_alone() {
    let rows = r#"{"Total":4,"PurchaseList":[{"ID":"1","SupplierID":"5E00"},
        {"ID":"2","SupplierID":"other"},{"ID":"3"},{"ID":"4","SupplierID":"5e00"}]}"#;
    let missing = r#"[{"ErrorCode":400,"Exception":"Purchase with specified ID not found"}]"#;
    let cin7 = Cin7::answering([
        json(rows),
        json(r#"{"ID":"1","Note":"fb:bill:32"}"#),
        json(r#"{"ID":"3","Note":"paid twice, see fb:bill:321"}"#),
        failed(400, missing),
    ])
    .await;
    let since = "2026-03-01T10:00:00+02:00".parse().unwrap();
    let reader = cin7.reader();
    let found = reader.purchases_marked("fb:bill:321", "5e00", since);
    let ids: Vec<String> = found.await.unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(ids, ["3"]);
    insta::assert_snapshot!(cin7.lines(), @r"
    GET /ExternalApi/v2/purchaseList?Page=1&Limit=1000&UpdatedSince=2026-03-01T08%3A00%3A00.000Z
    GET /ExternalApi/v2/advanced-purchase?ID=1
    GET /ExternalApi/v2/advanced-purchase?ID=3
    GET /ExternalApi/v2/advanced-purchase?ID=4
    ");
}

#[tokio::test]
async fn another_purchase_than_the_one_asked_for_is_not_believed() {
    let cin7 = Cin7::answering([json(r#"{"ID":"1"}"#), json(r#"{"ID":"1"}"#)]).await;
    insta::assert_snapshot!(cin7.reader().purchase("9a1b").await.unwrap_err(), @"Cin7 gave no usable answer to GET /advanced-purchase: asked for 9a1b, it showed 1");
    let shown = cin7.reader().shown_purchase("9a1b").await;
    assert!(matches!(shown, Err(Error::Transient(_))), "{shown:?}");
}

#[tokio::test]
async fn a_purchase_is_summed_up_with_what_stands_on_it() {
    let body = r#"{"ID":"9a1b","Status":"INVOICED","Order":{"Lines":[]},
        "Invoice":{"TaskID":"9a1b","Status":"AUTHORISED","InvoiceDate":"2026-03-02T00:00:00",
            "Lines":[],"AdditionalCharges":[{"Description":"Imported cost","Quantity":1,"Price":80.0,
            "Total":80.00,"Tax":8.00}]},
        "CreditNote":[{"Status":"NOT AVAILABLE"},{"Status":"AUTHORISED","CreditNoteNumber":"CN-1"}],
        "StockReceived":[{"Status":"NOT AVAILABLE"}],"PutAway":[{"Status":"AUTHORISED"}],
        "ManualJournals":{"Status":"NOT AVAILABLE"}}"#;
    let cin7 = Cin7::answering([json(body)]).await;
    let shown = cin7.reader().shown_purchase("9a1b").await;
    let shown = shown.unwrap().unwrap();
    assert_eq!(shown.dependents(), ["credit note CN-1", "received stock"]);
    insta::assert_snapshot!(shown.summary(), @"AUTHORISED, 2026-03-02, total 88.00: 1 × Imported cost @ 80");
    let missing = shown.invoice_differences(r#"{"TaskID":"other","AdditionalCharges":[]}"#);
    assert_eq!(missing[0].what, "invoice");
    assert_eq!(shown.order_differences("{cut")[0].sent, "unreadable");
    assert_eq!(shown.header_differences("{cut")[0].what, "header");
}

#[tokio::test]
async fn the_payments_of_a_purchase_are_those_that_do_not_name_another() {
    let rows = r#"[{"ID":"1","PurchaseID":"9A1B","Amount":"10.50"},
        {"ID":"2","PurchaseID":"other","Amount":1},{"ID":"3","Amount":5}]"#;
    let cin7 = Cin7::answering([json(rows)]).await;
    let payments = cin7.reader().purchase_payments("9a1b").await.unwrap();
    let ids: Vec<&str> = payments.iter().map(|payment| payment.id.as_str()).collect();
    assert_eq!(ids, ["1", "3"]);
    insta::assert_snapshot!(cin7.lines(), @"GET /ExternalApi/v2/advanced-purchase/payment?PurchaseID=9a1b");
}
