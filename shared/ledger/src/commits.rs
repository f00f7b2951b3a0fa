//! Writing records: the record, its new audit entries and a request about to be sent go into the
//! table together.

use serde::{Deserialize, Serialize};

use crate::audit::{Draft, chain, entry_item};
use crate::conditions::Condition;
use crate::lists::{DUE_PART, open_part, sortable};
use crate::store::{Item, item, text};
use crate::table::{DUE, OPEN, WAITING};
use crate::{Error, Ledger, Record, RecordKey};

/// Longest request kept, in bytes: an item holds 400 KB with everything in it.
const LONGEST_REQUEST: usize = 300 * 1024;

/// A request that is about to be sent to Cin7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent<'a> {
    /// The step that it is for.
    pub step: &'a str,
    /// Its whole text; never a secret.
    pub request: &'a str,
}

/// A sent request as it stands in the table.
#[derive(Serialize, Deserialize)]
struct Kept {
    request: String,
}

impl Ledger {
    /// Writes a record and its new audit entries in one transaction, under the version last read.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since; nothing is written then.
    pub async fn commit(
        &self,
        record: &mut Record,
        drafts: Vec<Draft>,
        by: &str,
    ) -> Result<(), Error> {
        self.write(record, drafts, by, None).await
    }

    /// As [`Ledger::commit`], and keeps the request that is about to be sent for one step in the same
    /// transaction, in place of the one kept for that step before.
    ///
    /// At most 300 KiB of it are kept. A longer one is cut and can then not match the digest that the
    /// step holds of it ([`Step::request`](crate::Step::request)): whoever compares digests finds that
    /// it is not known what was sent.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote the record since; nothing is written then.
    pub async fn commit_sending(
        &self,
        record: &mut Record,
        drafts: Vec<Draft>,
        by: &str,
        sent: Sent<'_>,
    ) -> Result<(), Error> {
        self.write(record, drafts, by, Some(sent)).await
    }

    /// The request last kept for a step of a record, if there is one.
    ///
    /// It outlives the step: a record that began anew still has what was sent for the document before,
    /// until the step is taken again. The digest in the step tells whether it is the step's own.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn sent(&self, key: &RecordKey, step: &str) -> Result<Option<String>, Error> {
        let kept: Option<Kept> = self.get(&key.pk(), &sent_sk(step)).await?;
        Ok(kept.map(|kept| kept.request))
    }

    async fn write(
        &self,
        record: &mut Record,
        drafts: Vec<Draft>,
        by: &str,
        sent: Option<Sent<'_>>,
    ) -> Result<(), Error> {
        let now = self.now();
        let mut next = record.clone();
        next.updated_at = now;
        next.version += 1;
        let entries = chain(&mut next, drafts, by, now);
        let seen = Condition::version(record.version);
        let mut writes = vec![self.one_put(state_item(&next)?, Some(seen))?];
        for entry in &entries {
            let entry = entry_item(&next.key, entry)?;
            writes.push(self.one_put(entry, Some(Condition::absent()))?);
        }
        if let Some(sent) = sent {
            // The version of the record guards it too.
            writes.push(self.one_put(sent_item(&next.key, sent)?, None)?);
        }
        self.transact(writes, &next.key.pk()).await?;
        *record = next;
        Ok(())
    }
}

fn sent_sk(step: &str) -> String {
    format!("SENT#{step}")
}

fn sent_item(key: &RecordKey, sent: Sent<'_>) -> Result<Item, Error> {
    let end = sent.request.floor_char_boundary(LONGEST_REQUEST);
    let kept = Kept {
        request: sent.request[..end].to_owned(),
    };
    item(&key.pk(), &sent_sk(sent.step), &kept)
}

/// The record as an item, with the attributes that put it into the sparse indexes.
fn state_item(record: &Record) -> Result<Item, Error> {
    let mut item = item(&record.key.pk(), "STATE", record)?;
    item.insert("updated_at".to_owned(), text(&sortable(record.updated_at)));
    item.insert(
        OPEN.hash.to_owned(),
        text(&open_part(&record.key.connection, record.state)),
    );
    item.remove("due_at");
    if let Some(due) = record.due_at {
        item.insert("due_at".to_owned(), text(&sortable(due)));
        item.insert(DUE.hash.to_owned(), text(DUE_PART));
    }
    if let Some(what) = &record.waiting_for {
        item.insert(
            WAITING.hash.to_owned(),
            text(&format!("{}#{what}", record.key.connection)),
        );
    }
    Ok(item)
}
