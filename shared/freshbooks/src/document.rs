//! Documents as the rest of the project knows them: complete, typed, in decimals.

use jiff::civil::Date;
use money::{Currency, Decimal, Money};
use serde::Serialize;

/// Whether FreshBooks shows an object (`vis_state`). Deletion is not terminal: an object may return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// 0, and whatever value is not known.
    Active,
    /// 1.
    Deleted,
    /// 2: a display state only; archived documents count.
    Archived,
}

/// Whether an invoice counts yet. Later states (viewed, paid, overdue …) are information only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// `status` 1, `v3_status` `draft` or `created`: FreshBooks does not account for it yet.
    Draft,
    /// Any other state.
    Issued,
}

/// An invoice with its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invoice {
    /// FreshBooks' id, as text.
    pub id: String,
    /// The number people see, such as `0000042`; FreshBooks does not promise that it is unique.
    pub number: String,
    /// The client's `userid`.
    pub client_id: String,
    /// The client's name as it stands on the invoice: organization, else first and last name.
    pub client_name: String,
    /// Calendar day of issue (`create_date`), never shifted by a time zone.
    pub issued_on: Date,
    /// Calendar day on which it is due.
    pub due_on: Date,
    /// Days from issue to due (`due_offset_days`); 0 where FreshBooks gives none.
    pub due_offset_days: i64,
    /// The document's currency.
    pub currency: Currency,
    /// Grand total: after discount, taxes included.
    pub total: Money,
    /// Discount on the whole invoice, before tax; lines are undiscounted.
    pub discount: Discount,
    /// The lines, in FreshBooks' order.
    pub lines: Vec<Line>,
    /// Draft or issued.
    pub stage: Stage,
    /// Active, deleted or archived.
    pub visibility: Visibility,
    /// FreshBooks' opaque change marker (`version`, else `updated`); compare for equality only.
    pub version: String,
}

/// A discount in percent and, where FreshBooks states it, in money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Discount {
    /// Percent off every line, 0 for none.
    pub percent: Decimal,
    /// Money taken off, never negative; `None` where FreshBooks does not say.
    pub amount: Option<Decimal>,
}

/// One invoice line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Free text, copied from an item when one was picked. Lines carry no item id and no SKU.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Quantity, may be fractional.
    pub quantity: Decimal,
    /// Price of one, before discount and tax, in the invoice's currency.
    pub unit_cost: Decimal,
    /// `quantity × unit_cost` as FreshBooks rounded it, before discount and tax.
    pub amount: Decimal,
    /// None, one or two taxes, in FreshBooks' order.
    pub taxes: Vec<LineTax>,
    /// Whether the second tax is levied on top of the first.
    pub compounded: bool,
    /// The expense that the line bills on, where it does: what it cost is in the books already.
    pub expense_id: Option<String>,
}

/// A tax on an invoice line: a copy of name and rate, without an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineTax {
    /// Such as `HST`.
    pub name: String,
    /// Percent, normalised: `13`, `9.975`.
    pub percent: Decimal,
}

/// What FreshBooks gives an id.
pub trait Identified: Sized {
    /// FreshBooks' id, as text.
    fn id(&self) -> &str;
}

/// What FreshBooks shows of a record that can be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown<T> {
    /// It counts, archived or not.
    Standing(T),
    /// It was deleted; what else is still shown of it cannot be relied on
    /// (docs/freshbooks-api.md, deletes and vis_state).
    Deleted {
        /// FreshBooks' id, as text.
        id: String,
    },
}

/// What FreshBooks shows of a payment.
pub type ShownPayment = Shown<Payment>;

impl<T> Shown<T> {
    /// The record, unless it was deleted.
    #[must_use]
    pub fn standing(self) -> Option<T> {
        match self {
            Self::Standing(record) => Some(record),
            Self::Deleted { .. } => None,
        }
    }
}

impl<T: Identified> Shown<T> {
    /// FreshBooks' id, as text.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Standing(record) => record.id(),
            Self::Deleted { id } => id,
        }
    }
}

impl Identified for Payment {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A payment that counts: money that came in, or a credit that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// FreshBooks' id (`logid`), as text.
    pub id: String,
    /// The invoice it pays; `None` where it is tied to none.
    pub invoice_id: Option<String>,
    /// What was paid, in a currency of its own; may be negative.
    pub amount: Money,
    /// Calendar day of the payment (`date`), never shifted by a time zone.
    pub paid_on: Date,
    /// Such as `Check` or `Credit Card`, as it came: the list is open. May be empty.
    pub kind: String,
    /// Whether a credit was applied, so that no new money came in.
    pub from_credit: bool,
    /// The credit that this payment made by being too large, where there is one.
    pub overpayment_id: Option<String>,
    /// FreshBooks' change marker (`updated`); compare for equality only. May be empty.
    pub version: String,
}

/// A client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Client {
    /// FreshBooks' `userid`, as text.
    pub id: String,
    /// Organization, else first and last name, else e-mail; never empty.
    pub name: String,
    /// First and last name, for the contact; may be empty.
    pub contact: String,
    /// E-mail; may be empty.
    pub email: String,
    /// Business phone; may be empty.
    pub phone: String,
    /// The client's usual currency, where FreshBooks gives one.
    pub currency: Option<Currency>,
}
