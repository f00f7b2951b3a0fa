//! Listing what there is in FreshBooks, a month at a time.

use std::collections::HashSet;

use freshbooks::{Days, Error as NotListed, Outline};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use ledger::{Backfill, Document, Kind, RecordKey, Unlisted};
use secrecy::SecretString;

use super::Backfills;
use crate::watch::Failed;

/// Listing waits while this many documents are listed and not looked at: an item of the table holds
/// 400 KB, which is some 10,000 of them, and a month comes on top.
const ENOUGH: usize = 4_000;

impl Backfills {
    /// Lists what is not listed yet, as far as there is time. What keeps FreshBooks from saying is noted,
    /// and tried again with the next pass.
    pub(super) async fn list(
        &self,
        backfill: &mut Backfill,
        owner: &str,
        patience: Timestamp,
    ) -> Result<(), Failed> {
        let Some(connection) = self.ledger.connection(&backfill.connection).await? else {
            return Ok(());
        };
        backfill.trouble.clear();
        let mut refused = None;
        while let Some(next) = backfill.unlisted.clone()
            && backfill.backlog.len() < ENOUGH
            && self.ledger.clock().now() < patience
        {
            let last = last_day(backfill, &next);
            let token = self
                .tokens
                .access_token(&backfill.connection, refused.as_ref(), owner)
                .await;
            let token = match token {
                Ok(token) => token,
                Err(error) => {
                    backfill.trouble = format!("FreshBooks could not be asked: {error}.");
                    return Ok(());
                }
            };
            let listed = self
                .listed(&token, &connection.account_id, &next, last)
                .await;
            match listed {
                Ok(rows) => {
                    refused = None;
                    self.take(backfill, &next, rows).await?;
                    backfill.unlisted = after(backfill, &next, last);
                }
                Err(NotListed::Unauthenticated) if refused.is_none() => refused = Some(token),
                Err(error) => {
                    backfill.trouble = sentence(&error);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    async fn listed(
        &self,
        token: &SecretString,
        account: &str,
        next: &Unlisted,
        last: Date,
    ) -> Result<Vec<Outline>, NotListed> {
        let days = Days {
            from: next.from,
            to: last,
        };
        if next.kind.is("payment") {
            self.freshbooks.payments_of(token, account, days).await
        } else {
            self.freshbooks.invoices_of(token, account, days).await
        }
    }

    /// Puts what was listed on the backlog, the oldest first. A payment of a later day follows an invoice
    /// that is known.
    async fn take(
        &self,
        backfill: &mut Backfill,
        next: &Unlisted,
        mut rows: Vec<Outline>,
    ) -> Result<(), Failed> {
        let known: HashSet<Document> = backfill.backlog.iter().cloned().collect();
        rows.sort_by_key(|row| row.day);
        for row in rows {
            let Ok(id) = row.id.parse() else {
                continue;
            };
            let document = Document {
                kind: next.kind.clone(),
                id,
            };
            if known.contains(&document) {
                continue;
            }
            let is_later = row.day.is_some_and(|day| day > backfill.to);
            if is_later
                && !self
                    .follows(backfill, &known, row.invoice_id.as_deref())
                    .await?
            {
                continue;
            }
            backfill.found += 1;
            backfill.backlog.push(document);
        }
        Ok(())
    }

    /// Whether a payment's invoice crosses with this backfill, or was heard of before.
    async fn follows(
        &self,
        backfill: &Backfill,
        backlog: &HashSet<Document>,
        invoice_id: Option<&str>,
    ) -> Result<bool, Failed> {
        let connection = backfill.connection.as_str();
        let key = invoice_id.map(|id| RecordKey::parse(connection, "invoice", id));
        let Some(Ok(key)) = key else {
            return Ok(false);
        };
        let invoice = Document {
            kind: key.kind.clone(),
            id: key.id.clone(),
        };
        Ok(backlog.contains(&invoice) || self.ledger.record(&key).await?.is_some())
    }
}

/// The last day of the month that is listed next, or of all.
fn last_day(backfill: &Backfill, next: &Unlisted) -> Date {
    next.from
        .last_of_month()
        .min(end(backfill, &next.kind))
        .max(next.from)
}

/// The last day that a kind is listed to: payments of the invoices found may have come until now.
fn end(backfill: &Backfill, kind: &Kind) -> Date {
    let with_invoices = backfill.kinds.iter().any(|kind| kind.is("invoice"));
    if !kind.is("payment") || !with_invoices {
        return backfill.to;
    }
    let begun = backfill.started_at.to_zoned(jiff::tz::TimeZone::UTC).date();
    begun.max(backfill.to)
}

fn after(backfill: &Backfill, listed: &Unlisted, last: Date) -> Option<Unlisted> {
    let next = last.checked_add(1.day()).ok();
    if let Some(from) = next.filter(|&from| from <= end(backfill, &listed.kind)) {
        return Some(Unlisted {
            from,
            ..listed.clone()
        });
    }
    let mut kinds = backfill
        .kinds
        .iter()
        .skip_while(|kind| **kind != listed.kind);
    kinds.nth(1).map(|kind| Unlisted {
        kind: kind.clone(),
        from: backfill.from,
    })
}

fn sentence(error: &NotListed) -> String {
    match error {
        NotListed::Unauthenticated => {
            "FreshBooks refuses the access token even after a refresh; it is tried again."
                .to_owned()
        }
        NotListed::Throttled { .. } => {
            "FreshBooks' call limit is reached; it goes on with the next minutes.".to_owned()
        }
        NotListed::Transient(words) | NotListed::Forbidden(words) | NotListed::Refused(words) => {
            words.clone()
        }
    }
}
