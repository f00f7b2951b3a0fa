//! Creating a customer; its mark is its name, which Cin7 keeps unique.

use cin7::{Customer, Echo, Error, NewCustomer, Reader, Writer, customer_request};
use ledger::Record;

use super::protocol::{Found, Step};

pub(crate) struct CreateCustomer {
    pub(crate) customer: NewCustomer,
}

impl Step for CreateCustomer {
    type Made = Customer;

    const NAME: &'static str = "customer";

    fn mark(&self) -> &str {
        &self.customer.name
    }

    fn request(&self) -> String {
        customer_request(&self.customer)
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Customer>, Error> {
        let named = reader.customers_named(&self.customer.name).await?;
        Ok(named.into_iter().next().map_or(Found::Nothing, Found::One))
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<Customer>, Error> {
        writer.create_customer(&self.customer).await
    }

    fn id(made: &Customer) -> String {
        made.id.clone()
    }

    fn keep(&self, _made: &Customer, _record: &mut Record) -> Result<(), String> {
        Ok(())
    }
}
