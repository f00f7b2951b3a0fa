//! What is sent for bills, journals and money: the very text, and where it goes.

use cin7::{
    Approach, EntryStatus, JournalLine, MoneyKind, MoneyLine, MoneyLineNames, NewJournal,
    NewMoneyOperation, NewSupplier, PurchaseCharge, PurchaseHeader, PurchaseInvoice, PurchaseKind,
    PurchaseLine, PurchaseOrder,
};
use jiff::civil::date;
use money::Decimal;

pub(crate) fn supplier() -> NewSupplier {
    NewSupplier {
        name: "Paper Mill".to_owned(),
        currency: "USD".parse().unwrap(),
        payment_term: "30 days".to_owned(),
        account_payable: "800".to_owned(),
        tax_rule: "Tax on Purchases".to_owned(),
        contact: String::new(),
        email: String::new(),
        phone: String::new(),
        comments: String::new(),
    }
}

pub(crate) fn header() -> PurchaseHeader {
    PurchaseHeader {
        supplier_id: "5e00".to_owned(),
        approach: Approach::Invoice,
        kind: PurchaseKind::Service,
        location: "Main".to_owned(),
        tax_rule: None,
        terms: Some("30 days".to_owned()),
        currency_rate: Decimal::new(108, 2),
        mark: "fb:bill:321".to_owned(),
        remarks: "Bill 321".to_owned(),
    }
}

fn charge() -> PurchaseCharge {
    PurchaseCharge {
        description: "Imported cost".to_owned(),
        reference: "Leaflets".to_owned(),
        quantity: Decimal::ONE,
        price: Decimal::new(8000, 2),
        discount: Decimal::ZERO,
        tax: Decimal::new(800, 2),
        total: Decimal::new(8000, 2),
        tax_rule: "Tax on Purchases".to_owned(),
        account: "400".to_owned(),
    }
}

fn line() -> PurchaseLine {
    PurchaseLine {
        product_id: String::new(),
        sku: "W1".to_owned(),
        name: "Widget".to_owned(),
        quantity: Decimal::from(2),
        price: Decimal::new(15, 1),
        discount: Decimal::ZERO,
        tax: Decimal::new(30, 2),
        total: Decimal::new(300, 2),
        tax_rule: "Tax on Purchases".to_owned(),
        account: "630".to_owned(),
        comment: String::new(),
    }
}

pub(crate) fn order() -> PurchaseOrder {
    PurchaseOrder {
        memo: String::new(),
        lines: vec![line()],
        charges: vec![charge()],
    }
}

pub(crate) fn invoice() -> PurchaseInvoice {
    PurchaseInvoice {
        number: "B-321".to_owned(),
        date: date(2026, 3, 2),
        due: date(2026, 4, 1),
        lines: Vec::new(),
        charges: vec![charge()],
    }
}

pub(crate) fn journal() -> NewJournal {
    NewJournal {
        status: EntryStatus::Completed,
        currency: "USD".parse().unwrap(),
        currency_rate: Decimal::ONE,
        date: date(2026, 3, 31),
        narration: "fb:journal:42".to_owned(),
        notes: "Month end".to_owned(),
        lines: vec![JournalLine {
            debit: "400".to_owned(),
            credit: "090".to_owned(),
            amount: Decimal::new(12000, 2),
            base_amount: Decimal::new(12000, 2),
            reference: "42/1".to_owned(),
        }],
    }
}

pub(crate) fn operation() -> NewMoneyOperation {
    NewMoneyOperation {
        kind: MoneyKind::Spend,
        status: EntryStatus::Draft,
        bank_account: "090".to_owned(),
        date: date(2026, 3, 4),
        currency_rate: Decimal::ONE,
        supplier_id: Some("5e00".to_owned()),
        customer_id: None,
        reference: "fb:expense:77".to_owned(),
        note: String::new(),
        line_names: MoneyLineNames::Samples,
        lines: vec![MoneyLine {
            name: "Fuel".to_owned(),
            comment: String::new(),
            quantity: Decimal::ONE,
            price: Decimal::new(5000, 2),
            tax: Decimal::new(500, 2),
            total: Decimal::new(5000, 2),
            tax_rule: "Tax on Purchases".to_owned(),
            account: "420".to_owned(),
        }],
    }
}

#[test]
fn a_supplier_is_its_own_contact_where_there_is_no_other() {
    insta::assert_snapshot!(cin7::supplier_request(&supplier()), @r#"{"Name":"Paper Mill","Status":"Active","Currency":"USD","PaymentTerm":"30 days","AccountPayable":"800","TaxRule":"Tax on Purchases","Comments":"","Contacts":[{"Name":"Paper Mill","Default":true}]}"#);
}

#[test]
fn a_header_names_its_kind_in_one_way_only_and_begins_its_note_with_the_mark() {
    insta::assert_snapshot!(cin7::purchase_header_request(&header()), @r#"{"SupplierID":"5e00","Approach":"INVOICE","IsServiceOnly":true,"Location":"Main","Terms":"30 days","TaxCalculation":"Exclusive","CurrencyRate":1.08,"Note":"fb:bill:321\nBill 321"}"#);
    let goods = PurchaseHeader {
        approach: Approach::Stock,
        kind: PurchaseKind::Simple,
        remarks: "x".repeat(2000),
        ..header()
    };
    let text = cin7::purchase_header_request(&goods);
    assert!(text.contains(r#""Approach":"STOCK","PurchaseType":"Simple","#));
    assert!(!text.contains("IsServiceOnly"));
    assert!(text.contains(&format!(r#""Note":"fb:bill:321\n{}""#, "x".repeat(1012))));
}

#[test]
fn rows_of_an_order_have_no_account_and_those_of_an_invoice_do() {
    insta::assert_snapshot!(cin7::purchase_order_request("9a1b", &order()), @r#"{"TaskID":"9a1b","CombineAdditionalCharges":false,"Memo":"","Status":"AUTHORISED","Lines":[{"SKU":"W1","Name":"Widget","Quantity":2,"Price":1.5,"Discount":0,"Tax":0.30,"Total":3.00,"TaxRule":"Tax on Purchases","Comment":""}],"AdditionalCharges":[{"Description":"Imported cost","Reference":"Leaflets","Quantity":1,"Price":80.00,"Discount":0,"Tax":8.00,"Total":80.00,"TaxRule":"Tax on Purchases"}]}"#);
    insta::assert_snapshot!(cin7::purchase_invoice_request("9a1b", "7a5c", &invoice()), @r#"{"PurchaseID":"9a1b","TaskID":"7a5c","CombineAdditionalCharges":false,"Status":"AUTHORISED","InvoiceNumber":"B-321","InvoiceDate":"2026-03-02T00:00:00","InvoiceDueDate":"2026-04-01T00:00:00","Lines":[],"AdditionalCharges":[{"Description":"Imported cost","Reference":"Leaflets","Quantity":1,"Price":80.00,"Discount":0,"Tax":8.00,"Total":80.00,"TaxRule":"Tax on Purchases","Account":"400"}]}"#);
}

#[test]
fn a_journal_is_sent_in_pairs() {
    insta::assert_snapshot!(cin7::journal_request(&journal()), @r#"{"Status":"COMPLETED","Currency":"USD","CurrencyConversionRate":1,"EffectiveDate":"2026-03-31T00:00:00","Narration":"fb:journal:42","Notes":"Month end","Lines":[{"Debit":"400","Credit":"090","Amount":120.00,"BaseAmount":120.00,"Reference":"42/1"}]}"#);
    let update = cin7::journal_update_request("a000", &journal());
    assert!(update.starts_with(r#"{"TaskID":"a000","Status":"COMPLETED","#));
}

#[test]
fn a_money_operation_names_its_fields_as_the_samples_or_as_the_table() {
    insta::assert_snapshot!(cin7::money_operation_request(&operation()), @r#"{"TaskType":"Spend Money","Status":"DRAFT","BankAccount":"090","Date":"2026-03-04T00:00:00","CurrencyConversionRate":1,"SupplierID":"5e00","Reference":"fb:expense:77","Note":"","TaxInclusive":false,"Lines":[{"Name":"Fuel","Comment":"","Quantity":1,"Price":50.00,"Discount":0,"Tax":5.00,"Total":50.00,"TaxRuleName":"Tax on Purchases","AccountCode":"420"}]}"#);
    let table = NewMoneyOperation {
        kind: MoneyKind::Receive,
        line_names: MoneyLineNames::Table,
        ..operation()
    };
    let text = cin7::money_operation_update_request("2fff", &table);
    assert!(text.starts_with(r#"{"TaskID":"2fff","TaskType":"Receive Money","#));
    assert!(text.contains(r#""TaxRule":"Tax on Purchases","Account":"420"}"#));
    assert!(!text.contains("TaxRuleName"));
}
