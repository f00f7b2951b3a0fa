//! Invoices changed in FreshBooks after they crossed.

mod by_hand;
mod crossing;
mod header;
mod killed;
mod lost;
mod refused;
mod undoing;

use freshbooks_stand_in::NewInvoice;
use jiff::civil::date;
use ledger::State;

use crate::world::{SETTINGS, World, dec, line, taxed};

/// Changes an invoice over 226.00 that has `payments` of 20.00 on it, whatever the change is, and
/// expects Cin7 to follow.
async fn follows(change: impl Fn(&mut NewInvoice), payments: usize) -> (World, i64) {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let mut paid = Vec::new();
    for _ in 0..payments {
        paid.push(world.paid(id, "20.00").await);
    }
    world.edit(id, change);
    world.tell().await;
    world.assert_stands(id).await;
    for payment in paid {
        world.assert_on(id, payment, "20.00").await;
    }
    assert_eq!(world.standing(id).payments.len(), payments);
    world.check().await;
    (world, id)
}

#[tokio::test]
async fn another_price_is_taken_back_and_posted_again_in_the_same_sale() {
    for payments in 0..3 {
        let (world, id) = follows(|form| form.lines[0].unit_cost = dec("210.00"), payments).await;
        let sale = world.sale(id);
        assert_eq!(sale.invoices[0].lines[0].price, dec("210.00"));
        assert_eq!(sale.order.lines[0].price, dec("210.00"));
    }
}

#[tokio::test]
async fn a_line_added_or_removed_follows_with_the_payments() {
    for payments in 0..3 {
        let added = |form: &mut NewInvoice| form.lines.push(taxed("Travel", "2", "15.00"));
        let (world, id) = follows(added, payments).await;
        assert_eq!(world.sale(id).invoices[0].lines.len(), 2);
        assert_eq!(world.sale(id).order.lines.len(), 2);
        world.edit(id, |form| drop(form.lines.remove(0)));
        // What is left may be less than what was paid.
        world.edit(id, |form| form.lines.push(line("Parking", "1", "30.00")));
        world.tell().await;
        world.assert_stands(id).await;
        assert_eq!(world.standing(id).payments.len(), payments);
        world.check().await;
    }
}

#[tokio::test]
async fn another_due_date_is_followed_though_no_figure_changes() {
    for payments in 0..2 {
        let (world, id) = follows(|form| form.due_offset_days = 15, payments).await;
        let due = world.standing(id).invoices[0].due_date;
        assert_eq!(due, date(2026, 1, 20));
    }
}

#[tokio::test]
async fn another_number_is_what_the_new_sale_refers_to() {
    for payments in 0..2 {
        let number = |form: &mut NewInvoice| form.number = Some("R-2026-1".to_owned());
        let (world, id) = follows(number, payments).await;
        let header = world.standing(id).header;
        assert_eq!(header.customer_reference, "R-2026-1");
        // A header that is wrong cannot be posted again: the first sale is void, the second another.
        assert_eq!(world.sales(id).len(), 2);
        let marks = world
            .sales(id)
            .into_iter()
            .map(|sale| sale.header.external_id);
        let mut marks: Vec<String> = marks.collect();
        marks.sort();
        assert_eq!(marks[1], format!("{}:2", marks[0]));
    }
}

#[tokio::test]
async fn another_client_gets_the_invoice_and_its_payments() {
    for payments in 0..2 {
        let world = World::start().await;
        let id = world.crossed("200.00").await;
        let mut paid = Vec::new();
        for _ in 0..payments {
            paid.push(world.paid(id, "20.00").await);
        }
        let other = world.client("Corner Bakery");
        world.edit(id, |form| form.client_id = other);
        world.tell().await;
        world.assert_stands(id).await;
        for payment in paid {
            world.assert_on(id, payment, "20.00").await;
        }
        assert_eq!(world.standing(id).header.customer, "Corner Bakery");
        world.check().await;
    }
}

#[tokio::test]
async fn another_currency_is_another_customer_and_another_sale() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.edit(id, |form| form.currency_code = Some("EUR".to_owned()));
    world.tell().await;
    world.assert_stands(id).await;
    assert_eq!(world.standing(id).currency, "EUR");
    world.check().await;
}

#[tokio::test]
async fn in_another_currency_a_payment_waits_for_an_account_that_takes_it() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    world.edit(id, |form| form.currency_code = Some("EUR".to_owned()));
    world.tell().await;
    world.assert_stands(id).await;
    let words = ["`\"default EUR\" = \"091\"`", "[settings.payments]"];
    world
        .assert_payment_says(payment, State::Waiting, &words)
        .await;
    assert!(world.standing(id).payments.is_empty());
    world.check().await;
}

#[tokio::test]
async fn a_change_costs_two_looks_one_undo_and_two_posts_and_each_payment_three_calls() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.paid(id, "20.00").await;
    let before = world.cin7_count();
    world.reprice(id, "210.00");
    world.tell_at_once().await;
    let writes = [
        "DELETE sale/payment",
        "DELETE sale",
        "POST sale/order",
        "POST sale/invoice",
        "POST sale/payment",
    ];
    assert_eq!(world.writes(before), writes);
    assert_eq!(world.cin7_count() - before, writes.len() + 3, "three reads");
    world.settle().await;
    world.check().await;
}

#[tokio::test]
async fn a_change_below_what_was_paid_leaves_the_payment_for_a_person() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "200.00").await;
    world.reprice(id, "100.00");
    world.tell().await;
    world.assert_stands(id).await;
    let words = ["200.00 USD", "113.00 USD", "open"];
    world
        .assert_payment_says(payment, State::Attention, &words)
        .await;
    assert!(world.standing(id).payments.is_empty());
    world.check().await;

    // Raised again, it takes the payment back.
    world.reprice(id, "300.00");
    world.tell().await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "200.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_change_that_cannot_be_planned_leaves_the_sale_as_it_was_and_says_so() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    let sale = world.sale(id);
    let before = world.cin7_count();
    world.edit(id, |form| {
        let levied = line("Travel", "1", "50.00").tax("VAT", dec("10"));
        form.lines.push(levied);
    });
    world.tell().await;
    let words = [
        "VAT 10",
        "[settings.taxes]",
        sale.order_number.as_str(),
        "still holds the version before",
    ];
    world.assert_says(id, State::Waiting, &words).await;
    assert!(world.writes(before).is_empty());
    assert_eq!(world.sale(id).updated, sale.updated);
    world.check().await;

    // A payment waits with it.
    let second = world.pay(id, "30.00");
    world.tell().await;
    let words = ["waits for its invoice", "VAT 10"];
    world
        .assert_payment_says(second, State::Waiting, &words)
        .await;
    assert!(world.writes(before).is_empty());

    let mapped = "\"none\" = \"Tax Exempt\"\n\"VAT 10\" = \"Tax on Sales\"";
    let settings = SETTINGS.replace("\"none\" = \"Tax Exempt\"", mapped);
    world.connect(world.acme(), &settings).await;
    world.sweep().await;
    world.settle().await;
    world.assert_stands(id).await;
    world.assert_on(id, payment, "20.00").await;
    world.assert_on(id, second, "30.00").await;
    world.check().await;
}

#[tokio::test]
async fn a_change_that_is_taken_back_before_it_is_looked_at_costs_no_call() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let before = world.cin7_count();
    world.reprice(id, "210.00");
    world.reprice(id, "200.00");
    world.tell().await;
    assert_eq!(world.cin7_count(), before);
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_whose_day_moves_before_the_start_date_is_taken_back() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let payment = world.paid(id, "20.00").await;
    world.edit(id, |form| form.date = Some(date(2025, 12, 30)));
    world.tell().await;
    let words = ["2025-12-30", "start date", "taken back"];
    world.assert_says(id, State::Reversed, &words).await;
    assert!(world.sale(id).voided);
    let record = world.record_of("payment", payment).await;
    assert!(!record.sentence.is_empty(), "{:?}", record.state);
    world.check().await;
}
