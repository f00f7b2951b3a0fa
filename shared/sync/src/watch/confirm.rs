//! Confirming: what was posted is looked for in Cin7's list, by mark and amount.

mod payment;
mod sale;

use std::time::Duration;

use cin7::{Reader, SaleRow};
use jiff::Timestamp;
use ledger::audit::Draft;
use ledger::{ConnectionId, Error, Record, State};
use money::{Decimal, cents};

use super::{Confirmed, Failed, Watch};
use crate::credentials::{self, keys_refused};
use crate::engine::report;
use crate::work::name_of;

/// The most records that one pass takes.
const MOST: usize = 1000;
/// Cin7's clock and ours may differ, and a sale is stamped when its header was written.
const OVERLAP: Duration = Duration::from_secs(15 * 60);
/// How long a list may show what stood there before our last write (docs/cin7-api.md, read-after-write lag).
const LAG: Duration = Duration::from_secs(120);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What Cin7 says of one record.
enum Verdict {
    Right(Seen),
    NotYet,
    /// Other figures; a list that lags may show those that stood there before our own last write.
    Differs(String),
    Wrong(String),
}

/// What was seen of a record's sale.
struct Seen {
    order_number: String,
    invoice_number: Option<String>,
    status: String,
    /// The document's amount in Cin7, in its currency.
    total: Option<Decimal>,
}

impl Watch {
    /// Confirms a connection's posted records with one list, however many they are. Nothing posted
    /// costs no call.
    ///
    /// # Errors
    /// The table or Cin7 did not answer; what was confirmed before stands.
    pub async fn confirm(
        &self,
        id: &ConnectionId,
        owner: &str,
        patience: Timestamp,
    ) -> Result<Confirmed, Failed> {
        let posted = self.ledger.in_state(id, State::Posted, MOST).await?;
        if posted.is_empty() || !self.works(id).await? {
            return Ok(Confirmed::default());
        }
        let opened = self
            .cin7
            .reader(id, patience)
            .await
            .map_err(|error| Failed::Cin7(error.to_string()))?;
        let passed = self.pass(posted, owner, &opened.handle).await;
        if matches!(passed, Err(Failed::KeysRefused(_))) {
            // What came of it stands in the connection; this pass ends early either way.
            let judged = keys_refused(&self.ledger, id, opened.version, &opened.handle).await;
            if let Err(credentials::Failed::Ledger(error)) = judged {
                return Err(error.into());
            }
        }
        passed
    }

    async fn pass(
        &self,
        posted: Vec<Record>,
        owner: &str,
        reader: &Reader,
    ) -> Result<Confirmed, Failed> {
        let mut passed = Confirmed::default();
        let Some(oldest) = posted.iter().map(began).min() else {
            return Ok(passed);
        };
        let since = oldest.checked_sub(OVERLAP).unwrap_or(oldest);
        // What is older is asked for by its mark.
        let now = self.ledger.clock().now();
        let since = since.max(now.checked_sub(2 * DAY).unwrap_or(Timestamp::MIN));
        let rows = reader.sales_updated_since(since).await.map_err(unread)?;
        for row in posted {
            // The index lags: what is judged is the record itself.
            let Some(record) = self
                .ledger
                .record(&row.key)
                .await?
                .filter(|record| record.state == State::Posted)
            else {
                continue;
            };
            let judged = match record.key.kind.as_str() {
                "payment" => self.judge_payment(&record, &rows, reader).await,
                _ => self.judge(&record, &rows, reader).await,
            };
            let verdict = match judged {
                // One that cannot be read must not keep the others back.
                Err(Failed::Unreadable(why)) => {
                    tracing::warn!(record = %record.key, error = why, "a document could not be confirmed");
                    Verdict::NotYet
                }
                judged => judged?,
            };
            match self.write_down(record, verdict, owner, &mut passed).await {
                Ok(()) | Err(Error::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(passed)
    }

    async fn judge(
        &self,
        record: &Record,
        rows: &[SaleRow],
        reader: &Reader,
    ) -> Result<Verdict, Failed> {
        let verdict = self.in_time(record, sale::compare(record, rows));
        let Some(step) = record
            .step("sale")
            .filter(|_| self.is_late(record) && matches!(verdict, Verdict::NotYet))
        else {
            return Ok(verdict);
        };
        // Before a person is called, the exact question instead of the list.
        let rows = reader.sales_marked(&step.mark).await.map_err(unread)?;
        Ok(match sale::compare(record, &rows) {
            Verdict::NotYet => Verdict::Wrong(format!(
                "{} was posted to Cin7 as {}, FreshBooks says {}, and Cin7's lists do not show it. Look \
                 for it in Cin7.",
                name_of(record),
                sale::name(record),
                total(record)
            )),
            known => self.in_time(record, known),
        })
    }

    /// Other figures are believed once a list cannot show them for lagging.
    fn in_time(&self, record: &Record, verdict: Verdict) -> Verdict {
        let fresh = record
            .written_at
            .is_some_and(|at| clock::later(at, LAG) > self.ledger.clock().now());
        match verdict {
            Verdict::Differs(_) if fresh => Verdict::NotYet,
            Verdict::Differs(sentence) => Verdict::Wrong(sentence),
            verdict => verdict,
        }
    }

    /// Whether it is time to call a person.
    fn is_late(&self, record: &Record) -> bool {
        clock::later(posted(record), self.confirm_within()) <= self.ledger.clock().now()
    }

    async fn write_down(
        &self,
        mut record: Record,
        verdict: Verdict,
        owner: &str,
        passed: &mut Confirmed,
    ) -> Result<(), Error> {
        let draft = match verdict {
            Verdict::NotYet | Verdict::Differs(_) => {
                passed.pending += 1;
                return Ok(());
            }
            Verdict::Right(seen) => {
                passed.confirmed += 1;
                record.enter(State::Confirmed, "");
                record.confirmed_at = Some(self.ledger.clock().now());
                record.cin7.order_number = Some(seen.order_number);
                record.cin7.invoice_number = seen.invoice_number.or(record.cin7.invoice_number);
                record.cin7.total = seen.total.map(|amount| cents(amount).to_string());
                Draft::new("confirmed").with("status", seen.status)
            }
            Verdict::Wrong(sentence) => {
                passed.attention += 1;
                record.enter(State::Attention, sentence.clone());
                report(&record);
                Draft::new("attention").with("sentence", sentence)
            }
        };
        self.ledger.commit(&mut record, vec![draft], owner).await
    }
}

fn unread(error: cin7::Error) -> Failed {
    match error {
        cin7::Error::Transient(words) => Failed::Unreadable(words),
        cin7::Error::Unauthorized(words) => Failed::KeysRefused(words),
        error => Failed::Cin7(error.to_string()),
    }
}

fn posted(record: &Record) -> Timestamp {
    record.posted_at.unwrap_or(record.created_at)
}

/// When its sale may have been stamped: its header can be older than its end by some retries, and it
/// is not worth listing more than a day for.
fn began(record: &Record) -> Timestamp {
    let day_before = posted(record).checked_sub(DAY).unwrap_or(Timestamp::MIN);
    record.created_at.max(day_before)
}

fn total(record: &Record) -> String {
    let amount = record.total.as_deref().unwrap_or("an unknown total");
    format!(
        "{amount} {}",
        record.currency.as_deref().unwrap_or_default()
    )
}
