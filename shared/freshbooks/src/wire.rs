//! FreshBooks' own shapes. They stay in this module: documents leave it complete and typed.

mod amount;
mod breach;
mod business;
mod callback;
mod category;
mod client;
mod failure;
mod invoice;
mod line;
mod page;
mod payment;
mod person;
mod scalar;
mod tax;
mod visibility;

use serde::Deserialize;
use serde::de::DeserializeOwned;

pub(crate) use breach::Breach;
pub(crate) use failure::Failure;
pub(crate) use page::Page;

/// The envelope of one document (docs/freshbooks-api.md, accounting resources).
#[derive(Deserialize)]
struct Envelope<T> {
    response: Response<T>,
}

#[derive(Deserialize)]
struct Response<T> {
    result: T,
}

/// The envelope without a `result` level (docs/freshbooks-api.md, identity).
#[derive(Deserialize)]
struct Bare<T> {
    response: T,
}

/// The invoice in the body of an answer.
pub(crate) fn invoice(body: &[u8]) -> Result<crate::Invoice, Breach> {
    #[derive(Deserialize)]
    struct Holder {
        invoice: invoice::Invoice,
    }
    open::<Holder>(body)?.invoice.try_into()
}

/// The client in the body of an answer.
pub(crate) fn client(body: &[u8]) -> Result<crate::Client, Breach> {
    #[derive(Deserialize)]
    struct Holder {
        client: client::Client,
    }
    open::<Holder>(body)?.client.try_into()
}

/// The payment in the body of an answer.
pub(crate) fn payment(body: &[u8]) -> Result<crate::ShownPayment, Breach> {
    #[derive(Deserialize)]
    struct Holder {
        payment: payment::Payment,
    }
    open::<Holder>(body)?.payment.try_into()
}

/// The callback in the body of an answer.
pub(crate) fn callback(body: &[u8]) -> Result<crate::Callback, Breach> {
    #[derive(Deserialize)]
    struct Holder {
        callback: callback::Callback,
    }
    open::<Holder>(body)?.callback.try_into()
}

/// A page of callbacks.
pub(crate) fn callbacks(body: &[u8]) -> Result<Page<crate::Callback>, Breach> {
    page::page::<callback::Callback, _>(body, "callbacks")
}

/// A page of taxes.
pub(crate) fn taxes(body: &[u8]) -> Result<Page<crate::Tax>, Breach> {
    page::page::<tax::Tax, _>(body, "taxes")
}

/// A page of expense categories.
pub(crate) fn categories(body: &[u8]) -> Result<Page<crate::Category>, Breach> {
    page::page::<category::Category, _>(body, "categories")
}

/// The businesses of a person.
pub(crate) fn businesses(body: &[u8]) -> Result<Vec<crate::Business>, Breach> {
    let person: Bare<business::Person> = parse(body)?;
    Ok(person.response.businesses())
}

fn open<T: DeserializeOwned>(body: &[u8]) -> Result<T, Breach> {
    let envelope: Envelope<T> = parse(body)?;
    Ok(envelope.response.result)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Breach> {
    serde_json::from_slice(body).map_err(|error| {
        Breach::new(format_args!(
            "a field does not have its documented type ({error})"
        ))
    })
}
