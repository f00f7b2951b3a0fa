//! Creating a customer or a supplier; its mark is its name, which Cin7 keeps unique.

use cin7::{
    Customer, Echo, Error, NewCustomer, NewSupplier, Reader, Supplier, Writer, customer_request,
    supplier_request,
};
use ledger::Record;
use money::Currency;

use super::protocol::{Found, Probe, Step};

/// A customer or a supplier to be made.
pub(crate) trait NewPartner: Send + Sync {
    /// What is made of it.
    type Made: Clone + Send + Sync;

    /// Cin7's noun, which is the name of its step.
    const STEP: &'static str;

    fn name(&self) -> &str;
    fn request(&self) -> String;
    /// The request without the person to talk to.
    fn request_without_people(&self) -> String;
    fn id(made: &Self::Made) -> &str;
    /// Its name and its currency, where that is shown.
    fn known_as(made: &Self::Made) -> (&str, Option<Currency>);
    fn named(
        reader: &Reader,
        name: &str,
    ) -> impl Future<Output = Result<Vec<Self::Made>, Error>> + Send;
    fn create(
        &self,
        writer: &Writer,
    ) -> impl Future<Output = Result<Echo<Self::Made>, Error>> + Send;
}

pub(crate) struct CreatePartner<P> {
    pub(crate) partner: P,
}

impl<P: NewPartner> Probe for CreatePartner<P> {
    type Made = P::Made;

    const NAME: &'static str = P::STEP;

    fn mark(&self) -> &str {
        self.partner.name()
    }

    async fn find(&self, reader: &Reader) -> Result<Found<P::Made>, Error> {
        let named = P::named(reader, self.partner.name()).await?;
        Ok(named.into_iter().next().map_or(Found::Nothing, Found::One))
    }

    fn id(&self, made: &P::Made) -> String {
        P::id(made).to_owned()
    }

    fn keep(&self, _made: &P::Made, _record: &mut Record) -> Result<(), String> {
        Ok(())
    }
}

impl<P: NewPartner> Step for CreatePartner<P> {
    type Probe = Self;

    fn probe(&self) -> &Self {
        self
    }

    fn request(&self) -> String {
        self.partner.request()
    }

    /// No trail holds an e-mail address.
    fn kept_request(&self) -> String {
        self.partner.request_without_people()
    }

    /// The answer repeats what was sent; the outcome names the id.
    fn kept_response(&self, _response: String) -> String {
        "not kept, as it holds the contact".to_owned()
    }

    async fn write(&self, writer: &Writer) -> Result<Echo<P::Made>, Error> {
        self.partner.create(writer).await
    }
}

impl NewPartner for NewCustomer {
    type Made = Customer;

    const STEP: &'static str = "customer";

    fn name(&self) -> &str {
        &self.name
    }

    fn request(&self) -> String {
        customer_request(self)
    }

    fn request_without_people(&self) -> String {
        customer_request(&Self {
            contact: String::new(),
            email: String::new(),
            phone: String::new(),
            ..self.clone()
        })
    }

    fn id(made: &Customer) -> &str {
        &made.id
    }

    fn known_as(made: &Customer) -> (&str, Option<Currency>) {
        (&made.name, made.currency)
    }

    async fn named(reader: &Reader, name: &str) -> Result<Vec<Customer>, Error> {
        reader.customers_named(name).await
    }

    async fn create(&self, writer: &Writer) -> Result<Echo<Customer>, Error> {
        writer.create_customer(self).await
    }
}

impl NewPartner for NewSupplier {
    type Made = Supplier;

    const STEP: &'static str = "supplier";

    fn name(&self) -> &str {
        &self.name
    }

    fn request(&self) -> String {
        supplier_request(self)
    }

    fn request_without_people(&self) -> String {
        supplier_request(&Self {
            contact: String::new(),
            email: String::new(),
            phone: String::new(),
            ..self.clone()
        })
    }

    fn id(made: &Supplier) -> &str {
        &made.id
    }

    fn known_as(made: &Supplier) -> (&str, Option<Currency>) {
        (&made.name, made.currency)
    }

    async fn named(reader: &Reader, name: &str) -> Result<Vec<Supplier>, Error> {
        reader.suppliers_named(name).await
    }

    async fn create(&self, writer: &Writer) -> Result<Echo<Supplier>, Error> {
        writer.create_supplier(self).await
    }
}
