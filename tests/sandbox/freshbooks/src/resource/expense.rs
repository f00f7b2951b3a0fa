//! Expenses (docs/freshbooks-api.md, expenses, other income, credit notes).

mod form;
mod json;

use serde_json::Value;

pub use form::{ExpenseTax, NewExpense};

use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

/// The person who recorded it: the owner, whatever the expense.
const STAFF_ID: i64 = 1;

impl Resource for NewExpense {
    const KIND: Kind = Kind {
        noun: "expense",
        path: "expenses/expenses",
        list_key: "expenses",
        id_field: "expenseid",
        scope: "user:expenses:read",
        keeps_deleted: true,
        filters_vis_state: true,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.expenses
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.expenses
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, query: &Query) -> Value {
        json::render(kept, view, query.includes("category"))
    }

    /// `status` looks as if it worked and does not.
    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "expenseid" | "expenseids[]" => filter::number_in(term, |kept| kept.id),
            "clientid" | "clientids[]" => filter::number_in(term, |kept| kept.content.client_id),
            "clientid_not" => {
                let unwanted = term.value().to_owned();
                filter::keep(move |kept: &Kept<Self>, _| {
                    kept.content.client_id.to_string() != unwanted
                })
            }
            "staffid" | "staffids[]" => filter::number_in(term, |_| STAFF_ID),
            "categoryid" | "categoryids[]" => {
                filter::number_in(term, |kept| kept.content.category_id)
            }
            "projectid" | "projectids[]" | "profileid" | "profileids[]" => {
                filter::number_in(term, |_| 0)
            }
            "has_receipt" => filter::switch(term, |kept, _| kept.content.has_receipt),
            "date_min" => filter::from_day(term, |kept, _| kept.content.day()),
            "date_max" => filter::before_day(term, |kept, _| kept.content.day()),
            "updated_min" => filter::from_day(term, filter::updated),
            "updated_max" => filter::before_day(term, filter::updated),
            "amount_min" => filter::at_least(term, |kept| kept.content.amount),
            "amount_max" => filter::below(term, |kept| kept.content.amount),
            "vendor" => filter::text_is(term, |kept| &kept.content.vendor),
            _ => filter::ignored(),
        }
    }
}
