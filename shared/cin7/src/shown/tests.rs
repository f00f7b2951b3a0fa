use jiff::civil::date;
use money::Decimal;
use proptest::prelude::*;

use super::*;
use crate::wire::SaleDocument;
use crate::{SaleInvoice, SaleLine, SaleOrder, invoice_request, order_request};

fn line(price: i64, comment: &str) -> SaleLine {
    SaleLine {
        product_id: "4000-AB".to_owned(),
        sku: "FB-SERVICE".to_owned(),
        name: "Imported service".to_owned(),
        quantity: Decimal::new(200, 2),
        price: Decimal::new(price * 100, 2),
        discount: Decimal::ZERO,
        tax: Decimal::new(1300, 2),
        total: Decimal::new(price * 200, 2),
        tax_rule: "HST 13".to_owned(),
        account: Some("200".to_owned()),
        comment: comment.to_owned(),
    }
}

/// Two lines, 2 at 50 and 2 at 7.
fn sent_invoice() -> String {
    let invoice = SaleInvoice {
        date: date(2026, 3, 1),
        due: date(2026, 3, 31),
        currency_rate: Decimal::new(108_230, 5),
        memo: "FreshBooks invoice FB-1".to_owned(),
        lines: vec![line(50, "Design\nwork"), line(7, "")],
        new_task: false,
    };
    invoice_request("9b0d", &invoice)
}

fn sent_order() -> String {
    let lines = vec![line(50, "Design\nwork"), line(7, "")];
    order_request("9b0d", &SaleOrder { lines })
}

/// The invoice of [`sent_invoice`] as Cin7 may show it: other digits, other case, more fields.
const INVOICE: &str = r#"{"TaskID":"9B0D","InvoiceNumber":"INV-00077","Status":"PAID",
    "InvoiceDate":"2026-03-01T00:00:00","InvoiceDueDate":"2026-03-31","CurrencyConversionRate":"1.0823",
    "Memo":" freshbooks invoice FB-1","BillingAddressLine1":"",
    "Lines":[
    {"ProductID":"4000-ab","SKU":"fb-service","Name":"Imported service","Quantity":2,"Price":50.0000,"Discount":0.0,
     "Tax":13,"Total":100,"TaxRule":"HST 13","Account":200,"Comment":"Design\r\nwork"},
    {"ProductID":"4000-AB","SKU":"FB-SERVICE","Name":"Imported service","Quantity":"2.0","Price":7,"Discount":null,
     "Tax":13.00,"Total":14.00,"Comment":null,"AverageCost":3}],
    "AdditionalCharges":[],"Payments":[{"Amount":140}],"TotalBeforeTax":114,"Tax":26,"Total":140}"#;

fn shown(sale: &str) -> ShownSale {
    let document: SaleDocument = serde_json::from_str(sale).unwrap();
    ShownSale::new(document.sale().unwrap(), Node::read(sale).unwrap())
}

fn with_invoices(invoices: &str) -> ShownSale {
    shown(&format!(
        r#"{{"ID":"9b0d","Status":"INVOICED","Invoices":[{invoices}]}}"#
    ))
}

fn told(differences: &[Difference]) -> String {
    let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// What differs once one text of the invoice is replaced.
fn changed(from: &str, to: &str) -> String {
    assert!(INVOICE.contains(from), "{from}");
    let copy = with_invoices(&INVOICE.replacen(from, to, 1));
    told(&copy.invoice_differences(&sent_invoice()))
}

#[test]
fn an_invoice_as_we_left_it_does_not_differ_however_it_is_written() {
    let copy = with_invoices(INVOICE);
    assert_eq!(told(&copy.invoice_differences(&sent_invoice())), "");
}

#[test]
fn every_field_of_an_invoice_that_a_person_changes_is_told() {
    let changes = [
        changed("2026-03-01T", "2026-03-02T"),
        changed("2026-03-31", "2026-04-30"),
        changed("1.0823", "1.09"),
        changed(" freshbooks invoice FB-1", "Call before paying"),
        changed("4000-ab", "5000"),
        changed("fb-service", "SCREW-10"),
        changed(r#""Name":"Imported service""#, r#""Name":"Screws""#),
        changed(r#""Quantity":2,"#, r#""Quantity":3,"#),
        changed("50.0000", "60"),
        changed(r#""Discount":0.0"#, r#""Discount":"10.50""#),
        changed(r#""Tax":13,"#, r#""Tax":0,"#),
        changed(r#""Total":100,"#, r#""Total":100.01,"#),
        changed(r#""TaxRule":"HST 13""#, r#""TaxRule":"Tax Exempt""#),
        changed(r#""Account":200"#, r#""Account":"201""#),
        changed(r"Design\r\nwork", "Other work"),
        changed(r#""Comment":null"#, r#""Comment":"Thanks""#),
    ];
    insta::assert_snapshot!(changes.join("\n"), @r"
    InvoiceDate 2026-03-01 → 2026-03-02
    InvoiceDueDate 2026-03-31 → 2026-04-30
    CurrencyConversionRate 1.0823 → 1.09
    Memo FreshBooks invoice FB-1 → Call before paying
    line 1 ProductID 4000-AB → 5000
    line 1 SKU FB-SERVICE → SCREW-10
    line 1 Name Imported service → Screws
    line 1 Quantity 2 → 3
    line 1 Price 50 → 60
    line 1 Discount 0 → 10.5
    line 1 Tax 13 → 0
    line 1 Total 100 → 100.01
    line 1 TaxRule HST 13 → Tax Exempt
    line 1 Account 200 → 201
    line 1 Comment Design work → Other work
    line 2 Comment nothing → Thanks
    ");
}

#[test]
fn what_the_copy_leaves_out_is_not_compared_but_what_was_emptied_is() {
    assert_eq!(changed(r#""Price":50.0000,"#, ""), "");
    assert_eq!(changed(r#""Price":50.0000"#, r#""Price":null"#), "");
    assert_eq!(changed(r#""Price":50.0000"#, r#""Price":"""#), "");
    assert_eq!(changed("2026-03-31", ""), "");
    assert_eq!(changed(r#"" freshbooks invoice FB-1""#, "null"), "");
    assert_eq!(changed(r#""Comment":null"#, r#""Comment":"""#), "");
    assert_eq!(
        changed(" freshbooks invoice FB-1", " "),
        "Memo FreshBooks invoice FB-1 → nothing"
    );
}

#[test]
fn what_is_no_value_or_no_number_differs() {
    assert_eq!(changed("50.0000", r#""many""#), "line 1 Price 50 → many");
    assert_eq!(changed("50.0000", "[50]"), "line 1 Price 50 → a list");
    assert_eq!(
        changed("2026-03-31", "soon"),
        "InvoiceDueDate 2026-03-31 → soon"
    );
}

#[test]
fn ids_statuses_and_modes_are_not_content() {
    assert_eq!(changed("PAID", "DRAFT"), "");
    assert_eq!(
        changed(r#""Memo""#, r#""CombineAdditionalCharges":true,"Memo""#),
        ""
    );
}

#[test]
fn a_line_or_charge_more_or_less_is_told() {
    let lines = |rows: &str, charges: &str| {
        let copy = with_invoices(&format!(
            r#"{{"Lines":[{rows}],"AdditionalCharges":[{charges}]}}"#
        ));
        told(&copy.invoice_differences(&sent_invoice()))
    };
    let first = r#"{"SKU":"FB-SERVICE","Price":50}"#;
    let third = r#"{"SKU":"SCREW-10","Quantity":5,"Price":1.50,"Discount":10}"#;
    let charge = r#"{"Description":"Freight","Quantity":1,"Price":5}"#;
    assert_eq!(lines(&format!("{first},{{}}"), ""), "");
    assert_eq!(lines(first, ""), "line 2 “2 × FB-SERVICE @ 7” → nothing");
    assert_eq!(
        lines(&format!("{first},{{}},{third}"), charge),
        "charge 1 nothing → “1 × Freight @ 5”\nline 3 nothing → “5 × SCREW-10 @ 1.5 less 10 %”"
    );
    assert_eq!(
        lines("", ""),
        "line 1 “2 × FB-SERVICE @ 50” → nothing\nline 2 “2 × FB-SERVICE @ 7” → nothing"
    );
}

#[test]
fn an_invoice_that_does_not_show_its_lines_differs_and_one_without_charges_does_not() {
    let copy = with_invoices(r#"{"TaskID":"9b0d"}"#);
    assert_eq!(
        told(&copy.invoice_differences(&sent_invoice())),
        "Lines 2 of them → nothing"
    );
}

#[test]
fn an_invoice_that_is_not_there_is_one_difference() {
    for sale in [
        r#"{"ID":"9b0d","Invoices":[]}"#,
        r#"{"ID":"9b0d"}"#,
        r#"{"ID":"9b0d","Invoices":[{"TaskID":"1"},{"TaskID":"2"}]}"#,
    ] {
        assert_eq!(
            told(&shown(sale).invoice_differences(&sent_invoice())),
            "invoice “AUTHORISED, 2026-03-01, total 140.00: 2 × FB-SERVICE @ 50, 2 × FB-SERVICE @ 7” → nothing",
            "{sale}"
        );
    }
}

#[test]
fn a_second_invoice_differs_only_where_it_counts() {
    let second = |status: &str| {
        let row = format!(r#"{{"TaskID":"1","InvoiceNumber":"INV-2","Status":"{status}"}}"#);
        let copy = with_invoices(&format!("{row},{INVOICE}"));
        told(&copy.invoice_differences(&sent_invoice()))
    };
    assert_eq!(second("AUTHORISED"), "another invoice nothing → INV-2");
    for status in ["VOIDED", "NOT AVAILABLE", "draft"] {
        assert_eq!(second(status), "", "{status}");
    }
}

#[test]
fn the_only_invoice_of_a_sale_is_ours_whatever_its_task() {
    assert_eq!(changed(r#""TaskID":"9B0D""#, r#""TaskID":"7a5c""#), "");
    assert_eq!(changed(r#""TaskID":"9B0D","#, ""), "");
}

#[test]
fn an_order_is_compared_by_the_same_rules() {
    let order = |from: &str, to: &str| {
        let sale = r#"{"ID":"9b0d","Order":{"SaleOrderNumber":"SO-1","Status":"AUTHORISED","Memo":null,"Lines":[
            {"SKU":"FB-SERVICE","Quantity":2,"Price":50,"Account":"999"},{"SKU":"FB-SERVICE","Quantity":2,"Price":7}],
            "AdditionalCharges":null}}"#;
        let copy = shown(&sale.replace(from, to));
        told(&copy.order_differences(&sent_order()))
    };
    assert_eq!(order("", ""), "", "an order names no account");
    assert_eq!(order(r#""Price":7"#, r#""Price":8"#), "line 2 Price 7 → 8");
    assert_eq!(
        order(r#""Memo":null"#, r#""Memo":"rush""#),
        "Memo nothing → rush"
    );
    assert_eq!(
        order(r#""Order""#, r#""Quote""#),
        "order “AUTHORISED, total 140.00: 2 × FB-SERVICE @ 50, 2 × FB-SERVICE @ 7” → nothing"
    );
}

#[test]
fn what_was_sent_and_cannot_be_read_is_never_taken_for_unchanged() {
    let copy = with_invoices(INVOICE);
    let cut = &sent_invoice()[..100];
    assert_eq!(
        told(&copy.invoice_differences(cut)),
        "invoice unreadable → “PAID, 2026-03-01, total 140.00: 2 × fb-service @ 50, 2 × FB-SERVICE @ 7”"
    );
    assert_eq!(copy.order_differences("").len(), 1);
}

#[test]
fn only_what_counts_is_a_dependent() {
    let dependents = |fields: &str| {
        shown(&format!(r#"{{"ID":"9b0d",{fields}}}"#))
            .dependents()
            .join(", ")
    };
    let nothing = r#""CreditNotes":[{"CreditNoteNumber":"CN-1","Status":"VOIDED"},{"Status":"NOT AVAILABLE"},
        {"Status":"Draft"},{"Status":""}],
        "Fulfilments":[{"FulFilmentStatus":"NOT FULFILLED","Pick":{"Status":"DRAFT"},"Pack":{"Status":"NOT AVAILABLE"},"Ship":null}],
        "ManualJournals":{"Status":"NOT AVAILABLE","Lines":[]},
        "Invoices":[{"Status":"PAID","Payments":[{"Amount":1}]}]"#;
    assert_eq!(dependents(nothing), "");
    assert_eq!(dependents(r#""CreditNotes":null,"ManualJournals":[]"#), "");
    assert_eq!(
        dependents(
            r#""CreditNotes":[{"CreditNoteNumber":"CN-00001","Status":"AUTHORISED"},{"Status":"PAID"}]"#
        ),
        "credit note CN-00001, a credit note"
    );
    assert_eq!(
        dependents(r#""CreditNotes":[{"CreditNoteNumber":"CN-2"}]"#),
        "credit note CN-2",
        "one that is told without a status may count"
    );
    for stage in ["Pick", "Pack", "Ship"] {
        let fulfilment = format!(
            r#""Fulfilments":[{{"Pick":{{"Status":"DRAFT"}}}},{{"{stage}":{{"Status":"AUTHORISED"}}}}]"#
        );
        assert_eq!(dependents(&fulfilment), "a shipment", "{stage}");
    }
    for journals in [
        r#""ManualJournals":{"Status":"AUTHORISED"}"#,
        r#""ManualJournals":[{"Status":"DRAFT"},{"Status":"authorised"}]"#,
    ] {
        assert_eq!(dependents(journals), "a manual journal", "{journals}");
    }
}

#[test]
fn both_versions_stand_side_by_side_in_the_same_form() {
    let summaries = [
        sent_summary(&sent_invoice()),
        with_invoices(INVOICE).summary(),
        sent_summary(&sent_order()),
        shown(r#"{"ID":"9b0d","Status":"ORDERED","Order":{"Lines":[{"SKU":"S","Quantity":1,"Price":2.50}]},"Invoices":[]}"#)
            .summary(),
        shown(r#"{"ID":"9b0d","Status":"ESTIMATED"}"#).summary(),
        with_invoices(&format!(r#"{{"Status":"VOIDED"}},{INVOICE}"#)).summary(),
        with_invoices(r#"{"Status":"VOIDED","Lines":[{"Name":"No\nSKU","Price":1}]}"#).summary(),
        sent_summary("{"),
    ];
    insta::assert_snapshot!(summaries.join("\n"), @r"
    AUTHORISED, 2026-03-01, total 140.00: 2 × FB-SERVICE @ 50, 2 × FB-SERVICE @ 7
    PAID, 2026-03-01, total 140.00: 2 × fb-service @ 50, 2 × FB-SERVICE @ 7
    AUTHORISED, total 140.00: 2 × FB-SERVICE @ 50, 2 × FB-SERVICE @ 7
    ORDERED, no invoice: 1 × S @ 2.5
    ESTIMATED, no invoice: no lines
    PAID, 2026-03-01, total 140.00: 2 × fb-service @ 50, 2 × FB-SERVICE @ 7
    VOIDED: ? × No SKU @ 1
    unreadable
    ");
}

#[test]
fn a_summary_is_bounded_and_keeps_its_total() {
    let lines = vec![line(50, ""); 100];
    let order = order_request("9b0d", &SaleOrder { lines });
    let summary = sent_summary(&order);
    assert_eq!(summary.chars().count(), 400);
    assert!(summary.starts_with("AUTHORISED, total 11300.00: 2 × FB-SERVICE @ 50, "));
    assert!(summary.ends_with('…'));
}

proptest! {
    /// The copy shows the numbers with other digits; a changed price is found wherever it stands.
    #[test]
    fn a_price_differs_exactly_where_its_value_does(
        prices in prop::collection::vec(0_i64..100_000, 1..20),
        place in 0_usize..20,
        change in -5_i64..5,
    ) {
        let sale_lines = prices.iter().map(|price| line(*price, "")).collect();
        let sent = order_request("9b0d", &SaleOrder { lines: sale_lines });
        let place = place % prices.len();
        let rows: Vec<String> = prices
            .iter()
            .enumerate()
            .map(|(at, price)| {
                let price = if at == place { price + change } else { *price };
                format!(r#"{{"Price":"{price}.0000","Quantity":2.0}}"#)
            })
            .collect();
        let copy = shown(&format!(
            r#"{{"ID":"9b0d","Order":{{"Lines":[{}]}}}}"#,
            rows.join(",")
        ));
        let differences = copy.order_differences(&sent);
        if change == 0 {
            prop_assert_eq!(differences, Vec::new());
        } else {
            prop_assert_eq!(differences.len(), 1);
            prop_assert_eq!(&differences[0].what, &format!("line {} Price", place + 1));
        }
    }
}
