//! The invoice of a sale, found in the sale itself.

use cin7::{
    Echo, Error, PostedInvoice, Reader, Sale, SaleInvoice, ShownSale, Writer, invoice_request,
};
use ledger::Record;
use money::{Money, cents};

use super::posted::Posted;
use super::protocol::{Found, Probe, Step};
use super::sale::is;

/// The authorised invoice of a sale.
pub(crate) struct AuthorisedInvoice {
    pub(crate) sale_id: String,
    /// The request, where another invoice stood there before and may still be shown.
    pub(crate) sent: Option<String>,
    /// What it has to come to; `None` where that is no longer known.
    pub(crate) total: Option<Money>,
}

pub(crate) struct PostInvoice {
    shown: AuthorisedInvoice,
    invoice: SaleInvoice,
}

impl PostInvoice {
    /// An invoice of a sale, in which another may have stood before; `total` is what it has to come to.
    pub(crate) fn new(sale_id: &str, invoice: SaleInvoice, total: Money, taken_back: bool) -> Self {
        let request = invoice_request(sale_id, &invoice);
        let shown = AuthorisedInvoice {
            sale_id: sale_id.to_owned(),
            sent: taken_back.then_some(request),
            total: Some(total),
        };
        Self { shown, invoice }
    }
}

/// The invoice of a sale that counts.
fn standing(sale: &Sale) -> Option<&PostedInvoice> {
    sale.invoices
        .iter()
        .find(|invoice| is(&invoice.status, &["AUTHORISED", "PAID"]))
}

/// Whether a sale has an invoice that counts.
pub(crate) fn is_standing(sale: &Sale) -> bool {
    standing(sale).is_some()
}

/// Whether no invoice of a sale counts any more. The set of statuses is open: one that is not known
/// proves nothing (docs/cin7-api.md, status values).
pub(super) fn is_undone(sale: &Sale) -> bool {
    let open = ["DRAFT", "NOT AVAILABLE", "VOIDED"];
    sale.invoices
        .iter()
        .all(|invoice| is(&invoice.status, &open))
}

impl Probe for AuthorisedInvoice {
    type Made = Sale;

    const NAME: &'static str = "invoice";

    fn mark(&self) -> &str {
        &self.sale_id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let invoice = Posted {
            what: Self::NAME,
            sale_id: &self.sale_id,
            stands: is_standing,
            sent: self.sent.as_deref(),
            differences: ShownSale::invoice_differences,
        };
        invoice.find(reader).await
    }

    fn id(&self, made: &Sale) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Sale, record: &mut Record) -> Result<(), String> {
        let Some(posted) = standing(made) else {
            return Err("Cin7 shows no authorised invoice on its sale.".to_owned());
        };
        record.cin7.invoice_number.clone_from(&posted.number);
        record.cin7.task_id = Some(posted.task_id.clone());
        let Some(held) = posted.total.map(cents) else {
            return Ok(());
        };
        record.cin7.total = Some(held.to_string());
        let Some(wanted) = self.total.filter(|wanted| cents(wanted.amount) != held) else {
            return Ok(());
        };
        let shown = Money::new(held, wanted.currency);
        let number = posted.number.as_deref().unwrap_or("its invoice");
        Err(format!(
            "{number} in Cin7 comes to {shown}, FreshBooks says {wanted}. Correct it in Cin7."
        ))
    }
}

impl Step for PostInvoice {
    type Probe = AuthorisedInvoice;

    fn probe(&self) -> &AuthorisedInvoice {
        &self.shown
    }

    fn request(&self) -> String {
        invoice_request(&self.shown.sale_id, &self.invoice)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Sale>, Error> {
        writer
            .post_invoice(&self.shown.sale_id, &self.invoice)
            .await
    }
}
