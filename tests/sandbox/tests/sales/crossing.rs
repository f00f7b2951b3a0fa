//! The ordinary way: what it costs, and what stands in Cin7 afterwards.

use std::time::Duration;

use cin7_stand_in::{DocumentStatus, SaleType};
use freshbooks_stand_in::NewInvoice;
use jiff::civil::date;
use ledger::State;

use crate::world::{World, dec, plain};

#[tokio::test]
async fn a_new_invoice_of_a_linked_client_takes_three_calls_and_a_repeat_none() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;

    let before = world.cin7_count();
    let account = &world.acme().account;
    let id = world
        .freshbooks
        .create_invoice(account, plain(client, "250.00"));
    world.freshbooks.send_invoice(account, id).unwrap();
    assert_eq!(world.deliver().await, [200, 200], "created, and sent");
    world.work().await;
    let paths: Vec<String> = world
        .cin7_calls(before)
        .iter()
        .map(|call| format!("{} {}", call.method, call.path))
        .collect();
    assert_eq!(paths, ["POST sale", "POST sale/order", "POST sale/invoice"]);
    assert_eq!(world.record(id).await.calls, 3);

    let before = world.cin7_count();
    world.hint(id).await;
    world.freshbooks.view_invoice(account, id).unwrap();
    world.deliver().await;
    world.work().await;
    assert_eq!(world.cin7_count(), before, "unchanged");
    assert_eq!(world.record(id).await.state, State::Posted);

    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_confirmed_invoice_that_is_announced_again_stays_confirmed_without_a_call() {
    let world = World::start().await;
    let id = world.warm_up(world.client("Harbour Studio")).await;
    let before = world.cin7_count();
    world.clock.advance(Duration::from_hours(30));
    world.hint(id).await;
    world.settle().await;
    assert_eq!(world.cin7_count(), before);
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn the_sale_carries_what_people_look_for_in_cin7() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let form = NewInvoice {
        number: Some("2026-017".into()),
        date: Some(date(2026, 1, 3)),
        ..plain(client, "250.00")
    };
    let id = world.send(form).await;
    world.settle().await;
    world.assert_confirmed(id).await;

    let sale = world.sale(id);
    let header = &sale.header;
    assert_eq!(sale.sale_type, SaleType::Simple);
    assert_eq!(
        header.external_id,
        format!(
            "freshbooks:{}:invoice:{id}",
            world.acme().account.account_id
        )
    );
    assert_eq!(header.customer, "Harbour Studio");
    assert_eq!(header.customer_reference, "2026-017");
    assert_eq!(header.terms, "30 days");
    assert_eq!(header.location, "Main Warehouse");
    assert_eq!(header.default_account, "200");
    assert_eq!(header.tax_rule, "HST 13");
    assert!(header.skip_quote && !sale.tax_inclusive);
    assert_eq!(header.sale_order_date, Some(date(2026, 1, 3)));
    assert_eq!(header.currency_rate, dec("1"));
    assert!(header.note.contains("2026-017"), "{}", header.note);

    let invoice = &sale.invoices[0];
    assert_eq!(invoice.status, DocumentStatus::Authorised);
    assert_eq!(invoice.date, date(2026, 1, 3));
    assert_eq!(invoice.due_date, date(2026, 2, 2));
    let line = &invoice.lines[0];
    assert_eq!(
        (line.sku.as_str(), line.tax_rule.as_str()),
        ("FB-SERVICE", "HST 13")
    );
    assert_eq!(line.account.as_deref(), Some("200"));
    assert_eq!(line.comment, "Consulting");

    let record = world.record(id).await;
    assert_eq!(record.number.as_deref(), Some("2026-017"));
    assert_eq!(record.cin7.sale_id, Some(sale.id.to_string()));
    assert_eq!(
        record.cin7.order_number.as_deref(),
        Some(sale.order_number.as_str())
    );
    assert_eq!(
        record.cin7.invoice_number.as_deref(),
        Some(invoice.number.as_str())
    );
    world.check().await;
}

#[tokio::test]
async fn a_due_date_without_a_term_of_its_length_still_is_the_due_date() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    for (days, due) in [
        (0, date(2026, 1, 5)),
        (15, date(2026, 1, 20)),
        (47, date(2026, 2, 21)),
    ] {
        let form = NewInvoice {
            due_offset_days: days,
            ..plain(client, "20.00")
        };
        let id = world.send(form).await;
        world.settle().await;
        world.assert_confirmed(id).await;
        assert_eq!(world.sale(id).invoices[0].due_date, due, "{days} days");
    }
    world.check().await;
}

#[tokio::test]
async fn the_trail_tells_the_way_from_the_delivery_to_the_confirmation() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let id = world
        .freshbooks
        .create_invoice(&world.acme().account, plain(client, "250.00"));
    world
        .freshbooks
        .send_invoice(&world.acme().account, id)
        .unwrap();
    world.freshbooks.take_pending();
    world.hint(id).await;
    world.settle().await;
    assert_eq!(
        world.told(id).await,
        [
            "received",
            "fetched",
            "planned",
            "intent",
            "outcome",
            "intent",
            "outcome",
            "intent",
            "outcome",
            "posted",
            "confirmed"
        ]
    );
    world.check().await;
}
