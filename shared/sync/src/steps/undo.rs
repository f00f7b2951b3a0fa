//! Taking a posted sale back: to a draft that is posted again, or for good.
//!
//! Which DELETE serves a simple sale is unconfirmed (docs/cin7-api.md, authorised invoices): both are
//! here, and what Cin7 shows afterwards decides what has to be posted again.

use cin7::{
    Echo, Error, Reader, Sale, Writer, undo_invoice_request, undo_sale_request, void_sale_request,
};
use ledger::Record;

use super::invoice::{AuthorisedInvoice, is_undone};
use super::order::{AuthorisedOrder, is_authorised};
use super::posted::voided;
use super::protocol::{Found, Probe, Step};
use super::sale::is;

/// What an order's step is called once its invoice alone was taken back: it cannot be posted again, and
/// is as it was first sent.
pub(crate) const KEPT_ORDER: &str = "order kept";

/// What of a sale is taken back to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Order and invoice.
    Sale,
    /// The invoice; the order stays as it is.
    Invoice,
}

/// `DELETE /sale` or `DELETE /sale/invoice`, without voiding.
pub(crate) struct Undo {
    mark: String,
    part: Part,
    sale_id: String,
    task_id: String,
}

impl Undo {
    /// The name of this step, whichever the part.
    pub(crate) const STEP: &'static str = "undo";

    pub(crate) fn new(part: Part, sale_id: &str, task_id: &str) -> Self {
        let mark = match part {
            Part::Sale => format!("sale {sale_id}"),
            Part::Invoice => format!("invoice {task_id} of sale {sale_id}"),
        };
        Self {
            mark,
            part,
            sale_id: sale_id.to_owned(),
            task_id: task_id.to_owned(),
        }
    }

    /// The same step from its mark, for settling it.
    pub(crate) fn from_mark(mark: &str, sale_id: &str) -> Self {
        match mark
            .strip_prefix("invoice ")
            .and_then(|rest| rest.split_once(' '))
        {
            Some((task_id, _)) => Self::new(Part::Invoice, sale_id, task_id),
            None => Self::new(Part::Sale, sale_id, sale_id),
        }
    }
}

impl Probe for Undo {
    type Made = Sale;

    const NAME: &'static str = Self::STEP;

    fn mark(&self) -> &str {
        &self.mark
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let Some(sale) = reader.sale(&self.sale_id).await? else {
            return Ok(Found::Wrong("its sale is gone from Cin7.".to_owned()));
        };
        if is(&sale.status, &["VOIDED"]) {
            return Ok(Found::Wrong(voided(&sale)));
        }
        // Of a sale that was only ordered, the order is what has to be a draft.
        let undone = match self.part {
            Part::Invoice => is_undone(&sale),
            Part::Sale => is_undone(&sale) && (!sale.invoices.is_empty() || !is_authorised(&sale)),
        };
        Ok(if undone {
            Found::One(sale)
        } else {
            Found::Nothing
        })
    }

    fn id(&self, made: &Sale) -> String {
        made.id.clone()
    }

    /// What is a draft now has to be posted again; an order that is not stays as it is.
    fn keep(&self, made: &Sale, record: &mut Record) -> Result<(), String> {
        let order_stands = self.part == Part::Invoice || is_authorised(made);
        record.steps.retain(|step| {
            let order = [AuthorisedOrder::NAME, KEPT_ORDER].contains(&step.name.as_str());
            step.name != AuthorisedInvoice::NAME && (order_stands || !order)
        });
        for step in &mut record.steps {
            if step.name == AuthorisedOrder::NAME {
                KEPT_ORDER.clone_into(&mut step.name);
            }
        }
        record.confirmed_at = None;
        record.cin7.total = None;
        Ok(())
    }
}

impl Step for Undo {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        match self.part {
            Part::Sale => undo_sale_request(&self.sale_id),
            Part::Invoice => undo_invoice_request(&self.task_id),
        }
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Sale>, Error> {
        match self.part {
            Part::Sale => {
                let mut echo = writer.undo_sale(&self.sale_id).await?;
                if echo.value.order_status.is_none()
                    && let Ok(Some(sale)) = writer.reader().sale(&self.sale_id).await
                {
                    echo.value.order_status = sale.order_status;
                }
                Ok(echo)
            }
            Part::Invoice => writer.undo_invoice(&self.sale_id, &self.task_id).await,
        }
    }
}

/// `DELETE /sale`, voiding it.
pub(crate) struct VoidSale {
    pub(crate) sale_id: String,
}

impl VoidSale {
    /// The name of this step.
    pub(crate) const STEP: &'static str = "void";
}

impl Probe for VoidSale {
    type Made = ();

    const NAME: &'static str = Self::STEP;

    fn mark(&self) -> &str {
        &self.sale_id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<()>, Error> {
        let sale = reader.sale(&self.sale_id).await?;
        // One that is no longer shown at all counts no more either.
        let stands = sale.is_some_and(|sale| !is(&sale.status, &["VOIDED"]));
        Ok(if stands {
            Found::Nothing
        } else {
            Found::One(())
        })
    }

    fn id(&self, (): &()) -> String {
        self.sale_id.clone()
    }

    fn keep(&self, (): &(), _record: &mut Record) -> Result<(), String> {
        Ok(())
    }
}

impl Step for VoidSale {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        void_sale_request(&self.sale_id)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<()>, Error> {
        let Echo { response, .. } = writer.void_sale(&self.sale_id).await?;
        Ok(Echo {
            response,
            value: (),
        })
    }
}
