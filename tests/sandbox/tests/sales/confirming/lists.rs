//! Lists that ignore what they are asked, and rows that move while they are read.

use std::time::Duration;

use ledger::State;

use super::LATER;
use crate::world::{Setup, World, plain};

#[tokio::test]
async fn a_list_that_ignores_the_time_shows_all_and_costs_the_ledger_no_more() {
    let ignores = |account: &mut cin7_stand_in::AccountOptions| {
        account.quirks.sale_list_ignores_updated_since = true;
    };
    let mut counts = Vec::new();
    for setup in [Setup::default(), Setup::cin7(ignores)] {
        let world = World::start_with(setup).await;
        let client = world.client("Harbour Studio");
        for _ in 0..5 {
            world.send(plain(client, "10.00")).await;
        }
        let id = world.crossed("200.00").await;
        world.clock.advance(LATER);
        world.look_over().await;
        world.clock.advance(LATER);
        let before = world.plant.aws().calls().len();
        world.look_over().await;
        counts.push(world.plant.aws().calls().len() - before);
        world.reprice_by_hand(&world.sale(id), "199.00").await;
        world.assert_found("invoice", id, &["224.87"]).await;
    }
    assert_eq!(counts[0], counts[1]);
}

#[tokio::test]
async fn a_row_that_moved_between_pages_is_compared_by_the_next_pass() {
    let world = World::start().await;
    let (id, other) = (world.crossed("200.00").await, world.crossed("50.00").await);
    let misses = |place| {
        let keys = &world.acme().keys;
        world.cin7.change_account(keys, |account| {
            account.quirks.sale_list_misses_row = place;
        });
    };
    let (sale, other) = (world.sale(id), world.sale(other));
    world.clock.advance(LATER);
    world.look_over().await;
    world.clock.advance(LATER);
    for sale in [&sale, &other] {
        world.reprice_by_hand(sale, "199.00").await;
    }
    world.clock.advance(Duration::from_mins(5));
    let sales = world.cin7.sales(&world.acme().keys);
    misses(sales.iter().position(|one| one.id == sale.id));
    world.look_over().await;
    assert_eq!(world.record(id).await.state, State::Confirmed, "missed");

    misses(None);
    // Later than whoever had gone on from the pass that missed it would look back.
    world.clock.advance(Duration::from_hours(3));
    world.look_over().await;
    world.assert_says(id, State::Attention, &["224.87"]).await;
    world.check().await;
}
