use std::time::Duration;

use freshbooks_stand_in::{DeletedById, ErrorShape, NewPayment, UnusedTax};
use rust_decimal::Decimal;

use super::office::Office;

fn payment(invoice_id: i64, amount: &str) -> NewPayment {
    NewPayment {
        invoice_id,
        amount: amount.parse().unwrap(),
        ..NewPayment::default()
    }
}

#[tokio::test]
async fn lines_come_only_with_the_include_in_either_spelling() {
    let office = Office::open().await;
    let id = office.invoice();
    for (query, expected) in [
        ("", false),
        ("?include[]=lines", true),
        ("?include%5B%5D=lines", true),
    ] {
        let one = office
            .accounting(&format!("invoices/invoices/{id}{query}"))
            .await;
        assert_eq!(
            one["response"]["result"]["invoice"]["lines"].is_array(),
            expected,
            "{query}"
        );
        let list = office
            .accounting(&format!("invoices/invoices{query}"))
            .await;
        assert_eq!(
            list["response"]["result"]["invoices"][0]["lines"].is_array(),
            expected
        );
    }
}

#[tokio::test]
async fn an_invoice_shows_money_as_text_and_percentages_as_amounts() {
    let office = Office::open().await;
    let id = office.invoice();
    let invoice = office.stand_in.invoice(&office.account, id).unwrap();
    assert_eq!(invoice["amount"]["amount"], "101.70");
    assert_eq!(invoice["discount_value"], "10");
    assert_eq!(invoice["discount_total"]["amount"], "-10.00");
    assert_eq!(invoice["discount"]["amount"]["amount"], "10.00");
    assert_eq!(
        invoice["net_paid_amount"]["amount"],
        "0.00000000000000000000000000"
    );
    assert_eq!(invoice["invoice_number"], "0000001");
    assert_eq!(invoice["due_date"], "2026-02-04");
    assert_eq!(invoice["estimateid"], 0);
    let line = &invoice["lines"][0];
    assert_eq!(line["amount"]["amount"], "100.00");
    assert_eq!(
        (&line["taxName1"], &line["taxAmount1"]),
        (&"HST".into(), &"13".into())
    );
    assert_eq!(
        (&line["taxName2"], &line["taxAmount2"]),
        (&"".into(), &"0".into())
    );

    let null = |quirks: &mut freshbooks_stand_in::Quirks| quirks.unused_tax = UnusedTax::Null;
    office.stand_in.set_quirks(&office.account, null);
    let invoice = office.stand_in.invoice(&office.account, id).unwrap();
    assert!(invoice["lines"][0]["taxName2"].is_null());
}

#[tokio::test]
async fn timestamps_are_naive_eastern_and_every_change_has_a_version_of_its_own() {
    let office = Office::open().await;
    let id = office.invoice();
    let before = office.stand_in.invoice(&office.account, id).unwrap();
    assert_eq!(before["updated"], "2026-01-05 11:02:10");
    assert_eq!(before["version"], "2026-01-05 11:02:10.123456");
    office.stand_in.send_invoice(&office.account, id).unwrap();
    let after = office.stand_in.invoice(&office.account, id).unwrap();
    assert_eq!(after["updated"], before["updated"]);
    assert_ne!(after["version"], before["version"]);
}

#[tokio::test]
async fn the_statuses_follow_the_payments_and_the_day() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let id = office.invoice();
    let statuses = || {
        let invoice = stand_in.invoice(account, id).unwrap();
        let text = |key: &str| invoice[key].as_str().unwrap_or("-").to_owned();
        (
            invoice["status"].as_i64().unwrap(),
            text("v3_status"),
            text("payment_status"),
        )
    };
    let are = |number: i64, v3: &str, payment: &str| {
        assert_eq!(statuses(), (number, v3.to_owned(), payment.to_owned()));
    };
    are(1, "draft", "unpaid");
    stand_in.send_invoice(account, id).unwrap();
    are(2, "sent", "unpaid");
    let first = stand_in.record_payment(account, payment(id, "1.70"));
    are(8, "partial", "partial");
    stand_in.record_payment(account, payment(id, "100.00"));
    are(4, "paid", "paid");
    stand_in.delete_payment(account, first).unwrap();
    office.clock.advance(Duration::from_hours(31 * 24));
    are(8, "overdue", "partial");
    let invoice = stand_in.invoice(account, id).unwrap();
    assert_eq!(invoice["outstanding"]["amount"], "1.70");
}

#[tokio::test]
async fn a_deleted_invoice_is_hidden_from_lists_and_readable_by_id() {
    let office = Office::open().await;
    let id = office.invoice();
    office.stand_in.delete_invoice(&office.account, id).unwrap();
    assert_eq!(total(&office, "").await, 0);
    assert_eq!(total(&office, "?search[vis_state]=1").await, 1);
    let one = office.accounting(&format!("invoices/invoices/{id}")).await;
    assert_eq!(one["response"]["result"]["invoice"]["vis_state"], 1);

    office.stand_in.set_quirks(&office.account, |quirks| {
        quirks.deleted_by_id = DeletedById::Errno1011
    });
    let one = office.accounting(&format!("invoices/invoices/{id}")).await;
    assert_eq!(one["response"]["errors"][0]["errno"], 1011);

    office
        .stand_in
        .undelete_invoice(&office.account, id)
        .unwrap();
    office
        .stand_in
        .archive_invoice(&office.account, id)
        .unwrap();
    assert_eq!(total(&office, "").await, 1, "archived rows stay in lists");
}

#[tokio::test]
async fn an_unknown_id_is_errno_1012_in_the_shape_of_the_account() {
    let office = Office::open().await;
    let token = office.access_token().await;
    let path = office.accounting_path("invoices/invoices/77");
    let (status, old) = office.get(&token, &path).await;
    assert_eq!(
        (status, &old["response"]["errors"][0]["errno"]),
        (404, &1012.into())
    );
    office.stand_in.set_quirks(&office.account, |quirks| {
        quirks.error_shape = ErrorShape::New
    });
    let (status, new) = office.get(&token, &path).await;
    assert_eq!((status, &new["code"]), (404, &5.into()));
    assert_eq!(new["details"][0]["reason"], "1012");
    assert_eq!(new["details"][0]["metadata"]["value"], "77");
}

#[tokio::test]
async fn an_edited_invoice_keeps_its_number_and_the_address_of_its_issue() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let id = office.invoice();
    let client_id = stand_in.invoice(account, id).unwrap()["customerid"]
        .as_i64()
        .unwrap();
    let rename = |client: &mut freshbooks_stand_in::NewClient| {
        client.organization = "Renamed Co".to_owned();
    };
    stand_in.update_client(account, client_id, rename).unwrap();
    stand_in
        .update_invoice(account, id, |form| form.lines[0].quantity = Decimal::ONE)
        .unwrap();
    let invoice = stand_in.invoice(account, id).unwrap();
    assert_eq!(invoice["amount"]["amount"], "50.85");
    assert_eq!(invoice["invoice_number"], "0000001");
    assert_eq!(invoice["organization"], "Client Co");
    assert_eq!(invoice["current_organization"], "Renamed Co");
}

async fn total(office: &Office, query: &str) -> u64 {
    let list = office
        .accounting(&format!("invoices/invoices{query}"))
        .await;
    list["response"]["result"]["total"].as_u64().unwrap()
}
