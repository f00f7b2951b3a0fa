//! `/ref/paymentterm`.

use serde::Serialize;
use uuid::Uuid;

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::{page, starts_with};
use crate::refusal::Refusal;

/// A payment term. Inactive ones are listed too, and refused on use.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PaymentTerm {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// A number of days or a day of the month, by the method.
    pub duration: u32,
    /// How the duration is counted, such as `number of days`.
    pub method: String,
    /// Whether it can be used.
    pub is_active: bool,
    /// Whether it is the default.
    pub is_default: bool,
}

/// `GET /ref/paymentterm`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.guid("ID")?;
    let active = ask.truth("IsActive")?;
    let default = ask.truth("IsDefault")?;
    let method = ask.parameter("Method");
    let rows: Vec<_> = account
        .options
        .books
        .payment_terms
        .iter()
        .filter(|row| id.is_none_or(|id| row.id == id))
        .filter(|row| {
            ask.parameter("Name")
                .is_none_or(|name| starts_with(&row.name, name))
        })
        .filter(|row| method.is_none_or(|method| row.method.eq_ignore_ascii_case(method)))
        .filter(|row| active.is_none_or(|wanted| row.is_active == wanted))
        .filter(|row| default.is_none_or(|wanted| row.is_default == wanted))
        .collect();
    page(ask, "PaymentTermList", &rows)
}
