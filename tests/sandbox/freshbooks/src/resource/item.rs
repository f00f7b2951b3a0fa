//! Items (docs/freshbooks-api.md, clients, items, taxes).

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::money::unit_money;
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

/// An item as a person fills in the form.
#[derive(Debug, Clone, Default)]
pub struct NewItem {
    /// What invoice lines copy; not unique.
    pub name: String,
    /// A longer text.
    pub description: String,
    /// `None` leaves the field out of the JSON altogether.
    pub sku: Option<String>,
    /// Price of one, before tax.
    pub unit_cost: Decimal,
    /// ISO 4217; the account's own where `None`.
    pub currency_code: Option<String>,
    /// On hand, where counted.
    pub inventory: Option<Decimal>,
    /// Id of the first tax, 0 for none.
    pub tax1: i64,
    /// Id of the second tax, 0 for none.
    pub tax2: i64,
}

impl Resource for NewItem {
    const KIND: Kind = Kind {
        noun: "item",
        path: "items/items",
        list_key: "items",
        id_field: "itemid",
        scope: "user:billable_items:read",
        keeps_deleted: true,
        filters_vis_state: true,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.items
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.items
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let item = &kept.content;
        let currency = item
            .currency_code
            .as_ref()
            .unwrap_or(&view.books.currency_code);
        let mut json = json!({
            "id": kept.id, "itemid": kept.id,
            "accounting_systemid": view.books.account.account_id,
            "name": item.name, "description": item.description, "qty": "1",
            "inventory": item.inventory.map(|count| count.normalize().to_string()),
            "unit_cost": unit_money(item.unit_cost, currency),
            "tax1": item.tax1, "tax2": item.tax2,
            "updated": view.eastern.stamp(kept.updated), "vis_state": kept.vis_state.number(),
        });
        if let (Some(sku), Some(fields)) = (&item.sku, json.as_object_mut()) {
            fields.insert("sku".to_owned(), json!(sku));
        }
        json
    }

    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "sku" => filter::text_is(term, |kept| kept.content.sku.as_deref().unwrap_or_default()),
            _ => filter::ignored(),
        }
    }
}
