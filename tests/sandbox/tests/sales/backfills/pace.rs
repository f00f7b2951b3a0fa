//! A thousand old invoices cross while people go on writing new ones.

use std::time::Duration;

use clock::{Clock as _, later, until};
use jiff::Timestamp;
use jiff::civil::date;
use ledger::{BackfillState, State};
use poller::Task;

use super::{since, world};
use crate::world::{World, dec, invoice, line, plain};

const OLD: usize = 1000;
const MINUTE: Duration = Duration::from_secs(60);
/// What a live event may wait.
const LONGEST: Duration = Duration::from_secs(120);

/// When people send invoices: at the moment of a pass, and at other moments between two.
fn moments(begun: Timestamp) -> Vec<Timestamp> {
    let seconds = [
        1, 61, 200, 330, 600, 601, 602, 915, 1222, 1500, 1839, 2100, 2415, 2730, 3001,
    ];
    seconds
        .map(|after| later(begun, Duration::from_secs(after)))
        .into()
}

/// Passes each minute, work whenever there is some, and live invoices at their moments. The live ones, each
/// with when it was sent.
async fn play(world: &World, client: i64, begun: Timestamp) -> Vec<(i64, Timestamp)> {
    let mut to_come = moments(begun).into_iter().peekable();
    let mut next_pass = begun;
    let mut live = Vec::new();
    while world.far().await.state == BackfillState::Running {
        let now = world.clock.now();
        if to_come.next_if(|&moment| moment <= now).is_some() {
            live.push((world.send(plain(client, "20.00")).await, now));
        }
        if now >= next_pass {
            world.pass().await;
            world.plant.poll(Task::Sweep).await.unwrap();
            next_pass = later(next_pass, MINUTE);
        }
        if world.plant.process(Duration::ZERO).await.unwrap() == 0 {
            let next = to_come.peek().copied().unwrap_or(next_pass);
            world.clock.advance_to(next.min(next_pass));
        }
    }
    live
}

/// The most calls in any minute.
fn busiest(calls: &[Timestamp]) -> usize {
    let in_a_minute = |(first, &start): (usize, &Timestamp)| {
        let end = later(start, MINUTE);
        calls[first..].iter().take_while(|&&at| at < end).count()
    };
    calls.iter().enumerate().map(in_a_minute).max().unwrap_or(0)
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "the figures of this test are read")]
async fn a_thousand_old_invoices_delay_no_live_one_by_more_than_two_minutes() {
    let (world, client) = world().await;
    for number in 0..OLD {
        let day = i8::try_from(number % 28).unwrap() + 1;
        let month = i8::try_from(number % 12).unwrap() + 1;
        world.old(client, date(2025, month, day));
    }
    world.clock.advance(MINUTE * 2);
    let (before, begun) = (world.cin7_count(), world.clock.now());
    world.begin(since(date(2025, 1, 1))).await;
    let live = play(&world, client, begun).await;
    let took = until(begun, world.clock.now());

    let ended = world.far().await;
    assert!(ended.queued >= 1000 && ended.left == 0, "{ended:?}");
    let mut longest = Duration::ZERO;
    for (id, sent) in &live {
        let posted = world.record(*id).await.posted_at.unwrap();
        longest = longest.max(until(*sent, posted));
    }
    let calls: Vec<Timestamp> = world
        .cin7_calls(before)
        .iter()
        .map(|call| call.at)
        .collect();
    let busiest = busiest(&calls);
    let allowed = took.as_secs();
    let used = calls.len() * 100 / usize::try_from(allowed).unwrap();
    println!(
        "{OLD} old invoices in {} min, {} calls, {used} % of the limit, at most {busiest} in any 60 s; of {} \
         live invoices the longest waited {} s",
        took.as_secs() / 60,
        calls.len(),
        live.len(),
        longest.as_secs()
    );
    assert_eq!(live.len(), moments(begun).len());
    assert!(longest <= LONGEST, "{longest:?}");
    assert!(busiest <= 60, "{busiest} calls in a minute");
    assert!(used >= 75, "{used} % of the limit");
}

#[tokio::test]
async fn what_waits_and_was_queued_again_counts_as_queued_until_it_is_looked_at() {
    let (world, client) = world().await;
    let mut ids = Vec::new();
    for day in 1..=28 {
        let unmapped = line("Consulting", "1", "10.00").tax("Unmapped", dec("5"));
        let mut form = invoice(client, vec![unmapped]);
        form.date = Some(date(2025, 2, day));
        ids.push(world.send(form).await);
    }
    world.work().await;
    for &id in &ids {
        assert_eq!(world.record(id).await.state, State::Waiting);
    }
    world.begin(since(date(2025, 1, 1))).await;
    assert_eq!(world.pass().await.queued, 10);
    assert_eq!(world.pass().await.queued, 0, "those ten are on the queue");
    assert_eq!(world.far().await.waiting, 0);
    world.work().await;
    assert_eq!(world.pass().await.queued, 10);
    assert_eq!(world.far().await.waiting, 10);
}
