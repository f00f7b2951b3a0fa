//! A FreshBooks client's customer: linked once, found by exact name or e-mail, else created.

use cin7::{Customer, NewCustomer, Reader, Writer};
use freshbooks::{Client, Invoice};
use mapping::{Settings, customer_names, plan_customer};
use money::Currency;

use crate::facts::Known;
use crate::fetch;
use crate::partner::{self, BY_NAME, Found, Place, is_same};
use crate::steps::NewPartner as _;
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// The id of the customer that the invoice's sale belongs to.
pub(crate) async fn resolve(
    work: &mut Work<'_>,
    invoice: &Invoice,
    known: &Known,
    writer: &Writer,
) -> Result<String, Stop> {
    let place = Place {
        kind: "client",
        entry: link_entry(invoice),
        partner: NewCustomer::STEP,
        told: "customer linked",
    };
    let id = match partner::linked(work, &place).await? {
        Some(id) => id,
        None => {
            let client = fetch::client(work, &invoice.client_id).await?;
            let client = client.unwrap_or_else(|| on_invoice(invoice));
            let found = find_or_create(work, &client, invoice, known, writer).await?;
            partner::keep_link(work, &place, found).await?
        }
    };
    work.record.cin7.customer_id = Some(id.clone());
    Ok(id)
}

/// Under which name the ledger links an invoice's client. A Cin7 customer has one currency; a client
/// billed in two has two customers.
pub(crate) fn link_entry(invoice: &Invoice) -> String {
    format!("{}#{}", invoice.client_id, invoice.currency)
}

/// A client that FreshBooks no longer has still has a name on its invoices.
pub(crate) fn on_invoice(invoice: &Invoice) -> Client {
    Client {
        id: invoice.client_id.clone(),
        name: invoice.client_name.clone(),
        contact: String::new(),
        email: String::new(),
        phone: String::new(),
        currency: Some(invoice.currency),
    }
}

async fn find_or_create(
    work: &mut Work<'_>,
    client: &Client,
    invoice: &Invoice,
    known: &Known,
    writer: &Writer,
) -> Result<Found, Stop> {
    let (subject, settings) = (work.subject(), work.settings.clone());
    let of = (client.clone(), invoice.currency);
    match candidate(&subject, &of, &settings, known, (writer.reader(), &[])).await? {
        Candidate::There { customer, how } => {
            if how == BY_NAME {
                partner::settle_step(work, NewCustomer::STEP, &customer.id);
            }
            let (id, name) = (customer.id, customer.name);
            Ok(Found { id, name, how })
        }
        Candidate::New(customer) => partner::make(work, customer, writer).await,
    }
}

/// Who a client's customer is.
pub(crate) enum Candidate {
    /// Cin7 has one.
    There {
        customer: Customer,
        how: &'static str,
    },
    /// One has to be made.
    New(NewCustomer),
}

/// Looks for the customer of a client billed in a currency, in Cin7 and among those that would be made
/// by then; changes nothing.
pub(crate) async fn candidate(
    subject: &str,
    (client, currency): &(Client, Currency),
    settings: &Settings,
    known: &Known,
    (reader, by_then): (&Reader, &[Customer]),
) -> Result<Candidate, Stop> {
    let fits = |customer: &Customer| customer.currency.is_none_or(|its| its == *currency);
    let names = customer_names(client, *currency);
    let among = (reader, by_then);
    let known_names = partner::named::<NewCustomer>(subject, (&names, *currency), among).await?;
    if let Some(customer) = known_names.there {
        let how = BY_NAME;
        return Ok(Candidate::There { customer, how });
    }
    if let Some(customer) = by_email(subject, client, among, fits).await? {
        let how = "e-mail";
        return Ok(Candidate::There { customer, how });
    }
    let Some(name) = known_names.free else {
        let stop = partner::in_other_currencies::<NewCustomer>(subject, &names, *currency);
        return Err(stop);
    };
    let mut customer = plan_customer(client, *currency, settings, &known.facts())?;
    customer.name = name;
    Ok(Candidate::New(customer))
}

async fn by_email(
    subject: &str,
    client: &Client,
    (reader, by_then): (&Reader, &[Customer]),
    fits: impl Fn(&Customer) -> bool,
) -> Result<Option<Customer>, Stop> {
    if client.email.is_empty() {
        return Ok(None);
    }
    let asked = reader.customers_with_email(&client.email).await;
    let mut found = asked.map_err(|error| cin7_stop(subject, error))?;
    let has_it = |made: &&Customer| {
        made.emails
            .iter()
            .any(|email| is_same(email, &client.email))
    };
    found.extend(by_then.iter().filter(has_it).cloned());
    found.retain(|customer| fits(customer));
    if found.len() > 1 {
        let names: Vec<&str> = found
            .iter()
            .map(|customer| customer.name.as_str())
            .collect();
        return Err(Stop::Attention(format!(
            "{subject}: several Cin7 customers have its client's e-mail address: {}. Give one of them exactly the name {:?}, then replay it.",
            names.join(", "),
            client.name
        )));
    }
    Ok(found.pop())
}
