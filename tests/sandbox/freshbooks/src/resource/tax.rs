//! Taxes (docs/freshbooks-api.md, clients, items, taxes).

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::money::percent;
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

/// A tax as a person fills in the form. Invoice lines copy its name and rate and forget its id, so
/// changing or deleting it leaves documents as they are.
#[derive(Debug, Clone, Default)]
pub struct NewTax {
    /// `HST`.
    pub name: String,
    /// In percent.
    pub rate: Decimal,
    /// The business's registration.
    pub number: Option<String>,
    /// Whether it is levied on top of the first tax of a line.
    pub compound: bool,
}

impl Resource for NewTax {
    const KIND: Kind = Kind {
        noun: "tax",
        path: "taxes/taxes",
        list_key: "taxes",
        id_field: "taxid",
        scope: "user:taxes:read",
        keeps_deleted: false,
        filters_vis_state: false,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.taxes
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.taxes
    }

    /// There is no `vis_state`, and `amount` is a percentage.
    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let tax = &kept.content;
        json!({
            "id": kept.id, "taxid": kept.id,
            "accounting_systemid": view.books.account.account_id,
            "name": tax.name, "number": tax.number, "amount": percent(tax.rate),
            "compound": tax.compound, "updated": view.eastern.stamp(kept.updated),
        })
    }

    fn filter(_term: &Term) -> Parsed<Self> {
        filter::ignored()
    }
}
