//! The client that can also write.

mod ledger;
mod payments;
mod purchases;
mod undo;

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::call::{Call, Verb};
use crate::request::{
    customer_request, deprecation_request, header_request, invoice_request, order_request,
};
use crate::wire::{SaleDocument, created_customer};
use crate::{
    Customer, Echo, Endpoint, Error, NewCustomer, Reader, Sale, SaleHeader, SaleInvoice, SaleOrder,
    limit,
};

/// How much of an answer is kept for the audit trail, in bytes.
const KEPT_OF_ANSWER: usize = 8 * 1024;

/// Writes to Cin7. Nothing here tries anything twice: Cin7 has no idempotency, so a write whose
/// outcome is unknown is [`Error::Uncertain`] and its mark must be looked for first
/// (docs/cin7-api.md, idempotency).
#[derive(Debug, Clone)]
pub struct Writer {
    reader: Reader,
    endpoint: Endpoint,
}

impl Writer {
    /// A writer to one account.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Self {
        Self {
            reader: Reader::new(endpoint.clone()),
            endpoint,
        }
    }

    /// The reader of the same account.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Makes a customer. What is sent is [`customer_request`].
    ///
    /// # Errors
    /// [`Error::Refused`] for a name that is taken; [`Error::Uncertain`] when the answer shows no
    /// customer id; else as [`Error`] says.
    pub async fn create_customer(&self, customer: &NewCustomer) -> Result<Echo<Customer>, Error> {
        self.post("customer", customer_request(customer), |answer| {
            created_customer(answer).map(|customer| customer.ok_or("the id of the customer"))
        })
        .await
    }

    /// Deprecates a customer, which stays in Cin7 and is offered no more: customers are not deleted. What
    /// is left out of the request stays as it is (docs/cin7-api.md, customers and suppliers).
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows no customer id; else as [`Error`] says.
    pub async fn deprecate_customer(&self, id: &str, name: &str) -> Result<Echo<Customer>, Error> {
        let path = "customer";
        let request = deprecation_request(id, name);
        let response = self.endpoint.put(path, request).await?;
        echo(Call::Write(Verb::Put, path), response, |answer| {
            created_customer(answer).map(|customer| customer.ok_or("the id of the customer"))
        })
    }

    /// Makes a sale without lines. What is sent is [`header_request`].
    ///
    /// The mark in the echo is for the caller to compare.
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows no sale id; else as [`Error`] says.
    pub async fn create_sale(&self, header: &SaleHeader) -> Result<Echo<Sale>, Error> {
        self.post("sale", header_request(header), |answer| {
            serde_json::from_str(answer).map(SaleDocument::sale)
        })
        .await
    }

    /// Authorises the order of a sale, replacing its lines. What is sent is [`order_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another sale, or no authorised order, or one
    /// without lines; else as [`Error`] says.
    pub async fn post_order(&self, sale_id: &str, order: &SaleOrder) -> Result<Echo<Sale>, Error> {
        let echo = self.post("sale/order", order_request(sale_id, order), |answer| {
            serde_json::from_str(answer).map(SaleDocument::sale_with_authorised_order)
        });
        of_sale(sale_id, Call::Write(Verb::Post, "sale/order"), echo.await?)
    }

    /// Authorises the invoice of a sale whose order is authorised. What is sent is
    /// [`invoice_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another sale or no authorised invoice; else as
    /// [`Error`] says.
    pub async fn post_invoice(
        &self,
        sale_id: &str,
        invoice: &SaleInvoice,
    ) -> Result<Echo<Sale>, Error> {
        let echo = self.post(
            "sale/invoice",
            invoice_request(sale_id, invoice),
            |answer| serde_json::from_str(answer).map(SaleDocument::sale_with_authorised_invoice),
        );
        of_sale(
            sale_id,
            Call::Write(Verb::Post, "sale/invoice"),
            echo.await?,
        )
    }

    async fn post<T>(
        &self,
        path: &'static str,
        request: String,
        read: impl FnOnce(&str) -> Result<Result<T, &'static str>, serde_json::Error>,
    ) -> Result<Echo<T>, Error> {
        let response = self.endpoint.post(path, request).await?;
        echo(Call::Write(Verb::Post, path), response, read)
    }
}

/// Reads the answer of a write: a success that does not show what was written is none
/// (docs/cin7-api.md, answers).
fn echo<T>(
    call: Call,
    response: String,
    read: impl FnOnce(&str) -> Result<Result<T, &'static str>, serde_json::Error>,
) -> Result<Echo<T>, Error> {
    let value = read(&response)
        .map_err(|error| call.without_outcome(format!("the answer cannot be read: {error}")))?
        .map_err(|lacking| call.without_outcome(format!("it was answered without {lacking}")))?;
    Ok(Echo {
        response: limit::bounded(without_people(response), KEPT_OF_ANSWER),
        value,
    })
}

/// A sale reads its customer's contact and addresses back; no trail keeps them.
fn without_people(response: String) -> String {
    const PEOPLE: [&str; 5] = [
        "Contact",
        "Phone",
        "Email",
        "BillingAddress",
        "ShippingAddress",
    ];
    let Ok(mut fields) = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(&response) else {
        return response;
    };
    let before = fields.len();
    fields.retain(|name, _| !PEOPLE.contains(&name.as_str()));
    if fields.len() == before {
        return response;
    }
    serde_json::to_string(&fields).unwrap_or_default()
}

fn of_sale(sale_id: &str, call: Call, echo: Echo<Sale>) -> Result<Echo<Sale>, Error> {
    if echo.value.id.eq_ignore_ascii_case(sale_id) {
        return Ok(echo);
    }
    let shown = &echo.value.id;
    Err(call.without_outcome(format!(
        "sent for sale {sale_id}, it was answered with sale {shown}"
    )))
}
