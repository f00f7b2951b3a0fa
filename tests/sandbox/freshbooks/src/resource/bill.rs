//! Bills (docs/freshbooks-api.md, bills and bill payments).

mod form;
mod json;
mod totals;

use serde_json::Value;

pub use form::{NewBill, NewBillLine};
pub(crate) use totals::Totals;

use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

impl Resource for NewBill {
    const KIND: Kind = Kind {
        noun: "bill",
        path: "bills/bills",
        list_key: "bills",
        id_field: "id",
        scope: "user:bills:read",
        keeps_deleted: true,
        filters_vis_state: true,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.bills
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.bills
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, query: &Query) -> Value {
        json::render(kept, view, query.includes("vendor"))
    }

    /// There is no filter by day and none by change; `vendor_id` and `status` do nothing.
    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "ids[]" => filter::number_in(term, |kept| kept.id),
            "vendorid" => filter::number_in(term, |kept| kept.content.vendor_id),
            "currency_code" => {
                let wanted = term.value().to_owned();
                filter::keep(move |kept: &Kept<Self>, view| {
                    kept.content.currency(view.books) == wanted
                })
            }
            "statuses[]" => {
                let wanted = term.values.clone();
                filter::keep(move |kept: &Kept<Self>, view| {
                    let status = Totals::of(kept, view.books).status(&kept.content, view);
                    wanted.iter().any(|wanted| wanted == status)
                })
            }
            _ => filter::ignored(),
        }
    }
}
