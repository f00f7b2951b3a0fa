//! One pass over one family of documents.

use std::collections::BTreeSet;
use std::time::Duration;

use cin7::Reader;
use jiff::Timestamp;
use ledger::{Connection, Record, RecordKey, State};

use super::changed::{changed, digests};
use super::compare::{Verdict, compare};
use super::family::Family;
use super::shown::Shown;
use super::{Confirmed, DAY, Due, Failed, OVERLAP, Watch, earlier, unread};

/// How long a list may show what stood there before our last write (docs/cin7-api.md, read-after-write lag).
const LAG: Duration = Duration::from_secs(120);
/// The most exact questions about what was confirmed before: live traffic needs the key too.
const MOST_ASKED: usize = 40;
/// The most records that need a person and are asked about although no list says that they changed.
const MOST_DOUBTED: usize = 10;

/// What a pass needs, and what it came to so far.
pub(super) struct Pass<'a> {
    pub(super) watch: &'a Watch,
    pub(super) connection: &'a Connection,
    pub(super) reader: &'a Reader,
    pub(super) family: Family,
    pub(super) owner: &'a str,
    /// Whatever was written later than this cannot be in the list.
    pub(super) listed_at: Timestamp,
    asked: usize,
    /// Whether a change was seen that has to be compared again: the next pass begins where this one did.
    pub(super) left: bool,
    pub(super) passed: Confirmed,
}

/// The records that a pass compares.
#[derive(Default)]
struct Chosen {
    documents: BTreeSet<RecordKey>,
    /// Records whose payments are compared.
    parents: BTreeSet<RecordKey>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        watch: &'a Watch,
        connection: &'a Connection,
        owner: &'a str,
        reader: &'a Reader,
        family: Family,
    ) -> Self {
        Self {
            watch,
            connection,
            reader,
            family,
            owner,
            listed_at: watch.ledger.clock().now(),
            asked: 0,
            left: false,
            passed: Confirmed::default(),
        }
    }

    pub(super) async fn run(mut self, due: Due, doubted: &[Record]) -> Result<Confirmed, Failed> {
        let since = since(&due, self.listed_at);
        let account = &self.connection.account_id;
        let listing = self.family.list(self.reader, since, account).await;
        let listing = listing.map_err(unread)?;
        let rows = listing.rows;
        let digests = match self.family.knows_time() {
            true => Vec::new(),
            false => digests(&rows),
        };
        let changed = changed(&rows, self.family, due.overseen.as_ref(), &digests);
        let mut chosen = self.chosen(&due.posted, doubted);
        for row in changed {
            chosen.documents.extend(self.key_of(row).await?);
        }
        for key in &chosen.documents {
            if self.document(key, &rows).await? {
                chosen.parents.insert(key.clone());
            }
        }
        for parent in &chosen.parents {
            self.payments(parent, &rows).await?;
        }
        if listing.whole && !self.left {
            self.remember(due.overseen, digests).await?;
        }
        Ok(self.passed)
    }

    /// What was posted, and what an earlier pass found wrong.
    fn chosen(&mut self, posted: &[Record], doubted: &[Record]) -> Chosen {
        let mut chosen = Chosen::default();
        let doubted = doubted
            .iter()
            .filter(|record| Family::of(record) == Some(self.family))
            .take(MOST_DOUBTED);
        for record in posted.iter().chain(doubted) {
            if !is_payment(record) {
                chosen.documents.insert(record.key.clone());
            } else if let Some(parent) = &record.parent {
                chosen.parents.insert(parent.clone());
            } else {
                self.passed.pending += 1;
            }
        }
        chosen
    }

    /// The record that a row is of: by its mark, else by what is known of the document.
    async fn key_of(&self, row: &Shown) -> Result<Option<RecordKey>, Failed> {
        let id = &self.connection.id;
        if let Some(marked) = &row.marked {
            let key = RecordKey::parse(id.as_str(), &marked.kind, &marked.id);
            return Ok(key.ok());
        }
        if self.family == Family::Sales {
            return Ok(None);
        }
        for handle in row.handles() {
            if let Some(key) = self.watch.ledger.record_of_handle(id, &handle).await? {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }

    /// Compares one document. Whether payments may stand on it.
    async fn document(&mut self, key: &RecordKey, rows: &[Shown]) -> Result<bool, Failed> {
        // The index lags: what is judged is the record itself.
        let Some(record) = self.watch.ledger.record(key).await? else {
            return Ok(false);
        };
        if Family::of(&record) != Some(self.family) {
            return Ok(false);
        }
        let has_payments = !record.children.is_empty();
        let rows: Vec<&Shown> = rows
            .iter()
            .filter(|row| row.is_of(&record, self.family))
            .collect();
        if self.family.mark_of(&record).is_none() {
            self.pend(&record);
        } else if is_judged(&record) {
            let judged = self.judge(&record, &rows).await;
            let verdict = self.read(&record, judged)?;
            self.write_down(record, verdict).await?;
        } else {
            let verdict = compare(&record, self.family, &rows);
            self.come_back(&record, &verdict);
        }
        Ok(has_payments)
    }

    async fn judge(&mut self, record: &Record, rows: &[&Shown]) -> Result<Verdict, Failed> {
        let verdict = compare(record, self.family, rows);
        if record.state == State::Confirmed && rows.is_empty() {
            return Ok(verdict);
        }
        let verdict = self.with_own_payment(record, verdict).await?;
        let verdict = self.in_time(record, verdict, self.listed_at);
        if !self.is_to_be_asked(record, &verdict) {
            return Ok(verdict);
        }
        if record.state != State::Posted && !self.may_ask() {
            return Ok(Verdict::NotYet);
        }
        // Before a person is called, the exact question instead of the list.
        let asked_at = self.watch.ledger.clock().now();
        let exact = self.exact(record).await?;
        let exact = self.with_own_payment(record, exact).await?;
        Ok(self.in_time(record, exact, asked_at))
    }

    fn is_to_be_asked(&mut self, record: &Record, verdict: &Verdict) -> bool {
        match (record.state, verdict) {
            (State::Posted | State::Confirmed, Verdict::Right(_)) => false,
            (State::Posted, Verdict::NotYet) => self.is_late(record),
            (State::Confirmed, Verdict::NotYet) => {
                let is_fresh = self.is_fresh(record, self.listed_at);
                self.left |= is_fresh;
                !is_fresh
            }
            // Nothing changed since a person was told.
            (State::Attention, Verdict::Wrong(finding)) => finding.sentence != record.sentence,
            _ => true,
        }
    }

    /// Takes one of the exact questions that a pass has for what was confirmed before.
    pub(super) fn may_ask(&mut self) -> bool {
        self.asked += 1;
        self.left |= self.asked > MOST_ASKED;
        self.asked <= MOST_ASKED
    }

    /// One document that cannot be read must not keep the others back.
    pub(super) fn read(
        &mut self,
        record: &Record,
        judged: Result<Verdict, Failed>,
    ) -> Result<Verdict, Failed> {
        match judged {
            Err(Failed::Unreadable(why)) => {
                tracing::warn!(record = %record.key, error = why, "a document could not be confirmed");
                self.left = true;
                Ok(Verdict::NotYet)
            }
            judged => judged,
        }
    }

    /// Other figures are believed once what was read cannot show them for lagging behind our own write.
    pub(super) fn in_time(&mut self, record: &Record, verdict: Verdict, at: Timestamp) -> Verdict {
        match verdict {
            Verdict::Wrong(finding) if finding.may_lag && self.is_fresh(record, at) => {
                self.left = true;
                Verdict::NotYet
            }
            verdict => verdict,
        }
    }

    /// Whether what was read at a time may not show the record's last write yet.
    pub(super) fn is_fresh(&self, record: &Record, at: Timestamp) -> bool {
        let written = record.written_at;
        written.is_some_and(|written| clock::later(written, LAG) > at)
    }

    /// Whether it is time to call a person for what does not show.
    pub(super) fn is_late(&self, record: &Record) -> bool {
        let posted = clock::later(posted(record), self.watch.confirm_within());
        record.state != State::Posted || posted <= self.watch.ledger.clock().now()
    }

    /// A worker has the record or will have it again, and may find that nothing is to be done. What a list
    /// shows of it by then would be compared by nobody.
    pub(super) fn come_back(&mut self, record: &Record, verdict: &Verdict) {
        let on_its_way = matches!(
            record.state,
            State::Queued | State::Working | State::Retrying | State::Uncertain | State::Waiting
        );
        let on_its_way = on_its_way || record.due_at.is_some();
        let is_trusted = on_its_way && record.confirmed_at.is_some();
        self.left |= is_trusted && !matches!(verdict, Verdict::Right(_));
    }

    /// The next pass compares the same again.
    pub(super) fn come_back_later(&mut self) {
        self.left = true;
    }

    /// What is posted is not seen yet.
    pub(super) fn pend(&mut self, record: &Record) {
        self.passed.pending += usize::from(record.state == State::Posted);
    }
}

/// From when on a list is asked for: what was posted, and what changed since the last pass.
fn since(due: &Due, now: Timestamp) -> Timestamp {
    let oldest = due.posted.iter().map(began).min();
    // What is older is asked for by its mark.
    let posted = oldest.map(|oldest| earlier(oldest, OVERLAP).max(earlier(now, 2 * DAY)));
    let overseen = due.overseen.as_ref();
    let overseen = overseen.map(|overseen| earlier(overseen.until, OVERLAP));
    [posted, overseen]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(now)
}

/// What a pass says something of: what is posted, what was confirmed, and what a pass found wrong. Of what
/// is to be looked at again, that look has the say: FreshBooks may say something else by now.
pub(super) fn is_judged(record: &Record) -> bool {
    if record.due_at.is_some() {
        return false;
    }
    match record.state {
        State::Posted | State::Confirmed => true,
        State::Attention => record.doubt.is_some(),
        _ => false,
    }
}

/// Whether what the record made stands on another record's document.
pub(super) fn is_payment(record: &Record) -> bool {
    matches!(record.key.kind.as_str(), "payment" | "bill_payment")
}

fn posted(record: &Record) -> Timestamp {
    record.posted_at.unwrap_or(record.created_at)
}

/// When its sale may have been stamped: its header can be older than its end by some retries, and it
/// is not worth listing more than a day for.
fn began(record: &Record) -> Timestamp {
    record.created_at.max(earlier(posted(record), DAY))
}
