//! `/product`.

mod record;
mod write;

pub use record::Product;

pub(crate) use write::create;

use jiff::Timestamp;

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::{contains, page};
use crate::refusal::Refusal;

/// The list's name in the envelope.
const LIST: &str = "Products";

/// Gives an account a service and a stock product.
pub(crate) fn seed(account: &mut AccountState, now: Timestamp) {
    for (sku, name, category, kind) in [
        ("FB-SERVICE", "Imported service", "Services", "Service"),
        ("WIDGET-1", "Blue Widget", "Goods", "Stock"),
    ] {
        let product = Product {
            id: account.next_id("product"),
            sku: sku.into(),
            name: name.into(),
            category: category.into(),
            kind: kind.into(),
            costing_method: "FIFO".into(),
            uom: "Item".into(),
            status: "Active".into(),
            revenue_account: "200".into(),
            sale_tax_rule: "Tax on Sales".into(),
            purchase_tax_rule: "Tax on Purchases".into(),
            default_location: "Main Warehouse".into(),
            sellable: true,
            last_modified_on: now,
        };
        account.products.put(product.id, product, now, now);
    }
}

/// `GET /product`. The notes have it both ways; `Name` and `Sku` find what contains them here.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.guid("ID")?;
    let modified_since = ask.instant("ModifiedSince")?;
    let with_deprecated = id.is_some() || ask.truth("IncludeDeprecated")?.unwrap_or(false);
    let rows: Vec<_> = account
        .products
        .all_seen(account.horizon(ask.at))
        .filter(|row| id.is_none_or(|id| row.id == id))
        .filter(|row| {
            ask.parameter("Name")
                .is_none_or(|name| contains(&row.name, name))
        })
        .filter(|row| {
            ask.parameter("Sku")
                .is_none_or(|sku| contains(&row.sku, sku))
        })
        .filter(|row| modified_since.is_none_or(|since| row.last_modified_on >= since))
        .filter(|row| with_deprecated || row.status != "Deprecated")
        .collect();
    page(ask, LIST, &rows)
}
