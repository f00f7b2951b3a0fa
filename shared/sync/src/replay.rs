//! Replaying: looking again because a person asks, which is always safe.

use ledger::{ConnectionId, Error, Ledger, RecordKey, Selection};

/// The most records that one replay of a set takes: fewer than one sweep looks at, so that what others are
/// due for is not hidden behind them.
const MOST: usize = 4000;

/// What to look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replay {
    /// One record.
    One(RecordKey),
    /// Every record of a connection that a selection names.
    Set(ConnectionId, Selection),
}

/// Makes records due now; the next sweep queues them, at the pace of what is tried again. Who asked and
/// why stands in each record's trail. Returns how many there were; a record that a worker has at this
/// moment is being looked at anyway and is not counted.
///
/// # Errors
/// The table did not answer. Asking again takes up what was left.
pub async fn replay(ledger: &Ledger, what: &Replay, who: &str, why: &str) -> Result<usize, Error> {
    let keys = match what {
        Replay::One(key) => vec![key.clone()],
        Replay::Set(connection, selection) => ledger.select(connection, selection, MOST).await?,
    };
    let mut replayed = 0;
    for key in &keys {
        replayed += usize::from(ledger.replay(key, who, why).await?);
    }
    Ok(replayed)
}
