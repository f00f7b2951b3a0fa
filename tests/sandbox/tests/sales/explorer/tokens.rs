//! Two functions that need a new token at the same time, and what has to hold of it in the end.

use std::time::Duration;

use ledger::{Connection, State, Status};
use poller::Task;

use super::calls::{Call, Follower};
use super::exceptions::{Exception, Remedy, is_token};
use super::kinds::Kind;
use super::settling::deliver;
use super::turns::by_turns;
use crate::world::World;

/// The functions by the number under which their calls are made.
pub(super) const LOOK: usize = 1;
pub(super) const KEEP: usize = 2;

/// Longer than a token lives, and than the poller leaves one alone that nobody uses.
pub(super) const A_QUIET_WEEK: Duration = Duration::from_hours(8 * 24);

/// Delivers what waits, and lets the processor look at it while the poller keeps connections alive.
pub(super) async fn look_and_keep(
    world: &World,
    follower: &Follower,
    keep_begins: fn(&[Call]) -> bool,
) {
    deliver(world, follower).await;
    let look = async {
        let _ = world.plant.process(Duration::ZERO).await;
    };
    let keep = async {
        let _ = world.plant.poll(Task::Keep { connection: None }).await;
    };
    by_turns(world, follower, look, keep, keep_begins).await;
}

/// One chain of renewals and no more of them than faults call for; the newest token is the one that is
/// stored; and whatever the poller did not come to, its next pass does.
pub(super) async fn judge_tokens(
    world: &World,
    follower: &Follower,
    helped: &[&Exception],
) -> Result<(), String> {
    let calls = follower.made();
    let refused = calls
        .iter()
        .filter(|call| !is_token(call) && call.struck == Some(Kind::Unauthorized401));
    let consents = helped
        .iter()
        .filter(|exception| exception.remedy == Remedy::Consent);
    // The first was given out before the functions were watched.
    let most = 2 + refused.count() + consents.count();
    let given = given_out(world, &calls);
    if given > most {
        return Err(format!(
            "{given} pairs of tokens were given out, not {most}"
        ));
    }
    let before = live(world);
    keeps(world).await?;
    if live(world) != before {
        return Err("the token had not been renewed by whoever needed it".to_owned());
    }
    // FreshBooks takes none but the newest token, and takes it once: that it is renewed again shows
    // that it was stored.
    world.clock.advance(A_QUIET_WEEK);
    keeps(world).await?;
    if live(world) == before {
        return Err("the poller let a quiet week pass without renewing the token".to_owned());
    }
    Ok(())
}

/// How many pairs of tokens FreshBooks gave out, those that never arrived included.
fn given_out(world: &World, calls: &[Call]) -> usize {
    let unseen = [Kind::LostAfter, Kind::Status500Applied, Kind::KilledAfter];
    let unseen = calls
        .iter()
        .filter(|call| is_token(call) && call.struck.is_some_and(|kind| unseen.contains(&kind)));
    let answered = world.freshbooks.calls().into_iter();
    let answered =
        answered.filter(|call| call.path.ends_with("/oauth/token") && call.status == Some(200));
    // A page of HTML comes with that status too, and brings no token.
    let empty = calls
        .iter()
        .filter(|call| is_token(call) && matches!(call.struck, Some(Kind::Html | Kind::Error200)));
    answered.count() + unseen.count() - empty.count()
}

fn live(world: &World) -> Option<String> {
    let acme = world.acme();
    world
        .freshbooks
        .live_refresh_token(&acme.app, &acme.account)
}

/// One more pass of the poller, with nothing in its way.
async fn keeps(world: &World) -> Result<(), String> {
    let done = world.plant.poll(Task::Keep { connection: None }).await;
    let done = done.map_err(|error| error.to_string())?;
    if (done.kept, done.failed) != (1, 0) {
        return Err(format!("the poller does not keep the connection: {done:?}"));
    }
    let connection = connection(world).await?;
    if connection.status != Status::Active {
        return Err(format!("the connection stands still: {connection:?}"));
    }
    let row = world.plant.ledger().secret(&connection.id, "freshbooks");
    match row.await.map_err(|error| error.to_string())? {
        Some(row) if row.rotating_since.is_none() && row.lease.is_none() => Ok(()),
        row => Err(format!(
            "the token's row is still in somebody's hands: {row:?}"
        )),
    }
}

/// Before a person consents again: the connection says that it needs it, and everything waits.
pub(super) async fn waits_for_consent(world: &World) -> Result<(), String> {
    let connection = connection(world).await?;
    if connection.status != Status::NeedsConsent || connection.stopped.is_empty() {
        return Err(format!("it does not ask for a consent: {connection:?}"));
    }
    let records = world.plant.ledger().every_record().await;
    for record in records.map_err(|error| error.to_string())? {
        if record.state == State::Attention {
            return Err(format!("{} does not wait, it failed", record.key));
        }
    }
    Ok(())
}

async fn connection(world: &World) -> Result<Connection, String> {
    let acme = world.acme().id.parse();
    let acme = acme.map_err(|_| "acme is no name".to_owned())?;
    let found = world.plant.ledger().connection(&acme).await;
    found
        .map_err(|error| error.to_string())?
        .ok_or_else(|| "the connection is gone".to_owned())
}
