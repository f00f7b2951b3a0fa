//! FreshBooks ignores a filter without a word: its answers are not taken for what was asked.

use std::time::Duration;

use ledger::State;

use super::world;

#[tokio::test]
async fn a_list_of_changes_that_shows_everything_asks_for_nothing_more() {
    let (world, client) = world().await;
    world.quirks(|quirks| quirks.ignored_filters = &["updated_min"]);
    let old = world.untold(client, "10.00");
    world.catch_up().await;
    world.settle().await;
    world.clock.advance(Duration::from_hours(24 * 9));
    world.catch_up().await;
    let new = world.untold(client, "20.00");
    let done = world.catch_up().await;
    assert_eq!(done.caught_up, 1);
    assert_eq!(
        done.compared, 1,
        "rows that were not asked for are left out"
    );
    world.settle().await;
    world.assert_confirmed(old).await;
    world.assert_confirmed(new).await;
}

#[tokio::test]
async fn where_deleted_ones_cannot_be_listed_what_is_missing_from_everything_is_looked_at() {
    let (world, client) = world().await;
    world.quirks(|quirks| quirks.ignored_filters = &["vis_state"]);
    let stays = world.untold(client, "10.00");
    let goes = world.untold(client, "20.00");
    world.catch_up_in_full().await;
    world.settle().await;
    // By now the ledger agrees with every row, and the memory of the list says so.
    assert_eq!(world.catch_up_in_full().await.caught_up, 0);
    world.delete_unheard(goes);
    world.clock.advance(Duration::from_mins(15));
    assert_eq!(world.catch_up().await.caught_up, 0, "no list shows it");
    assert_eq!(world.catch_up_in_full().await.caught_up, 1);
    world.settle().await;
    assert_eq!(world.record(goes).await.state, State::Reversed);
    world.assert_confirmed(stays).await;
    assert_eq!(world.catch_up_in_full().await.caught_up, 0);
    world.check().await;
}

#[tokio::test]
async fn rows_of_other_days_are_left_out_of_a_full_pass_whose_filter_is_ignored() {
    let (world, client) = world().await;
    world.quirks(|quirks| quirks.ignored_filters = &["date_min"]);
    let day = Some(jiff::civil::date(2025, 11, 30));
    let old = world.untold_of(client, "10.00", day);
    let new = world.untold(client, "20.00");
    assert_eq!(world.catch_up_in_full().await.caught_up, 1);
    world.settle().await;
    world.assert_confirmed(new).await;
    let unknown = world.plant.ledger().record(&world.key(old)).await.unwrap();
    assert_eq!(unknown, None);
}
