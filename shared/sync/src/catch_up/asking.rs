//! Asking for looks: a record is made due, and the sweep queues it.

use freshbooks::changed_at;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;
use ledger::audit::Draft;
use ledger::{Error, Record, RecordKey};

use super::judging::{DELETED, Verdict, judge};
use super::kinds::Kind;
use super::memory::Memory;
use super::{Case, CatchUps, Row, Tally};
use crate::watch::Failed;

/// Records read at the same time.
const AT_ONCE: usize = 16;
/// The most that are due of a connection when a pass ends: what the sweep queues in a quarter of an hour.
/// The rest is found again by the next pass.
const MOST_DUE: usize = 300;
/// The most that are counted.
const DUE: usize = 5000;
/// How often a record is read again that somebody else wrote in between.
const TRIES: usize = 5;

/// For how many more looks there is room; counted at the first need.
#[derive(Debug, Default)]
pub(super) struct Room(Option<usize>);

impl CatchUps {
    /// Compares rows with the ledger, and asks for looks while there is room. What was found to agree
    /// goes into the memory; false where something had to be left.
    pub(super) async fn settle_rows(
        &self,
        case: &Case<'_>,
        kind: &Kind,
        rows: Vec<Row>,
        memory: &mut Option<Memory>,
        tally: &mut Tally,
    ) -> Result<bool, Failed> {
        let held = |row: &Row| memory.as_ref().is_some_and(|known| known.holds(row));
        let (same, new): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(held);
        let mut judged: Vec<(Row, Verdict)> =
            same.into_iter().map(|row| (row, Verdict::Agreed)).collect();
        tally.done.compared += new.len();
        judged.extend(self.judge_all(case, kind, new).await?);
        let mut is_through = true;
        for (row, verdict) in judged {
            let mut agreed = verdict == Verdict::Agreed;
            if verdict == Verdict::Ask {
                if self.take(case, &mut tally.room).await? {
                    let verdict = self.ask_for(case, kind, &row).await?;
                    agreed = verdict == Verdict::Agreed;
                    tally.done.asked += usize::from(verdict == Verdict::Ask);
                } else {
                    is_through = false;
                }
            }
            if let Some(memory) = memory {
                memory.keep(&row, agreed);
            }
        }
        Ok(is_through)
    }

    async fn judge_all(
        &self,
        case: &Case<'_>,
        kind: &Kind,
        rows: Vec<Row>,
    ) -> Result<Vec<(Row, Verdict)>, Failed> {
        let reading = stream::iter(rows).map(|row| async move {
            let Some(key) = key(case, kind, &row) else {
                return Ok::<_, Error>((row, Verdict::Agreed));
            };
            let record = self.ledger.record(&key).await?;
            let verdict = judge(record.as_ref(), &row, case.floor, case.now);
            Ok((row, verdict))
        });
        Ok(reading.buffered(AT_ONCE).try_collect().await?)
    }

    /// Makes a record due, under the version on which the verdict stands.
    async fn ask_for(&self, case: &Case<'_>, kind: &Kind, row: &Row) -> Result<Verdict, Failed> {
        let Some(key) = key(case, kind, row) else {
            return Ok(Verdict::Agreed);
        };
        for _ in 0..TRIES {
            let now = self.ledger.clock().now();
            let known = self.ledger.record(&key).await?;
            let verdict = judge(known.as_ref(), row, case.floor, now);
            if verdict != Verdict::Ask {
                return Ok(verdict);
            }
            let mut record = known.unwrap_or_else(|| Record::new(key.clone(), now));
            record.due_at = Some(now);
            record.seen = Some(row.mark.clone());
            // The look that the sweep asks for hears of no event.
            record.told_deleted |= row.mark == DELETED;
            let noticed = Draft::new("caught up").with("listed", &row.mark);
            match self
                .ledger
                .commit(&mut record, vec![noticed], case.owner)
                .await
            {
                Ok(()) => {
                    report(case, kind, row, now);
                    return Ok(Verdict::Ask);
                }
                // Somebody wrote it in between: it is judged anew.
                Err(Error::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Verdict::OnItsWay)
    }

    /// Whether there is room for one more look.
    async fn take(&self, case: &Case<'_>, room: &mut Room) -> Result<bool, Failed> {
        let left = match room.0 {
            Some(left) => left,
            None => {
                let due = self.ledger.due(case.now, DUE).await?;
                let own = due
                    .iter()
                    .filter(|key| key.connection == case.connection.id);
                MOST_DUE.saturating_sub(own.count())
            }
        };
        room.0 = Some(left.saturating_sub(1));
        Ok(left > 0)
    }
}

fn key(case: &Case<'_>, kind: &Kind, row: &Row) -> Option<RecordKey> {
    RecordKey::parse(case.connection.id.as_str(), kind.name, &row.id).ok()
}

/// One line for each change that no webhook announced, with how long ago it was. What changed before
/// there was a connection could not be announced.
fn report(case: &Case<'_>, kind: &Kind, row: &Row, now: Timestamp) {
    let changed = changed_at(kind.name, &row.version);
    let changed = changed.filter(|&at| at <= now && kind.has_events());
    let Some(changed) =
        changed.filter(|&at| case.connection.created_at.is_none_or(|begun| begun <= at))
    else {
        return;
    };
    let delay = clock::until(changed, now).as_millis();
    tracing::info!(
        event = "change_missed",
        connection = %case.connection.id,
        kind = kind.name,
        id = row.id,
        delay_ms = u64::try_from(delay).unwrap_or(u64::MAX),
        "FreshBooks changed it and no webhook said so"
    );
}
