//! Credit notes (docs/freshbooks-api.md, other income and credit notes).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::invoice::line_json;
use super::{Kind, NewInvoice, NewLine, Resource, Totals};
use crate::money::{cents, money};
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

/// Why a client has a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CreditType {
    /// Given.
    #[default]
    Goodwill,
    /// Too much was paid.
    Overpayment,
    /// Paid beforehand.
    Prepayment,
}

impl CreditType {
    fn text(self) -> &'static str {
        match self {
            Self::Goodwill => "goodwill",
            Self::Overpayment => "overpayment",
            Self::Prepayment => "prepayment",
        }
    }
}

/// A credit note as a person fills in the form.
#[derive(Debug, Clone, Default)]
pub struct NewCreditNote {
    /// The client's id.
    pub client_id: i64,
    /// `credit_number`.
    pub number: String,
    /// Why there is a credit.
    pub credit_type: CreditType,
    /// `create_date`; today, US-Eastern, where `None`.
    pub date: Option<Date>,
    /// ISO 4217; the account's own where `None`.
    pub currency_code: Option<String>,
    /// Whether it is still a draft.
    pub is_draft: bool,
    /// What is credited, as on an invoice.
    pub lines: Vec<NewLine>,
}

impl NewCreditNote {
    pub(crate) fn currency<'a>(&'a self, books: &'a Books) -> &'a str {
        self.currency_code.as_ref().unwrap_or(&books.currency_code)
    }

    pub(crate) fn day(&self) -> Date {
        self.date.unwrap_or_default()
    }

    /// It adds up as an invoice does.
    pub(crate) fn totals(&self, books: &Books) -> Totals {
        let form = NewInvoice {
            lines: self.lines.clone(),
            ..NewInvoice::default()
        };
        Totals::of(&form, books.quirks.tax_rounding)
    }
}

impl Resource for NewCreditNote {
    const KIND: Kind = Kind {
        noun: "credit_note",
        path: "credit_notes/credit_notes",
        list_key: "credit_notes",
        id_field: "creditid",
        scope: "user:credit_notes:read",
        keeps_deleted: true,
        filters_vis_state: false,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.credit_notes
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.credit_notes
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, query: &Query) -> Value {
        let note = &kept.content;
        let code = note.currency(view.books);
        let total = note.totals(view.books).total;
        let used = used(kept.id, view.books);
        let client = view.books.clients.get(note.client_id);
        let client = client.map(|client| &client.content.form);
        let mut shown = json!({
            "id": kept.id, "creditid": kept.id, "clientid": note.client_id,
            "credit_number": note.number, "credit_type": note.credit_type.text(),
            "create_date": note.day().to_string(), "currency_code": code, "language": "en",
            "amount": money(total, code), "paid": money(used, code),
            "payment_status": payment_status(total, used),
            "display_status": if note.is_draft { "draft" } else { "created" },
            "organization": client.map_or("", |client| &client.organization),
            "fname": client.map_or("", |client| &client.first_name),
            "lname": client.map_or("", |client| &client.last_name),
            "notes": "", "terms": null, "vis_state": kept.vis_state.number(),
        });
        let Some(fields) = shown.as_object_mut() else {
            return shown;
        };
        let updated = view.eastern.stamp(kept.updated);
        if query.includes("lines") {
            let lines = (1..).zip(&note.lines);
            let lines = lines
                .map(|(place, line)| line_json(view, line, place, (0, code, &updated)))
                .collect();
            fields.insert("lines".to_owned(), lines);
        }
        if view.books.quirks.credit_notes_show_updated {
            fields.insert("updated".to_owned(), json!(updated));
        }
        shown
    }

    /// `client_id` and `create_date_*` look as if they worked and do not.
    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "clientid" => filter::number_in(term, |kept| kept.content.client_id),
            "date_min" => filter::from_day(term, |kept, _| kept.content.day()),
            "date_max" => filter::before_day(term, |kept, _| kept.content.day()),
            _ => filter::ignored(),
        }
    }
}

/// What payments from this credit have taken of it.
fn used(credit_id: i64, books: &Books) -> Decimal {
    let payments = books.payments.newest_first();
    payments
        .filter(|kept| kept.is_live() && kept.content.credit_id == Some(credit_id))
        .map(|kept| cents(kept.content.amount))
        .sum()
}

fn payment_status(total: Decimal, used: Decimal) -> &'static str {
    if used.is_zero() {
        "unpaid"
    } else if used < total {
        "partial"
    } else {
        "paid"
    }
}
