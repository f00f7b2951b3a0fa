//! The three writes of a sale. The header's mark is `ExternalID`; order and invoice are found in the
//! sale itself.

use cin7::{
    Echo, Error, PostedInvoice, Reader, Sale, SaleHeader, SaleInvoice, SaleOrder, SaleRow, Writer,
    header_request, invoice_request, order_request,
};
use ledger::Record;
use money::Money;

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
        Ok(match rows.as_slice() {
            [] => Found::Nothing,
            [row] if is(&row.status, &["VOIDED"]) => Found::Wrong(format!(
                "sale {} carries its mark and is voided in Cin7. Nothing is written; decide whether it should cross again.",
                row.order_number
            )),
            [row] => Found::One(from_row(row)),
            rows => {
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
        if echo.value.external_id.as_deref() != Some(self.mark()) {
            // 200 is not proof that a value was stored (docs/cin7-api.md, failures): read it back. A
            // reading that fails proves nothing either; the mark is judged by what the answer said.
            if let Ok(Some(stored)) = writer.reader().sale(&echo.value.id).await {
                echo.value = stored;
            }
        }
        Ok(echo)
    }

    fn id(made: &Sale) -> String {
        made.id.clone()
    }

    fn keep(&self, made: &Sale, record: &mut Record) -> Result<(), String> {
        record.cin7.sale_id = Some(made.id.clone());
        record.cin7.order_number.clone_from(&made.order_number);
        if made.external_id.as_deref() == Some(self.mark()) {
            return Ok(());
        }
        let name = made.order_number.as_deref().unwrap_or(&made.id);
        Err(format!(
            "Cin7 made sale {name} without the mark it was sent with, so it could not be found again. Check it in Cin7."
        ))
    }
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
        let Some(total) = posted.total else {
            return Ok(());
        };
        record.cin7.total = Some(total.to_string());
        if total == self.total.amount {
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
