//! What was posted into a sale, its order or its invoice, found in the sale itself.

use cin7::{Difference, Error, Reader, Sale, ShownSale};

use super::protocol::Found;
use super::sale::is;

/// An order or an invoice that should stand in a sale.
pub(super) struct Posted<'a> {
    /// Which of the two, for people.
    pub(super) what: &'static str,
    pub(super) sale_id: &'a str,
    /// Whether one stands there at all.
    pub(super) stands: fn(&Sale) -> bool,
    /// The request, where another stood there before and may still be shown.
    pub(super) sent: Option<&'a str>,
    /// What differs between the request and what the sale shows.
    pub(super) differences: fn(&ShownSale, &str) -> Vec<Difference>,
}

impl Posted<'_> {
    pub(super) async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let Some(shown) = reader.shown_sale(self.sale_id).await? else {
            return Ok(Found::Nothing);
        };
        let sale = shown.sale().clone();
        if is(&sale.status, &["VOIDED"]) {
            return Ok(Found::Wrong(voided(&sale)));
        }
        if !(self.stands)(&sale) {
            return Ok(Found::Nothing);
        }
        let other = self.sent.map(|sent| (self.differences)(&shown, sent));
        Ok(match other.unwrap_or_default().first() {
            None => Found::One(sale),
            Some(difference) => Found::Other(format!(
                "the {} of its sale in Cin7 is not what was sent ({difference}). Correct it there, \
                 then replay it.",
                self.what
            )),
        })
    }
}

pub(super) fn voided(sale: &Sale) -> String {
    let name = sale.order_number.as_deref().unwrap_or(&sale.id);
    format!("sale {name} was voided in Cin7 before it was finished. Nothing more is written.")
}
