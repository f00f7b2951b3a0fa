use jiff::civil::date;
use money::Decimal;

use super::*;
use crate::{NewSalePayment, PaymentType};

/// One field a line, without a parser in between: a parser would show numbers its own way.
fn by_field(json: &str) -> String {
    json.replace(",\"", ",\n\"").replace("[{", "[\n{")
}

fn line() -> SaleLine {
    SaleLine {
        product_id: "40000000-0000-4000-8000-000000000006".to_owned(),
        sku: "FB-SERVICE".to_owned(),
        name: "Imported service".to_owned(),
        quantity: Decimal::new(250, 2),
        price: Decimal::new(1_100_000, 4),
        discount: Decimal::new(10, 0),
        tax: Decimal::new(3218, 2),
        total: Decimal::new(24_750, 2),
        tax_rule: "HST 13".to_owned(),
        account: Some("200".to_owned()),
        comment: "Design \"work\"".to_owned(),
    }
}

fn header() -> SaleHeader {
    SaleHeader {
        customer_id: "7a1f0c2e-0000-4000-8000-000000000001".to_owned(),
        location: "Main Warehouse".to_owned(),
        currency_rate: Decimal::new(108_234, 5),
        external_id: "freshbooks:AbC123:invoice:987654".to_owned(),
        customer_reference: "FB-000123".to_owned(),
        date: date(2026, 3, 1),
        default_account: Some("200".to_owned()),
        tax_rule: Some("HST 13".to_owned()),
        terms: Some("30 days".to_owned()),
        note: "From FreshBooks".to_owned(),
        service_only: false,
    }
}

fn customer() -> NewCustomer {
    NewCustomer {
        name: "Acme LLC".to_owned(),
        currency: "USD".parse().unwrap(),
        payment_term: "30 days".to_owned(),
        account_receivable: "610".to_owned(),
        revenue_account: "200".to_owned(),
        tax_rule: "HST 13".to_owned(),
        contact: "Jo Doe".to_owned(),
        email: "jo@example.com".to_owned(),
        phone: "555 0100".to_owned(),
        comments: "freshbooks:AbC123:client:10".to_owned(),
    }
}

#[test]
fn a_customer_is_sent_with_its_contact_and_our_mark() {
    insta::assert_snapshot!(by_field(&customer_request(&customer())), @r#"
    {"Name":"Acme LLC",
    "Status":"Active",
    "Currency":"USD",
    "PaymentTerm":"30 days",
    "AccountReceivable":"610",
    "RevenueAccount":"200",
    "TaxRule":"HST 13",
    "Comments":"freshbooks:AbC123:client:10",
    "Contacts":[
    {"Name":"Jo Doe",
    "Email":"jo@example.com",
    "Phone":"555 0100",
    "Default":true}]}
    "#);
}

#[test]
fn a_customer_without_contact_is_its_own_and_what_is_empty_stays_away() {
    let customer = NewCustomer {
        contact: String::new(),
        email: String::new(),
        phone: String::new(),
        ..customer()
    };
    let sent = customer_request(&customer);
    assert!(
        sent.contains(r#""Contacts":[{"Name":"Acme LLC","Default":true}]"#),
        "{sent}"
    );
}

#[test]
fn a_header_is_sent_as_a_simple_sale_without_a_quote() {
    insta::assert_snapshot!(by_field(&header_request(&header())), @r#"
    {"CustomerID":"7a1f0c2e-0000-4000-8000-000000000001",
    "SaleType":"Simple",
    "SkipQuote":true,
    "Location":"Main Warehouse",
    "SaleOrderDate":"2026-03-01T00:00:00",
    "TaxRule":"HST 13",
    "TaxInclusive":false,
    "Terms":"30 days",
    "CurrencyRate":1.08234,
    "DefaultAccount":"200",
    "CustomerReference":"FB-000123",
    "ExternalID":"freshbooks:AbC123:invoice:987654",
    "Note":"From FreshBooks"}
    "#);
}

#[test]
fn what_a_header_leaves_open_is_not_sent() {
    let header = SaleHeader {
        default_account: None,
        tax_rule: None,
        terms: None,
        ..header()
    };
    let sent = header_request(&header);
    for name in ["DefaultAccount", "TaxRule", "Terms"] {
        assert!(!sent.contains(&format!("\"{name}\"")), "{name} in {sent}");
    }
}

#[test]
fn an_order_is_sent_authorised_and_its_lines_name_no_account() {
    let order = SaleOrder {
        lines: vec![line()],
    };
    insta::assert_snapshot!(by_field(&order_request("9b0d", &order)), @r#"
    {"SaleID":"9b0d",
    "CombineAdditionalCharges":false,
    "Memo":"",
    "Status":"AUTHORISED",
    "AutoPickPackShipMode":"NOPICK",
    "Lines":[
    {"ProductID":"40000000-0000-4000-8000-000000000006",
    "SKU":"FB-SERVICE",
    "Name":"Imported service",
    "Quantity":2.50,
    "Price":110.0000,
    "Discount":10,
    "Tax":32.18,
    "Total":247.50,
    "TaxRule":"HST 13",
    "Comment":"Design \"work\""}],
    "AdditionalCharges":[]}
    "#);
}

#[test]
fn an_invoice_is_sent_authorised_as_the_task_of_its_sale() {
    let invoice = SaleInvoice {
        date: date(2026, 3, 1),
        due: date(2026, 3, 31),
        currency_rate: Decimal::ONE,
        memo: "FreshBooks invoice FB-000123".to_owned(),
        lines: vec![line()],
        new_task: false,
    };
    insta::assert_snapshot!(by_field(&invoice_request("9b0d", &invoice)), @r#"
    {"SaleID":"9b0d",
    "TaskID":"9b0d",
    "CombineAdditionalCharges":false,
    "Status":"AUTHORISED",
    "InvoiceDate":"2026-03-01T00:00:00",
    "InvoiceDueDate":"2026-03-31T00:00:00",
    "CurrencyConversionRate":1,
    "Memo":"FreshBooks invoice FB-000123",
    "Lines":[
    {"ProductID":"40000000-0000-4000-8000-000000000006",
    "SKU":"FB-SERVICE",
    "Name":"Imported service",
    "Quantity":2.50,
    "Price":110.0000,
    "Discount":10,
    "Tax":32.18,
    "Total":247.50,
    "TaxRule":"HST 13",
    "Account":"200",
    "Comment":"Design \"work\""}],
    "AdditionalCharges":[]}
    "#);
}

#[test]
fn free_text_is_cut_to_its_field_and_the_mark_never_is() {
    let long = "é".repeat(5000);
    let header = header_request(&SaleHeader {
        external_id: "m".repeat(300),
        customer_reference: long.clone(),
        note: long.clone(),
        ..header()
    });
    assert!(header.contains(&format!("\"ExternalID\":\"{}\"", "m".repeat(300))));
    assert!(header.contains(&format!("\"CustomerReference\":\"{}\"", "é".repeat(256))));
    assert!(header.contains(&format!("\"Note\":\"{}\"", "é".repeat(1024))));

    let line = SaleLine {
        name: long.clone(),
        comment: long.clone(),
        ..line()
    };
    let order = order_request("9b0d", &SaleOrder { lines: vec![line] });
    assert!(order.contains(&format!("\"Name\":\"{}\"", "é".repeat(1024))));
    assert!(order.contains(&format!("\"Comment\":\"{}\"", "é".repeat(256))));

    let customer = customer_request(&NewCustomer {
        name: long.clone(),
        comments: long,
        ..customer()
    });
    assert!(customer.contains(&format!("{{\"Name\":\"{}\"", "é".repeat(256))));
    assert!(customer.contains(&format!("\"Comments\":\"{}\"", "é".repeat(2000))));
}

fn payment() -> NewSalePayment {
    NewSalePayment {
        task_id: "9b0d".to_owned(),
        amount: Decimal::new(33000, 2),
        paid_on: date(2026, 3, 10),
        account: "090".to_owned(),
        currency_rate: Decimal::new(10_823, 4),
        reference: "freshbooks:AbC123:payment:555".to_owned(),
        kind: PaymentType::Sample,
    }
}

#[test]
fn a_payment_names_its_task_and_type_and_carries_our_mark() {
    insta::assert_snapshot!(by_field(&payment_request(&payment())), @r#"
    {"TaskID":"9b0d",
    "Type":"Payment",
    "Amount":330.00,
    "DatePaid":"2026-03-10T00:00:00",
    "Account":"090",
    "CurrencyRate":1.0823,
    "Reference":"freshbooks:AbC123:payment:555"}
    "#);
}

#[test]
fn the_type_of_a_payment_is_spelt_in_capitals_where_that_is_wanted() {
    let capitals = NewSalePayment {
        kind: PaymentType::Capitals,
        ..payment()
    };
    let sent = payment_request(&capitals);
    assert!(sent.contains(r#""Type":"PAYMENT""#), "{sent}");
}

#[test]
fn a_changed_payment_is_named_by_its_id_and_keeps_task_and_type() {
    insta::assert_snapshot!(by_field(&payment_update_request("c0ff", &payment())), @r#"
    {"ID":"c0ff",
    "Amount":330.00,
    "DatePaid":"2026-03-10T00:00:00",
    "Account":"090",
    "CurrencyRate":1.0823,
    "Reference":"freshbooks:AbC123:payment:555"}
    "#);
}

#[test]
fn a_deletion_is_told_by_its_address() {
    let told = [
        delete_payment_request("c0ff"),
        undo_sale_request("9b0d"),
        void_sale_request("9b0d"),
        undo_invoice_request("7a5c"),
        void_sale_request("a b&c"),
    ];
    insta::assert_snapshot!(told.join("\n"), @r"
    DELETE /sale/payment?ID=c0ff
    DELETE /sale?ID=9b0d&Void=false
    DELETE /sale?ID=9b0d&Void=true
    DELETE /sale/invoice?TaskID=7a5c&Void=false
    DELETE /sale?ID=a+b%26c&Void=true
    ");
}

#[test]
fn a_sale_of_services_and_a_task_of_its_own_are_sent_where_they_are_asked_for() {
    let header = SaleHeader {
        service_only: true,
        ..header()
    };
    assert!(header_request(&header).contains(r#""SaleType":"Simple","ServiceOnly":true"#));
    let invoice = SaleInvoice {
        date: date(2026, 3, 1),
        due: date(2026, 3, 31),
        currency_rate: Decimal::ONE,
        memo: String::new(),
        lines: vec![line()],
        new_task: true,
    };
    let sent = invoice_request("9b0d", &invoice);
    assert!(
        sent.contains(r#""TaskID":"00000000-0000-0000-0000-000000000000""#),
        "{sent}"
    );
}

#[test]
fn a_line_without_a_product_is_sent_as_an_additional_charge() {
    let charge = SaleLine {
        product_id: String::new(),
        sku: String::new(),
        name: "Travel".to_owned(),
        ..line()
    };
    let order = SaleOrder {
        lines: vec![charge, line()],
    };
    let sent: serde_json::Value = serde_json::from_str(&order_request("9b0d", &order)).unwrap();
    assert_eq!(sent["Lines"].as_array().unwrap().len(), 1);
    let [charge] = sent["AdditionalCharges"].as_array().unwrap().as_slice() else {
        panic!("{sent}");
    };
    assert_eq!(charge["Description"], "Travel");
    assert_eq!(charge["Account"], serde_json::Value::Null);
    assert_eq!(charge["Name"], serde_json::Value::Null);
}
