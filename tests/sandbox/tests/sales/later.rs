//! What happens in FreshBooks after an invoice has crossed, and does not matter to Cin7.

use crate::world::World;

#[tokio::test]
async fn a_change_that_is_taken_back_ends_where_it_began() {
    let world = World::start().await;
    let id = world.crossed("10.00").await;
    for cost in ["11.00", "10.00"] {
        world.reprice(id, cost);
        world.tell().await;
        world.assert_confirmed(id).await;
    }
    world.check().await;
}

#[tokio::test]
async fn viewing_disputing_and_archiving_change_nothing() {
    let world = World::start().await;
    let id = world.crossed("10.00").await;
    let before = world.cin7_count();
    let account = &world.acme().account;
    world.freshbooks.view_invoice(account, id).unwrap();
    world.freshbooks.dispute_invoice(account, id).unwrap();
    world.freshbooks.archive_invoice(account, id).unwrap();
    world.tell().await;
    world.assert_confirmed(id).await;
    assert_eq!(world.cin7_count(), before);
    world.check().await;
}

#[tokio::test]
async fn being_paid_changes_nothing_of_the_invoice_itself() {
    let world = World::start().await;
    let id = world.crossed("10.00").await;
    let sale = world.sale(id);
    let before = world.cin7_count();
    let payment = world.pay(id, "11.30");
    world.tell().await;
    assert_eq!(world.writes(before), ["POST sale/payment"]);
    world.assert_paid(id, payment, "11.30").await;
    world.assert_confirmed(id).await;
    assert_eq!(world.sale(id).invoices[0].lines, sale.invoices[0].lines);
    world.check().await;
}
