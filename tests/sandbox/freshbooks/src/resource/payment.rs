//! Payments (docs/freshbooks-api.md, payments).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::{Invoice, Kind, Resource};
use crate::money::money;
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::world::{Books, View};

/// A payment as a person records it.
#[derive(Debug, Clone, Default)]
pub struct NewPayment {
    /// The invoice that it pays.
    pub invoice_id: i64,
    /// In the currency of the invoice.
    pub amount: Decimal,
    /// The calendar day; today, US-Eastern, where `None`.
    pub date: Option<Date>,
    /// `Check`, `Cash`, `Bank Transfer`, …; an open set. `Other` where empty.
    pub payment_type: String,
    /// A note.
    pub note: String,
    /// The credit that was applied: such a payment brings no new money.
    pub credit_id: Option<i64>,
    /// The credit that paying too much made.
    pub overpayment_id: Option<i64>,
    /// The processor of an online payment.
    pub gateway: Option<String>,
}

impl NewPayment {
    fn kind(&self) -> &str {
        match (&self.credit_id, self.payment_type.as_str()) {
            (Some(_), _) => "Credit",
            (None, "") => "Other",
            (None, kind) => kind,
        }
    }

    pub(crate) fn day(&self) -> Date {
        self.date.unwrap_or_default()
    }

    fn invoice<'a>(&self, books: &'a Books) -> Option<&'a Kept<Invoice>> {
        books.invoices.get(self.invoice_id)
    }

    fn client_id(&self, books: &Books) -> i64 {
        self.invoice(books)
            .map_or(0, |invoice| invoice.content.form.client_id)
    }

    pub(crate) fn currency<'a>(&self, books: &'a Books) -> &'a str {
        self.invoice(books).map_or(&books.currency_code, |invoice| {
            &invoice.content.currency_code
        })
    }
}

impl Resource for NewPayment {
    const KIND: Kind = Kind {
        noun: "payment",
        path: "payments/payments",
        list_key: "payments",
        id_field: "logid",
        scope: "user:payments:read",
        keeps_deleted: true,
        filters_vis_state: true,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.payments
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.payments
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let payment = &kept.content;
        json!({
            "id": kept.id, "logid": kept.id, "invoiceid": payment.invoice_id,
            "clientid": payment.client_id(view.books), "creditid": payment.credit_id,
            "overpaymentid": payment.overpayment_id, "orderid": null, "bulk_paymentid": null,
            "accounting_systemid": view.books.account.account_id,
            "amount": money(payment.amount, payment.currency(view.books)),
            "date": payment.day().to_string(), "type": payment.kind(), "gateway": payment.gateway,
            "from_credit": payment.credit_id.is_some(), "note": payment.note,
            "transactionid": null, "transaction_uuid": null, "send_client_notification": null,
            "updated": view.eastern.stamp(kept.updated), "vis_state": kept.vis_state.number(),
        })
    }

    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "logid" | "logids[]" => filter::number_in(term, |kept| kept.id),
            "invoiceid" => filter::number_in(term, |kept| kept.content.invoice_id),
            "customerid" | "customerids[]" | "clientid" | "clientids[]" => of_client(term),
            "date_min" => filter::from_day(term, |kept, _| kept.content.day()),
            "date_max" => filter::before_day(term, |kept, _| kept.content.day()),
            "updated_min" => filter::from_day(term, filter::updated),
            "updated_max" => filter::before_day(term, filter::updated),
            "amount_min" => filter::at_least(term, |kept| kept.content.amount),
            "amount_max" => filter::below(term, |kept| kept.content.amount),
            "type" => filter::text_is(term, |kept| kept.content.kind()),
            "currency" => in_currency(term),
            // The field is `note`, the filter `notes`.
            "notes" => filter::text_is(term, |kept| &kept.content.note),
            "payment_or_credit" => {
                let credit = term.value() == "credit";
                filter::keep(move |kept: &Kept<Self>, _| kept.content.credit_id.is_some() == credit)
            }
            "client_name" => {
                let wanted = term.value().to_lowercase();
                of_invoice(move |invoice| {
                    invoice.billed.organization.to_lowercase().contains(&wanted)
                })
            }
            "number" => {
                let wanted = term.value().to_owned();
                of_invoice(move |invoice| invoice.number == wanted)
            }
            "from_credit" => filter::switch(term, |kept, _| kept.content.credit_id.is_some()),
            _ => filter::ignored(),
        }
    }
}

fn of_client(term: &Term) -> Parsed<NewPayment> {
    let wanted = term.values.clone();
    filter::keep(move |kept: &Kept<NewPayment>, view| {
        wanted.contains(&kept.content.client_id(view.books).to_string())
    })
}

/// Payments whose invoice passes; one without an invoice does not.
fn of_invoice(test: impl Fn(&Invoice) -> bool + 'static) -> Parsed<NewPayment> {
    filter::keep(move |kept: &Kept<NewPayment>, view| {
        kept.content
            .invoice(view.books)
            .is_some_and(|invoice| test(&invoice.content))
    })
}

fn in_currency(term: &Term) -> Parsed<NewPayment> {
    let wanted = term.value().to_owned();
    filter::keep(move |kept: &Kept<NewPayment>, view| kept.content.currency(view.books) == wanted)
}
