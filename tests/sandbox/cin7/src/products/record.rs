//! A product as it is stored and answered.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::json::stamp;

/// A product (docs/cin7-api.md, products).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Product {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The article number, unique whatever the case.
    #[serde(rename = "SKU")]
    pub sku: String,
    /// The name.
    pub name: String,
    /// The category.
    pub category: String,
    /// `Stock` or `Service`.
    #[serde(rename = "Type")]
    pub kind: String,
    /// How its cost is found, such as `FIFO`.
    pub costing_method: String,
    /// The unit of measure.
    #[serde(rename = "UOM")]
    pub uom: String,
    /// `Active`, `Setup required` or `Deprecated`.
    pub status: String,
    /// The code of a revenue account, or empty.
    pub revenue_account: String,
    /// The name of a sale tax rule, or empty.
    pub sale_tax_rule: String,
    /// The name of a purchase tax rule, or empty.
    pub purchase_tax_rule: String,
    /// The default location, or empty.
    pub default_location: String,
    /// Whether it is for sale.
    pub sellable: bool,
    /// When it was changed last.
    #[serde(serialize_with = "stamp")]
    pub last_modified_on: Timestamp,
}
