//! Creating a customer; its mark is its name, which Cin7 keeps unique.

use cin7::{Customer, Echo, Error, NewCustomer, Reader, Writer, customer_request};
use ledger::Record;

use super::protocol::{Found, Probe, Step};

pub(crate) struct CreateCustomer {
    pub(crate) customer: NewCustomer,
}

impl Probe for CreateCustomer {
    type Made = Customer;

    const NAME: &'static str = "customer";

    fn mark(&self) -> &str {
        &self.customer.name
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Customer>, Error> {
        let named = reader.customers_named(&self.customer.name).await?;
        Ok(named.into_iter().next().map_or(Found::Nothing, Found::One))
    }

    fn id(&self, made: &Customer) -> String {
        made.id.clone()
    }

    fn keep(&self, _made: &Customer, _record: &mut Record) -> Result<(), String> {
        Ok(())
    }
}

impl Step for CreateCustomer {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        customer_request(&self.customer)
    }

    /// Without the person to talk to: no trail holds an e-mail address.
    fn kept_request(&self) -> String {
        customer_request(&NewCustomer {
            contact: String::new(),
            email: String::new(),
            phone: String::new(),
            ..self.customer.clone()
        })
    }

    /// The answer repeats what was sent; the outcome names the id.
    fn kept_response(&self, _response: String) -> String {
        "not kept, as it holds the contact".to_owned()
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Customer>, Error> {
        writer.create_customer(&self.customer).await
    }
}
