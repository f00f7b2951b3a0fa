//! Other income, which raises no events (docs/freshbooks-api.md, other income and credit notes).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::account::Quirks;
use crate::money::money;
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

/// Other income as a person records it.
#[derive(Debug, Clone, Default)]
pub struct NewOtherIncome {
    /// What came in.
    pub amount: Decimal,
    /// ISO 4217; the account's own where `None`.
    pub currency_code: Option<String>,
    /// `advertising`, `in_person_sales`, `online_sales`, `rentals` or `other`.
    pub category_name: String,
    /// The calendar day; today, US-Eastern, where `None`.
    pub date: Option<Date>,
    /// Free text, such as the name of a shop.
    pub source: String,
    /// `Cash`, `Check`, …
    pub payment_type: Option<String>,
    /// A note.
    pub note: String,
    /// Its taxes.
    pub taxes: Vec<IncomeTax>,
}

/// A tax of other income. Whether `amount` is a percentage, as in the list of taxes, or money is
/// not documented.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncomeTax {
    /// `HST`.
    pub name: String,
    /// As it goes on the wire.
    pub amount: String,
}

impl NewOtherIncome {
    pub(crate) fn currency<'a>(&'a self, books: &'a Books) -> &'a str {
        self.currency_code.as_ref().unwrap_or(&books.currency_code)
    }

    pub(crate) fn day(&self) -> Date {
        self.date.unwrap_or_default()
    }
}

impl Resource for NewOtherIncome {
    const KIND: Kind = Kind {
        noun: "other_income",
        path: "other_incomes/other_incomes",
        list_key: "other_income",
        id_field: "incomeid",
        scope: "user:other_income:read",
        keeps_deleted: true,
        filters_vis_state: true,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.other_incomes
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.other_incomes
    }

    fn keeps_deleted(quirks: &Quirks) -> bool {
        !quirks.deletes_other_income_for_good
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let income = &kept.content;
        let taxes = income.taxes.iter();
        let taxes: Vec<_> = taxes
            .map(|tax| json!({"name": tax.name, "amount": tax.amount}))
            .collect();
        json!({
            "incomeid": kept.id, "amount": money(income.amount, income.currency(view.books)),
            "category_name": income.category_name, "date": income.day().to_string(),
            "source": income.source, "payment_type": income.payment_type, "note": income.note,
            "taxes": taxes, "created_at": view.eastern.stamp(kept.created),
            "updated_at": view.eastern.stamp(kept.updated), "vis_state": kept.vis_state.number(),
        })
    }

    /// Filters by day and by source do nothing.
    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "incomeid" => filter::number_in(term, |kept| kept.id),
            "category_name" => filter::text_is(term, |kept| &kept.content.category_name),
            _ => filter::ignored(),
        }
    }
}
