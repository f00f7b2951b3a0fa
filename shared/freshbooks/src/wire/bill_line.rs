//! A bill line on the wire (docs/freshbooks-api.md, bills and bill payments).

use money::Currency;
use serde::Deserialize;

use super::Breach;
use super::amount::Amount;
use super::paid_tax::paid_tax;
use super::scalar::Scalar;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BillLine {
    description: Scalar,
    quantity: Scalar,
    unit_cost: Amount,
    amount: Amount,
    category: Option<Category>,
    tax_name1: Scalar,
    tax_percent1: Scalar,
    /// Money, as its name says.
    tax_amount1: Amount,
    tax_name2: Scalar,
    tax_percent2: Scalar,
    tax_amount2: Amount,
}

/// An object on read; on write it is an id.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Category {
    id: Scalar,
    categoryid: Scalar,
    category: Scalar,
}

impl BillLine {
    /// The line at `position`, counted from 1, of a bill in `currency`.
    pub(super) fn into_domain(
        self,
        position: usize,
        currency: Currency,
    ) -> Result<crate::BillLine, Breach> {
        let of_line = |what: &str| format!("{what} of line {position}");
        let quantity = of_line("quantity");
        let slots = [
            (&self.tax_name1, &self.tax_percent1, &self.tax_amount1),
            (&self.tax_name2, &self.tax_percent2, &self.tax_amount2),
        ];
        let taxes = slots.map(|slot| paid_tax(slot, currency, &of_line("tax")));
        let taxes: Result<Vec<_>, Breach> = taxes.into_iter().collect();
        Ok(crate::BillLine {
            quantity: self
                .quantity
                .decimal(&quantity)?
                .ok_or_else(|| Breach::missing(&quantity))?,
            unit_cost: self
                .unit_cost
                .required_in(currency, &of_line("unit cost"))?,
            amount: self.amount.required_in(currency, &of_line("amount"))?,
            category: self.category.and_then(Category::into_domain),
            taxes: taxes?.into_iter().flatten().collect(),
            description: self.description.into_text(),
        })
    }
}

impl Category {
    fn into_domain(self) -> Option<crate::LineCategory> {
        let id = self.id.id().or_else(|| self.categoryid.id())?;
        Some(crate::LineCategory {
            id: id.to_owned(),
            name: self.category.trimmed().to_owned(),
        })
    }
}
