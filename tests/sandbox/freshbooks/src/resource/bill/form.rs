//! What a person types into the bill form.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::resource::LineTax;
use crate::world::Books;

/// A bill as a person fills in the form. Unlike an invoice it counts at once: there are no drafts.
#[derive(Debug, Clone, Default)]
pub struct NewBill {
    /// The vendor's id (`vendorid`).
    pub vendor_id: i64,
    /// The vendor's own number; may be empty.
    pub number: String,
    /// `issue_date`; today, US-Eastern, where `None`.
    pub issue_date: Option<Date>,
    /// Days from the issue until it is due.
    pub due_offset_days: i64,
    /// ISO 4217; the account's own where `None`.
    pub currency_code: Option<String>,
    /// What was bought.
    pub lines: Vec<NewBillLine>,
}

impl NewBill {
    pub(crate) fn currency<'a>(&'a self, books: &'a Books) -> &'a str {
        self.currency_code.as_ref().unwrap_or(&books.currency_code)
    }

    pub(crate) fn day(&self) -> Date {
        self.issue_date.unwrap_or_default()
    }

    pub(crate) fn due(&self) -> Date {
        let offset = jiff::Span::new()
            .try_days(self.due_offset_days)
            .unwrap_or_default();
        self.day().saturating_add(offset)
    }
}

/// A line of a bill. There is no item id on it and no SKU, and no name: a description is all there is.
#[derive(Debug, Clone, Default)]
pub struct NewBillLine {
    /// Free text.
    pub description: String,
    /// May carry decimals.
    pub quantity: Decimal,
    /// Price of one, before tax.
    pub unit_cost: Decimal,
    /// The expense category, 0 for none.
    pub category_id: i64,
    /// The first tax.
    pub tax1: Option<LineTax>,
    /// The second tax.
    pub tax2: Option<LineTax>,
}

impl NewBillLine {
    /// A line without tax.
    #[must_use]
    pub fn new(description: &str, quantity: Decimal, unit_cost: Decimal, category_id: i64) -> Self {
        Self {
            description: description.to_owned(),
            quantity,
            unit_cost,
            category_id,
            ..Self::default()
        }
    }

    /// The same with one more tax: the first, else the second.
    #[must_use]
    pub fn tax(mut self, name: &str, rate: Decimal) -> Self {
        let slot = match self.tax1 {
            None => &mut self.tax1,
            Some(_) => &mut self.tax2,
        };
        *slot = Some(LineTax {
            name: name.to_owned(),
            rate,
            number: None,
        });
        self
    }
}
