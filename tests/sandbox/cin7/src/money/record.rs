//! A money operation as it is stored.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::LedgerStatus;
use crate::sales::totals::totals_of;

/// Money spent or received without a purchase or a sale (docs/cin7-api.md, expenses).
#[derive(Debug, Clone)]
pub struct MoneyOperation {
    /// The id.
    pub task_id: Uuid,
    /// Spent or received.
    pub task_type: TaskType,
    /// Its state.
    pub status: LedgerStatus,
    /// The bank account as it was sent: a code of the chart, or a number at the bank.
    pub bank_account: String,
    /// The code of that account.
    pub bank_account_code: String,
    /// Its day.
    pub date: Date,
    /// Base units per unit of the bank account's currency.
    pub currency_rate: Decimal,
    /// The supplier, if it is with one.
    pub supplier_id: Option<Uuid>,
    /// The customer, if it is with one.
    pub customer_id: Option<Uuid>,
    /// The name of either.
    pub supplier_customer: String,
    /// The caller's own mark.
    pub reference: String,
    /// Remarks.
    pub note: String,
    /// Whether line totals contain their tax.
    pub tax_inclusive: bool,
    /// The lines.
    pub lines: Vec<MoneyLine>,
}

/// `TaskType`. Transfers have an address of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum TaskType {
    /// Money went out.
    #[serde(rename = "Spend Money")]
    Spend,
    /// Money came in.
    #[serde(rename = "Receive Money")]
    Receive,
}

/// A line of a money operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyLine {
    /// Free text.
    pub name: String,
    /// Remarks.
    pub comment: String,
    /// The quantity.
    pub quantity: Decimal,
    /// The price of one.
    pub price: Decimal,
    /// In percent.
    pub discount: Decimal,
    /// Tax money.
    pub tax: Decimal,
    /// Quantity times price less discount, rounded to cents.
    pub total: Decimal,
    /// The name of the tax rule.
    pub tax_rule: String,
    /// The code of the account.
    pub account: String,
}

impl MoneyOperation {
    /// What moved on the bank account, tax included, in its currency.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.sums().total
    }

    pub(super) fn sums(&self) -> crate::sales::totals::Totals {
        let rows = self.lines.iter().map(|line| (line.total, line.tax));
        totals_of(rows, self.tax_inclusive)
    }
}

impl TaskType {
    /// The type as it is written.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Spend => "Spend Money",
            Self::Receive => "Receive Money",
        }
    }
}
