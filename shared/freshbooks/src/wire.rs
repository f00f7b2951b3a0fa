//! FreshBooks' own shapes. They stay in this module: documents leave it complete and typed.

mod amount;
mod breach;
mod client;
mod failure;
mod invoice;
mod line;
mod payment;
mod person;
mod scalar;
mod visibility;

use serde::Deserialize;
use serde::de::DeserializeOwned;

pub(crate) use breach::Breach;
pub(crate) use failure::Failure;

/// The envelope of one document (docs/freshbooks-api.md, accounting resources).
#[derive(Deserialize)]
struct Envelope<T> {
    response: Response<T>,
}

#[derive(Deserialize)]
struct Response<T> {
    result: T,
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

fn open<T: DeserializeOwned>(body: &[u8]) -> Result<T, Breach> {
    let envelope: Envelope<T> = serde_json::from_slice(body).map_err(|error| {
        Breach::new(format_args!(
            "a field does not have its documented type ({error})"
        ))
    })?;
    Ok(envelope.response.result)
}
