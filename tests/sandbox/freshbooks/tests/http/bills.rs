use std::time::Duration;

use freshbooks_stand_in::{DeletedById, NewBill, NewBillLine, NewBillPayment, WrittenAs};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::office::{Office, rows};

fn payment(bill_id: i64, amount: &str) -> NewBillPayment {
    NewBillPayment {
        bill_id,
        amount: amount.parse().unwrap(),
        ..NewBillPayment::default()
    }
}

async fn bill(office: &Office, id: i64) -> Value {
    let one = office.accounting(&format!("bills/bills/{id}")).await;
    one["response"]["result"]["bill"].clone()
}

#[tokio::test]
async fn a_bill_shows_its_amount_before_tax_its_lines_and_utc_timestamps() {
    let office = Office::open().await;
    let id = office.bill();
    let bill = bill(&office, id).await;
    for (key, amount) in [
        ("amount", "100.00"),
        ("tax_amount", "13.00"),
        ("total_amount", "113.00"),
        ("outstanding", "113.00"),
        ("paid", "0.00"),
    ] {
        assert_eq!(bill[key], json!({"amount": amount, "code": "USD"}), "{key}");
    }
    // 11:02:10 in New York, where the timestamps of invoices are kept.
    assert_eq!(bill["updated_at"], "2026-01-05 16:02:10");
    assert_eq!(
        (&bill["issue_date"], &bill["due_date"]),
        (&"2026-01-05".into(), &"2026-02-04".into())
    );
    let line = &bill["lines"][0];
    assert_eq!(
        (&line["quantity"], &line["category"]["category"]),
        (&"10".into(), &"Materials".into())
    );
    assert_eq!(
        (&line["tax_percent1"], &line["tax_amount1"]["amount"]),
        (&"13".into(), &"13.00".into())
    );
    assert!(line["tax_name2"].is_null() && line["tax_amount2"].is_null());
    assert!(bill.get("vendor").is_none());
    let path = format!("bills/bills/{id}?include[]=vendor");
    let with_vendor = office.accounting(&path).await;
    let vendor = &with_vendor["response"]["result"]["bill"]["vendor"];
    assert_eq!(vendor["vendor_name"], "Bolts & Co");

    office.stand_in.set_quirks(&office.account, |quirks| {
        quirks.bill_tax_percent = WrittenAs::Number;
    });
    let bill = office.stand_in.bill(&office.account, id).unwrap();
    assert_eq!(bill["lines"][0]["tax_percent1"], 13);
}

#[tokio::test]
async fn tax_is_rounded_on_every_line() {
    let office = Office::open().await;
    let line = |cost: &str| {
        NewBillLine::new("Nut", Decimal::ONE, cost.parse().unwrap(), 0)
            .tax("HST", Decimal::from(13))
    };
    let form = NewBill {
        lines: vec![line("0.50"), line("0.50")],
        ..NewBill::default()
    };
    let id = office.stand_in.create_bill(&office.account, form);
    // 0.065 on each line becomes 0.07; over both lines it would be 0.13.
    let bill = bill(&office, id).await;
    assert_eq!(bill["tax_amount"]["amount"], "0.14");
    assert_eq!(bill["total_amount"]["amount"], "1.14");
}

#[tokio::test]
async fn the_status_follows_the_payments_and_the_day() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let id = office.bill();
    let status = || stand_in.bill(account, id).unwrap()["status"].clone();
    assert_eq!(status(), "unpaid");
    let first = stand_in.record_bill_payment(account, payment(id, "13.00"));
    assert_eq!(status(), "partial");
    stand_in.record_bill_payment(account, payment(id, "100.00"));
    assert_eq!(status(), "paid");
    stand_in.delete_bill_payment(account, first).unwrap();
    office.clock.advance(Duration::from_hours(31 * 24));
    assert_eq!(status(), "overdue");
    let bill = stand_in.bill(account, id).unwrap();
    assert_eq!(bill["outstanding"]["amount"], "13.00");
}

#[tokio::test]
async fn payments_stand_inside_their_bill_and_deleted_ones_only_where_the_account_is_set_so() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let id = office.bill();
    let first = stand_in.record_bill_payment(account, payment(id, "13.00"));
    let second = stand_in.record_bill_payment(account, payment(id, "5.00"));
    stand_in.delete_bill_payment(account, first).unwrap();
    let ids = |bill: &Value| -> Vec<(i64, i64)> {
        let payments = bill["bill_payments"].as_array().unwrap().iter();
        let number = |value: &Value| value.as_i64().unwrap();
        payments
            .map(|payment| (number(&payment["id"]), number(&payment["vis_state"])))
            .collect()
    };
    assert_eq!(ids(&bill(&office, id).await), [(second, 0)]);
    stand_in.set_quirks(account, |quirks| quirks.bill_shows_deleted_payments = true);
    assert_eq!(ids(&bill(&office, id).await), [(first, 1), (second, 0)]);

    let path = format!("bill_payments/bill_payments/{second}");
    let one = office.accounting(&path).await;
    let payment = &one["response"]["result"]["bill_payment"];
    assert_eq!(
        (&payment["billid"], &payment["paid_date"]),
        (&id.into(), &"2026-01-05".into())
    );
    assert!(payment.get("updated").is_none() && payment.get("updated_at").is_none());
}

#[tokio::test]
async fn bills_have_four_filters_and_none_of_them_is_about_time() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let first = office.bill();
    office.bill();
    stand_in.record_bill_payment(account, payment(first, "113.00"));
    let vendor_id = stand_in.bill(account, first).unwrap()["vendorid"].clone();
    for (query, expected) in [
        (format!("search[vendorid]={vendor_id}"), 1),
        (format!("search[ids][]={first}"), 1),
        ("search[statuses][]=paid".to_owned(), 1),
        ("search[currency_code]=CAD".to_owned(), 0),
        (format!("search[vendor_id]={vendor_id}"), 2),
        ("search[status]=paid".to_owned(), 2),
        ("search[updated_min]=2030-01-01".to_owned(), 2),
        ("search[date_min]=2030-01-01".to_owned(), 2),
    ] {
        let total = office.total(&format!("bills/bills?{query}")).await;
        assert_eq!(total, expected, "{query}");
    }
    let query = format!("search[billid]={first}&search[paid_date]=2030-01-01");
    office
        .stand_in
        .record_bill_payment(account, payment(0, "1"));
    let total = office
        .total(&format!("bill_payments/bill_payments?{query}"))
        .await;
    assert_eq!(total, 2);
    let query = "search[vendor_name]=Nobody&search[email]=nobody";
    let total = office
        .total(&format!("bill_vendors/bill_vendors?{query}"))
        .await;
    assert_eq!(total, 2);
}

#[tokio::test]
async fn a_deleted_bill_is_hidden_from_lists_and_readable_by_id() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let id = office.bill();
    stand_in.delete_bill(account, id).unwrap();
    assert_eq!(office.total("bills/bills").await, 0);
    assert_eq!(office.total("bills/bills?search[vis_state]=1").await, 1);
    let deleted = bill(&office, id).await;
    assert_eq!(
        (&deleted["vis_state"], deleted["vendorid"].is_i64()),
        (&1.into(), true)
    );
    stand_in.set_quirks(account, |quirks| {
        quirks.hides_vendor_of_put_away_bills = true;
    });
    assert!(bill(&office, id).await.get("vendorid").is_none());
    stand_in.set_quirks(account, |quirks| {
        quirks.deleted_by_id = DeletedById::Errno1011;
    });
    let one = office.accounting(&format!("bills/bills/{id}")).await;
    assert_eq!(one["response"]["errors"][0]["errno"], 1011);
    stand_in.undelete_bill(account, id).unwrap();
    stand_in.archive_bill(account, id).unwrap();
    assert_eq!(office.total("bills/bills").await, 1);
}

#[tokio::test]
async fn the_lists_of_payments_and_vendors_hear_of_vis_state_only_where_the_account_is_set_so() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let id = office.bill();
    let first = stand_in.record_bill_payment(account, payment(id, "13.00"));
    stand_in.record_bill_payment(account, payment(id, "5.00"));
    stand_in.delete_bill_payment(account, first).unwrap();
    let deleted = "bill_payments/bill_payments?search[vis_state]=1";
    let list = office.accounting(deleted).await;
    assert_eq!(rows(&list, "bill_payments")[0]["id"], first);
    stand_in.set_quirks(account, |quirks| {
        quirks.vis_state_filters_everything = false
    });
    let list = office.accounting(deleted).await;
    assert_eq!(rows(&list, "bill_payments").len(), 1);
    assert_eq!(rows(&list, "bill_payments")[0]["vis_state"], 0);
}

#[tokio::test]
async fn a_vendor_has_a_vendorid_and_no_id() {
    let office = Office::open().await;
    office.bill();
    let list = office.accounting("bill_vendors/bill_vendors").await;
    let vendor = &rows(&list, "bill_vendors")[0];
    assert!(vendor["vendorid"].is_i64() && vendor.get("id").is_none());
    assert_eq!(vendor["vendor_name"], "Bolts & Co");
    assert_eq!(vendor["updated_at"], "2026-01-05 16:02:10");
    let balance = &vendor["outstanding_balance"][0]["amount"];
    assert_eq!(balance["amount"], "113.00");
}

#[tokio::test]
async fn bills_announce_themselves_and_their_payments_do_not() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    for (noun, place) in [("bill", 1), ("bill_vendor", 2), ("bill_payment", 3)] {
        let uri = format!("http://hooks.example/{place}");
        stand_in.register_callback(account, noun, &uri, "Vr7k");
    }
    let id = office.bill();
    let first = stand_in.record_bill_payment(account, payment(id, "13.00"));
    stand_in
        .update_bill_payment(account, first, |payment| payment.amount = Decimal::TEN)
        .unwrap();
    let before = stand_in.bill(account, id).unwrap()["updated_at"].clone();
    stand_in.set_quirks(account, |quirks| quirks.bill_payment_moves_bill = true);
    office.clock.advance(Duration::from_mins(1));
    stand_in.delete_bill_payment(account, first).unwrap();
    assert_ne!(stand_in.bill(account, id).unwrap()["updated_at"], before);
    stand_in.delete_bill(account, id).unwrap();
    let pending = stand_in.pending();
    let events = pending.iter().map(|delivery| {
        let name = delivery.body.split('&').next().unwrap();
        name.trim_start_matches("name=")
    });
    let events: Vec<_> = events.collect();
    assert_eq!(
        events,
        [
            "bill_vendor.create",
            "bill.create",
            "bill.update",
            "bill.delete"
        ]
    );
}
