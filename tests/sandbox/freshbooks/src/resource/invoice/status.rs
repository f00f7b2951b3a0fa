//! The four status fields, which say nearly the same in four vocabularies.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::totals::Totals;
use super::{Invoice, Stage};
use crate::money::cents;
use crate::shelf::Kept;
use crate::world::View;

/// Where an invoice stands at one moment: `overdue` comes with the day and moves no timestamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) totals: Totals,
    pub(super) paid: Decimal,
    /// Never below zero: paying too much makes a credit.
    pub(super) outstanding: Decimal,
    /// The day of the latest payment, once paid in full.
    pub(super) date_paid: Option<Date>,
    /// 0 disputed, 1 draft, 2 sent, 3 viewed, 4 paid, 8 partial.
    pub(super) status: u8,
    /// Also the `display_status`.
    pub(super) v3_status: &'static str,
    pub(super) payment_status: &'static str,
}

impl Standing {
    pub(super) fn of(kept: &Kept<Invoice>, view: &View<'_>) -> Self {
        let invoice = &kept.content;
        let totals = Totals::of(&invoice.form, view.books.quirks.tax_rounding);
        let (paid, last_paid) = payments(kept.id, view);
        let outstanding = (totals.total - paid).max(Decimal::ZERO);
        let payment_status = match (paid > Decimal::ZERO, outstanding.is_zero()) {
            (true, true) => "paid",
            (true, false) => "partial",
            (false, _) => "unpaid",
        };
        let stays_draft =
            invoice.stage == Stage::Draft && view.books.quirks.paid_drafts_stay_drafts;
        let counted = if stays_draft {
            "unpaid"
        } else {
            payment_status
        };
        let overdue = !outstanding.is_zero() && view.eastern.day(view.now) > invoice.due();
        Self {
            totals,
            paid,
            outstanding,
            date_paid: last_paid.filter(|_| payment_status == "paid"),
            status: status(invoice.stage, counted),
            v3_status: v3_status(invoice.stage, counted, overdue),
            payment_status,
        }
    }

    pub(super) fn is_paid(&self) -> bool {
        self.payment_status == "paid"
    }
}

fn payments(invoice_id: i64, view: &View<'_>) -> (Decimal, Option<Date>) {
    let mut paid = Decimal::ZERO;
    let mut last = None;
    let all = view.books.payments.newest_first();
    for kept in all.filter(|kept| kept.is_live() && kept.content.invoice_id == invoice_id) {
        paid += cents(kept.content.amount);
        last = last.max(kept.content.date);
    }
    (paid, last)
}

fn status(stage: Stage, payment_status: &str) -> u8 {
    match (stage, payment_status) {
        (Stage::Disputed, _) => 0,
        (_, "paid") => 4,
        (_, "partial") => 8,
        (Stage::Draft, _) => 1,
        (Stage::Sent, _) => 2,
        (Stage::Viewed, _) => 3,
    }
}

fn v3_status(stage: Stage, payment_status: &'static str, overdue: bool) -> &'static str {
    match (stage, payment_status) {
        (Stage::Disputed, _) => "disputed",
        (_, "paid") => "paid",
        (Stage::Draft, "unpaid") => "draft",
        _ if overdue => "overdue",
        (_, "partial") => "partial",
        (Stage::Viewed, _) => "viewed",
        _ => "sent",
    }
}
