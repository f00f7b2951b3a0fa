//! Days that begin elsewhere, an hour that comes twice, and the nights.

use std::time::Duration;

use jiff::Timestamp;

use super::world;
use crate::world::World;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Changes an invoice at each instant, a pass a quarter of an hour before and after it.
async fn is_caught_up_at(instants: &[&str]) {
    let (world, client) = world().await;
    for (number, instant) in instants.iter().enumerate() {
        let change = at(instant);
        world.clock.advance_to(change - Duration::from_mins(15));
        world.catch_up().await;
        world.settle().await;
        if world.plant.clock().now() < change {
            world.clock.advance_to(change);
        }
        let id = world.untold(client, &format!("{}.00", number + 1));
        world.clock.advance(Duration::from_mins(15));
        world.catch_up().await;
        world.settle().await;
        world.assert_confirmed(id).await;
    }
    world.check().await;
}

#[tokio::test]
async fn changes_around_midnight_here_there_and_in_between_are_caught_up_with() {
    is_caught_up_at(&[
        // Midnight in UTC, which is the evening before in FreshBooks' zone, and midnight there.
        "2026-01-10T23:59:30Z",
        "2026-01-11T00:00:30Z",
        "2026-01-11T04:59:30Z",
        "2026-01-11T05:00:30Z",
        "2026-01-12T10:59:30Z",
    ])
    .await;
}

#[tokio::test]
async fn changes_in_the_hour_that_comes_twice_and_the_one_that_never_does_are_caught_up_with() {
    is_caught_up_at(&[
        "2026-03-08T06:59:30Z",
        "2026-03-08T07:00:30Z",
        "2026-11-01T05:30:00Z",
        "2026-11-01T06:30:00Z",
        "2026-11-01T07:00:30Z",
    ])
    .await;
}

#[tokio::test]
async fn a_poller_that_slept_for_weeks_catches_up_with_all_of_them() {
    let (world, client) = world().await;
    let mut ids = Vec::new();
    for _ in 0..6 {
        world.clock.advance(Duration::from_hours(24 * 5));
        ids.push(world.untold(client, "10.00"));
    }
    world.clock.advance(Duration::from_hours(24));
    assert_eq!(world.catch_up().await.caught_up, 6);
    world.settle().await;
    for id in ids {
        world.assert_confirmed(id).await;
    }
}

/// Passes every hour for a day; how many of them listed invoices by their day.
async fn full_passes_of_a_day(world: &World) -> usize {
    let full = || {
        let calls = world.freshbooks.calls();
        let of_invoices = calls.iter().filter(|call| call.path.ends_with("/invoices"));
        of_invoices
            .filter(|call| call.query.contains("date_min"))
            .count()
    };
    let before = full();
    for _ in 0..24 {
        world.clock.advance(Duration::from_hours(1));
        world.catch_up().await;
    }
    full() - before
}

#[tokio::test]
async fn everything_is_compared_once_a_night() {
    let (world, client) = world().await;
    // Dated long ago and changed long ago, for whoever sets an earlier start date.
    let old = world.untold_of(client, "10.00", Some(jiff::civil::date(2025, 12, 1)));
    for day in 0..3 {
        assert_eq!(full_passes_of_a_day(&world).await, 1, "day {day}");
    }
    let earlier = crate::world::Setup::settings("2026-01-01", "2025-11-01").settings;
    let party = world.acme().clone();
    world.connect(&party, &earlier).await;
    assert_eq!(world.catch_up().await.caught_up, 0, "it did not change");
    full_passes_of_a_day(&world).await;
    world.settle().await;
    world.assert_confirmed(old).await;
}
