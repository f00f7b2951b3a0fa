//! Reading: paging, filters that Cin7 ignores, and what is kept of its answers.

use cin7::Error;

use crate::canned::{ACCOUNT_ID, APPLICATION_KEY, Cin7, failed, json};

fn sales(total: usize, ids: &[&str]) -> String {
    let rows: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"SaleID":"{id}","ExternalID":"fb:{id}","InvoiceAmount":1.10}}"#))
        .collect();
    format!(
        r#"{{"Total":{total},"Page":1,"SaleList":[{}]}}"#,
        rows.join(",")
    )
}

fn customers(rows: &[(&str, &str, &str)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(name, status, email)| {
            format!(
                r#"{{"ID":"id of {name}","Name":"{name}","Status":"{status}","Currency":"USD",
                "Contacts":[{{"Name":"x","Email":null}},{{"Name":"y","Email":"{email}"}}]}}"#
            )
        })
        .collect();
    format!(
        r#"{{"Total":{},"Page":1,"CustomerList":[{}]}}"#,
        rows.len(),
        rows.join(",")
    )
}

async fn sales_read(pages: &[String]) -> (Vec<String>, usize) {
    let cin7 = Cin7::answering(pages.iter().cloned().map(json)).await;
    let rows = cin7
        .reader()
        .sales_updated_since("2026-03-01T10:00:00Z".parse().unwrap())
        .await;
    (
        rows.unwrap().into_iter().map(|row| row.sale_id).collect(),
        cin7.asked().len(),
    )
}

#[tokio::test]
async fn every_call_carries_the_keys_and_asks_below_the_base_path() {
    let cin7 = Cin7::answering([json(r#"{"Company":"Example","Currency":"USD"}"#)]).await;
    assert_eq!(cin7.reader().company().await.unwrap().name, "Example");
    let asked = &cin7.asked()[0];
    assert_eq!(asked.line, "GET /ExternalApi/v2/me");
    assert_eq!(asked.headers["api-auth-accountid"], ACCOUNT_ID);
    assert_eq!(asked.headers["api-auth-applicationkey"], APPLICATION_KEY);
}

#[tokio::test]
async fn a_company_whose_lock_date_cannot_be_read_is_refused() {
    let cin7 = Cin7::answering([json(r#"{"Currency":"USD","LockDate":"30/06/26"}"#)]).await;
    let error = cin7.reader().company().await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn a_list_is_read_until_its_total_whatever_the_page_size() {
    let pages = [sales(3, &["a", "b"]), sales(3, &["c"])];
    assert_eq!(
        sales_read(&pages).await,
        (vec!["a".into(), "b".into(), "c".into()], 2)
    );
}

#[tokio::test]
async fn rows_that_move_between_pages_are_kept_once_and_read_on_from() {
    let pages = [
        sales(4, &["a", "b"]),
        sales(4, &["b", "c"]),
        sales(4, &["d"]),
    ];
    let (ids, calls) = sales_read(&pages).await;
    assert_eq!((ids.join(""), calls), ("abcd".to_owned(), 3));
}

#[tokio::test]
async fn a_list_ends_with_an_empty_page_or_one_that_only_repeats() {
    let (ids, calls) = sales_read(&[sales(9, &["a"]), sales(9, &[])]).await;
    assert_eq!((ids.join(""), calls), ("a".to_owned(), 2));
    let (ids, calls) = sales_read(&[sales(9, &["a", "b"]), sales(9, &["b", "a"])]).await;
    assert_eq!((ids.join(""), calls), ("ab".to_owned(), 2));
}

#[tokio::test]
async fn a_list_tells_whether_a_row_may_have_been_missed() {
    let whole = async |pages: &[String]| {
        let cin7 = Cin7::answering(pages.iter().cloned().map(json)).await;
        let since = "2026-03-01T10:00:00Z".parse().unwrap();
        let listing = cin7.reader().sales_listed(since).await.unwrap();
        (listing.rows.len(), listing.whole)
    };
    let read = whole(&[sales(3, &["a", "b"]), sales(3, &["c"])]).await;
    assert_eq!(read, (3, true));
    let moved = whole(&[sales(3, &["a", "b"]), sales(3, &["b"])]).await;
    assert_eq!(moved, (2, false));
    let emptied = whole(&[sales(3, &["a", "b"]), sales(3, &[])]).await;
    assert_eq!(emptied, (2, false));
}

#[tokio::test]
async fn a_row_without_an_id_spoils_the_list() {
    let cin7 = Cin7::answering([json(r#"{"Total":1,"SaleList":[{"SaleID":null}]}"#)]).await;
    let error = cin7.reader().sales_marked("fb:1").await.unwrap_err();
    insta::assert_snapshot!(error, @"Cin7 gave no usable answer to GET /saleList: a row of SaleList has no id");
    assert!(matches!(error, Error::Transient(_)));
}

#[tokio::test]
async fn changed_sales_are_asked_for_in_utc_to_the_millisecond() {
    let cin7 = Cin7::answering([json(sales(0, &[]))]).await;
    let since = "2026-03-01T10:00:00.0126+02:00".parse().unwrap();
    assert_eq!(
        cin7.reader().sales_updated_since(since).await,
        Ok(Vec::new())
    );
    insta::assert_snapshot!(cin7.lines(), @"GET /ExternalApi/v2/saleList?Page=1&Limit=1000&UpdatedSince=2026-03-01T08%3A00%3A00.012Z");
}

#[tokio::test]
async fn a_mark_is_compared_again_because_an_ignored_filter_returns_everything() {
    let cin7 = Cin7::answering([json(sales(3, &["1", "12", "2"]))]).await;
    let rows = cin7.reader().sales_marked("fb:1").await.unwrap();
    insta::assert_debug_snapshot!(rows, @r#"
    [
        SaleRow {
            sale_id: "1",
            order_number: "",
            status: "",
            external_id: Some(
                "fb:1",
            ),
            invoice_number: None,
            invoice_date: None,
            invoice_amount: Some(
                1.10,
            ),
            paid_amount: None,
            currency: None,
            service: None,
            updated: None,
        },
    ]
    "#);
    insta::assert_snapshot!(cin7.lines(), @"GET /ExternalApi/v2/saleList?Page=1&Limit=1000&ExternalID=fb%3A1");
}

#[tokio::test]
async fn a_customer_is_found_by_exactly_its_name_in_any_case() {
    let rows = [
        ("ÄCME llc", "Active", "a@example.com"),
        ("Äcme LLC Holding", "Active", "b@example.com"),
        (" äcme LLC ", "Deprecated", "c@example.com"),
    ];
    let cin7 = Cin7::answering([json(customers(&rows))]).await;
    let found = cin7.reader().customers_named(" Äcme LLC ").await.unwrap();
    let names: Vec<&str> = found
        .iter()
        .map(|customer| customer.name.as_str())
        .collect();
    assert_eq!(names, ["ÄCME llc"]);
    insta::assert_snapshot!(cin7.lines(), @"GET /ExternalApi/v2/customer?Page=1&Limit=1000&Name=%C3%84cme+LLC");
}

#[tokio::test]
async fn a_customer_is_found_by_exactly_its_email() {
    let rows = [
        ("One", "Active", "JO+x@example.com"),
        ("Two", "Active", "jo@example.com"),
        ("Three", "Deprecated", "jo+x@example.com"),
    ];
    let cin7 = Cin7::answering([json(customers(&rows))]).await;
    let found = cin7
        .reader()
        .customers_with_email("jo+x@example.com")
        .await
        .unwrap();
    insta::assert_debug_snapshot!(found, @r#"
    [
        Customer {
            id: "id of One",
            name: "One",
            currency: Some(
                Currency(
                    [
                        85,
                        83,
                        68,
                    ],
                ),
            ),
            emails: [
                "JO+x@example.com",
            ],
            active: true,
        },
    ]
    "#);
    insta::assert_snapshot!(cin7.lines(), @"GET /ExternalApi/v2/customer?Page=1&Limit=1000&ContactFilter=jo%2Bx%40example.com");
}

#[tokio::test]
async fn the_books_take_four_calls() {
    let cin7 = Cin7::answering([
        json(r#"{"Total":1,"AccountsList":[{"Code":"200","Name":"Sales","Class":"REVENUE","Status":"ACTIVE"}]}"#),
        json(r#"{"Total":1,"TaxRuleList":[{"Name":"HST 13","TaxPercent":13,"IsActive":true,"IsTaxForSale":true}]}"#),
        json(r#"{"Total":1,"PaymentTermList":[{"Name":"30 days","Duration":30,"IsActive":true}]}"#),
        json(r#"{"Total":2,"LocationList":[{"ID":"1","Name":"Main"},{"ID":"2","Name":"Old","IsDeprecated":true}]}"#),
    ])
    .await;
    let reader = cin7.reader();
    let books = tokio::spawn(async move { reader.books().await })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(books.locations, ["Main"]);
    assert_eq!(books.accounts[0].code, "200");
    assert_eq!(books.taxes[0].name, "HST 13");
    assert_eq!(books.terms[0].duration, 30);
    insta::assert_snapshot!(cin7.lines(), @r"
    GET /ExternalApi/v2/ref/account?Page=1&Limit=1000
    GET /ExternalApi/v2/ref/tax?Page=1&Limit=1000
    GET /ExternalApi/v2/ref/paymentterm?Page=1&Limit=1000
    GET /ExternalApi/v2/ref/location?Page=1&Limit=1000
    ");
}

#[tokio::test]
async fn products_are_read_whole() {
    let row =
        |id: u8| format!(r#"{{"ID":"{id}","SKU":"S{id}","Type":"Service","Status":"Active"}}"#);
    let page = |id: u8| json(format!(r#"{{"Total":"2","Products":[{}]}}"#, row(id)));
    let cin7 = Cin7::answering([page(1), page(2)]).await;
    let products = cin7.reader().products().await.unwrap();
    let skus: Vec<&str> = products
        .iter()
        .map(|product| product.sku.as_str())
        .collect();
    assert_eq!(skus, ["S1", "S2"]);
}

#[tokio::test]
async fn a_sale_that_cin7_does_not_know_is_none() {
    for answer in [
        failed(404, r#"[{"ErrorCode":404,"Exception":"Sale not found."}]"#),
        failed(
            400,
            r#"[{"ErrorCode":400,"Exception":"Sale with ID 9b0d was not found"}]"#,
        ),
        json(r#"{"ErrorCode":404,"Exception":"Nothing there"}"#),
    ] {
        assert_eq!(
            Cin7::answering([answer]).await.reader().sale("9b0d").await,
            Ok(None)
        );
    }
}

#[tokio::test]
async fn another_sale_than_the_one_asked_for_is_not_believed() {
    let cin7 = Cin7::answering([
        json(r#"{"ID":"9B0D","Status":"ORDERED"}"#),
        json(r#"{"ID":"1"}"#),
    ])
    .await;
    assert_eq!(
        cin7.reader().sale("9b0d").await.unwrap().unwrap().status,
        "ORDERED"
    );
    insta::assert_snapshot!(cin7.reader().sale("9b0d").await.unwrap_err(), @"Cin7 gave no usable answer to GET /sale: asked for 9b0d, it showed 1");
    insta::assert_snapshot!(cin7.lines(), @r"
    GET /ExternalApi/v2/sale?ID=9b0d
    GET /ExternalApi/v2/sale?ID=9b0d
    ");
}

#[tokio::test]
async fn looking_for_nobody_finds_nobody_without_a_call() {
    let cin7 = Cin7::answering([]).await;
    assert_eq!(cin7.reader().customers_named(" ").await, Ok(Vec::new()));
    assert_eq!(cin7.reader().customers_with_email("").await, Ok(Vec::new()));
    assert!(cin7.asked().is_empty());
}

#[tokio::test]
async fn what_a_filter_lets_through_and_how_many_there_are_can_be_asked() {
    let pages = [
        json(sales(3, &["1", "12", "2"])),
        json(sales(2, &["1", "2"])),
        json(sales(4711, &["1"])),
    ];
    let cin7 = Cin7::answering(pages).await;
    let reader = cin7.reader();
    assert_eq!(reader.sales_filtered("fb:1").await.unwrap().len(), 3);
    assert_eq!(reader.sales_searched("ZZ a").await.unwrap().len(), 2);
    assert_eq!(reader.count_sales().await.unwrap(), 4711);
    insta::assert_snapshot!(cin7.lines(), @r"
    GET /ExternalApi/v2/saleList?Page=1&Limit=1000&ExternalID=fb%3A1
    GET /ExternalApi/v2/saleList?Page=1&Limit=1000&Search=ZZ+a
    GET /ExternalApi/v2/saleList?Page=1&Limit=100
    ");
}
