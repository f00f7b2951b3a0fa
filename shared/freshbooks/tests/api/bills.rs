//! Bills, their payments and vendors, and those that cannot be right.

use freshbooks::{Api, Bill, BillPayment, Error, Shown, Vendor};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::example::{changed, standing};
use crate::server::{Canned, Server, http};

fn example() -> Value {
    json!({
        "id": 5511, "vendorid": 1563, "bill_number": "INV-77", "issue_date": "2026-01-03",
        "due_date": "2026-02-02", "due_offset_days": 30, "currency_code": "USD", "language": "en",
        "status": "unpaid", "amount": {"amount": "100.00", "code": "USD"},
        "tax_amount": {"amount": "13.00", "code": "USD"},
        "total_amount": {"amount": "113.00", "code": "USD"},
        "overall_category": "Materials", "attachment": null, "bill_payments": [payment()],
        "created_at": "2026-01-03 16:20:11", "updated_at": "2026-01-03 16:20:11", "vis_state": 0,
        "lines": [{
            "id": 9001, "list_index": 1, "description": "Bolts", "quantity": "10",
            "unit_cost": {"amount": "10.00", "code": "USD"},
            "amount": {"amount": "100.00", "code": "USD"},
            "total_amount": {"amount": "113.00", "code": "USD"},
            "category": {"id": 77, "categoryid": 77, "category": "Materials", "parentid": 12},
            "tax_name1": "HST", "tax_percent1": "13", "tax_authorityid1": null,
            "tax_amount1": {"amount": "13.00", "code": "USD"}, "tax_name2": null,
            "tax_percent2": null, "tax_amount2": null
        }]
    })
}

fn payment() -> Value {
    json!({"id": 31, "billid": 5511, "amount": {"amount": "13.00", "code": "USD"},
        "paid_date": "2026-01-20", "payment_type": "Check", "note": "",
        "matched_with_expense": true, "vis_state": 0})
}

fn example_with_line(changes: Value) -> Value {
    let mut bill = example();
    bill["lines"][0] = changed(bill["lines"][0].take(), changes);
    bill
}

fn example_with_payment(changes: Value) -> Value {
    let mut bill = example();
    bill["bill_payments"][0] = changed(bill["bill_payments"][0].take(), changes);
    bill
}

async fn read(bill: Value) -> Result<Option<Shown<Bill>>, Error> {
    let body = json!({"response": {"result": {"bill": bill}}});
    let server = Server::start(Canned::new(200, body)).await;
    let bill = Api::new(http(), server.url.clone())
        .bill(&SecretString::from("token"), "lbZ4Kq", "5511")
        .await;
    let line = server.only_request().line;
    assert_eq!(line, "GET /accounting/account/lbZ4Kq/bills/bills/5511");
    bill
}

async fn read_bill(bill: Value) -> Bill {
    standing(read(bill).await.unwrap().unwrap())
}

/// The sentence of the refusal.
async fn refusal(bill: Value) -> String {
    let error = read(bill).await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn the_documented_bill_is_read_in_full() {
    let bill = serde_json::to_string_pretty(&read_bill(example()).await).unwrap();
    insta::assert_snapshot!(bill, @r#"
    {
      "id": "5511",
      "vendor_id": "1563",
      "number": "INV-77",
      "issued_on": "2026-01-03",
      "due_on": "2026-02-02",
      "currency": "USD",
      "subtotal": "100.00",
      "total": {
        "amount": "113.00",
        "currency": "USD"
      },
      "lines": [
        {
          "description": "Bolts",
          "quantity": "10",
          "unit_cost": "10.00",
          "amount": "100.00",
          "category": {
            "id": "77",
            "name": "Materials"
          },
          "taxes": [
            {
              "name": "HST",
              "percent": "13",
              "amount": "13.00"
            }
          ]
        }
      ],
      "payments": [
        {
          "standing": {
            "id": "31",
            "bill_id": "5511",
            "amount": {
              "amount": "13.00",
              "currency": "USD"
            },
            "paid_on": "2026-01-20",
            "kind": "Check",
            "is_matched_with_expense": true
          }
        }
      ],
      "version": "2026-01-03 16:20:11"
    }
    "#);
}

#[tokio::test]
async fn a_percentage_may_be_a_number_and_a_vendor_may_be_missing() {
    let bill = read_bill(changed(
        example_with_line(json!({"tax_percent1": 13.0, "category": null, "quantity": 10})),
        json!({"vendorid": null, "due_date": null}),
    ))
    .await;
    assert_eq!(bill.vendor_id, None);
    assert_eq!(bill.due_on.to_string(), "2026-02-02");
    let line = &bill.lines[0];
    assert_eq!((&line.category, line.taxes.len()), (&None, 1));
    assert_eq!(line.taxes[0].percent.unwrap().to_string(), "13");
}

#[tokio::test]
async fn a_tax_that_is_named_says_what_it_comes_to() {
    let without = json!({"tax_amount1": null});
    insta::assert_snapshot!(refusal(example_with_line(without)).await, @"FreshBooks' bill 5511 cannot be read: the money of tax of line 1 is missing. Open it in FreshBooks, save it again, then replay this record.");
    let nothing = json!({"tax_name1": "Exempt", "tax_percent1": "0", "tax_amount1": null});
    let bill = read_bill(example_with_line(nothing)).await;
    assert_eq!(bill.lines[0].taxes[0].amount, 0.into());
    let unused = json!({"tax_name1": "", "tax_percent1": "0", "tax_amount1": {"amount": "0.00", "code": "USD"}});
    let bill = read_bill(example_with_line(unused)).await;
    assert!(bill.lines[0].taxes.is_empty());
}

#[tokio::test]
async fn a_deleted_payment_inside_a_bill_is_known_as_deleted() {
    let bill = example_with_payment(json!({"vis_state": 1, "amount": null}));
    let deleted = Shown::Deleted {
        id: "31".to_owned(),
    };
    assert_eq!(read_bill(bill).await.payments, [deleted]);
    assert_eq!(
        read_bill(changed(example(), json!({"bill_payments": []})))
            .await
            .payments,
        []
    );
}

#[tokio::test]
async fn a_deleted_bill_is_read_whatever_is_left_of_it() {
    let left = json!({"id": 5511, "vis_state": 1, "issue_date": "0000-00-00"});
    let deleted = Shown::Deleted {
        id: "5511".to_owned(),
    };
    assert_eq!(read(left).await, Ok(Some(deleted)));
}

#[tokio::test]
async fn a_breach_of_a_bill_is_told() {
    for (bill, expected) in [
        (json!({"issue_date": null}), "the date of issue is missing"),
        (json!({"total_amount": null}), "the total is missing"),
        (json!({"amount": null}), "the amount before tax is missing"),
        (
            json!({"currency_code": "EUR"}),
            "the total is in USD, the document in EUR",
        ),
        (
            json!({"lines": null}),
            "FreshBooks sent it without its lines",
        ),
        (
            json!({"bill_payments": null}),
            "FreshBooks sent it without saying how it was paid",
        ),
        (
            json!({"id": 1, "bill_payments": []}),
            "FreshBooks answered with bill 1",
        ),
    ] {
        let told = refusal(changed(example(), bill)).await;
        assert!(told.contains(expected), "{told}");
    }
    for (line, expected) in [
        (json!({"quantity": ""}), "the quantity of line 1 is missing"),
        (
            json!({"amount": {"amount": "1", "code": "CAD"}}),
            "the amount of line 1 is in CAD, the document in USD",
        ),
        (
            json!({"tax_percent1": "13%"}),
            r#"the rate of tax of line 1 is "13%", not a number"#,
        ),
    ] {
        let told = refusal(example_with_line(line)).await;
        assert!(told.contains(expected), "{told}");
    }
    for (payment, expected) in [
        (
            json!({"billid": 7}),
            "it shows payment 31, which pays bill 7",
        ),
        (
            json!({"paid_date": null}),
            "the date of payment 31 is missing",
        ),
        (json!({"id": 0}), "the id of a payment is missing"),
    ] {
        let told = refusal(example_with_payment(payment)).await;
        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn a_payment_of_a_bill_is_read_alone() {
    let read = async |payment: Value| -> Result<Option<Shown<BillPayment>>, Error> {
        let body = json!({"response": {"result": {"bill_payment": payment}}});
        let server = Server::start(Canned::new(200, body)).await;
        Api::new(http(), server.url)
            .bill_payment(&SecretString::from("token"), "lbZ4Kq", "31")
            .await
    };
    let paid = standing(read(payment()).await.unwrap().unwrap());
    assert_eq!(paid.amount.to_string(), "13.00 USD");
    assert_eq!(
        (paid.bill_id.as_str(), paid.is_matched_with_expense),
        ("5511", true)
    );
    let error = read(changed(payment(), json!({"billid": 0})))
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks' bill payment 31 cannot be read: the bill that it pays is missing. Open it in FreshBooks, save it again, then replay this record.");
}

#[tokio::test]
async fn a_vendor_is_called_by_the_first_name_it_has() {
    let read = async |vendor: Value| -> Vendor {
        let body = json!({"response": {"result": {"bill_vendor": vendor}}});
        let server = Server::start(Canned::new(200, body)).await;
        let vendor = Api::new(http(), server.url)
            .vendor(&SecretString::from("token"), "lbZ4Kq", "1563")
            .await;
        vendor.unwrap().unwrap()
    };
    let vendor = json!({"vendorid": 1563, "vendor_name": " Bolts & Co ",
        "primary_contact_first_name": "Ada", "primary_contact_last_name": "B",
        "primary_contact_email": "ada@example.com", "currency_code": "usd",
        "updated_at": "2026-01-03 16:20:11", "vis_state": 2});
    let named = read(vendor.clone()).await;
    assert_eq!(
        (named.name.as_str(), named.contact.as_str()),
        ("Bolts & Co", "Ada B")
    );
    assert_eq!(named.visibility, freshbooks::Visibility::Archived);
    let nameless = changed(vendor.clone(), json!({"vendor_name": null}));
    assert_eq!(read(nameless).await.name, "Ada B");
    assert_eq!(
        read(json!({"vendorid": "1563"})).await.name,
        "FreshBooks vendor 1563"
    );
}

#[tokio::test]
async fn a_missing_scope_of_the_purchase_side_is_named() {
    let refused = json!({"response": {"errors": [{"errno": 1003, "message": "Not allowed."}]}});
    let server = Server::start(Canned::new(403, refused)).await;
    let error = Api::new(http(), server.url)
        .bill_payment(&SecretString::from("token"), "lbZ4Kq", "31")
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks does not let this connection read bill payment 31: Not allowed. Probably the scope user:bill_payments:read is missing: enable it for the app in FreshBooks' developer portal, then connect the account again.");
}
