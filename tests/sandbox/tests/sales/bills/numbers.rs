//! The number of a purchase's invoice: the vendor's, our mark where there is none, or Cin7's own.

use freshbooks_stand_in::NewBill;

use crate::world::{Setup, World, bought};

fn form(vendor_id: i64, number: &str) -> NewBill {
    NewBill {
        vendor_id,
        number: number.to_owned(),
        lines: vec![bought("Fasteners", "1", "50.00")],
        ..NewBill::default()
    }
}

fn number(world: &World, id: i64) -> String {
    world.standing_purchase(id).invoices[0].number.clone()
}

#[tokio::test]
async fn a_bill_without_a_number_is_numbered_by_its_mark_in_every_generation() {
    let world = World::start_with(Setup::buying()).await;
    let id = world.bill_of(form(world.vendor("Bolt Makers Ltd"), ""));
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    assert_eq!(number(&world, id), world.bill_mark(id));

    // Another vendor needs another header.
    let other = world.vendor("Paper Mill");
    world.edit_bill(id, |form| form.vendor_id = other);
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    assert_eq!(number(&world, id), format!("{}:2", world.bill_mark(id)));
    world.check().await;
}

#[tokio::test]
async fn a_number_that_the_supplier_used_before_is_taken_again_or_told_apart_by_the_mark() {
    for refuses in [false, true] {
        let mut setup = Setup::buying();
        setup.cin7.quirks.purchases.refuses_repeated_numbers = refuses;
        let world = World::start_with(setup).await;
        let vendor = world.vendor("Bolt Makers Ltd");
        let mut ids = Vec::new();
        for _ in 0..2 {
            let id = world.bill_of(form(vendor, "INV-77"));
            world.tell_bill(id).await;
            world.assert_bill_stands(id).await;
            ids.push(id);
        }
        assert_eq!(number(&world, ids[0]), "INV-77");
        let apart = if refuses {
            format!("INV-77 {}", world.bill_mark(ids[1]))
        } else {
            "INV-77".to_owned()
        };
        assert_eq!(number(&world, ids[1]), apart);

        // Changed, and changed by nobody else, it follows under whichever number it has.
        for id in ids {
            world.reprice_bill(id, "60.00");
            world.tell_bill(id).await;
            world.assert_bill_stands(id).await;
            assert_eq!(world.purchases(id).len(), 1);
        }
        world.check().await;
    }
}

#[tokio::test]
async fn a_number_that_cin7_gives_by_itself_is_kept_and_blamed_on_nobody() {
    let mut setup = Setup::buying();
    setup.cin7.quirks.purchases.generates_invoice_numbers = true;
    let world = World::start_with(setup).await;
    let id = world.crossed_bill("50.00").await;
    assert!(number(&world, id).starts_with("BILL-"));
    world.reprice_bill(id, "60.00");
    world.tell_bill(id).await;
    world.assert_bill_stands(id).await;
    assert_eq!(world.purchases(id).len(), 1);
    world.check().await;
}
