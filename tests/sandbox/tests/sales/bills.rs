//! Bills become purchases: the ordinary way, its suppliers, and what keeps a bill back.

mod by_hand;
mod changes;
mod deletes;
mod forms;
mod killed;
mod numbers;
mod suppliers;
mod writes;

use cin7_stand_in::{Approach, DocumentStatus, PurchaseType};
use freshbooks_stand_in::{NewBill, NewBillLine};
use jiff::civil::date;
use ledger::State;

use crate::world::{Setup, World, bought, dec};

#[tokio::test]
async fn a_new_bill_of_a_linked_vendor_takes_three_calls_and_a_repeat_none() {
    let world = World::start_with(Setup::buying()).await;
    world.crossed_bill("10.00").await;
    let vendor = world.vendor("Paper Mill");
    let first = world.plain_bill(vendor, "20.00");
    world.tell_bill(first).await;

    let before = world.cin7_count();
    let id = world.plain_bill(vendor, "250.00");
    world.tell_bill(id).await;
    let writes = [
        "POST advanced-purchase",
        "POST purchase/order",
        "POST advanced-purchase/invoice",
    ];
    assert_eq!(world.writes(before), writes);
    assert_eq!(world.cin7_count() - before, writes.len(), "and no read");
    assert_eq!(world.record_of("bill", id).await.calls, 3);
    world.assert_bill_stands(id).await;

    let before = world.cin7_count();
    world.tell_bill(id).await;
    assert_eq!(world.cin7_count(), before, "unchanged");
    world.assert_bill_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn the_purchase_carries_what_people_look_for_in_cin7() {
    let world = World::start_with(Setup::buying()).await;
    let vendor = world.vendor("Bolt Makers Ltd");
    let materials = world.category("Materials");
    let steel = NewBillLine {
        category_id: materials,
        ..bought("Steel rod", "2", "40.00")
    };
    let untaxed = NewBillLine::new("Delivery", dec("1"), dec("15.50"), 0);
    let id = world.bill_of(NewBill {
        vendor_id: vendor,
        number: "INV-77".to_owned(),
        issue_date: Some(date(2026, 1, 3)),
        due_offset_days: 15,
        lines: vec![steel, untaxed],
        ..NewBill::default()
    });
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;

    let purchase = world.standing_purchase(id);
    assert_eq!(purchase.purchase_type, PurchaseType::Simple);
    assert_eq!(purchase.approach, Approach::Invoice);
    let header = &purchase.header;
    assert_eq!(header.supplier, "Bolt Makers Ltd");
    assert_eq!(header.location, "Main Warehouse");
    assert_eq!(header.terms, "15 days");
    assert_eq!(header.currency_rate, dec("1"));
    let mark = world.bill_mark(id);
    let note = format!("{mark}\nFreshBooks bill INV-77 from Bolt Makers Ltd");
    assert_eq!(header.note, note);

    let invoice = &purchase.invoices[0];
    assert_eq!(invoice.number, "INV-77");
    assert_eq!(invoice.date, Some(date(2026, 1, 3)));
    assert_eq!(invoice.due_date, Some(date(2026, 1, 18)));
    assert!(invoice.lines.is_empty(), "services are charges");
    let rows: Vec<_> = invoice
        .charges
        .iter()
        .map(|row| {
            (
                row.reference.as_str(),
                row.account.as_deref(),
                row.tax_rule.as_str(),
                row.tax,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("Steel rod", Some("310"), "HST 13", dec("10.40")),
            ("Delivery", Some("429"), "Tax Exempt", dec("0")),
        ]
    );
    let record = world.record_of("bill", id).await;
    assert_eq!(record.number.as_deref(), Some("INV-77"));
    assert_eq!(record.day, Some(date(2026, 1, 3)));
    world.check().await;
}

#[tokio::test]
async fn a_bill_is_followed_from_its_webhooks_alone() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.plain_bill(world.vendor("Bolt Makers Ltd"), "20.00");
    assert_eq!(world.deliver().await, [200]);
    world.settle_all_but_confirm().await;
    world.assert_bill_stands(id).await;
    world.reprice_bill(id, "30.00");
    assert_eq!(world.deliver().await, [200]);
    world.settle_all_but_confirm().await;
    world.assert_bill_stands(id).await;
    let account = &world.acme().account;
    world.freshbooks.delete_bill(account, id).unwrap();
    assert_eq!(world.deliver().await, [200]);
    world.settle_all_but_confirm().await;
    world
        .assert_bill_says(id, State::Reversed, &["deleted"])
        .await;
    assert!(world.purchases(id).iter().all(|purchase| purchase.voided));
    world.check().await;
}

#[tokio::test]
async fn the_trail_tells_the_way_of_a_bill() {
    let world = World::start_with(Setup::buying()).await;
    world.crossed_bill("10.00").await;
    let id = world.plain_bill(world.vendor("Paper Mill"), "20.00");
    world.tell_bill(id).await;
    let told = world.told_of("bill", id).await;
    let way = [
        "received",
        "fetched",
        "planned",
        "intent",
        "outcome",
        "supplier linked",
        "intent",
        "outcome",
        "intent",
        "outcome",
        "intent",
        "outcome",
        "posted",
    ];
    assert_eq!(told, way);
    world.check().await;
}

#[tokio::test]
async fn a_bill_before_the_start_date_or_of_nothing_is_skipped() {
    let world = World::start_with(Setup::buying()).await;
    let vendor = world.vendor("Bolt Makers Ltd");
    let early = world.plain_bill(vendor, "10.00");
    world.edit_bill(early, |form| form.issue_date = Some(date(2025, 12, 31)));
    let free = world.plain_bill(vendor, "0.00");
    for (id, words) in [(early, "start date"), (free, "Bill")] {
        world.tell_bill(id).await;
        world.assert_bill_says(id, State::Skipped, &[words]).await;
        assert!(world.purchases(id).is_empty());
    }
    world.check().await;
}

#[tokio::test]
async fn a_bill_in_a_locked_period_is_for_a_person_and_nothing_is_written() {
    let mut setup = Setup::buying();
    setup.cin7.lock_date = Some(date(2026, 1, 5));
    let world = World::start_with(setup).await;
    let before = world.cin7_count();
    let id = world.plain_bill(world.vendor("Bolt Makers Ltd"), "10.00");
    world.tell_bill(id).await;
    let words = ["Bill V-10.00", "2026-01-05", "lock"];
    world.assert_bill_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    world.check().await;
}

#[tokio::test]
async fn a_category_or_a_tax_that_no_setting_maps_is_waited_for() {
    let settings = "[settings.categories]\n\"Materials\" = \"310\"\ndefault = \"429\"\n";
    let mut setup = Setup::buying();
    assert!(setup.settings.contains(settings));
    setup.settings = setup.settings.replace(settings, "");
    let whole = Setup::buying().settings;
    let world = World::start_with(setup).await;
    let id = world.plain_bill(world.vendor("Bolt Makers Ltd"), "10.00");
    world.tell_bill(id).await;
    let words = ["account", "[settings.categories]"];
    world.assert_bill_says(id, State::Waiting, &words).await;
    assert!(world.cin7.suppliers(&world.acme().keys).is_empty());

    world.connect(world.acme(), &whole).await;
    world.sweep().await;
    world.settle_all_but_confirm().await;
    world.assert_bill_stands(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_bill_in_another_currency_is_bought_at_the_rate_of_the_settings() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.plain_bill(world.vendor("Schrauben AG"), "100.00");
    world.edit_bill(id, |form| form.currency_code = Some("EUR".to_owned()));
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    let purchase = world.standing_purchase(id);
    assert_eq!(purchase.currency, "EUR");
    assert_eq!(purchase.header.currency_rate, dec("1.08"));
    world.check().await;
}

#[tokio::test]
async fn a_bill_that_cin7_left_a_draft_is_written_once_more_and_then_told_to_a_person() {
    let mut setup = Setup::buying();
    setup.cin7.quirks.purchases.leaves_invoices_drafts = true;
    let world = World::start_with(setup).await;
    let before = world.cin7_count();
    let id = world.plain_bill(world.vendor("Bolt Makers Ltd"), "20.00");
    world.tell_bill(id).await;
    let purchase = world.standing_purchase(id);
    let words = [
        purchase.order_number.as_str(),
        "a draft",
        "Authorise it there",
    ];
    world.assert_bill_says(id, State::Attention, &words).await;
    let is_invoice = |write: &&String| write.ends_with("advanced-purchase/invoice");
    let writes = world.writes(before);
    assert_eq!(writes.iter().filter(is_invoice).count(), 2, "{writes:?}");

    // Done by hand, it is believed.
    let keys = &world.acme().keys;
    world.cin7.change_purchase(keys, purchase.id, |purchase| {
        purchase.invoices[0].status = DocumentStatus::Authorised;
    });
    let before = world.cin7_count();
    world.tell_bill(id).await;
    assert!(world.writes(before).is_empty());
    world.assert_bill_stands(id).await;
    world.check().await;
}
