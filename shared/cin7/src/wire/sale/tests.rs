use super::*;

fn document(json: &str) -> SaleDocument {
    serde_json::from_str(json).unwrap()
}

#[test]
fn a_whole_sale_is_read_with_its_order_and_invoice() {
    let sale = document(
        r#"{"ID":"9b0d","Status":"INVOICED","ExternalID":"fb:1","CustomerID":"7a1f",
        "Order":{"SaleOrderNumber":"SO-00124","Status":"AUTHORISED","Lines":[]},
        "Invoices":[{"TaskID":"9b0d","InvoiceNumber":"INV-00077","Status":"PAID","Total":330.00}]}"#,
    )
    .sale()
    .unwrap();
    insta::assert_debug_snapshot!(sale, @r#"
    Sale {
        id: "9b0d",
        status: "INVOICED",
        external_id: Some(
            "fb:1",
        ),
        customer_id: Some(
            "7a1f",
        ),
        order_number: Some(
            "SO-00124",
        ),
        order_status: Some(
            "AUTHORISED",
        ),
        invoices: [
            PostedInvoice {
                task_id: "9b0d",
                number: Some(
                    "INV-00077",
                ),
                status: "PAID",
                total: Some(
                    330.00,
                ),
            },
        ],
        service: None,
    }
    "#);
}

#[test]
fn a_sale_without_any_id_is_no_sale() {
    assert_eq!(
        document(r#"{"ID":null,"Status":"INVOICED"}"#).sale(),
        Err("the id of the sale")
    );
}

#[test]
fn an_order_answer_is_read_bare_or_within_its_sale() {
    for json in [
        r#"{"SaleID":"9b0d","SaleOrderNumber":"SO-1","Status":"authorised","Lines":[{"Total":1}]}"#,
        r#"{"ID":"9b0d","Order":{"SaleOrderNumber":"SO-1","Status":"AUTH_NO_ALLOC"}}"#,
    ] {
        let sale = document(json).sale_with_authorised_order().unwrap();
        assert_eq!(
            (sale.id.as_str(), sale.status.as_str()),
            ("9b0d", ""),
            "{json}"
        );
        assert_eq!(sale.order_number.as_deref(), Some("SO-1"), "{json}");
        assert!(sale.order_status.is_some(), "{json}");
    }
}

#[test]
fn an_order_answer_must_show_an_authorised_order_with_its_lines() {
    let lacking = |json: &str| document(json).sale_with_authorised_order().unwrap_err();
    assert_eq!(
        lacking(r#"{"SaleID":"9b0d","Status":"DRAFT"}"#),
        "an authorised order"
    );
    assert_eq!(lacking(r#"{"SaleID":"9b0d"}"#), "an authorised order");
    let whole = r#"{"ID":"9b0d","Status":"AUTHORISED","Order":{"Status":"DRAFT"}}"#;
    assert_eq!(lacking(whole), "an authorised order");
    let empty = r#"{"SaleID":"9b0d","Status":"AUTHORISED","Lines":[]}"#;
    assert_eq!(lacking(empty), "the lines of the order");
    assert_eq!(
        lacking(r#"{"Status":"AUTHORISED","Lines":[{}]}"#),
        "the id of the sale"
    );
}

#[test]
fn an_invoice_answer_must_show_an_authorised_or_paid_invoice() {
    let answer = |status: &str| {
        document(&format!(
            r#"{{"SaleID":"9b0d","Invoices":[{{"Status":"{status}"}}]}}"#
        ))
        .sale_with_authorised_invoice()
    };
    assert_eq!(answer("Authorised").unwrap().invoices[0].task_id, "9b0d");
    assert!(answer("PAID").is_ok());
    assert_eq!(answer("DRAFT"), Err("an authorised invoice"));
    let none = document(r#"{"SaleID":"9b0d","Invoices":[]}"#).sale_with_authorised_invoice();
    assert_eq!(none, Err("an authorised invoice"));
}

#[test]
fn the_total_of_an_invoice_is_as_stated_else_the_sum_with_tax() {
    let total = |json: &str| {
        let json = format!(r#"{{"SaleID":"1","Invoices":[{{{json}}}]}}"#);
        document(&json).sale().unwrap().invoices[0]
            .total
            .map(|total| total.to_string())
    };
    let lines = r#""Lines":[{"Total":300.00,"Tax":30.00},{"Total":"0.10","Tax":0}]"#;
    assert_eq!(
        total(&format!(r#""Total":"12.50",{lines}"#)).as_deref(),
        Some("12.50")
    );
    assert_eq!(total(lines).as_deref(), Some("330.10"));
    let charge = r#""AdditionalCharges":[{"Total":5,"Tax":0.65}]"#;
    assert_eq!(
        total(&format!("{lines},{charge}")).as_deref(),
        Some("335.75")
    );
    assert_eq!(total(charge).as_deref(), Some("5.65"));
    assert_eq!(total(r#""Lines":[],"AdditionalCharges":[]"#), None);
}

#[test]
fn a_line_that_shows_no_tax_or_no_total_leaves_the_sum_unknown() {
    let total = |json: &str| {
        let json = format!(r#"{{"SaleID":"1","Invoices":[{{{json}}}]}}"#);
        document(&json).sale().unwrap().invoices[0].total
    };
    assert_eq!(total(r#""Lines":[{"Tax":1}]"#), None);
    assert_eq!(total(r#""Lines":[{"Total":1,"Tax":0},{"Total":5}]"#), None);
    assert_eq!(total(r#""Lines":[{"Total":5,"Tax":null}]"#), None);
    let charge = r#""Lines":[{"Total":1,"Tax":0}],"AdditionalCharges":[{"Total":5}]"#;
    assert_eq!(total(charge), None);
    let stated = total(&format!(r#""Total":6.65,{charge}"#));
    assert_eq!(stated, Some(Decimal::new(665, 2)));
}

#[test]
fn a_list_row_keeps_the_digits_of_its_money() {
    let row: SaleListRow = serde_json::from_str(
        r#"{"SaleID":"9b0d","OrderNumber":"SO-1","Status":"INVOICED","ExternalID":"fb:1",
        "InvoiceNumber":null,"InvoiceDate":"2026-03-05T00:00:00","InvoiceAmount":330.10,"PaidAmount":"0",
        "CustomerCurrency":"eur","Updated":"2026-03-01T10:00:00.1234567Z"}"#,
    )
    .unwrap();
    insta::assert_debug_snapshot!(SaleRow::from(row), @r#"
    SaleRow {
        sale_id: "9b0d",
        order_number: "SO-1",
        status: "INVOICED",
        external_id: Some(
            "fb:1",
        ),
        invoice_number: None,
        invoice_date: Some(
            2026-03-05,
        ),
        invoice_amount: Some(
            330.10,
        ),
        paid_amount: Some(
            0,
        ),
        currency: Some(
            Currency(
                [
                    69,
                    85,
                    82,
                ],
            ),
        ),
        service: None,
        updated: Some(
            2026-03-01T10:00:00.1234567Z,
        ),
    }
    "#);
}

#[test]
fn an_undone_sale_has_to_show_its_invoices_and_none_that_counts() {
    let undone = |json: &str| document(json).sale_undone().map(|sale| sale.id);
    for json in [
        r#"{"ID":"9b0d","Status":"ORDERING","Invoices":[{"Status":"draft"}]}"#,
        r#"{"ID":"9b0d","Invoices":[{"Status":"NOT AVAILABLE"},{"Status":"VOIDED"}]}"#,
        r#"{"ID":"9b0d","Status":"ESTIMATED","Invoices":[]}"#,
    ] {
        assert_eq!(undone(json).as_deref(), Ok("9b0d"), "{json}");
    }
    for status in ["AUTHORISED", "PAID", "Paid", "", "PENDING"] {
        let json =
            format!(r#"{{"ID":"9b0d","Invoices":[{{"Status":"DRAFT"}},{{"Status":"{status}"}}]}}"#);
        assert_eq!(
            undone(&json),
            Err("a sale whose invoices are all open again"),
            "{json}"
        );
    }
    for json in [
        r#"{"ID":"9b0d","Status":"ORDERING"}"#,
        r#"{"ID":"9b0d","Status":"ORDERING","Invoices":null}"#,
    ] {
        assert_eq!(undone(json), Err("the invoices of the sale"), "{json}");
    }
    assert_eq!(undone(r#"{"Invoices":[]}"#), Err("the id of the sale"));
}

#[test]
fn a_voided_sale_has_to_say_so() {
    let voided = |json: &str| document(json).sale_voided().map(|sale| sale.status);
    assert_eq!(
        voided(r#"{"ID":"9b0d","Status":"Voided"}"#).as_deref(),
        Ok("Voided")
    );
    for json in [
        r#"{"ID":"9b0d","Status":"INVOICED"}"#,
        r#"{"ID":"9b0d"}"#,
        r#"{"ID":"9b0d","Invoices":[{"Status":"VOIDED"}]}"#,
    ] {
        assert_eq!(voided(json), Err("a voided sale"), "{json}");
    }
    let nobody = voided(r#"{"Status":"VOIDED"}"#);
    assert_eq!(nobody, Err("the id of the sale"));
}

#[test]
fn an_undone_invoice_is_read_in_its_sale_in_the_list_or_bare() {
    let undone = |json: &str| {
        document(json)
            .sale_with_invoice_undone("9b0d", "7a5c")
            .map(|sale| sale.id)
    };
    for json in [
        r#"{"SaleID":"9b0d","Invoices":[{"TaskID":"7A5C","Status":"DRAFT"}]}"#,
        r#"{"ID":"9b0d","Status":"ORDERED","Invoices":[{"TaskID":"1","Status":"PAID"},{"TaskID":"7a5c","Status":"draft"}]}"#,
        r#"{"TaskID":"7a5c","Status":"NOT AVAILABLE"}"#,
        r#"{"SaleID":"9b0d","TaskID":"7a5c","Status":"DRAFT"}"#,
    ] {
        assert_eq!(undone(json).as_deref(), Ok("9b0d"), "{json}");
    }
    for json in [
        r#"{"SaleID":"9b0d","Invoices":[{"TaskID":"7a5c","Status":"AUTHORISED"}]}"#,
        r#"{"SaleID":"9b0d","Invoices":[{"TaskID":"7a5c"}]}"#,
        r#"{"SaleID":"9b0d","Invoices":[{"TaskID":"1","Status":"DRAFT"}]}"#,
        r#"{"SaleID":"9b0d","Invoices":[]}"#,
        r#"{"TaskID":"7a5c","Status":"PAID"}"#,
        r#"{"TaskID":"1","Status":"DRAFT"}"#,
        r#"{"SaleID":"9b0d","Success":true}"#,
    ] {
        assert_eq!(undone(json), Err("an invoice that is open again"), "{json}");
    }
    for json in [
        r#"{"Success":true}"#,
        "{}",
        r#"{"Invoices":[{"TaskID":"7a5c","Status":"DRAFT"}]}"#,
    ] {
        assert_eq!(undone(json), Err("the id of the sale"), "{json}");
    }
}
