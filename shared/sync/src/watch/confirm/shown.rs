//! A row of any of Cin7's lists, as far as confirming goes.

use cin7::{Journal, MoneyTaskRow, PurchaseRow, SaleRow};
use jiff::Timestamp;
use ledger::Record;
use mapping::{Marked, read_mark};
use money::Decimal;

use super::family::Family;

/// A document as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Cin7's id of it.
    pub(super) id: String,
    /// The number people know it by; may be empty.
    pub(super) number: String,
    /// Such as `INVOICED` or `VOIDED`; open set.
    pub(super) status: String,
    /// Whether it is not booked, or its invoice does not count.
    pub(super) is_draft: bool,
    /// What the row's own mark names; other accounts' marks are none.
    pub(super) marked: Option<Marked>,
    pub(super) invoice_number: Option<String>,
    pub(super) supplier_id: Option<String>,
    pub(super) amount: Option<Decimal>,
    pub(super) paid: Option<Decimal>,
    pub(super) currency: Option<String>,
    pub(super) updated: Option<Timestamp>,
}

impl Shown {
    pub(super) fn sale(row: SaleRow, account_id: &str) -> Self {
        let mark = row.external_id.as_deref().unwrap_or_default();
        Self {
            marked: read_mark(account_id, mark),
            id: row.sale_id,
            number: row.order_number,
            status: row.status,
            is_draft: false,
            invoice_number: row.invoice_number,
            supplier_id: None,
            amount: row.invoice_amount,
            paid: row.paid_amount,
            currency: row.currency.map(|currency| currency.to_string()),
            updated: row.updated,
        }
    }

    /// A purchase's note, and so its mark, is in no list: only a number that we gave its invoice
    /// (docs/cin7-api.md, purchase list).
    pub(super) fn purchase(row: PurchaseRow, account_id: &str) -> Self {
        let mark = row.invoice_number.as_deref().unwrap_or_default();
        let invoice = row.invoice_status.as_deref().unwrap_or_default();
        Self {
            marked: read_mark(account_id, mark),
            id: row.purchase_id,
            number: row.order_number,
            status: row.status,
            is_draft: is_one_of(invoice, &["DRAFT", "NOT AVAILABLE", "VOIDED"]),
            invoice_number: row.invoice_number,
            supplier_id: row.supplier_id,
            amount: row.invoice_amount,
            paid: row.paid_amount,
            currency: row.currency.map(|currency| currency.to_string()),
            updated: row.updated,
        }
    }

    pub(super) fn journal(row: Journal, account_id: &str) -> Self {
        Self {
            marked: read_mark(account_id, &row.narration),
            amount: row.amount,
            number: row.number.unwrap_or_default(),
            ..Self::entry(row.task_id, row.status)
        }
    }

    pub(super) fn money_operation(row: MoneyTaskRow, account_id: &str) -> Self {
        Self {
            marked: read_mark(account_id, &row.reference),
            amount: row.total,
            ..Self::entry(row.task_id, row.status)
        }
    }

    /// A journal or a money operation of which no more is known than its status.
    fn entry(id: String, status: String) -> Self {
        Self {
            id,
            number: String::new(),
            is_draft: is_one_of(&status, &["DRAFT"]),
            status,
            marked: None,
            invoice_number: None,
            supplier_id: None,
            amount: None,
            paid: None,
            currency: None,
            updated: None,
        }
    }

    /// Statuses are an open set: only this one is known to mean that it does not count.
    pub(super) fn is_voided(&self) -> bool {
        is_one_of(&self.status, &["VOIDED"])
    }

    /// Whether this is the very document that the record made.
    pub(super) fn is_own(&self, record: &Record, family: Family) -> bool {
        let own = family.id_of(record);
        own.is_some_and(|id| id.eq_ignore_ascii_case(&self.id))
    }

    /// Whether the row is of this record: its own document, one that carries its mark, or another of
    /// the same supplier with the same number.
    pub(super) fn is_of(&self, record: &Record, family: Family) -> bool {
        let is_marked = self.marked.as_ref().is_some_and(|marked| {
            record.key.kind.is(&marked.kind) && record.key.id.as_str() == marked.id
        });
        self.is_own(record, family) || is_marked || self.is_numbered_as(record, family)
    }

    fn is_numbered_as(&self, record: &Record, family: Family) -> bool {
        let ours = (
            record.cin7.supplier_id.as_deref(),
            record.cin7.invoice_number.as_deref(),
        );
        let theirs = (self.supplier_id.as_deref(), self.invoice_number.as_deref());
        let (Some(supplier), Some(number)) = ours else {
            return false;
        };
        let (Some(other), Some(shown)) = theirs else {
            return false;
        };
        family == Family::Purchases
            && supplier.eq_ignore_ascii_case(other)
            && number.trim().eq_ignore_ascii_case(shown.trim())
    }

    /// By what the record of a row can be found that carries no mark: the row's id, and the number of
    /// its supplier's invoice.
    pub(super) fn handles(&self) -> Vec<String> {
        let supplier = self.supplier_id.as_deref();
        let number = number_handle(supplier, self.invoice_number.as_deref());
        [Some(self.id.clone()), number]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// The handles of a record's own document. A sale needs none: people do not see its mark, and so do not
/// change it.
pub(super) fn handles_of(record: &Record, family: Family) -> Vec<String> {
    let evidence = &record.cin7;
    let id = family.id_of(record).map(str::to_owned);
    let number = match family {
        Family::Sales => return Vec::new(),
        Family::Purchases => number_handle(
            evidence.supplier_id.as_deref(),
            evidence.invoice_number.as_deref(),
        ),
        Family::Journals | Family::MoneyOperations => None,
    };
    [id, number].into_iter().flatten().collect()
}

fn number_handle(supplier_id: Option<&str>, number: Option<&str>) -> Option<String> {
    let (supplier, number) = supplier_id.zip(number)?;
    Some(format!("{supplier}/{}", number.trim()))
}

fn is_one_of(status: &str, known: &[&str]) -> bool {
    known
        .iter()
        .any(|known| status.trim().eq_ignore_ascii_case(known))
}
