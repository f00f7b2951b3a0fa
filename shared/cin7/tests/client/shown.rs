//! A sale kept whole for comparison.

use cin7::Error;

use crate::canned::{Cin7, failed, json};
use crate::writes::invoice;

#[tokio::test]
async fn a_sale_is_read_whole_and_compared_with_the_very_text_that_was_sent() {
    let copy = |price: &str| {
        json(format!(
            r#"{{"ID":"9B0D","Status":"INVOICED","CustomerID":"7a1f","Invoices":[{{"TaskID":"9b0d","Status":"AUTHORISED",
            "InvoiceDate":"2026-03-01T00:00:00Z","Lines":[{{"SKU":"FB-SERVICE","Quantity":1,"Price":{price},"Total":10,"Tax":0}}]}}]}}"#
        ))
    };
    let cin7 = Cin7::answering([copy("10.0000"), copy("12")]).await;
    let sent = cin7::invoice_request("9b0d", &invoice());
    let shown = cin7.reader().shown_sale("9b0d").await.unwrap().unwrap();
    assert_eq!(shown.sale().customer_id.as_deref(), Some("7a1f"));
    assert_eq!(shown.invoice_differences(&sent), []);
    let shown = cin7.reader().shown_sale("9b0d").await.unwrap().unwrap();
    let told: Vec<String> = shown
        .invoice_differences(&sent)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(told, ["line 1 Price 10 → 12"]);
    assert_eq!(cin7.asked()[0].line, "GET /ExternalApi/v2/sale?ID=9b0d");
}

#[tokio::test]
async fn a_sale_that_is_not_there_is_none_and_another_is_not_believed() {
    let missing = r#"[{"ErrorCode":404,"Exception":"Sale not found."}]"#;
    let cin7 = Cin7::answering([failed(404, missing), json(r#"{"ID":"1"}"#)]).await;
    assert_eq!(cin7.reader().shown_sale("9b0d").await, Ok(None));
    let other = cin7.reader().shown_sale("9b0d").await;
    assert!(matches!(other, Err(Error::Transient(_))), "{other:?}");
}
