//! Cin7 refuses one write of a change: what was taken off before it goes on again, once.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::world::{Setup, World, dec};

/// Fails unless each of these payments is confirmed and stands once, and no other.
async fn all_on(world: &World, id: i64, payments: &[(i64, &str)]) {
    for (payment, amount) in payments {
        world.assert_on(id, *payment, amount).await;
    }
    assert_eq!(world.standing(id).payments.len(), payments.len());
}

/// Ten sweeps and confirm passes, an hour apart.
async fn ten_hours(world: &World) {
    for _ in 0..10 {
        world.clock.advance(Duration::from_hours(1));
        world.sweep().await;
        world.confirm().await;
    }
}

#[tokio::test]
async fn where_cin7_takes_nothing_back_each_payment_stands_once_and_no_later_sweep_touches_it() {
    for together in [false, true] {
        let world = World::start().await;
        let id = world.crossed("200.00").await;
        let first = world.paid(id, "20.00").await;
        let second = world.paid(id, "30.00").await;
        let sale = world.sale(id);
        let refused = Matcher::new("DELETE", "sale").every();
        world.cin7.fail(refused, Fault::Refused400);
        world.reprice(id, "210.00");
        if !together {
            world.tell().await;
            let both = [(first, "20.00"), (second, "30.00")];
            all_on(&world, id, &both).await;
        }
        let third = world.pay(id, "40.00");
        world.tell().await;
        let payments = [(first, "20.00"), (second, "30.00"), (third, "40.00")];
        all_on(&world, id, &payments).await;
        let words = ["The value of an attribute is not valid"];
        world.assert_says(id, State::Attention, &words).await;
        assert_eq!(world.sale(id).invoices[0].lines, sale.invoices[0].lines);

        let before = world.cin7_count();
        ten_hours(&world).await;
        assert!(
            world.writes(before).is_empty(),
            "together {together}: {:?}",
            world.writes(before)
        );
        all_on(&world, id, &payments).await;
        world.assert_says(id, State::Attention, &words).await;
        world.check().await;

        world.cin7.clear_faults();
        world.replay(id).await;
        world.assert_stands(id).await;
        all_on(&world, id, &payments).await;
        world.check().await;
    }
}

#[tokio::test]
async fn a_payment_of_an_invoice_that_cin7_does_not_take_back_is_put_on_without_trying_that_again()
{
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let first = world.paid(id, "20.00").await;
    let refused = Matcher::new("DELETE", "sale").every();
    world.cin7.fail(refused, Fault::Refused400);
    world.reprice(id, "210.00");
    world.tell().await;
    world.assert_says(id, State::Attention, &["refused"]).await;
    let before = world.cin7_count();
    let second = world.pay(id, "30.00");
    // FreshBooks announces the invoice as well, which would be a reason to look at it anew.
    world.freshbooks.take_pending();
    world.hint_at("payment", second).await;
    world.settle().await;
    assert_eq!(world.writes(before), ["POST sale/payment"]);
    all_on(&world, id, &[(first, "20.00"), (second, "30.00")]).await;
    world.check().await;
}

#[tokio::test]
async fn where_cin7_keeps_the_second_payment_on_the_first_goes_on_again_and_a_person_is_told() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let first = world.paid(id, "20.00").await;
    let second = world.paid(id, "30.00").await;
    let sale = world.sale(id);
    let refused = Matcher::new("DELETE", "sale/payment").nth(2);
    world.cin7.fail(refused, Fault::Refused400);
    let before = world.cin7_count();
    world.reprice(id, "210.00");
    world.tell().await;
    let writes = [
        "DELETE sale/payment",
        "DELETE sale/payment",
        "POST sale/payment",
    ];
    assert_eq!(world.writes(before), writes);
    let words = ["cannot be brought up to date", "is not valid"];
    world.assert_says(id, State::Attention, &words).await;
    assert_eq!(world.sale(id).invoices[0].lines, sale.invoices[0].lines);
    let payments = [(first, "20.00"), (second, "30.00")];
    all_on(&world, id, &payments).await;
    world.check().await;

    let before = world.cin7_count();
    ten_hours(&world).await;
    assert!(world.writes(before).is_empty());

    world.replay(id).await;
    world.assert_stands(id).await;
    all_on(&world, id, &payments).await;
    world.check().await;
}

#[tokio::test]
async fn a_second_change_crosses_after_the_invoice_of_the_first_was_refused() {
    for settings in ["", "\n[settings.cin7]\nundo = \"invoice\"\n"] {
        let mut setup = Setup::cin7(|account| {
            account.quirks.undoes_invoices_of_simple_sales = true;
        });
        setup.settings += settings;
        let world = World::start_with(setup).await;
        let id = world.crossed("200.00").await;
        let payment = world.paid(id, "20.00").await;
        let refused = Matcher::new("POST", "sale/invoice");
        world.cin7.fail(refused, Fault::Refused400);
        world.reprice(id, "210.00");
        world.tell().await;
        let words = ["The value of an attribute is not valid"];
        world.assert_says(id, State::Attention, &words).await;
        let words = ["waits for its invoice"];
        world
            .assert_payment_says(payment, State::Waiting, &words)
            .await;
        assert!(world.sale(id).payments.is_empty());
        world.check().await;

        world.reprice(id, "220.00");
        world.tell().await;
        world.assert_stands(id).await;
        assert_eq!(world.sale(id).invoices[0].lines[0].price, dec("220.00"));
        all_on(&world, id, &[(payment, "20.00")]).await;
        world.check().await;
    }
}
