//! Purchases, and the payments on them. No list shows the note that has the mark: a purchase is known by
//! its id, one that was made twice by its supplier and the number of its bill.

use std::collections::HashMap;

use cin7::{Purchase, PurchaseRow};
use ledger::RecordKey;
use money::{Decimal, cents};
use tieout::{Copy, Kind};

use super::documents::{Gathered, Held};
use super::ledgered::Book;
use super::paid::{Payments, Side};
use super::sales::stands;
use super::{NotTied, Reading, unread};

impl Reading<'_> {
    /// Reads the purchases of ours with one list, and from it what was paid on each.
    pub(super) async fn read_purchases(&self, gathered: &mut Gathered) -> Result<(), NotTied> {
        if gathered.book.purchases.is_empty() {
            return Ok(());
        }
        let since = self.since(&gathered.book);
        let rows = self
            .reader
            .purchases_updated_since(since)
            .await
            .map_err(unread)?;
        let bills = bills(&gathered.book);
        let mut payments = Payments::of(Side::Purchases);
        for row in &rows {
            let Some(key) = self.purchase_of(gathered, &bills, row) else {
                continue;
            };
            payments.shown(&row.purchase_id, key.clone(), row.paid_amount, row.currency);
            gathered.hold(self.month, key, held(row));
        }
        self.read_payments(gathered, payments).await
    }

    /// Whose purchase a row is.
    fn purchase_of(
        &self,
        gathered: &Gathered,
        bills: &HashMap<Bill, RecordKey>,
        row: &PurchaseRow,
    ) -> Option<RecordKey> {
        let known = gathered.book.purchases.get(&row.purchase_id.to_lowercase());
        let number = row.invoice_number.as_deref().unwrap_or_default();
        let marked = || self.marked(number);
        let numbered = || {
            bills
                .get(&bill(row.supplier_id.as_deref()?, number))
                .cloned()
        };
        known.cloned().or_else(marked).or_else(numbered)
    }

    /// The copy of a purchase by its id.
    pub(super) async fn purchase_alone(
        &self,
        gathered: &Gathered,
        key: &RecordKey,
    ) -> Result<Option<Vec<Copy>>, NotTied> {
        let record = gathered.book.records.get(key);
        let Some(id) = record.and_then(|record| record.cin7.purchase_id.as_deref()) else {
            return Ok(None);
        };
        let known = gathered.copies_of(self, key);
        let purchase = self.reader.purchase(id).await.map_err(unread)?;
        let copies: Vec<Held> = purchase.iter().map(alone).collect();
        let mut copies = gathered.filled(self, key, &copies);
        // Days and currencies stand in the list alone.
        if let (Some(copy), Some(listed)) = (copies.first_mut(), known.first()) {
            (copy.day, copy.currency) = (listed.day, listed.currency);
        }
        Ok(Some(copies))
    }
}

/// A supplier's id and the number of a bill, in lower case.
type Bill = (String, String);

fn bill(supplier_id: &str, number: &str) -> Bill {
    (supplier_id.to_lowercase(), number.trim().to_lowercase())
}

/// Bills of the month by their supplier and number.
fn bills(book: &Book) -> HashMap<Bill, RecordKey> {
    let bills = book.records.values().filter_map(|record| {
        let number = record.cin7.invoice_number.as_deref()?;
        let supplier = record.cin7.supplier_id.as_deref()?;
        let is_ours = record.cin7.purchase_id.is_some() && !number.trim().is_empty();
        let is_one = [Kind::Bill, Kind::Expense]
            .iter()
            .any(|kind| record.key.kind.is(kind.name()));
        (is_ours && is_one).then(|| (bill(supplier, number), record.key.clone()))
    });
    bills.collect()
}

fn held(row: &PurchaseRow) -> Held {
    Held {
        stands: stands(&row.status, row.invoice_amount),
        day: row.invoice_date,
        amount: row.invoice_amount.map(cents),
        currency: row.currency,
    }
}

/// What the purchase itself shows: its invoices that are booked.
fn alone(purchase: &Purchase) -> Held {
    let is_booked = |status: &str| {
        let status = status.trim();
        status.eq_ignore_ascii_case("AUTHORISED") || status.eq_ignore_ascii_case("PAID")
    };
    let invoices = purchase.invoices.iter();
    let booked = invoices.filter(|invoice| is_booked(&invoice.status));
    let totals = booked.map(|invoice| invoice.total);
    let amount = totals.reduce(|sum, total| Some(sum? + total?));
    Held {
        stands: stands(&purchase.status, amount.map(Option::unwrap_or_default)),
        day: None,
        amount: amount.flatten().map(|amount: Decimal| cents(amount)),
        currency: None,
    }
}
