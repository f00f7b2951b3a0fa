//! The exact question, before a person is called: for the mark, then for the document itself.

use cin7::{PostedInvoice, ShownEntry};
use ledger::{Doubt, Record, StepStatus};
use money::{Decimal, cents};

use super::compare::{Seen, Verdict, compare, wanted};
use super::family::Family;
use super::pass::Pass;
use super::shown::Shown;
use super::{Failed, unread_document, words};
use crate::steps::digest;

/// What a sale or a purchase shows when it is asked for by its id.
struct Whole {
    status: String,
    invoices: Vec<PostedInvoice>,
    credit_notes: Vec<String>,
}

impl Pass<'_> {
    /// What Cin7 says of exactly this record's document. One call, or two.
    pub(super) async fn exact(&self, record: &Record) -> Result<Verdict, Failed> {
        let account = &self.connection.account_id;
        let rows = self.family.ask(self.reader, record, account).await;
        let rows = rows.map_err(unread_document)?;
        let of_it: Vec<&Shown> = rows
            .iter()
            .filter(|row| row.is_of(record, self.family))
            .collect();
        let listed = compare(record, self.family, &of_it);
        let is_certain = match &listed {
            Verdict::Right(_) => true,
            Verdict::NotYet => false,
            Verdict::Wrong(finding) => matches!(finding.doubt, Doubt::Voided | Doubt::Doubled),
        };
        if is_certain {
            return Ok(listed);
        }
        let own = of_it
            .into_iter()
            .find(|row| row.is_own(record, self.family));
        match self.family {
            Family::Sales | Family::Purchases => self.by_id(record, own, listed).await,
            Family::Journals | Family::MoneyOperations => self.entry(record, own, listed).await,
        }
    }

    async fn by_id(
        &self,
        record: &Record,
        row: Option<&Shown>,
        listed: Verdict,
    ) -> Result<Verdict, Failed> {
        let family = self.family;
        let Some(whole) = self.whole(record).await? else {
            return Ok(missing(record, family));
        };
        if whole.status.trim().eq_ignore_ascii_case("VOIDED") {
            return Ok(Verdict::wrong(Doubt::Voided, words::voided(record, family)));
        }
        let different =
            |held: &str| Verdict::wrong(Doubt::Different, words::different(record, family, held));
        let mut standing = whole
            .invoices
            .iter()
            .filter(|invoice| counts(invoice))
            .peekable();
        if standing.peek().is_none() {
            return Ok(different("holds no invoice that counts"));
        }
        let total: Option<Decimal> = standing.map(|invoice| invoice.total).sum();
        let Some(total) = total.map(cents) else {
            return Ok(listed);
        };
        if wanted(record, family) != Some(total) {
            return Ok(different(&format!("holds {total}")));
        }
        let shown = row.and_then(|row| row.amount).map(cents);
        match (shown, whole.credit_notes.as_slice()) {
            // The list shows invoices less credit notes (docs/cin7-api.md, sale list).
            (Some(shown), [_, ..]) if shown != total => {
                let notes = whole.credit_notes.join(", ");
                Ok(different(&format!("holds {shown} with {notes}")))
            }
            _ => Ok(Verdict::Right(seen(row, whole.status))),
        }
    }

    async fn whole(&self, record: &Record) -> Result<Option<Whole>, Failed> {
        let Some(id) = self.family.id_of(record) else {
            return Ok(None);
        };
        if self.family == Family::Sales {
            let shown = self.reader.shown_sale(id).await.map_err(unread_document)?;
            return Ok(shown.map(|shown| Whole {
                status: shown.sale().status.clone(),
                invoices: shown.sale().invoices.clone(),
                credit_notes: credit_notes(shown.dependents()),
            }));
        }
        let shown = self
            .reader
            .shown_purchase(id)
            .await
            .map_err(unread_document)?;
        Ok(shown.map(|shown| Whole {
            status: shown.purchase().status.clone(),
            invoices: shown.purchase().invoices.clone(),
            credit_notes: credit_notes(shown.dependents()),
        }))
    }

    /// A journal or a money operation against the very request that made it: its list may show a figure
    /// without tax (docs/cin7-api.md, expenses).
    async fn entry(
        &self,
        record: &Record,
        row: Option<&Shown>,
        listed: Verdict,
    ) -> Result<Verdict, Failed> {
        let family = self.family;
        let Some(entry) = self.shown_entry(record).await? else {
            return Ok(missing(record, family));
        };
        let status = entry.status().trim().to_uppercase();
        let different =
            |held: &str| Verdict::wrong(Doubt::Different, words::different(record, family, held));
        match status.as_str() {
            "VOIDED" => {
                return Ok(Verdict::wrong(Doubt::Voided, words::voided(record, family)));
            }
            "DRAFT" => return Ok(different("stands as a draft and is not booked")),
            _ => {}
        }
        let Some(sent) = self.sent(record).await? else {
            return Ok(listed);
        };
        let differences: Vec<String> = entry
            .differences(&sent)
            .iter()
            .map(ToString::to_string)
            .collect();
        if differences.is_empty() {
            return Ok(Verdict::Right(seen(row, status)));
        }
        let amount = row.and_then(|row| row.amount).map(cents);
        let held = amount.map_or_else(String::new, |amount| format!("{amount}, "));
        let why = differences.join(", ");
        Ok(different(&format!(
            "holds {held}not what was posted ({why})"
        )))
    }

    async fn shown_entry(&self, record: &Record) -> Result<Option<ShownEntry>, Failed> {
        let Some(id) = self.family.id_of(record) else {
            return Ok(None);
        };
        let shown = match self.family {
            Family::Journals => self.reader.shown_journal(id).await,
            _ => self.reader.shown_money_operation(id).await,
        };
        shown.map_err(unread_document)
    }

    /// What was sent last of it, where that is known: what completed a draft, else what made it.
    async fn sent(&self, record: &Record) -> Result<Option<String>, Failed> {
        let made = self.family.noun();
        let completed = record.step(&format!("{made} completion"));
        let completed = completed.filter(|step| step.status == StepStatus::Done);
        let Some(step) = completed.or_else(|| record.step(made)) else {
            return Ok(None);
        };
        let kept = self.watch.ledger.sent(&record.key, &step.name).await?;
        Ok(kept.filter(|text| digest(text) == step.request))
    }
}

fn missing(record: &Record, family: Family) -> Verdict {
    Verdict::wrong(Doubt::Missing, words::missing(record, family))
}

/// Whether an invoice counts; statuses are an open set (docs/cin7-api.md, status values).
fn counts(invoice: &PostedInvoice) -> bool {
    let status = invoice.status.trim();
    let open = ["NOT AVAILABLE", "DRAFT", "VOIDED"];
    !open.iter().any(|open| status.eq_ignore_ascii_case(open))
}

fn credit_notes(dependents: Vec<String>) -> Vec<String> {
    let mut notes = dependents;
    notes.retain(|what| what.contains("credit note"));
    notes
}

fn seen(row: Option<&Shown>, status: String) -> Seen {
    Seen {
        number: row
            .map(|row| row.number.clone())
            .filter(|number| !number.is_empty()),
        invoice_number: row.and_then(|row| row.invoice_number.clone()),
        status,
        listed: row.and_then(|row| row.amount).map(cents),
        paid: row.and_then(|row| row.paid).map(cents),
    }
}
