//! What Cin7 says of a payment. The list of sales tells what was paid on each: where that is what our
//! payments add up to, no further call is needed.

use cin7::{Reader, SaleRow};
use ledger::Record;
use money::{Decimal, cents};

use super::{Failed, Seen, Verdict, Watch, total, unread};
use crate::work::name_of;

impl Watch {
    pub(super) async fn judge_payment(
        &self,
        record: &Record,
        rows: &[SaleRow],
        reader: &Reader,
    ) -> Result<Verdict, Failed> {
        let (Some(parent), Some(sale_id)) = (&record.parent, &record.cin7.sale_id) else {
            return Ok(Verdict::NotYet);
        };
        let row = rows
            .iter()
            .find(|row| row.sale_id.eq_ignore_ascii_case(sale_id));
        if let Some(row) = row.filter(|row| row.paid_amount.is_some())
            && row.paid_amount.map(cents) == self.paid_by_us(parent).await?
        {
            return Ok(right(record, Some(row)));
        }
        // The sum is another: the exact question.
        let payments = match reader.sale_payments(sale_id).await {
            // Cin7 does not show the sale either; that must not keep other records back.
            Err(cin7::Error::Refused(_)) => Vec::new(),
            payments => payments.map_err(unread)?,
        };
        let id = record.cin7.payment_id.as_deref().unwrap_or_default();
        let shown = payments.iter().find(|row| row.id.eq_ignore_ascii_case(id));
        let verdict = match shown {
            None if self.is_late(record) => Verdict::Wrong(format!(
                "{} of {} was posted to Cin7, and its sale does not show it. If somebody deleted it there, \
                 enter it by hand if it should stand.",
                name_of(record),
                total(record)
            )),
            None => Verdict::NotYet,
            Some(shown) if amount(&record.total) == Some(cents(shown.amount)) => right(record, row),
            Some(shown) => Verdict::Differs(format!(
                "{}: FreshBooks says {}, Cin7 holds {}. Correct whichever is wrong.",
                name_of(record),
                total(record),
                shown.amount
            )),
        };
        Ok(self.in_time(record, verdict))
    }

    /// What the payments of an invoice come to that stand in Cin7 as far as the ledger knows; `None`
    /// where one of them is not known.
    async fn paid_by_us(&self, invoice: &ledger::RecordKey) -> Result<Option<Decimal>, Failed> {
        let Some(parent) = self.ledger.record(invoice).await? else {
            return Ok(None);
        };
        let mut sum = Decimal::ZERO;
        for key in &parent.children {
            let child = self.ledger.record(key).await?;
            let stands =
                |child: &Record| child.has_begun() && child.parent.as_ref() == Some(invoice);
            let Some(child) = child.filter(stands) else {
                continue;
            };
            let Some(held) = amount(&child.cin7.total) else {
                return Ok(None);
            };
            sum += held;
        }
        Ok(Some(sum))
    }
}

fn amount(text: &Option<String>) -> Option<Decimal> {
    text.as_deref()?.parse().ok().map(cents)
}

fn right(record: &Record, row: Option<&SaleRow>) -> Verdict {
    let number = record.cin7.order_number.clone().unwrap_or_default();
    Verdict::Right(Seen {
        order_number: row.map_or(number, |row| row.order_number.clone()),
        invoice_number: row.and_then(|row| row.invoice_number.clone()),
        status: row.map_or_else(|| "payment seen".to_owned(), |row| row.status.clone()),
        total: amount(&record.cin7.total).or_else(|| amount(&record.total)),
    })
}
