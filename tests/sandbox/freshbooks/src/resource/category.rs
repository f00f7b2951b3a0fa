//! Expense categories (docs/freshbooks-api.md, expense categories).

use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

/// An expense category as a person fills in the form.
#[derive(Debug, Clone, Default)]
pub struct NewCategory {
    /// `Rent or Lease`.
    pub name: String,
    /// The category that it stands below; `None` at the top.
    pub parent_id: Option<i64>,
    /// Whether it counts as cost of goods sold.
    pub is_cogs: bool,
    /// Whether it came with the account, so that nobody may rename it.
    pub is_built_in: bool,
}

impl Resource for NewCategory {
    const KIND: Kind = Kind {
        noun: "category",
        path: "expenses/categories",
        list_key: "categories",
        id_field: "categoryid",
        scope: "user:expenses:read",
        keeps_deleted: true,
        filters_vis_state: true,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.categories
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.categories
    }

    /// `category` is the name, and `parentid` is null at the top, not 0.
    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let category = &kept.content;
        json!({
            "id": kept.id, "categoryid": kept.id, "category": category.name,
            "parentid": category.parent_id, "is_cogs": category.is_cogs,
            "is_editable": !category.is_built_in, "transaction_posted": false,
            "created_at": view.eastern.stamp(kept.created),
            "updated_at": view.eastern.stamp(kept.updated), "vis_state": kept.vis_state.number(),
        })
    }

    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "categoryids[]" => filter::number_in(term, |kept| kept.id),
            "name" => filter::text_like(term, |kept| &kept.content.name),
            "is_cogs" => filter::switch(term, |kept, _| kept.content.is_cogs),
            "is_editable" => filter::switch(term, |kept, _| !kept.content.is_built_in),
            "parentid" => filter::number_in(term, |kept| kept.content.parent_id.unwrap_or(0)),
            _ => filter::ignored(),
        }
    }
}
