//! A history: deeds, and between them whatever the connector hears and does of them.

use std::time::Duration;

use cin7_stand_in as cin7;
use freshbooks_stand_in as freshbooks;
use poller::Task;

use super::deeds::Deed;
use crate::world::World;

/// A history as it is drawn.
#[derive(Debug, Clone)]
pub(super) struct History {
    pub(super) moves: Vec<Move>,
    /// In which order the webhooks arrive that are still under way in the end.
    pub(super) rest: Vec<u8>,
    /// Whether FreshBooks no longer answers with what is deleted (docs/freshbooks-api.md, deletes and
    /// vis_state).
    pub(super) gone: bool,
}

/// What happens next.
#[derive(Debug, Clone)]
pub(super) enum Move {
    /// People do something in FreshBooks; webhooks are under way.
    Do(Deed),
    /// One of the webhooks that are under way arrives.
    Arrive { which: u8, twice: bool },
    /// The processor takes what is on the queue.
    Work,
    /// Time passes, and what is due is tried again.
    Pass(u8),
    /// The poller asks Cin7 for what was posted.
    Confirm,
    /// Something fails soon.
    Strike(Trouble),
}

/// What fails, here and there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    LostAfter,
    LostBefore,
    FailedApplied,
    Truncated,
    Throttled,
    FreshbooksFails,
    /// The processor is killed at its so many-th call of anything.
    Killed(u8),
}

/// How long a pass of time is.
const SPANS: [Duration; 5] = [
    Duration::from_secs(5),
    Duration::from_secs(25),
    Duration::from_secs(70),
    Duration::from_mins(10),
    Duration::from_mins(70),
];

/// Lets a webhook that is under way arrive; `None` where there is none, else what arrived.
pub(super) async fn arrive(world: &World, which: u8, twice: bool) -> Option<String> {
    let pending = world.freshbooks.pending();
    let at = usize::from(which).checked_rem(pending.len())?;
    let hook = &pending[at];
    for _ in 0..=u8::from(twice) {
        let status = world.receive(&hook.uri, &hook.signature, &hook.body).await;
        assert_eq!(status, 200, "{}", hook.body);
    }
    world.freshbooks.carried(hook, true);
    let body = hook.body.replace("&object_id=", " ");
    let said = body.split('&').next().unwrap_or_default();
    let times = if twice { ", twice" } else { "" };
    let of = pending.len();
    Some(format!(
        "    webhook {} of {of} arrives{times}: {said}",
        at + 1
    ))
}

/// Loses a webhook that is under way for good; `None` where there is none, else what was lost.
pub(super) fn lose(world: &World, which: u8) -> Option<String> {
    let pending = world.freshbooks.pending();
    let hook = &pending[usize::from(which).checked_rem(pending.len())?];
    world.freshbooks.carried(hook, true);
    let body = hook.body.replace("&object_id=", " ");
    let said = body.split('&').next().unwrap_or_default();
    Some(format!("    a webhook is lost: {said}"))
}

/// Lets time pass, then tries again what is due.
pub(super) async fn pass(world: &World, span: u8) -> String {
    let span = SPANS[usize::from(span) % SPANS.len()];
    world.clock.advance(span);
    // One that fails leaves what is due to the next.
    let _ = world.plant.poll(Task::Sweep).await;
    world.work().await;
    format!("    {} s pass", span.as_secs())
}

/// Lets something fail: the next Cin7 call, the next read of FreshBooks, or the processor at once.
pub(super) async fn strike(world: &World, trouble: Trouble) -> String {
    let any = cin7::Matcher::any();
    match trouble {
        Trouble::LostAfter => world.cin7.fail(any, cin7::Fault::LostAfter),
        Trouble::LostBefore => world.cin7.fail(any, cin7::Fault::LostBefore),
        Trouble::FailedApplied => {
            world
                .cin7
                .fail(any, cin7::Fault::Status500 { applied: true });
        }
        Trouble::Truncated => {
            world
                .cin7
                .fail(any, cin7::Fault::TruncatedJson { applied: true });
        }
        Trouble::Throttled => world.cin7.fail(any, cin7::Fault::Limit429),
        Trouble::FreshbooksFails => {
            let next = freshbooks::Matcher::new("GET", "/accounting");
            world.freshbooks.fail(next, freshbooks::Fault::Status500);
        }
        Trouble::Killed(calls) => {
            let reached = world.all_calls() + usize::from(calls);
            if world.crash_when(|| world.all_calls() >= reached).await {
                world.plant.restart();
                return format!("    the processor is killed at its call {calls}");
            }
            return "    the processor works once".to_owned();
        }
    }
    format!("    soon: {trouble:?}")
}
