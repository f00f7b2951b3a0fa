//! What would become of one document.

use freshbooks::{Invoice, Payment};
use jiff::civil::Date;
use ledger::Record;
use mapping::Held;
use serde::Serialize;

use super::NotPreviewed;
use crate::stop::Stop;

/// Stands for the id that Cin7 will give to a sale, in requests that name it.
pub const SALE_ID: &str = "<SaleID>";
/// Stands for the id that Cin7 will give to a customer.
pub const CUSTOMER_ID: &str = "<CustomerID>";

/// What would become of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It would be written to Cin7.
    Write,
    /// It stands there in an earlier version, which would be taken back first.
    Change,
    /// What stands there would be taken back.
    TakeBack,
    /// It stands there as it is.
    Unchanged,
    /// It would wait for what the sentence names.
    Waiting,
    /// A person would have to look.
    Attention,
    /// A rule keeps it out.
    Skipped,
}

/// A write that would be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Write {
    /// Method and path, such as `POST /sale`.
    pub call: String,
    /// The very text that would be sent, but for ids that Cin7 has not given yet: [`SALE_ID`],
    /// [`CUSTOMER_ID`]. Empty for a DELETE, whose call says all.
    pub body: String,
}

/// The customer that a sale would belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerToBe {
    /// `linked` to the client already; found by `name` or `e-mail`; `created`, or by then made for an
    /// `earlier` document.
    pub how: String,
    /// Cin7's id; `None` where it would be created.
    pub id: Option<String>,
    /// Its name in Cin7.
    pub name: String,
}

/// What would become of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Previewed {
    /// `invoice` or `payment`.
    pub kind: String,
    /// FreshBooks' id.
    pub id: String,
    /// The number people see, of an invoice.
    pub number: Option<String>,
    /// Its calendar day.
    pub date: Option<Date>,
    /// What it comes to, as decimal text.
    pub total: Option<String>,
    /// Its own currency.
    pub currency: Option<String>,
    /// What would become of it.
    pub outcome: Outcome,
    /// Why, for a person; empty where there is nothing to say.
    pub sentence: String,
    /// The setting that it would wait for.
    pub setting: Option<String>,
    /// The line to add.
    pub add: Option<String>,
    /// The customer of an invoice's sale.
    pub customer: Option<CustomerToBe>,
    /// The writes, in order.
    pub writes: Vec<Write>,
}

impl Previewed {
    pub(super) fn of_invoice(invoice: &Invoice) -> Self {
        Self {
            number: Some(invoice.number.clone()),
            date: Some(invoice.issued_on),
            total: Some(invoice.total.amount.to_string()),
            currency: Some(invoice.currency.to_string()),
            ..Self::of("invoice", &invoice.id)
        }
    }

    pub(super) fn of_payment(payment: &Payment) -> Self {
        Self {
            date: Some(payment.paid_on),
            total: Some(payment.amount.amount.to_string()),
            currency: Some(payment.amount.currency.to_string()),
            ..Self::of("payment", &payment.id)
        }
    }

    pub(super) fn of(kind: &str, id: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            id: id.to_owned(),
            number: None,
            date: None,
            total: None,
            currency: None,
            outcome: Outcome::Write,
            sentence: String::new(),
            setting: None,
            add: None,
            customer: None,
            writes: Vec::new(),
        }
    }

    /// It ends so, for this reason.
    pub(super) fn ends(mut self, outcome: Outcome, sentence: impl Into<String>) -> Self {
        self.outcome = outcome;
        self.sentence = sentence.into();
        self.writes.clear();
        self
    }

    /// It is held.
    pub(super) fn held(mut self, held: &Held) -> Self {
        self.add = held.lines().into_iter().next();
        if let Held::Waiting { setting, .. } = held {
            self.setting = Some(setting.clone());
        }
        let outcome = match held {
            Held::Waiting { .. } => Outcome::Waiting,
            Held::Attention { .. } => Outcome::Attention,
            Held::Skipped { .. } => Outcome::Skipped,
        };
        self.ends(outcome, held.sentence())
    }

    /// A look would end so; an error where it would say nothing about the document.
    pub(super) fn stopped(self, stop: Stop) -> Result<Self, NotPreviewed> {
        Ok(match stop {
            Stop::Wait { what, sentence } => self.held(&Held::Waiting {
                setting: what,
                sentence,
            }),
            Stop::Attention(sentence) => self.held(&Held::Attention { sentence }),
            Stop::Skip { rule, sentence } => self.held(&Held::Skipped { rule, sentence }),
            other => return Err(other.into()),
        })
    }

    pub(super) fn would_write(&mut self, call: &str, body: String) {
        self.writes.push(Write {
            call: call.to_owned(),
            body,
        });
    }

    /// A DELETE, whose request is its address.
    pub(super) fn would_delete(&mut self, request: String) {
        self.writes.push(Write {
            call: request,
            body: String::new(),
        });
    }
}

/// Where an earlier write's outcome is not known, nothing can be said before that is: the sentence.
pub(super) fn unsettled(record: &Record, subject: &str) -> Option<String> {
    record.is_uncertain().then(|| {
        format!(
            "{subject}: it is not known yet whether its last write reached Cin7. That is looked up there before \
             anything else is written."
        )
    })
}
