//! An invoice line on the wire (docs/freshbooks-api.md, invoices).

use money::{Currency, Decimal};
use serde::Deserialize;

use super::Breach;
use super::amount::Amount;
use super::scalar::Scalar;
use crate::LineTax;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    name: Scalar,
    description: Scalar,
    qty: Scalar,
    unit_cost: Amount,
    amount: Amount,
    #[serde(rename = "taxName1")]
    tax_name_1: Scalar,
    /// A percentage here, and money on expenses, under the same name.
    #[serde(rename = "taxAmount1")]
    tax_percent_1: Scalar,
    #[serde(rename = "taxName2")]
    tax_name_2: Scalar,
    #[serde(rename = "taxAmount2")]
    tax_percent_2: Scalar,
    compounded_tax: Scalar,
    /// Set where `type` is 1, else 0.
    expenseid: Scalar,
}

impl Line {
    /// The line at `position`, counted from 1, of an invoice in `currency`.
    pub(super) fn into_domain(
        self,
        position: usize,
        currency: Currency,
    ) -> Result<crate::Line, Breach> {
        let of_line = |what: &str| format!("{what} of line {position}");
        let quantity = of_line("quantity");
        let rate = of_line("tax rate");
        let taxes = [
            tax(&self.tax_name_1, &self.tax_percent_1, &rate)?,
            tax(&self.tax_name_2, &self.tax_percent_2, &rate)?,
        ];
        Ok(crate::Line {
            quantity: self
                .qty
                .decimal(&quantity)?
                .ok_or_else(|| Breach::missing(&quantity))?,
            unit_cost: self
                .unit_cost
                .required_in(currency, &of_line("unit cost"))?,
            amount: self.amount.required_in(currency, &of_line("amount"))?,
            taxes: taxes.into_iter().flatten().collect(),
            compounded: self.compounded_tax.is_true(),
            expense_id: self.expenseid.id().map(str::to_owned),
            name: self.name.into_text(),
            description: self.description.into_text(),
        })
    }
}

/// A tax, unless the slot is unused: no name, and a rate of 0 or none. A named tax of 0 % is a tax,
/// and one that lost its name still takes money.
fn tax(name: &Scalar, percent: &Scalar, what: &str) -> Result<Option<LineTax>, Breach> {
    let percent = percent.decimal(what)?.unwrap_or(Decimal::ZERO).normalize();
    let name = name.trimmed();
    if name.is_empty() && percent.is_zero() {
        return Ok(None);
    }
    Ok(Some(LineTax {
        name: name.to_owned(),
        percent,
    }))
}
