//! What happens in FreshBooks after an invoice has crossed.

use freshbooks_stand_in::NewPayment;
use ledger::State;

use crate::world::{World, dec, plain, taxed};

#[tokio::test]
async fn a_change_after_posting_is_for_a_person_with_both_totals_and_no_write() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let id = world.send(plain(client, "200.00")).await;
    world.settle().await;
    world.assert_confirmed(id).await;

    let before = world.cin7_count();
    let account = &world.acme().account;
    let changed = world.freshbooks.update_invoice(account, id, |form| {
        form.lines.push(taxed("Travel", "1", "50.00"));
    });
    changed.unwrap();
    world.deliver().await;
    world.settle().await;
    let number = world.sale(id).order_number;
    let words = ["282.50 USD", "226.00", number.as_str()];
    world.assert_says(id, State::Attention, &words).await;
    assert_eq!(world.cin7_count(), before);
    world.check().await;
}

#[tokio::test]
async fn a_change_that_is_taken_back_is_no_longer_for_a_person() {
    let world = World::start().await;
    let id = world.warm_up(world.client("Harbour Studio")).await;
    let account = &world.acme().account;
    for cost in ["11.00", "10.00"] {
        let changed = world.freshbooks.update_invoice(account, id, |form| {
            form.lines[0].unit_cost = dec(cost);
        });
        changed.unwrap();
        world.deliver().await;
        world.settle().await;
    }
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_deletion_after_posting_is_for_a_person_and_writes_nothing() {
    let world = World::start().await;
    let id = world.warm_up(world.client("Harbour Studio")).await;
    let before = world.cin7_count();
    world
        .freshbooks
        .delete_invoice(&world.acme().account, id)
        .unwrap();
    world.deliver().await;
    world.settle().await;
    let number = world.sale(id).order_number;
    let words = ["deleted", "11.30", number.as_str(), "Void"];
    world.assert_says(id, State::Attention, &words).await;
    assert_eq!(world.cin7_count(), before);
    world.check().await;
}

#[tokio::test]
async fn viewing_paying_and_archiving_change_nothing() {
    let world = World::start().await;
    let id = world.warm_up(world.client("Harbour Studio")).await;
    let before = world.cin7_count();
    let account = &world.acme().account;
    world.freshbooks.view_invoice(account, id).unwrap();
    let payment = NewPayment {
        invoice_id: id,
        amount: dec("11.30"),
        ..NewPayment::default()
    };
    world.freshbooks.record_payment(account, payment);
    world.freshbooks.archive_invoice(account, id).unwrap();
    world.deliver().await;
    world.settle().await;
    world.assert_confirmed(id).await;
    assert_eq!(world.cin7_count(), before);
    world.check().await;
}

#[tokio::test]
async fn an_invoice_changed_while_it_was_crossing_is_for_a_person_and_never_a_mixture() {
    use cin7_stand_in::{Fault, Matcher};
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    world
        .cin7
        .fail(Matcher::new("POST", "sale/invoice"), Fault::LostBefore);
    let id = world.send(plain(client, "200.00")).await;
    world.work().await;
    let account = &world.acme().account;
    let changed = world.freshbooks.update_invoice(account, id, |form| {
        form.lines[0].unit_cost = dec("300.00");
    });
    changed.unwrap();
    world.deliver().await;
    world.settle().await;
    let sale = world.sale(id);
    let words = [sale.order_number.as_str(), "changed"];
    world.assert_says(id, State::Attention, &words).await;
    assert!(sale.invoices.is_empty());
    world.check().await;
}
