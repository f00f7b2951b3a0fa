//! `/ref/tax`.

use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::{exact, exact_text};
use crate::paging::{page, starts_with};
use crate::refusal::Refusal;

/// A tax rule; documents name it, one a line (docs/cin7-api.md, tax rules).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TaxRule {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The name, at most 50 characters.
    pub name: String,
    /// The code of the liability account it is booked to.
    pub account: String,
    /// Whether it can be used.
    pub is_active: bool,
    /// Whether prices contain it.
    pub tax_inclusive: bool,
    /// All components together, in percent.
    #[serde(serialize_with = "exact")]
    pub tax_percent: Decimal,
    /// Whether sales may use it.
    pub is_tax_for_sale: bool,
    /// Whether purchases may use it.
    pub is_tax_for_purchase: bool,
    /// What it is made of.
    pub components: Vec<TaxComponent>,
}

/// A component of a tax rule. Numbers are text here, as in the vendor's samples.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TaxComponent {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The percentage.
    #[serde(serialize_with = "exact_text")]
    pub percent: Decimal,
    /// The code of the account it is booked to.
    pub account_code: String,
    /// `1` if it is computed on top of the components before it, else `0`.
    pub compound: String,
    /// Its place, from 1.
    pub component_order: String,
}

/// `GET /ref/tax`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.guid("ID")?;
    let active = ask.truth("IsActive")?;
    let for_sale = ask.truth("IsTaxForSale")?;
    let for_purchase = ask.truth("IsTaxForPurchase")?;
    let rows: Vec<_> = account
        .options
        .books
        .tax_rules
        .iter()
        .filter(|row| id.is_none_or(|id| row.id == id))
        .filter(|row| {
            ask.parameter("Name")
                .is_none_or(|name| starts_with(&row.name, name))
        })
        .filter(|row| {
            ask.parameter("Account")
                .is_none_or(|code| row.account == code)
        })
        .filter(|row| active.is_none_or(|wanted| row.is_active == wanted))
        .filter(|row| for_sale.is_none_or(|wanted| row.is_tax_for_sale == wanted))
        .filter(|row| for_purchase.is_none_or(|wanted| row.is_tax_for_purchase == wanted))
        .collect();
    page(ask, "TaxRuleList", &rows)
}
