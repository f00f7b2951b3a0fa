//! Sales, and the payments on them.

use cin7::SaleRow;
use ledger::RecordKey;
use mapping::sale_mark;
use money::{Decimal, cents};
use tieout::{Copy, Kind, Stands};

use super::documents::{Gathered, Held};
use super::paid::{Payments, Side};
use super::{NotTied, Reading, unread};

impl Reading<'_> {
    /// Reads the sales that carry marks of ours with one list, and from it what was paid on each.
    pub(super) async fn read_sales(&self, gathered: &mut Gathered) -> Result<(), NotTied> {
        if !gathered.has_any(&[Kind::Invoice, Kind::Payment]) {
            return Ok(());
        }
        let since = self.since(&gathered.book);
        let rows = self
            .reader
            .sales_updated_since(since)
            .await
            .map_err(unread)?;
        let mut payments = Payments::of(Side::Sales);
        for row in &rows {
            let Some(key) = self.invoice_of(row) else {
                continue;
            };
            payments.shown(&row.sale_id, key.clone(), row.paid_amount, row.currency);
            gathered.hold(self.month, key, held(row));
        }
        self.read_payments(gathered, payments).await
    }

    /// The record of the invoice whose mark a sale carries.
    fn invoice_of(&self, row: &SaleRow) -> Option<RecordKey> {
        self.marked(row.external_id.as_deref()?)
            .filter(|key| key.kind.is(Kind::Invoice.name()))
    }

    /// The copies of an invoice by its marks alone, of every generation: the exact question.
    pub(super) async fn sales_alone(
        &self,
        gathered: &Gathered,
        key: &RecordKey,
    ) -> Result<Vec<Copy>, NotTied> {
        let record = gathered.book.records.get(key);
        let last = record.map_or(1, |record| record.generation.max(1));
        let mut copies = Vec::new();
        for generation in 1..=last {
            let mark = sale_mark(&self.connection.account_id, key.id.as_str(), generation);
            let rows = self.reader.sales_marked(&mark).await.map_err(unread)?;
            copies.extend(rows.iter().map(held));
        }
        Ok(gathered.filled(self, key, &copies))
    }
}

fn held(row: &SaleRow) -> Held {
    Held {
        stands: stands(&row.status, row.invoice_amount),
        day: row.invoice_date,
        amount: row.invoice_amount.map(cents),
        currency: row.currency,
    }
}

/// How a sale or a purchase stands: its header shows before it has an invoice.
pub(super) fn stands(status: &str, amount: Option<Decimal>) -> Stands {
    if status.to_uppercase().contains("VOID") {
        Stands::Voided
    } else if amount.is_none_or(|amount| amount.is_zero()) {
        Stands::Open
    } else {
        Stands::Booked
    }
}
