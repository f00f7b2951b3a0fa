//! What the people of the business do on FreshBooks' screen and in Cin7.

mod bought;

use freshbooks_stand_in::{NewClient, NewInvoice, NewLine, NewPayment};
use money::Decimal;
use reqwest::Method;
use serde_json::json;

use super::document::Document;
use super::office::Office;
use crate::NotStarted;

pub(super) fn dec(value: i64, places: u32) -> Decimal {
    Decimal::new(value, places)
}

pub(super) fn line(name: &str, quantity: Decimal, unit_cost: Decimal) -> NewLine {
    NewLine::new(name, quantity, unit_cost)
}

/// A line with one of something, under HST.
pub(super) fn taxed(name: &str, cents: i64) -> NewLine {
    line(name, Decimal::ONE, dec(cents, 2)).tax("HST", dec(13, 0))
}

pub(super) fn invoice(client_id: i64, lines: Vec<NewLine>) -> NewInvoice {
    NewInvoice {
        client_id,
        due_offset_days: 30,
        lines,
        ..NewInvoice::default()
    }
}

impl Office {
    pub(super) fn client(&self, organization: &str, email: &str) -> i64 {
        let form = NewClient {
            organization: organization.into(),
            email: email.into(),
            ..NewClient::default()
        };
        self.freshbooks.create_client(&self.account, form)
    }

    /// Writes an invoice and sends it to its client; its webhooks wait.
    pub(super) fn write(&self, form: NewInvoice) -> i64 {
        let id = self.freshbooks.create_invoice(&self.account, form);
        // The invoice was made a line ago.
        let _ = self.freshbooks.send_invoice(&self.account, id);
        id
    }

    /// The same, and its webhooks arrive.
    pub(super) async fn send(&self, form: NewInvoice) -> i64 {
        let id = self.write(form);
        self.deliver().await;
        id
    }

    /// Changes an invoice to one line of this; its webhooks arrive.
    pub(super) async fn change(&self, invoice_id: i64, lines: Vec<NewLine>) {
        let edit = |form: &mut NewInvoice| form.lines = lines;
        // Only invoices that were made are changed.
        let _ = self
            .freshbooks
            .update_invoice(&self.account, invoice_id, edit);
        self.deliver().await;
    }

    /// Records a payment of an invoice; its webhooks wait.
    pub(super) fn record(&self, invoice_id: i64, cents: i64, payment_type: &str) -> i64 {
        let payment = NewPayment {
            invoice_id,
            amount: dec(cents, 2),
            payment_type: payment_type.to_owned(),
            ..NewPayment::default()
        };
        self.freshbooks.record_payment(&self.account, payment)
    }

    /// The same, and its webhooks arrive.
    pub(super) async fn pay(&self, invoice_id: i64, cents: i64, payment_type: &str) -> i64 {
        let id = self.record(invoice_id, cents, payment_type);
        self.deliver().await;
        id
    }

    /// A customer that stood in Cin7 before the connector came.
    pub(super) async fn known_customer(&self, name: &str, email: &str) -> Result<(), NotStarted> {
        let body = json!({
            "Name": name, "Status": "Active", "Currency": "USD", "PaymentTerm": "30 days",
            "AccountReceivable": "610", "RevenueAccount": "200", "TaxRule": "Tax on Sales",
            "Contacts": [{ "Name": name, "Email": email, "Default": true }],
        });
        self.in_cin7(Method::POST, "customer", Some(body))
            .await
            .map(|_| ())
    }

    /// The sale of an invoice that stands in Cin7.
    pub(super) fn sale_of(&self, document: Document) -> Option<cin7_stand_in::Sale> {
        let mut sales = self.cin7.sales(&self.keys).into_iter();
        sales.find(|sale| {
            let mark = &sale.header.external_id;
            let of = Document::of_mark(&self.account.account_id, mark);
            !sale.voided && of == Some(document)
        })
    }

    /// Somebody undoes an invoice's sale in Cin7 and authorises it again with this price on its first
    /// line, untaxed.
    pub(super) async fn edit_in_cin7(
        &self,
        invoice_id: i64,
        price: Decimal,
    ) -> Result<(), NotStarted> {
        let Some(sale) = self.sale_of(Document::Invoice(invoice_id)) else {
            return Ok(());
        };
        let id = sale.id;
        let (mut order, mut lines) = (sale.order.lines, Vec::new());
        let mut days = (String::new(), String::new());
        for invoice in sale.invoices {
            days = (invoice.date.to_string(), invoice.due_date.to_string());
            lines = invoice.lines;
        }
        for line in order.first_mut().into_iter().chain(lines.first_mut()) {
            line.price = price;
            line.total = price * line.quantity;
        }
        let order = json!({
            "SaleID": id, "CombineAdditionalCharges": false, "Memo": "", "Status": "AUTHORISED",
            "Lines": order,
        });
        let invoice = json!({
            "SaleID": id, "TaskID": id, "CombineAdditionalCharges": false, "Status": "AUTHORISED",
            "InvoiceDate": days.0, "InvoiceDueDate": days.1, "Lines": lines,
        });
        self.in_cin7(Method::DELETE, &format!("sale?ID={id}"), None)
            .await?;
        self.in_cin7(Method::POST, "sale/order", Some(order))
            .await?;
        self.in_cin7(Method::POST, "sale/invoice", Some(invoice))
            .await
            .map(|_| ())
    }
}
