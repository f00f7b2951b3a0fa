//! The order of a sale, found in the sale itself.

use cin7::{Echo, Error, Reader, Sale, SaleOrder, ShownSale, Writer, order_request};
use ledger::Record;

use super::posted::Posted;
use super::protocol::{Found, Probe, Step};
use super::sale::is;

/// The authorised order of a sale.
pub(crate) struct AuthorisedOrder {
    pub(crate) sale_id: String,
    /// The request, where an order with other lines stood there before and may still be shown.
    pub(crate) sent: Option<String>,
}

pub(crate) struct PostOrder {
    shown: AuthorisedOrder,
    order: SaleOrder,
}

impl PostOrder {
    /// An order of a sale, in which another may have stood before.
    pub(crate) fn new(sale_id: &str, order: SaleOrder, taken_back: bool) -> Self {
        let request = order_request(sale_id, &order);
        let shown = AuthorisedOrder {
            sale_id: sale_id.to_owned(),
            sent: taken_back.then_some(request),
        };
        Self { shown, order }
    }
}

/// Whether the order of a sale is past its draft.
pub(super) fn is_authorised(sale: &Sale) -> bool {
    sale.order_status
        .as_deref()
        .is_some_and(|status| !is(status, &["NOT AVAILABLE", "DRAFT", "VOIDED", ""]))
}

impl Probe for AuthorisedOrder {
    type Made = Sale;

    const NAME: &'static str = "order";

    fn mark(&self) -> &str {
        &self.sale_id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let order = Posted {
            what: Self::NAME,
            sale_id: &self.sale_id,
            stands: is_authorised,
            sent: self.sent.as_deref(),
            differences: ShownSale::order_differences,
        };
        order.find(reader).await
    }

    fn id(&self, made: &Sale) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Sale, record: &mut Record) -> Result<(), String> {
        if let Some(number) = &made.order_number {
            record.cin7.order_number = Some(number.clone());
        }
        Ok(())
    }
}

impl Step for PostOrder {
    type Probe = AuthorisedOrder;

    fn probe(&self) -> &AuthorisedOrder {
        &self.shown
    }

    fn request(&self) -> String {
        order_request(&self.shown.sale_id, &self.order)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Sale>, Error> {
        writer.post_order(&self.shown.sale_id, &self.order).await
    }
}
