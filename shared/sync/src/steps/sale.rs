//! The header of a sale; its mark is `ExternalID`.

use cin7::{Echo, Error, Reader, Sale, SaleHeader, SaleRow, Writer, header_request};
use ledger::Record;

use super::marked::only_one;
use super::protocol::{Found, Probe, Step};
use crate::side::{Sales, Side};

/// The sale that carries a mark.
pub(crate) struct MarkedSale {
    pub(crate) mark: String,
}

pub(crate) struct CreateSale {
    pub(crate) sale: MarkedSale,
    pub(crate) header: SaleHeader,
}

impl CreateSale {
    pub(crate) fn new(header: SaleHeader) -> Self {
        let sale = MarkedSale {
            mark: header.external_id.clone(),
        };
        Self { sale, header }
    }
}

impl Probe for MarkedSale {
    type Made = Sale;

    const NAME: &'static str = Sales::HEADER;

    fn mark(&self) -> &str {
        &self.mark
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let rows = reader.sales_marked(&self.mark).await?;
        let sales = rows.iter().map(from_row).collect();
        Ok(only_one::<Sales, _>(sales))
    }

    fn id(&self, made: &Sale) -> String {
        made.id.clone()
    }

    /// A sale that does not carry its mark could not be found again, so nothing is built on it.
    fn keep(&self, made: &Sale, record: &mut Record) -> Result<(), String> {
        record.cin7.order_number.clone_from(&made.order_number);
        record.cin7.service_sale = made.service == Some(true);
        if made.external_id.as_deref() == Some(self.mark.as_str()) {
            record.cin7.sale_id = Some(made.id.clone());
            return Ok(());
        }
        let number = made.order_number.as_deref().unwrap_or(&made.id);
        Err(without_mark(&format!("{} {number}", Sales::NOUN)))
    }
}

impl Step for CreateSale {
    type Probe = MarkedSale;

    fn probe(&self) -> &MarkedSale {
        &self.sale
    }

    fn request(&self) -> String {
        header_request(&self.header)
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Sale>, Error> {
        let mut echo = writer.create_sale(&self.header).await?;
        // Whether it needs an order depends on what Cin7 made of it, not on what was asked for.
        if self.header.service_only
            && echo.value.service.is_none()
            && let Ok(Some(shown)) = writer.reader().sale(&echo.value.id).await
        {
            echo.value.service = shown.service;
        }
        if echo.value.external_id.is_none() {
            echo.value.external_id =
                stored_mark(writer.reader(), &echo.value, &self.sale.mark).await;
        }
        Ok(echo)
    }
}

pub(crate) fn without_mark(document: &str) -> String {
    format!(
        "Cin7 made {document} without the mark it was sent with. Finish or void it in Cin7 by hand; \
         nothing more is written."
    )
}

/// 200 is not proof that a value was stored (docs/cin7-api.md, failures), and an answer that shows no
/// mark is not proof that it was not: the sale itself is asked, then the list. `None` where neither
/// shows it.
async fn stored_mark(reader: &Reader, sale: &Sale, mark: &str) -> Option<String> {
    if let Ok(Some(Sale {
        external_id: Some(shown),
        ..
    })) = reader.sale(&sale.id).await
    {
        return Some(shown);
    }
    let marked = reader.sales_marked(mark).await.ok()?;
    marked
        .iter()
        .any(|row| row.sale_id.eq_ignore_ascii_case(&sale.id))
        .then(|| mark.to_owned())
}

fn from_row(row: &SaleRow) -> Sale {
    Sale {
        id: row.sale_id.clone(),
        status: row.status.clone(),
        external_id: row.external_id.clone(),
        order_number: Some(row.order_number.clone()),
        order_status: None,
        customer_id: None,
        invoices: Vec::new(),
        service: row.service,
    }
}
