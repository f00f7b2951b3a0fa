//! The documented invoice and variations of it, as FreshBooks writes them.

use freshbooks::{Api, Error, Invoice, Shown};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::server::{Canned, Server, http};

/// The documented example: 2 widgets of 50.00, 10 % off, 13 % on top.
pub(crate) fn example() -> Value {
    json!({
        "id": 987654, "invoiceid": 987654, "customerid": 202155, "estimateid": 0,
        "invoice_number": "0000042", "currency_code": "USD", "create_date": "2026-01-05",
        "due_offset_days": 30, "due_date": "2026-02-04", "version": "2026-01-05 11:02:10.123456",
        "updated": "2026-01-05 11:02:10", "status": 2, "v3_status": "sent", "vis_state": 0,
        "amount": {"amount": "101.70", "code": "USD"},
        "net_paid_amount": {"amount": "0.00000000000000000000000001", "code": "USD"},
        "discount_value": "10", "discount_total": {"amount": "-10.00", "code": "USD"},
        "organization": "Client Co", "fname": "", "lname": null, "terms": null, "notes": "",
        "lines": [{
            "lineid": 1, "type": 0, "name": "Widget", "description": "", "qty": "2",
            "unit_cost": {"amount": "50.00", "code": "USD"},
            "amount": {"amount": "100.00", "code": "USD"},
            "taxName1": "HST", "taxAmount1": "13", "taxName2": "", "taxAmount2": "0",
            "compounded_tax": false, "expenseid": 0, "modern_time_entries": []
        }]
    })
}

/// The example with some fields replaced; a replacement of null takes the field away.
pub(crate) fn example_with(changes: Value) -> Value {
    changed(example(), changes)
}

/// Any document with some fields replaced; a replacement of null takes the field away.
pub(crate) fn changed(mut document: Value, changes: Value) -> Value {
    let fields = document.as_object_mut().unwrap();
    for (field, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => fields.remove(field),
            value => fields.insert(field.clone(), value.clone()),
        };
    }
    document
}

/// The document that counts.
pub(crate) fn standing<T>(shown: Shown<T>) -> T {
    let standing = match shown {
        Shown::Standing(record) => Some(record),
        Shown::Deleted { .. } => None,
    };
    standing.unwrap()
}

/// The example with some fields of its line replaced.
pub(crate) fn example_with_line(changes: Value) -> Value {
    let mut invoice = example();
    for (field, value) in changes.as_object().unwrap() {
        invoice["lines"][0][field] = value.clone();
    }
    invoice
}

pub(crate) async fn read(body: impl ToString) -> Result<Option<Invoice>, Error> {
    let server = Server::start(Canned::new(200, body).header("retry-after", "59")).await;
    Api::new(http(), server.url)
        .invoice(&SecretString::from("token"), "lbZ4Kq", "987654")
        .await
}

pub(crate) async fn read_invoice(invoice: Value) -> Invoice {
    read(document(invoice)).await.unwrap().unwrap()
}

/// An invoice in its envelope.
pub(crate) fn document(invoice: Value) -> Value {
    json!({"response": {"result": {"invoice": invoice}}})
}
