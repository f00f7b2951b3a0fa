//! What a person types into the expense form, or a bank feed brings.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::world::Books;

/// An expense as a person records it.
#[derive(Debug, Clone, Default)]
pub struct NewExpense {
    /// What was paid, **with** its taxes.
    pub amount: Decimal,
    /// ISO 4217; the account's own where `None`.
    pub currency_code: Option<String>,
    /// The calendar day; today, US-Eastern, where `None`.
    pub date: Option<Date>,
    /// The expense category.
    pub category_id: i64,
    /// Free text, without a link to any bill vendor; may be empty.
    pub vendor: String,
    /// A note.
    pub notes: String,
    /// The first tax, which is part of the amount.
    pub tax1: Option<ExpenseTax>,
    /// The second tax.
    pub tax2: Option<ExpenseTax>,
    /// Whether the second tax is levied on top of the first.
    pub compounded_tax: bool,
    /// The client that it is for, 0 for none.
    pub client_id: i64,
    /// Whether it is to be billed on to that client.
    pub billable: bool,
    /// Whether a receipt is attached.
    pub has_receipt: bool,
    /// The bank account that it was imported from.
    pub bank_account: Option<String>,
    /// The bill payments that it is the bank's side of.
    pub bill_payment_ids: Vec<i64>,
    /// Whether FreshBooks takes it for the bank's side of a bill payment nobody has matched yet.
    pub potential_bill_payment: bool,
}

impl NewExpense {
    pub(crate) fn currency<'a>(&'a self, books: &'a Books) -> &'a str {
        self.currency_code.as_ref().unwrap_or(&books.currency_code)
    }

    pub(crate) fn day(&self) -> Date {
        self.date.unwrap_or_default()
    }

    /// The taxes that it contains.
    pub(crate) fn tax(&self) -> Decimal {
        let taxes = self.tax1.iter().chain(&self.tax2);
        taxes.map(|tax| tax.amount).sum()
    }
}

/// A tax of an expense.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpenseTax {
    /// `HST`.
    pub name: String,
    /// In percent; `None` where a person typed the money.
    pub rate: Option<Decimal>,
    /// In money.
    pub amount: Decimal,
}

impl ExpenseTax {
    /// A tax with its rate and its money.
    #[must_use]
    pub fn new(name: &str, rate: Decimal, amount: Decimal) -> Self {
        Self {
            name: name.to_owned(),
            rate: Some(rate),
            amount,
        }
    }
}
