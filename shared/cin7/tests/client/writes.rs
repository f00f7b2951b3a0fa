//! Writing: what is sent, what an echo must show, and what is kept of it.

use cin7::{Error, NewCustomer, SaleHeader, SaleInvoice, SaleLine, SaleOrder};
use jiff::civil::date;
use money::Decimal;

use crate::canned::{Canned, Cin7, json};

pub(crate) fn header() -> SaleHeader {
    SaleHeader {
        customer_id: "7a1f".to_owned(),
        location: "Main Warehouse".to_owned(),
        currency_rate: Decimal::ONE,
        external_id: "fb:1".to_owned(),
        customer_reference: "FB-1".to_owned(),
        date: date(2026, 3, 1),
        default_account: None,
        tax_rule: None,
        terms: None,
        note: String::new(),
        service_only: false,
    }
}

fn lines() -> Vec<SaleLine> {
    vec![SaleLine {
        product_id: "4000".to_owned(),
        sku: "FB-SERVICE".to_owned(),
        name: "Imported service".to_owned(),
        quantity: Decimal::ONE,
        price: Decimal::new(1000, 2),
        discount: Decimal::ZERO,
        tax: Decimal::ZERO,
        total: Decimal::new(1000, 2),
        tax_rule: "Tax Exempt".to_owned(),
        account: None,
        comment: String::new(),
    }]
}

pub(crate) fn invoice() -> SaleInvoice {
    SaleInvoice {
        date: date(2026, 3, 1),
        due: date(2026, 3, 31),
        currency_rate: Decimal::ONE,
        memo: String::new(),
        lines: lines(),
        new_task: false,
    }
}

fn customer() -> NewCustomer {
    NewCustomer {
        name: "Acme LLC".to_owned(),
        currency: "USD".parse().unwrap(),
        payment_term: "30 days".to_owned(),
        account_receivable: "610".to_owned(),
        revenue_account: "200".to_owned(),
        tax_rule: "Tax Exempt".to_owned(),
        contact: String::new(),
        email: String::new(),
        phone: String::new(),
        comments: "fb:client:1".to_owned(),
    }
}

async fn order_answered(body: &str) -> Result<String, Error> {
    let cin7 = Cin7::answering([json(body)]).await;
    let echo = cin7
        .writer()
        .post_order("9b0d", &SaleOrder { lines: lines() })
        .await;
    echo.map(|echo| echo.value.id)
}

async fn invoice_answered(body: &str) -> Result<String, Error> {
    let cin7 = Cin7::answering([json(body)]).await;
    cin7.writer()
        .post_invoice("9b0d", &invoice())
        .await
        .map(|echo| echo.value.id)
}

#[tokio::test]
async fn an_invoice_takes_three_writes_and_sends_the_very_text_shown_beforehand() {
    let cin7 = Cin7::answering([
        json(r#"{"ID":"9b0d","Status":"ESTIMATED","ExternalID":"other","Invoices":[]}"#),
        json(r#"{"SaleID":"9b0d","Status":"AUTHORISED","Lines":[{"Total":10}]}"#),
        json(r#"{"SaleID":"9b0d","Invoices":[{"Status":"AUTHORISED","Lines":[{"Total":10.00,"Tax":0}]}]}"#),
    ])
    .await;
    let writer = cin7.writer();
    let order = SaleOrder { lines: lines() };
    let made = writer.create_sale(&header()).await.unwrap();
    writer.post_order("9b0d", &order).await.unwrap();
    let posted = writer.post_invoice("9b0d", &invoice()).await.unwrap();

    assert_eq!(
        made.value.external_id.as_deref(),
        Some("other"),
        "the caller compares marks"
    );
    assert_eq!(posted.value.invoices[0].total, Some(Decimal::new(1000, 2)));
    let bodies: Vec<String> = cin7.asked().into_iter().map(|asked| asked.body).collect();
    assert_eq!(
        bodies,
        [
            cin7::header_request(&header()),
            cin7::order_request("9b0d", &order),
            cin7::invoice_request("9b0d", &invoice()),
        ]
    );
    assert_eq!(cin7.asked()[0].headers["content-type"], "application/json");
    insta::assert_snapshot!(cin7.lines(), @r"
    POST /ExternalApi/v2/sale
    POST /ExternalApi/v2/sale/order
    POST /ExternalApi/v2/sale/invoice
    ");
}

#[tokio::test]
async fn a_new_customer_is_read_from_its_list_envelope_or_bare() {
    for body in [
        r#"{"Total":1,"Page":1,"CustomerList":[{"ID":"7a1f","Name":"Acme LLC","Status":"Active"}]}"#,
        r#"{"ID":"7a1f","Name":"Acme LLC"}"#,
    ] {
        let cin7 = Cin7::answering([json(body)]).await;
        let echo = cin7.writer().create_customer(&customer()).await.unwrap();
        assert_eq!((echo.value.id.as_str(), echo.value.active), ("7a1f", true));
        assert_eq!(echo.response, body);
        assert_eq!(cin7.asked()[0].body, cin7::customer_request(&customer()));
    }
}

#[tokio::test]
async fn a_success_that_does_not_show_what_was_written_is_uncertain() {
    let mut sentences = Vec::new();
    for body in [
        r#"{"Total":0,"CustomerList":[]}"#,
        r#"{"CustomerList":[{"Name":"Acme LLC"}]}"#,
        "[]",
    ] {
        let cin7 = Cin7::answering([json(body)]).await;
        sentences.push(
            cin7.writer()
                .create_customer(&customer())
                .await
                .unwrap_err(),
        );
    }
    let cin7 = Cin7::answering([json(r#"{"Status":"ESTIMATED"}"#)]).await;
    sentences.push(cin7.writer().create_sale(&header()).await.unwrap_err());
    for body in [
        r#"{"SaleID":"9b0d","Status":"DRAFT"}"#,
        r#"{"SaleID":"9b0d","Status":"AUTHORISED","Lines":[]}"#,
        r#"{"SaleID":"1","Status":"AUTHORISED"}"#,
    ] {
        sentences.push(order_answered(body).await.unwrap_err());
    }
    sentences.push(
        invoice_answered(r#"{"SaleID":"9b0d","Invoices":[]}"#)
            .await
            .unwrap_err(),
    );
    assert!(
        sentences
            .iter()
            .all(|error| matches!(error, Error::Uncertain(_))),
        "{sentences:#?}"
    );
    let sentences: Vec<String> = sentences.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(sentences.join("\n"), @r"
    POST /customer may or may not have been applied: it was answered without the id of the customer
    POST /customer may or may not have been applied: it was answered without the id of the customer
    POST /customer may or may not have been applied: the answer cannot be read: invalid length 0, expected struct CreatedCustomer with 1 element at line 1 column 2
    POST /sale may or may not have been applied: it was answered without the id of the sale
    POST /sale/order may or may not have been applied: it was answered without an authorised order
    POST /sale/order may or may not have been applied: it was answered without the lines of the order
    POST /sale/order may or may not have been applied: sent for sale 9b0d, it was answered with sale 1
    POST /sale/invoice may or may not have been applied: it was answered without an authorised invoice
    ");
}

#[tokio::test]
async fn what_is_kept_of_an_answer_is_bounded() {
    let body = format!(r#"{{"ID":"9b0d","Note":"{}"}}"#, "é".repeat(10_000));
    let cin7 = Cin7::answering([json(body)]).await;
    let echo = cin7.writer().create_sale(&header()).await.unwrap();
    assert!(echo.response.len() <= 8 * 1024 && echo.response.len() > 8 * 1024 - 4);
}

#[tokio::test]
async fn a_refused_write_tells_a_person_cin7s_words() {
    let body = r#"[{"ErrorCode":400,"Exception":"Required attribute Location is not provided."}]"#;
    let cin7 = Cin7::answering([Canned {
        status: 400,
        ..json(body)
    }])
    .await;
    let writer = cin7.writer();
    let answered = tokio::spawn(async move { writer.create_sale(&header()).await });
    let error = answered.await.unwrap().unwrap_err();
    insta::assert_snapshot!(error, @"Cin7 refused POST /sale: Required attribute Location is not provided");
    assert!(matches!(error, Error::Refused(_)));
}

#[tokio::test]
async fn a_customer_is_deprecated_and_the_answer_has_to_show_one() {
    let shown = r#"{"Total":1,"Page":1,"CustomerList":[{"ID":"7a1f","Name":"Acme LLC","Status":"Deprecated"}]}"#;
    let cin7 = Cin7::answering([json(shown), json("{}")]).await;
    let echo = cin7.writer().deprecate_customer("7a1f", "Acme LLC").await;
    assert!(!echo.unwrap().value.active);
    let asked = cin7.asked();
    assert_eq!(
        asked[0].body,
        r#"{"ID":"7a1f","Name":"Acme LLC","Status":"Deprecated"}"#
    );
    let unshown = cin7.writer().deprecate_customer("7a1f", "Acme LLC").await;
    assert!(matches!(unshown, Err(Error::Uncertain(_))), "{unshown:?}");
}
