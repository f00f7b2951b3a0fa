//! Money operations: money spent or received without a purchase or a sale.

use jiff::civil::Date;
use money::Decimal;
use serde::Serialize;

use crate::EntryStatus;

/// Which way the money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum MoneyKind {
    /// `Spend Money`.
    Spend,
    /// `Receive Money`.
    Receive,
}

/// How tax rule and account of a line are called: table and samples of the reference differ
/// (docs/cin7-api.md, expenses).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum MoneyLineNames {
    /// `TaxRuleName` and `AccountCode`, as the samples have it.
    #[default]
    Samples,
    /// `TaxRule` and `Account`, as the table has it.
    Table,
}

/// A money operation to be made, `POST /moneyOperation`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewMoneyOperation {
    /// Which way the money went.
    pub kind: MoneyKind,
    /// Draft or booked.
    pub status: EntryStatus,
    /// The bank account, by its code or by the bank's number: which of the two is unconfirmed.
    pub bank_account: String,
    /// Its day.
    pub date: Date,
    /// Base currency units per unit of the bank account's currency.
    pub currency_rate: Decimal,
    /// The supplier, for money spent; may be left out.
    pub supplier_id: Option<String>,
    /// The customer, for money received; never together with a supplier.
    pub customer_id: Option<String>,
    /// Our mark: what finds the operation again after a lost answer.
    pub reference: String,
    /// Free text, up to 1024 characters.
    pub note: String,
    /// How the fields of the lines are called.
    pub line_names: MoneyLineNames,
    /// At least one line.
    pub lines: Vec<MoneyLine>,
}

/// A line of a money operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoneyLine {
    /// Free text, up to 256 characters.
    pub name: String,
    /// Free text, up to 256 characters.
    pub comment: String,
    /// Up to 4 decimals.
    pub quantity: Decimal,
    /// Price of one before tax, up to 4 decimals.
    pub price: Decimal,
    /// Tax in money, cents.
    pub tax: Decimal,
    /// `round(quantity × price, 2)`, tax excluded: Cin7 checks it.
    pub total: Decimal,
    /// Name of the tax rule.
    pub tax_rule: String,
    /// Code of the account.
    pub account: String,
}

/// A money operation as Cin7 shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoneyOperation {
    /// Cin7's id.
    pub task_id: String,
    /// `Spend Money`, `Receive Money` …; open set.
    pub kind: String,
    /// `DRAFT`, `COMPLETED`, `VOIDED`; open set, compare without case.
    pub status: String,
    /// Our mark, or what a person wrote there.
    pub reference: String,
    /// Its day, where it is shown.
    pub date: Option<Date>,
    /// Lines with their tax, in the bank account's currency; `None` where no lines are shown, or one
    /// lacks its total or tax.
    pub total: Option<Decimal>,
    /// What its ledger entries come to in the base currency; `None` where it shows none, as a draft.
    pub booked: Option<Decimal>,
}

impl MoneyOperation {
    /// Whether it is booked. A write that asked for it may have left a draft.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.status.trim().eq_ignore_ascii_case("COMPLETED")
    }
}

/// A row of `GET /moneyTaskList`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoneyTaskRow {
    /// Cin7's id.
    pub task_id: String,
    /// `Spend Money`, `Receive Money` …; open set.
    pub kind: String,
    /// `DRAFT`, `COMPLETED`, `VOIDED`; open set, compare without case.
    pub status: String,
    /// Our mark, or what a person wrote there.
    pub reference: String,
    /// Its day, where it is shown.
    pub date: Option<Date>,
    /// Its total; whether with tax or without is unconfirmed.
    pub total: Option<Decimal>,
}
