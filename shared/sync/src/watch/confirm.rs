//! Confirming: what was posted is looked for in Cin7's list, by mark and amount.

use std::time::Duration;

use cin7::{Reader, SaleRow};
use jiff::Timestamp;
use ledger::audit::Draft;
use ledger::{ConnectionId, Error, Record, State};
use money::{Decimal, cents};

use super::{Confirmed, Failed, Watch};
use crate::engine::report;

/// The most records that one pass takes.
const MOST: usize = 1000;
/// Cin7's clock and ours may differ, and a sale is stamped when its header was written.
const OVERLAP: Duration = Duration::from_secs(15 * 60);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What Cin7's list says of one record.
enum Verdict {
    Right(SaleRow),
    NotYet,
    Wrong(String),
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
        let mut passed = Confirmed::default();
        let posted = self.ledger.in_state(id, State::Posted, MOST).await?;
        let Some(oldest) = posted.iter().map(began).min() else {
            return Ok(passed);
        };
        if !self.works(id).await? {
            return Ok(passed);
        }
        let (reader, _) = self
            .cin7
            .reader(id, patience)
            .await
            .map_err(|error| Failed::Cin7(error.to_string()))?;
        let since = oldest.checked_sub(OVERLAP).unwrap_or(oldest);
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
            let verdict = self.judge(&record, &rows, &reader).await?;
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
        let verdict = compare(record, rows);
        let late = clock::later(posted(record), self.confirm_within()) <= self.ledger.clock().now();
        let Some(step) = record
            .step("sale")
            .filter(|_| late && matches!(verdict, Verdict::NotYet))
        else {
            return Ok(verdict);
        };
        // Before a person is called, the exact question instead of the list.
        let rows = reader.sales_marked(&step.mark).await.map_err(unread)?;
        Ok(match compare(record, &rows) {
            Verdict::NotYet => Verdict::Wrong(format!(
                "{} was posted to Cin7 as {}, FreshBooks says {}, and Cin7's lists do not show it. Look \
                 for it in Cin7.",
                subject(record),
                sale(record),
                total(record)
            )),
            known => known,
        })
    }

    async fn write_down(
        &self,
        mut record: Record,
        verdict: Verdict,
        owner: &str,
        passed: &mut Confirmed,
    ) -> Result<(), Error> {
        let draft = match verdict {
            Verdict::NotYet => {
                passed.pending += 1;
                return Ok(());
            }
            Verdict::Right(row) => {
                passed.confirmed += 1;
                record.enter(State::Confirmed, "");
                record.confirmed_at = Some(self.ledger.clock().now());
                record.cin7.order_number = Some(row.order_number);
                record.cin7.invoice_number = row.invoice_number.or(record.cin7.invoice_number);
                record.cin7.total = row.invoice_amount.map(|amount| cents(amount).to_string());
                Draft::new("confirmed").with("status", row.status)
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
    Failed::Cin7(error.to_string())
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

fn subject(record: &Record) -> String {
    format!(
        "Invoice {}",
        record.number.as_deref().unwrap_or(record.key.id.as_str())
    )
}

fn sale(record: &Record) -> String {
    let number = record
        .cin7
        .order_number
        .as_deref()
        .or(record.cin7.sale_id.as_deref());
    format!("sale {}", number.unwrap_or("without a number"))
}

fn total(record: &Record) -> String {
    let amount = record.total.as_deref().unwrap_or("an unknown total");
    format!(
        "{amount} {}",
        record.currency.as_deref().unwrap_or_default()
    )
}

/// Judges a record by the rows that carry its mark.
fn compare(record: &Record, rows: &[SaleRow]) -> Verdict {
    let Some(step) = record.step("sale") else {
        return Verdict::NotYet;
    };
    let marked: Vec<&SaleRow> = rows
        .iter()
        .filter(|row| row.external_id.as_deref() == Some(step.mark.as_str()))
        .collect();
    let standing: Vec<&SaleRow> = marked
        .iter()
        .copied()
        .filter(|row| !row.status.eq_ignore_ascii_case("VOIDED"))
        .collect();
    match standing.as_slice() {
        [] if marked.is_empty() => Verdict::NotYet,
        [] => Verdict::Wrong(format!(
            "{} crossed with {}, but {} was voided in Cin7. It is not written again; enter it by hand if \
             it should stand there.",
            subject(record),
            total(record),
            sale(record)
        )),
        [row] => compare_row(record, row),
        rows => {
            let numbers: Vec<&str> = rows.iter().map(|row| row.order_number.as_str()).collect();
            Verdict::Wrong(format!(
                "{} stands {} times in Cin7: {}. Void all but {}.",
                subject(record),
                rows.len(),
                numbers.join(", "),
                sale(record)
            ))
        }
    }
}

fn compare_row(record: &Record, row: &SaleRow) -> Verdict {
    let wanted: Option<Decimal> = record.total.as_deref().and_then(|total| total.parse().ok());
    let currency = row.currency.map(|currency| currency.to_string());
    if currency.is_some() && currency != record.currency {
        return Verdict::Wrong(format!(
            "{}: FreshBooks says {}, sale {} in Cin7 is in {}. Correct the customer in Cin7.",
            subject(record),
            total(record),
            row.order_number,
            currency.unwrap_or_default()
        ));
    }
    match row.invoice_amount.map(cents) {
        // The header shows before its invoice does.
        None => Verdict::NotYet,
        Some(amount) if amount.is_zero() && wanted != Some(amount) => Verdict::NotYet,
        Some(amount) if wanted.map(cents) == Some(amount) => Verdict::Right(row.clone()),
        Some(amount) => Verdict::Wrong(format!(
            "{}: FreshBooks says {}, sale {} in Cin7 holds {amount}. Correct whichever is wrong.",
            subject(record),
            total(record),
            row.order_number
        )),
    }
}
