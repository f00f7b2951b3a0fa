//! Payments of sales: what is sent and what comes back.

use jiff::civil::Date;
use money::Decimal;
use serde::Serialize;

use crate::node::Node;
use crate::{Difference, day};

/// A payment of an authorised invoice, `POST /sale/payment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewSalePayment {
    /// The invoice's task; of a simple sale the sale's own id.
    pub task_id: String,
    /// In the customer's currency, up to 2 decimals.
    pub amount: Decimal,
    /// Day of the payment.
    pub paid_on: Date,
    /// Code of an account that payments may be booked on.
    pub account: String,
    /// Base currency units per unit of the customer's currency, up to 4 decimals; always required.
    pub currency_rate: Decimal,
    /// Our mark: what finds the payment again after a lost answer.
    pub reference: String,
    /// How its type is spelt.
    pub kind: PaymentType,
}

/// A payment of an authorised purchase invoice, `POST /advanced-purchase/payment`: the same fields, in
/// the supplier's currency (docs/cin7-api.md, purchase payments).
pub type NewPurchasePayment = NewSalePayment;

/// A payment of a purchase as Cin7 shows it, with the same fields as one of a sale.
pub type PurchasePayment = SalePayment;

/// How the `Type` of a payment is spelt: table and samples of the reference differ, and whether case
/// matters is unconfirmed (docs/cin7-api.md, sale payments).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum PaymentType {
    /// `Payment`, as the samples have it.
    #[default]
    Sample,
    /// `PAYMENT`, as the table has it.
    Capitals,
}

/// A payment as Cin7 shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SalePayment {
    /// Cin7's id of the payment.
    pub id: String,
    /// The sale, or for a [`PurchasePayment`] the purchase, where it is shown.
    pub sale_id: Option<String>,
    /// The task of the invoice that is paid, where it is shown.
    pub task_id: Option<String>,
    /// `Payment`, `Prepayment`, `Refund` …; open set, compare without case.
    pub kind: String,
    /// Our mark, or what a person wrote there.
    pub reference: String,
    /// In the customer's currency.
    pub amount: Decimal,
    /// Day of the payment, where it is shown.
    pub paid_on: Option<Date>,
    /// Code of the account.
    pub account: String,
    /// Base currency units per unit of the customer's currency, where it is shown.
    pub currency_rate: Option<Decimal>,
}

impl SalePayment {
    /// What differs between this payment and one as it was sent, the very text of
    /// [`crate::payment_request`] or [`crate::payment_update_request`]: amount, day, account, rate and
    /// reference, as far as Cin7 shows them. Nothing where a person has not touched it.
    #[must_use]
    pub fn differences(&self, sent: &str) -> Vec<Difference> {
        let Ok(sent) = Node::read(sent) else {
            return vec![different("payment", "unreadable", &self.amount.to_string())];
        };
        let number = |name: &str, shown: Option<Decimal>| {
            let (wanted, shown) = (sent.number_of(name)?, shown?);
            (wanted != shown)
                .then(|| different(name, &wanted.to_string(), &shown.normalize().to_string()))
        };
        let text = |name: &str, shown: &str| {
            let wanted = sent.text_of(name);
            let same = wanted.eq_ignore_ascii_case(shown.trim());
            (!same).then(|| different(name, wanted, shown))
        };
        let wanted_day = day::read(sent.text_of("DatePaid"));
        let other_day = wanted_day
            .zip(self.paid_on)
            .filter(|(wanted, shown)| wanted != shown);
        [
            number("Amount", Some(self.amount)),
            other_day.map(|(wanted, shown)| {
                different("DatePaid", &wanted.to_string(), &shown.to_string())
            }),
            text("Account", &self.account).filter(|_| !self.account.is_empty()),
            number("CurrencyRate", self.currency_rate),
            text("Reference", &self.reference),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn different(what: &str, sent: &str, shown: &str) -> Difference {
    Difference {
        what: what.to_owned(),
        sent: sent.to_owned(),
        shown: shown.to_owned(),
    }
}
