//! A record's trail, and whether it holds.

use ledger::audit::{self, Entry};
use ledger::{Record, RecordKey};
use serde_json::json;

use crate::Console;
use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

/// How often a record is read again that changed while its trail was read.
const TRIES: usize = 5;

impl Console {
    pub(super) async fn show_trail(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let key = asked.key()?;
        self.record(&key).await?;
        reply::ok(&json!({ "entries": self.ledger.trail(&key).await? }))
    }

    /// A trail that does not hold, or cannot be read, is an answer and not an error.
    pub(super) async fn verify_trail(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let key = asked.key()?;
        let (record, trail) = self.both(&key).await?;
        let (holds, broken_at, sentence) =
            match trail.map(|entries| audit::verify(&record, &entries)) {
                Ok(Ok(())) => (
                    true,
                    None,
                    format!("The audit trail of {key} holds: no entry is altered or missing."),
                ),
                Ok(Err(broken)) => (
                    false,
                    Some(broken.seq),
                    format!("{}.", capital(&broken.to_string())),
                ),
                Err(why) => (
                    false,
                    None,
                    format!("The audit trail of {key} does not hold: {why}."),
                ),
            };
        reply::ok(&json!({
            "holds": holds, "entries": record.audit_length, "head": record.audit_head,
            "broken_at": broken_at, "sentence": sentence,
        }))
    }

    /// A record with the trail that belongs to it: a worker may add to both between two reads.
    async fn both(&self, key: &RecordKey) -> Result<(Record, Result<Vec<Entry>, String>), Refusal> {
        let mut record = self.record(key).await?;
        for _ in 0..TRIES {
            let trail = match self.ledger.trail(key).await {
                Err(unread @ ledger::Error::Corrupt { .. }) => Err(unread.to_string()),
                read => Ok(read?),
            };
            let after = self.record(key).await?;
            if after.version == record.version {
                return Ok((record, trail));
            }
            record = after;
        }
        Err(connections::Error::Conflict(
            "The record is being worked on; ask again in a moment.".to_owned(),
        )
        .into())
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}
