//! Products (docs/cin7-api.md, products).

use serde::Deserialize;

use crate::lenient::{Flag, Text};
use crate::pages::Row;
use crate::{Product, ProductKind};

/// A row of `GET /product`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct ProductRow {
    #[serde(rename = "ID")]
    id: Text,
    #[serde(rename = "SKU")]
    sku: Text,
    name: Text,
    #[serde(rename = "Type")]
    kind: Text,
    status: Text,
    sellable: Flag,
}

impl Row for ProductRow {
    const PATH: &'static str = "product";
    const LIST: &'static str = "Products";

    fn id(&self) -> &str {
        &self.id.0
    }
}

impl From<ProductRow> for Product {
    /// Whatever is not a service is taken for stock: of the two, that is the one with consequences.
    fn from(row: ProductRow) -> Self {
        let is_service = row.kind.0.eq_ignore_ascii_case("service");
        Self {
            id: row.id.0,
            sku: row.sku.0,
            name: row.name.0,
            kind: if is_service {
                ProductKind::Service
            } else {
                ProductKind::Stock
            },
            active: row.status.is_active_status(),
            sellable: !row.sellable.is_denied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_that_is_not_a_service_is_stock() {
        let product = |json: &str| Product::from(serde_json::from_str::<ProductRow>(json).unwrap());
        let service =
            product(r#"{"ID":"1","SKU":"FB-SERVICE","Type":"Service","Status":"Active"}"#);
        assert_eq!((service.kind, service.active), (ProductKind::Service, true));
        let other =
            product(r#"{"ID":"2","SKU":"X","Type":"Fixed asset","Status":"Setup required"}"#);
        assert_eq!((other.kind, other.active), (ProductKind::Stock, false));
    }

    #[test]
    fn a_product_is_usable_unless_it_has_another_status_than_active() {
        for (json, active) in [
            (r#"{"ID":"1"}"#, true),
            (r#"{"ID":"1","Status":null}"#, true),
            (r#"{"ID":"1","Status":" ACTIVE "}"#, true),
            (r#"{"ID":"1","Status":"Deprecated"}"#, false),
        ] {
            let product = Product::from(serde_json::from_str::<ProductRow>(json).unwrap());
            assert_eq!(product.active, active, "{json}");
        }
    }
}
