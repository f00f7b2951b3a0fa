//! The payments of a sale. A payment's mark is its `Reference`; what Cin7 made is known by its id.

use cin7::{
    Echo, Error, NewSalePayment, PaymentType, Reader, SalePayment, Writer, delete_payment_request,
    payment_request, payment_update_request,
};
use ledger::Record;
use money::{Decimal, cents};

use super::protocol::{Found, Probe, Step};

/// The payment that carries a mark on a sale.
pub(crate) struct MarkedPayment {
    pub(crate) sale_id: String,
    pub(crate) mark: String,
    /// What was sent; `None` where that is no longer known.
    pub(crate) amount: Option<Decimal>,
}

impl Probe for MarkedPayment {
    type Made = SalePayment;

    const NAME: &'static str = "payment";

    fn mark(&self) -> &str {
        &self.mark
    }

    async fn find(&self, reader: &Reader) -> Result<Found<SalePayment>, Error> {
        let mut rows = reader.sale_payments(&self.sale_id).await?;
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

pub(crate) struct CreatePayment {
    pub(crate) marked: MarkedPayment,
    pub(crate) payment: NewSalePayment,
}

impl Step for CreatePayment {
    type Probe = MarkedPayment;

    fn probe(&self) -> &MarkedPayment {
        &self.marked
    }

    fn request(&self) -> String {
        payment_request(&self.payment)
    }

    /// How `Type` is spelt is unconfirmed: where one spelling is refused, and so certainly not
    /// applied, the other is tried (docs/cin7-api.md, sale payments).
    async fn write(&self, writer: &Writer) -> Result<Echo<SalePayment>, Error> {
        match writer.create_payment(&self.payment).await {
            Err(Error::Refused(words)) if words.to_lowercase().contains("type") => {
                let kind = match self.payment.kind {
                    PaymentType::Sample => PaymentType::Capitals,
                    PaymentType::Capitals => PaymentType::Sample,
                };
                let other = NewSalePayment {
                    kind,
                    ..self.payment.clone()
                };
                writer.create_payment(&other).await
            }
            answered => answered,
        }
    }
}

/// A payment that stands with what a request said.
pub(crate) struct ChangedPayment {
    pub(crate) sale_id: String,
    pub(crate) payment_id: String,
    pub(crate) sent: String,
    /// What it was sent as before, where that is known.
    pub(crate) before: Option<String>,
}

impl Probe for ChangedPayment {
    type Made = SalePayment;

    const NAME: &'static str = "update";

    fn mark(&self) -> &str {
        &self.payment_id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<SalePayment>, Error> {
        let rows = reader.sale_payments(&self.sale_id).await?;
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

pub(crate) struct UpdatePayment {
    pub(crate) changed: ChangedPayment,
    payment: NewSalePayment,
}

impl UpdatePayment {
    pub(crate) fn new(
        sale_id: &str,
        payment_id: &str,
        payment: NewSalePayment,
        before: Option<String>,
    ) -> Self {
        let changed = ChangedPayment {
            sale_id: sale_id.to_owned(),
            payment_id: payment_id.to_owned(),
            sent: payment_update_request(payment_id, &payment),
            before,
        };
        Self { changed, payment }
    }
}

impl Step for UpdatePayment {
    type Probe = ChangedPayment;

    fn probe(&self) -> &ChangedPayment {
        &self.changed
    }

    fn request(&self) -> String {
        self.changed.sent.clone()
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<SalePayment>, Error> {
        writer
            .update_payment(&self.changed.payment_id, &self.payment)
            .await
    }
}

/// Deleting a payment.
pub(crate) struct RemovePayment {
    pub(crate) sale_id: String,
    pub(crate) payment_id: String,
}

impl Probe for RemovePayment {
    type Made = ();

    const NAME: &'static str = "removal";

    fn mark(&self) -> &str {
        &self.payment_id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<()>, Error> {
        let rows = reader.sale_payments(&self.sale_id).await?;
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

impl Step for RemovePayment {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        delete_payment_request(&self.payment_id)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<()>, Error> {
        writer.delete_payment(&self.payment_id).await
    }
}
