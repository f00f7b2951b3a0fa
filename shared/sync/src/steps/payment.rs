//! The payments of a sale or a purchase. A payment's mark is its `Reference`; what Cin7 made is known by its id.

use std::marker::PhantomData;

use cin7::{
    Echo, Error, NewSalePayment, PaymentType, Reader, SalePayment, Writer, payment_request,
    payment_update_request,
};
use ledger::Record;
use money::{Decimal, cents};

use super::protocol::{Found, Probe, Step};
use crate::side::Payable;

/// The payment that carries a mark on a document.
pub(crate) struct MarkedPayment<S> {
    id: String,
    mark: String,
    amount: Option<Decimal>,
    side: PhantomData<S>,
}

impl<S: Payable> MarkedPayment<S> {
    /// The payment of a document, by its mark and by what was sent, where that is still known.
    pub(crate) fn new(id: &str, mark: &str, amount: Option<Decimal>) -> Self {
        Self {
            id: id.to_owned(),
            mark: mark.to_owned(),
            amount,
            side: PhantomData,
        }
    }
}

impl<S: Payable> Probe for MarkedPayment<S> {
    type Made = SalePayment;

    const NAME: &'static str = S::PAYMENT;

    fn mark(&self) -> &str {
        &self.mark
    }

    async fn find(&self, reader: &Reader) -> Result<Found<SalePayment>, Error> {
        let mut rows = S::payments(reader, &self.id).await?;
        rows.retain(|row| row.reference == self.mark);
        Ok(match rows.len() {
            0 => Found::Nothing,
            1 => rows.pop().map_or(Found::Nothing, Found::One),
            count => Found::Wrong(format!(
                "{count} payments in Cin7 carry its mark {}. Delete all but one, then replay it.",
                self.mark
            )),
        })
    }

    fn id(&self, made: &SalePayment) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &SalePayment, record: &mut Record) -> Result<(), String> {
        record.cin7.payment_id = Some(made.id.clone());
        record.cin7.total = Some(cents(made.amount).to_string());
        match self.amount {
            Some(sent) if cents(sent) != cents(made.amount) => Err(format!(
                "Cin7 holds it with {}, FreshBooks says {sent}. Correct it in Cin7.",
                made.amount
            )),
            _ => Ok(()),
        }
    }
}

pub(crate) struct CreatePayment<S> {
    marked: MarkedPayment<S>,
    payment: NewSalePayment,
}

impl<S: Payable> CreatePayment<S> {
    /// A payment that is to stand on a document.
    pub(crate) fn new(id: &str, payment: NewSalePayment) -> Self {
        let amount = Some(payment.amount);
        Self {
            marked: MarkedPayment::new(id, &payment.reference, amount),
            payment,
        }
    }
}

impl<S: Payable> Step for CreatePayment<S> {
    type Probe = MarkedPayment<S>;

    fn probe(&self) -> &MarkedPayment<S> {
        &self.marked
    }

    fn request(&self) -> String {
        payment_request(&self.payment)
    }

    /// How `Type` is spelt is unconfirmed: where one spelling is refused, and so certainly not
    /// applied, the other is tried (docs/cin7-api.md, sale payments).
    async fn write(&self, writer: &Writer) -> Result<Echo<SalePayment>, Error> {
        match S::create_payment(writer, &self.payment).await {
            Err(Error::Refused(words)) if words.to_lowercase().contains("type") => {
                let kind = match self.payment.kind {
                    PaymentType::Sample => PaymentType::Capitals,
                    PaymentType::Capitals => PaymentType::Sample,
                };
                let other = NewSalePayment {
                    kind,
                    ..self.payment.clone()
                };
                S::create_payment(writer, &other).await
            }
            answered => answered,
        }
    }
}

/// A payment that stands with what a request said.
pub(crate) struct ChangedPayment<S> {
    id: String,
    payment_id: String,
    pub(crate) sent: String,
    before: Option<String>,
    side: PhantomData<S>,
}

impl<S: Payable> ChangedPayment<S> {
    /// A payment of a document, as it was sent, and as it was sent before, where that is known.
    pub(crate) fn new(id: &str, payment_id: &str, sent: String, before: Option<String>) -> Self {
        Self {
            id: id.to_owned(),
            payment_id: payment_id.to_owned(),
            sent,
            before,
            side: PhantomData,
        }
    }
}

impl<S: Payable> Probe for ChangedPayment<S> {
    type Made = SalePayment;

    const NAME: &'static str = S::PAYMENT_UPDATE;

    fn mark(&self) -> &str {
        &self.payment_id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<SalePayment>, Error> {
        let rows = S::payments(reader, &self.id).await?;
        let mut rows = rows.into_iter();
        let Some(row) = rows.find(|row| row.id.eq_ignore_ascii_case(&self.payment_id)) else {
            return Ok(Found::Wrong(
                "its payment was deleted in Cin7. It is not written again; enter it there by hand if it \
                 should stand."
                    .to_owned(),
            ));
        };
        // What is not shown must not pass for being so already.
        let moved = |before: &String| !row.differences(before).is_empty();
        let changed = self.before.as_ref().is_none_or(moved);
        Ok(if changed && row.differences(&self.sent).is_empty() {
            Found::One(row)
        } else {
            Found::Nothing
        })
    }

    fn id(&self, made: &SalePayment) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &SalePayment, record: &mut Record) -> Result<(), String> {
        record.cin7.total = Some(cents(made.amount).to_string());
        Ok(())
    }
}

pub(crate) struct UpdatePayment<S> {
    pub(crate) changed: ChangedPayment<S>,
    payment: NewSalePayment,
}

impl<S: Payable> UpdatePayment<S> {
    pub(crate) fn new(
        id: &str,
        payment_id: &str,
        payment: NewSalePayment,
        before: Option<String>,
    ) -> Self {
        let sent = payment_update_request(payment_id, &payment);
        Self {
            changed: ChangedPayment::new(id, payment_id, sent, before),
            payment,
        }
    }
}

impl<S: Payable> Step for UpdatePayment<S> {
    type Probe = ChangedPayment<S>;

    fn probe(&self) -> &ChangedPayment<S> {
        &self.changed
    }

    fn request(&self) -> String {
        self.changed.sent.clone()
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<SalePayment>, Error> {
        S::update_payment(writer, &self.changed.payment_id, &self.payment).await
    }
}

/// Deleting a payment.
pub(crate) struct RemovePayment<S> {
    id: String,
    payment_id: String,
    side: PhantomData<S>,
}

impl<S: Payable> RemovePayment<S> {
    pub(crate) fn new(id: &str, payment_id: &str) -> Self {
        Self {
            id: id.to_owned(),
            payment_id: payment_id.to_owned(),
            side: PhantomData,
        }
    }
}

impl<S: Payable> Probe for RemovePayment<S> {
    type Made = ();

    const NAME: &'static str = S::PAYMENT_REMOVAL;

    fn mark(&self) -> &str {
        &self.payment_id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<()>, Error> {
        let rows = S::payments(reader, &self.id).await?;
        let stands = rows
            .iter()
            .any(|row| row.id.eq_ignore_ascii_case(&self.payment_id));
        Ok(if stands {
            Found::Nothing
        } else {
            Found::One(())
        })
    }

    fn id(&self, (): &()) -> String {
        self.payment_id.clone()
    }

    fn keep(&self, (): &(), _record: &mut Record) -> Result<(), String> {
        Ok(())
    }
}

impl<S: Payable> Step for RemovePayment<S> {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        S::removal_request(&self.payment_id)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<()>, Error> {
        S::delete_payment(writer, &self.payment_id).await
    }
}
