//! The products that the settings name.

use cin7::Product;

use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::text::nearest;

/// The product of lines that match no other.
pub(crate) const DEFAULT_PRODUCT: SettingKey<'static> = SettingKey {
    table: "settings.sales",
    key: "default_product",
};

/// The key for lines of this text.
pub(crate) fn key_of(name: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.products",
        key: name,
    }
}

/// The line that wants a product.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanting<'a> {
    /// The document as sentences start with it.
    pub record: &'a str,
    /// The line as sentences name it.
    pub label: &'a str,
}

/// The product of a SKU that the settings name.
pub(crate) fn set<'a>(
    line: &Wanting<'_>,
    key: &SettingKey<'_>,
    sku: &str,
    facts: &Facts<'a>,
) -> Result<&'a Product, Held> {
    if let Some(product) = facts.product(sku) {
        return Ok(product);
    }
    let active = facts.products.iter().filter(|product| product.active);
    let near = nearest(sku, active.map(|product| product.sku.as_str())).unwrap_or("SKU");
    let sentence = format!(
        "{} waits for the product of its line {}: Cin7 has no active one with the SKU `{sku}`; \
         add it in Cin7, or write {}.",
        line.record,
        line.label,
        key.line(near)
    );
    Err(Held::waiting(key, sentence))
}
