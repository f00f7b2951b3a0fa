//! Bill payments, which raise no events (docs/freshbooks-api.md, bills and bill payments).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::money::money;
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

/// A payment of a bill as a person records it.
#[derive(Debug, Clone, Default)]
pub struct NewBillPayment {
    /// The bill that it pays.
    pub bill_id: i64,
    /// In the currency of the bill.
    pub amount: Decimal,
    /// `paid_date`; today, US-Eastern, where `None`.
    pub date: Option<Date>,
    /// `Check`, `Bank Transfer`, …; an open set. `Other` where empty.
    pub payment_type: String,
    /// A note.
    pub note: String,
    /// Whether an expense from the bank was matched with it.
    pub matched_with_expense: bool,
}

impl NewBillPayment {
    pub(crate) fn day(&self) -> Date {
        self.date.unwrap_or_default()
    }

    pub(crate) fn currency<'a>(&self, books: &'a Books) -> &'a str {
        let bill = books.bills.get(self.bill_id);
        bill.map_or(&books.currency_code, |bill| bill.content.currency(books))
    }

    fn kind(&self) -> &str {
        match self.payment_type.as_str() {
            "" => "Other",
            kind => kind,
        }
    }
}

impl Resource for NewBillPayment {
    const KIND: Kind = Kind {
        noun: "bill_payment",
        path: "bill_payments/bill_payments",
        list_key: "bill_payments",
        id_field: "id",
        scope: "user:bill_payments:read",
        keeps_deleted: true,
        filters_vis_state: false,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.bill_payments
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.bill_payments
    }

    /// There is no timestamp on it.
    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let payment = &kept.content;
        json!({
            "id": kept.id, "billid": payment.bill_id,
            "amount": money(payment.amount, payment.currency(view.books)),
            "paid_date": payment.day().to_string(), "payment_type": payment.kind(),
            "note": payment.note, "matched_with_expense": payment.matched_with_expense,
            "vis_state": kept.vis_state.number(),
        })
    }

    /// `billid`, `bill_id` and `paid_date` look as if they worked and do not.
    fn filter(_term: &Term) -> Parsed<Self> {
        filter::ignored()
    }
}
