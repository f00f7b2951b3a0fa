//! The entries of each kind of document.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::account::AccountState;
use crate::journals::{Journal, LedgerStatus};
use crate::json::{day, exact};
use crate::money::{MoneyOperation, TaskType};
use crate::purchases::Purchase;
use crate::sales::{Line, Sale};

/// An entry of the ledger.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Entry {
    #[serde(rename = "TaskID")]
    task_id: Uuid,
    pub(crate) debit_account_code: String,
    pub(crate) credit_account_code: String,
    #[serde(serialize_with = "exact")]
    pub(crate) amount: Decimal,
    #[serde(serialize_with = "day")]
    pub(crate) effective_date: Date,
    reference: String,
    transaction: String,
    #[serde(rename = "Type")]
    kind: &'static str,
}

/// What the entries of one document have in common.
struct Source {
    task_id: Uuid,
    kind: &'static str,
    date: Date,
    reference: String,
    rate: Decimal,
}

impl Source {
    /// An entry over an amount in the document's currency.
    fn entry(&self, debit: &str, credit: &str, amount: Decimal) -> Entry {
        Entry {
            task_id: self.task_id,
            debit_account_code: debit.to_owned(),
            credit_account_code: credit.to_owned(),
            amount: (amount * self.rate).round_dp(4),
            effective_date: self.date,
            reference: self.reference.clone(),
            transaction: self.reference.clone(),
            kind: self.kind,
        }
    }
}

/// The authorised invoices and the payments of a sale.
pub(super) fn of_sale(account: &AccountState, sale: &Sale) -> Vec<Entry> {
    let owed = system_account(account, "DEBTORS");
    let mut entries = Vec::new();
    for invoice in sale.authorised_invoices() {
        let source = Source {
            task_id: invoice.task_id,
            kind: "Sale",
            date: invoice.date,
            reference: invoice.number.clone(),
            rate: invoice.currency_rate,
        };
        let charges = invoice.charges.iter();
        let charges = charges.map(|charge| (charge.account.clone(), charge.total, charge.tax));
        let rows = invoice.lines.iter().map(row_of).chain(charges);
        for (code, total, tax) in rows {
            let code = code.unwrap_or_else(|| sale.header.default_account.clone());
            let net = if sale.tax_inclusive {
                total - tax
            } else {
                total
            };
            entries.push(source.entry(&owed, &code, net));
            entries.push(source.entry(&owed, &tax_account(account), tax));
        }
    }
    for payment in &sale.payments {
        let source = Source {
            task_id: payment.task_id,
            kind: "Sale",
            date: payment.date_paid,
            reference: payment.reference.clone(),
            rate: payment.currency_rate,
        };
        entries.push(source.entry(&payment.account, &owed, payment.amount));
    }
    without_nothing(entries)
}

/// The authorised invoices and the payments of a purchase.
pub(super) fn of_purchase(account: &AccountState, purchase: &Purchase) -> Vec<Entry> {
    let owed = system_account(account, "CREDITORS");
    let mut entries = Vec::new();
    for invoice in purchase.authorised_invoices() {
        let source = Source {
            task_id: invoice.task_id,
            kind: "Purchase",
            date: invoice.date.unwrap_or_default(),
            reference: invoice.number.clone(),
            rate: purchase.header.currency_rate,
        };
        let charges = invoice.charges.iter();
        let charges = charges.map(|charge| (charge.account.clone(), charge.total, charge.tax));
        let rows = invoice.lines.iter().map(row_of).chain(charges);
        for (code, total, tax) in rows {
            let net = if purchase.tax_inclusive {
                total - tax
            } else {
                total
            };
            entries.push(source.entry(&code.unwrap_or_default(), &owed, net));
            entries.push(source.entry(&tax_account(account), &owed, tax));
        }
    }
    for payment in &purchase.payments {
        let source = Source {
            task_id: payment.task_id,
            kind: "Purchase",
            date: payment.date_paid,
            reference: payment.reference.clone(),
            rate: payment.currency_rate,
        };
        entries.push(source.entry(&owed, &payment.account, payment.amount));
    }
    without_nothing(entries)
}

/// The pairs of a completed journal.
pub(super) fn of_journal(journal: &Journal) -> Vec<Entry> {
    if journal.status != LedgerStatus::Completed {
        return Vec::new();
    }
    let source = Source {
        task_id: journal.task_id,
        kind: "Journal",
        date: journal.effective_date,
        reference: journal.journal_number.clone(),
        rate: Decimal::ONE,
    };
    let lines = journal.lines.iter();
    lines
        .map(|line| source.entry(&line.debit, &line.credit, line.base_amount))
        .collect()
}

/// The lines of a completed money operation, and their tax.
pub(crate) fn of_money_operation(account: &AccountState, operation: &MoneyOperation) -> Vec<Entry> {
    if operation.status != LedgerStatus::Completed {
        return Vec::new();
    }
    let spent = operation.task_type == TaskType::Spend;
    let source = Source {
        task_id: operation.task_id,
        kind: if spent { "MoneySpend" } else { "MoneyReceive" },
        date: operation.date,
        reference: operation.reference.clone(),
        rate: operation.currency_rate,
    };
    let bank = &operation.bank_account_code;
    let entry = |code: &str, amount: Decimal| match spent {
        true => source.entry(code, bank, amount),
        false => source.entry(bank, code, amount),
    };
    let of_line = |line: &crate::money::MoneyLine| {
        let contained = if operation.tax_inclusive {
            line.tax
        } else {
            Decimal::ZERO
        };
        [
            entry(&line.account, line.total - contained),
            entry(&tax_account(account), line.tax),
        ]
    };
    without_nothing(operation.lines.iter().flat_map(of_line).collect())
}

fn row_of(line: &Line) -> (Option<String>, Decimal, Decimal) {
    (line.account.clone(), line.total, line.tax)
}

fn tax_account(account: &AccountState) -> String {
    system_account(account, "GST")
}

fn system_account(account: &AccountState, code: &str) -> String {
    let mut accounts = account.options.books.accounts.iter();
    accounts
        .find(|row| row.system_account_code.as_deref() == Some(code))
        .map(|row| row.code.clone())
        .unwrap_or_default()
}

fn without_nothing(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.retain(|entry| !entry.amount.is_zero());
    entries
}
