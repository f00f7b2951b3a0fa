//! Suppliers (docs/cin7-api.md, suppliers).

use serde::Deserialize;

use crate::Supplier;
use crate::lenient::Text;
use crate::pages::{Row, first_of_envelope};

/// A row of `GET /supplier`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SupplierRow {
    #[serde(rename = "ID")]
    id: Text,
    name: Text,
    currency: Text,
    status: Text,
}

impl Row for SupplierRow {
    const PATH: &'static str = "supplier";
    const LIST: &'static str = "SupplierList";

    fn id(&self) -> &str {
        &self.id.0
    }
}

impl From<SupplierRow> for Supplier {
    fn from(row: SupplierRow) -> Self {
        Self {
            id: row.id.0,
            name: row.name.0,
            currency: row.currency.0.parse().ok(),
            active: row.status.is_active_status(),
        }
    }
}

/// The supplier that an answer of `POST /supplier` shows, in its envelope or bare; or what it lacks.
///
/// # Errors
/// When the text is no such answer.
pub(crate) fn created_supplier(
    text: &str,
) -> Result<Result<Supplier, &'static str>, serde_json::Error> {
    let row: Option<SupplierRow> = first_of_envelope(text)?;
    let row = row.filter(|row| !row.id.0.trim().is_empty());
    Ok(row.map(Supplier::from).ok_or("the id of the supplier"))
}
