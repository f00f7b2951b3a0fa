//! What a person types into the invoice form.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// An invoice as a person fills in the form; it begins as a draft.
#[derive(Debug, Clone, Default)]
pub struct NewInvoice {
    /// The client's id (`customerid`).
    pub client_id: i64,
    /// The next number of the account where `None`.
    pub number: Option<String>,
    /// `create_date`; today, US-Eastern, where `None`.
    pub date: Option<Date>,
    /// Days from the date until it is due.
    pub due_offset_days: i64,
    /// ISO 4217; the account's own where `None`.
    pub currency_code: Option<String>,
    /// In percent, taken off before tax.
    pub discount_percent: Decimal,
    /// The client's order number.
    pub po_number: Option<String>,
    /// Shown on the invoice.
    pub notes: String,
    /// Shown on the invoice.
    pub terms: Option<String>,
    /// What is billed.
    pub lines: Vec<NewLine>,
}

/// A line of an invoice. There is no item id on it and no SKU: the name is all there is.
#[derive(Debug, Clone, Default)]
pub struct NewLine {
    /// Free text, copied from an item or typed.
    pub name: String,
    /// A longer text.
    pub description: String,
    /// May carry decimals.
    pub quantity: Decimal,
    /// Price of one, before discount and tax.
    pub unit_cost: Decimal,
    /// The first tax.
    pub tax1: Option<LineTax>,
    /// The second tax.
    pub tax2: Option<LineTax>,
    /// Whether the second tax is levied on top of the first.
    pub compounded_tax: bool,
    /// The expense that is billed on, 0 for none.
    pub expense_id: i64,
}

impl NewLine {
    /// A line without tax.
    #[must_use]
    pub fn new(name: &str, quantity: Decimal, unit_cost: Decimal) -> Self {
        Self {
            name: name.to_owned(),
            quantity,
            unit_cost,
            ..Self::default()
        }
    }

    /// The same with one more tax: the first, else the second.
    #[must_use]
    pub fn tax(mut self, name: &str, rate: Decimal) -> Self {
        let tax = LineTax {
            name: name.to_owned(),
            rate,
            number: None,
        };
        match self.tax1 {
            None => self.tax1 = Some(tax),
            Some(_) => self.tax2 = Some(tax),
        }
        self
    }
}

/// A tax of a line: copies of its name and rate, not its id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineTax {
    /// `HST`.
    pub name: String,
    /// In percent.
    pub rate: Decimal,
    /// The business's registration.
    pub number: Option<String>,
}
