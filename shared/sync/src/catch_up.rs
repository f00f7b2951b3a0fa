//! Catching up: FreshBooks is asked what changed, and a look is asked for wherever the ledger was last
//! shown something else. Webhooks are heard sooner; this is what makes losing them harmless.
//!
//! A look is asked for by making the record due, so that the ledger holds the backlog and the sweep puts
//! it on the queue at its own pace, behind live events. A cursor moves only after everything it passes
//! is due: whatever dies in between is done again by the next pass, which finds it asked for.

mod asking;
mod judging;
mod kinds;
mod listing;
mod memory;
mod night;
mod trouble;

use std::time::Duration;

use clock::later;
use freshbooks::{Api, Wanted};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::{Connection, ConnectionId, Cursor, Error, Ledger, Status};
use mapping::{Settings, kind_crosses};
use vault::TokenVault;

use asking::Room;
use kinds::{Changes, Deletes, KINDS, Kind};
use listing::{Row, Rows};
use memory::Memory;
use trouble::Stopped;

pub(crate) use judging::DELETED;

use crate::look::is_looked_at;
use crate::watch::Failed;

/// A list that has to be read whole is read no more often than one page in so long: what a pass takes
/// does not grow with what was ever written.
const A_PAGE: Duration = Duration::from_secs(60);

/// Catches up with changes that no webhook announced: the poller's part. Cheap to clone.
#[derive(Debug, Clone)]
pub struct CatchUps {
    ledger: Ledger,
    freshbooks: Api,
    tokens: TokenVault,
}

/// What a pass came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CaughtUp {
    /// Records for which a look was asked.
    pub asked: usize,
    /// Rows that FreshBooks listed and that were compared with the ledger.
    pub compared: usize,
    /// Kinds that could not be listed to their end; their cursors say why.
    pub left: usize,
}

/// One pass over one connection.
struct Case<'a> {
    connection: &'a Connection,
    owner: &'a str,
    /// When it began.
    now: Timestamp,
    /// The first day from which what nobody heard of crosses.
    floor: Option<Date>,
    /// Whether every row is compared with the ledger, whatever was remembered of it.
    full: bool,
}

/// What a pass came to so far, and for how much more there is room.
#[derive(Debug, Default)]
struct Tally {
    done: CaughtUp,
    room: Room,
}

/// What is listed of a kind in this pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scope {
    /// Every row since the floor, each compared with the ledger.
    full: bool,
    /// Lists that have no filter by change, from beginning to end.
    whole: bool,
}

impl CatchUps {
    /// On these clients; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, freshbooks: Api, tokens: TokenVault) -> Self {
        Self {
            ledger,
            freshbooks,
            tokens,
        }
    }

    /// Catches up with what changed in FreshBooks since the pass before, and once a night with
    /// everything since the start date; with `full` at once. A kind that FreshBooks does not list keeps
    /// none of the others back.
    ///
    /// # Errors
    /// The ledger did not answer. Nothing is lost: the cursor of that kind stays where it was.
    pub async fn pass(
        &self,
        id: &ConnectionId,
        full: bool,
        owner: &str,
        patience: Timestamp,
    ) -> Result<CaughtUp, Failed> {
        let mut tally = Tally::default();
        let connection = self.ledger.connection(id).await?;
        let Some(connection) = connection.filter(|known| known.status == Status::Active) else {
            return Ok(tally.done);
        };
        let version = connection.settings_version;
        let document = self.ledger.settings(id, version).await?;
        let Ok(settings) = Settings::parse(&document.unwrap_or_default()) else {
            // Whatever crossed would wait for them.
            return Ok(tally.done);
        };
        let case = Case {
            connection: &connection,
            owner,
            now: self.ledger.clock().now(),
            floor: settings.start_date.or_else(|| begun(&connection)),
            full,
        };
        let moves = |kind: &&Kind| {
            is_looked_at(kind.name) && kind_crosses("It", kind.name, &settings).is_ok()
        };
        for kind in KINDS.iter().filter(moves) {
            if self.ledger.clock().now() >= patience {
                tally.done.left += 1;
                continue;
            }
            let Err(stopped) = self.one(&case, kind, &mut tally).await else {
                continue;
            };
            tally.done.left += 1;
            match stopped {
                // Another pass is at it.
                Stopped::Kind | Stopped::Failed(Failed::Ledger(Error::Conflict(_))) => {}
                Stopped::Failed(failed) => return Err(failed),
                Stopped::All => break,
            }
        }
        Ok(tally.done)
    }

    async fn one(&self, case: &Case<'_>, kind: &Kind, tally: &mut Tally) -> Result<(), Stopped> {
        let Ok(name) = kind.name.parse() else {
            return Ok(());
        };
        let id = &case.connection.id;
        let mut cursor = self.ledger.cursor(id, &name).await?;
        let scope = scope(case, &cursor);
        if kind.changes == Changes::Unlisted && !scope.whole {
            return Ok(());
        }
        let wanted = wanted(case, kind, &cursor, scope);
        let standing = self.list(case, kind, wanted, &mut cursor).await?;
        let lists_deleted = kind.deletes == Deletes::Listed && scope.whole;
        let deleted = if lists_deleted {
            let rows = self.list(case, kind, Wanted::Deleted, &mut cursor).await?;
            Some(rows.deleted())
        } else {
            None
        };
        let pages = standing.pages + deleted.as_ref().map_or(0, |rows| rows.pages);
        let is_through = self
            .compare(case, kind, scope, (standing, deleted), tally)
            .await?;
        cursor.trouble.clear();
        cursor.troubled_since = None;
        cursor.told = false;
        if is_through {
            cursor.since = Some(case.now);
            if scope.whole {
                (cursor.whole_at, cursor.pages) = (Some(case.now), pages);
            }
            if scope.full {
                cursor.full_at = Some(case.now);
            }
        } else {
            tally.done.left += 1;
        }
        self.ledger.put_cursor(id, &mut cursor).await?;
        Ok(())
    }

    /// Compares what was listed with the ledger and asks for looks. Whether that came to its end: there
    /// may be more than the sweep can queue before the next pass.
    async fn compare(
        &self,
        case: &Case<'_>,
        kind: &Kind,
        scope: Scope,
        (standing, deleted): (Rows, Option<Rows>),
        tally: &mut Tally,
    ) -> Result<bool, Failed> {
        // Of a list of changes the ledger itself is the memory.
        let keeps_standing = scope.full || kind.changes == Changes::Unlisted;
        let mut known = match keeps_standing {
            true => Some(self.remembered(case, kind, scope, "standing").await?),
            false => None,
        };
        let mut gone = match &deleted {
            Some(_) => Some(self.remembered(case, kind, scope, "deleted").await?),
            None => None,
        };
        let missing = known.as_ref().map_or_else(Vec::new, |known| {
            known.missing(&standing, deleted.as_ref(), kind.deletes)
        });
        let deleted = deleted.map(|rows| rows.without(&standing));
        let mut is_through = true;
        let lists = [
            (Some(standing.rows), &mut known),
            (deleted.map(|rows| rows.rows), &mut gone),
        ];
        for (rows, memory) in lists {
            let Some(rows) = rows else { continue };
            let list = self.settle_rows(case, kind, rows, memory, tally);
            is_through &= list.await?;
        }
        is_through &= self
            .settle_rows(case, kind, missing, &mut known, tally)
            .await?;
        for (memory, list) in [(known, "standing"), (gone, "deleted")] {
            if let Some(memory) = memory {
                self.remember(case, kind, list, &memory).await?;
            }
        }
        Ok(is_through)
    }

    async fn remembered(
        &self,
        case: &Case<'_>,
        kind: &Kind,
        scope: Scope,
        list: &str,
    ) -> Result<Memory, Failed> {
        let Ok(name) = kind.name.parse() else {
            return Ok(Memory::default());
        };
        let id = &case.connection.id;
        let text = self.ledger.listed(id, &name, list).await?;
        Ok(Memory::parse(&text, !scope.full))
    }

    async fn remember(
        &self,
        case: &Case<'_>,
        kind: &Kind,
        list: &str,
        memory: &Memory,
    ) -> Result<(), Failed> {
        if let (Ok(name), Some(text)) = (kind.name.parse(), memory.changed()) {
            let id = &case.connection.id;
            self.ledger.put_listed(id, &name, list, &text).await?;
        }
        Ok(())
    }
}

fn scope(case: &Case<'_>, cursor: &Cursor) -> Scope {
    let full = case.full || night::is_full_due(cursor, case.connection, case.now);
    let pages = u32::try_from(cursor.pages).unwrap_or(u32::MAX);
    let rested = |at| later(at, A_PAGE.saturating_mul(pages)) <= case.now;
    Scope {
        full,
        whole: full || cursor.whole_at.is_none_or(rested),
    }
}

/// What is asked of the list of those that count.
fn wanted(case: &Case<'_>, kind: &Kind, cursor: &Cursor, scope: Scope) -> Wanted {
    match (kind.changes, scope.full) {
        (Changes::Unlisted, _) => Wanted::Standing,
        (Changes::Listed, true) => case.floor.map_or(Wanted::Standing, Wanted::DatedFrom),
        (Changes::Listed, false) => {
            let begun = case.connection.created_at.unwrap_or(case.now);
            Wanted::ChangedSince(cursor.since.unwrap_or(begun))
        }
    }
}

/// Without a start date nothing older than the connection crosses by itself.
fn begun(connection: &Connection) -> Option<Date> {
    let at = connection.created_at?;
    Some(at.to_zoned(TimeZone::UTC).date())
}
