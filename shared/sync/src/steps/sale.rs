//! The three writes of a sale. The header's mark is `ExternalID`; order and invoice are found in the
//! sale itself.

use cin7::{
    Echo, Error, PostedInvoice, Reader, Sale, SaleHeader, SaleInvoice, SaleOrder, SaleRow, Writer,
    header_request, invoice_request, order_request,
};
use ledger::Record;
use money::{Money, cents};

use super::protocol::{Found, Step};

pub(crate) struct CreateSale {
    pub(crate) header: SaleHeader,
}

pub(crate) struct PostOrder {
    pub(crate) sale_id: String,
    pub(crate) order: SaleOrder,
}

pub(crate) struct PostInvoice {
    pub(crate) sale_id: String,
    pub(crate) invoice: SaleInvoice,
    pub(crate) total: Money,
}

fn is(status: &str, wanted: &[&str]) -> bool {
    wanted
        .iter()
        .any(|wanted| status.eq_ignore_ascii_case(wanted))
}

impl Step for CreateSale {
    type Made = Sale;

    const NAME: &'static str = "sale";

    fn mark(&self) -> &str {
        &self.header.external_id
    }

    fn request(&self) -> String {
        header_request(&self.header)
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let rows = reader.sales_marked(&self.header.external_id).await?;
        let (voided, standing): (Vec<&SaleRow>, Vec<&SaleRow>) =
            rows.iter().partition(|row| is(&row.status, &["VOIDED"]));
        Ok(match (standing.as_slice(), voided.as_slice()) {
            ([], []) => Found::Nothing,
            ([], [row, ..]) => Found::Wrong(format!(
                "sale {} carries its mark and is voided in Cin7. Nothing is written; enter it by hand \
                 if it should stand there.",
                row.order_number
            )),
            // A person may have voided the others because they were told to.
            ([row], _) => Found::One(from_row(row)),
            (rows, _) => {
                let numbers: Vec<&str> = rows.iter().map(|row| row.order_number.as_str()).collect();
                Found::Wrong(format!(
                    "{} sales in Cin7 carry its mark: {}. Void all but one, then replay it.",
                    rows.len(),
                    numbers.join(", ")
                ))
            }
        })
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Sale>, Error> {
        let mut echo = writer.create_sale(&self.header).await?;
        if echo.value.external_id.is_none() {
            echo.value.external_id = stored_mark(writer.reader(), &echo.value, self.mark()).await;
        }
        Ok(echo)
    }

    fn id(made: &Sale) -> String {
        made.id.clone()
    }

    /// A sale that does not carry its mark could not be found again, so nothing is built on it.
    fn keep(&self, made: &Sale, record: &mut Record) -> Result<(), String> {
        record.cin7.order_number.clone_from(&made.order_number);
        if made.external_id.as_deref() == Some(self.mark()) {
            record.cin7.sale_id = Some(made.id.clone());
            return Ok(());
        }
        Err(without_mark(
            made.order_number.as_deref().unwrap_or(&made.id),
        ))
    }
}

pub(crate) fn without_mark(sale: &str) -> String {
    format!(
        "Cin7 made sale {sale} without the mark it was sent with. Finish or void it in Cin7 by hand; \
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
        invoices: Vec::new(),
    }
}

impl Step for PostOrder {
    type Made = Sale;

    const NAME: &'static str = "order";

    fn mark(&self) -> &str {
        &self.sale_id
    }

    fn request(&self) -> String {
        order_request(&self.sale_id, &self.order)
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let Some(sale) = reader.sale(&self.sale_id).await? else {
            return Ok(Found::Nothing);
        };
        if is(&sale.status, &["VOIDED"]) {
            return Ok(voided(&sale));
        }
        let there = sale
            .order_status
            .as_deref()
            .is_some_and(|status| !is(status, &["NOT AVAILABLE", "DRAFT", "VOIDED", ""]));
        Ok(if there {
            Found::One(sale)
        } else {
            Found::Nothing
        })
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Sale>, Error> {
        writer.post_order(&self.sale_id, &self.order).await
    }

    fn id(made: &Sale) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Sale, record: &mut Record) -> Result<(), String> {
        if let Some(number) = &made.order_number {
            record.cin7.order_number = Some(number.clone());
        }
        Ok(())
    }
}

fn voided(sale: &Sale) -> Found<Sale> {
    let name = sale.order_number.as_deref().unwrap_or(&sale.id);
    Found::Wrong(format!(
        "sale {name} was voided in Cin7 before it was finished. Nothing more is written."
    ))
}

fn standing(sale: &Sale) -> Option<&PostedInvoice> {
    sale.invoices
        .iter()
        .find(|invoice| is(&invoice.status, &["AUTHORISED", "PAID"]))
}

impl Step for PostInvoice {
    type Made = Sale;

    const NAME: &'static str = "invoice";

    fn mark(&self) -> &str {
        &self.sale_id
    }

    fn request(&self) -> String {
        invoice_request(&self.sale_id, &self.invoice)
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Sale>, Error> {
        let Some(sale) = reader.sale(&self.sale_id).await? else {
            return Ok(Found::Nothing);
        };
        if is(&sale.status, &["VOIDED"]) {
            return Ok(voided(&sale));
        }
        Ok(if standing(&sale).is_some() {
            Found::One(sale)
        } else {
            Found::Nothing
        })
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Sale>, Error> {
        writer.post_invoice(&self.sale_id, &self.invoice).await
    }

    fn id(made: &Sale) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Sale, record: &mut Record) -> Result<(), String> {
        let Some(posted) = standing(made) else {
            return Err("Cin7 shows no authorised invoice on its sale.".to_owned());
        };
        record.cin7.invoice_number.clone_from(&posted.number);
        let Some(total) = posted.total.map(cents) else {
            return Ok(());
        };
        record.cin7.total = Some(total.to_string());
        if total == cents(self.total.amount) {
            return Ok(());
        }
        let shown = Money::new(total, self.total.currency);
        let number = posted.number.as_deref().unwrap_or("its invoice");
        Err(format!(
            "{number} in Cin7 comes to {shown}, FreshBooks says {}. Correct it in Cin7.",
            self.total
        ))
    }
}
