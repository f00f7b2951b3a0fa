//! The order of a sale, found in the sale itself.

use cin7::{Echo, Error, Reader, Sale, SaleOrder, Writer, order_request};
use ledger::Record;

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

pub(super) fn voided(sale: &Sale) -> String {
    let name = sale.order_number.as_deref().unwrap_or(&sale.id);
    format!("sale {name} was voided in Cin7 before it was finished. Nothing more is written.")
}

impl Probe for AuthorisedOrder {
    type Made = Sale;

    const NAME: &'static str = "order";

    fn mark(&self) -> &str {
        &self.sale_id
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let Some(shown) = reader.shown_sale(&self.sale_id).await? else {
            return Ok(Found::Nothing);
        };
        let sale = shown.sale().clone();
        if is(&sale.status, &["VOIDED"]) {
            return Ok(Found::Wrong(voided(&sale)));
        }
        if !is_authorised(&sale) {
            return Ok(Found::Nothing);
        }
        let sent = self.sent.as_deref();
        let other = sent.map(|sent| shown.order_differences(sent));
        Ok(match other.unwrap_or_default().first() {
            None => Found::One(sale),
            Some(difference) => Found::Other(format!(
                "the order of its sale in Cin7 is not what was sent ({difference}). Correct it there, \
                 then replay it."
            )),
        })
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
