//! Invoices (docs/freshbooks-api.md, invoices).

mod form;
mod json;
mod status;
mod totals;

use jiff::civil::Date;
use serde_json::Value;

pub use form::{LineTax, NewInvoice, NewLine};
pub(super) use json::line_json;
pub(crate) use totals::Totals;

use super::client::NewClient;
use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};
use status::Standing;

/// How far an invoice has got, apart from what was paid on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Draft,
    Sent,
    Viewed,
    Disputed,
}

/// An invoice as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Invoice {
    pub(crate) form: NewInvoice,
    pub(crate) uuid: String,
    pub(crate) number: String,
    pub(crate) currency_code: String,
    pub(crate) date: Date,
    pub(crate) stage: Stage,
    /// The client as it was at issue: the billing address is a copy.
    pub(crate) billed: NewClient,
}

impl Invoice {
    fn due(&self) -> Date {
        let offset = jiff::Span::new()
            .try_days(self.form.due_offset_days)
            .unwrap_or_default();
        self.date.saturating_add(offset)
    }

    /// Whether it is paid in full.
    pub(super) fn is_paid(kept: &Kept<Self>, view: &View<'_>) -> bool {
        Standing::of(kept, view).is_paid()
    }
}

impl Resource for Invoice {
    const KIND: Kind = Kind {
        noun: "invoice",
        path: "invoices/invoices",
        list_key: "invoices",
        id_field: "invoiceid",
        scope: "user:invoices:read",
        keeps_deleted: true,
        filters_vis_state: true,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.invoices
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.invoices
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, query: &Query) -> Value {
        json::render(kept, view, query.includes("lines"))
    }

    /// `status`, `statusid`, `payment_status` and `create_date_*` look as if they worked and do not.
    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "invoiceid" | "invoiceids[]" => filter::number_in(term, |kept| kept.id),
            "customerid" | "customerids[]" => {
                filter::number_in(term, |kept| kept.content.form.client_id)
            }
            "invoice_number" => filter::text_is(term, |kept| &kept.content.number),
            "date_min" => filter::from_day(term, |kept, _| kept.content.date),
            "date_max" => filter::before_day(term, |kept, _| kept.content.date),
            "updated_min" => filter::from_day(term, filter::updated),
            "updated_max" => filter::before_day(term, filter::updated),
            "paid" => filter::switch(term, Self::is_paid),
            "outstanding" => filter::switch(term, |kept, view| {
                !Standing::of(kept, view).outstanding.is_zero()
            }),
            "v3_status" => {
                let wanted = term.value().to_owned();
                filter::keep(move |kept: &Kept<Self>, view| {
                    Standing::of(kept, view).v3_status == wanted
                })
            }
            _ => filter::ignored(),
        }
    }

    fn sort_text(kept: &Kept<Self>, _view: &View<'_>, key: &str) -> Option<String> {
        (key == "invoice_date").then(|| kept.content.date.to_string())
    }
}
