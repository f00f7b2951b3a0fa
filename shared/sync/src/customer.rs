//! A FreshBooks client's customer: linked once, found by exact name or e-mail, else created.

use cin7::{Customer, NewCustomer, Reader, Writer};
use freshbooks::{Client, Invoice};
use ledger::audit::Draft;
use ledger::{Link, StepStatus};
use mapping::{Settings, customer_names, plan_customer};
use money::Currency;

use crate::facts::Known;
use crate::fetch;
use crate::steps::{CreateCustomer, run};
use crate::stop::{Stop, cin7_stop};
use crate::work::Work;

/// The id of the customer that the invoice's sale belongs to.
pub(crate) async fn resolve(
    work: &mut Work<'_>,
    invoice: &Invoice,
    known: &Known,
    writer: &Writer,
) -> Result<String, Stop> {
    let ledger = work.engine.ledger.clone();
    let connection = work.connection.id.clone();
    let entry = link_entry(invoice);
    if let Some(link) = ledger.link(&connection, "client", &entry).await? {
        // Whether one was made before, the name tells that was linked since.
        let steps = &mut work.record.steps;
        steps.retain(|step| step.name != "customer" || step.status == StepStatus::Done);
        work.record.cin7.customer_id = Some(link.cin7_id.clone());
        return Ok(link.cin7_id);
    }
    let client = fetch::client(work, &invoice.client_id)
        .await?
        .unwrap_or_else(|| on_invoice(invoice));
    let (id, name, how) = find_or_create(work, &client, invoice, known, writer).await?;
    let link = Link {
        cin7_id: id.clone(),
        name: name.clone(),
        how: how.to_owned(),
        at: ledger.clock().now(),
    };
    ledger
        .put_link(&connection, "client", &entry, &link)
        .await?;
    work.note(
        Draft::new("customer linked")
            .with("client", &client.id)
            .with("customer", name)
            .with("how", how),
    );
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

type Found = (String, String, &'static str);

async fn find_or_create(
    work: &mut Work<'_>,
    client: &Client,
    invoice: &Invoice,
    known: &Known,
    writer: &Writer,
) -> Result<Found, Stop> {
    let (subject, settings) = (work.subject(), work.settings.clone());
    let of = (client.clone(), invoice.currency);
    let customer = match candidate(&subject, &of, &settings, known, (writer.reader(), &[])).await? {
        Candidate::There { customer, how } => {
            if how == BY_NAME {
                settle_customer_step(work, &customer);
            }
            return Ok((customer.id, customer.name, how));
        }
        Candidate::New(customer) => customer,
    };
    let name = customer.name.clone();
    run(work, &CreateCustomer { customer }, writer).await?;
    let made = work
        .record
        .step("customer")
        .and_then(|step| step.cin7_id.clone());
    let id =
        made.ok_or_else(|| Stop::Attention(format!("{subject}: Cin7 gave its customer no id.")))?;
    Ok((id, name, "created"))
}

/// How a customer was found that has the client's name.
const BY_NAME: &str = "name";

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
    let mut free = None;
    for name in &names {
        let mut named = reader
            .customers_named(name)
            .await
            .map_err(|error| cin7_stop(subject, error))?;
        let is_so_named = |made: &&Customer| is_same(&made.name, name);
        named.extend(by_then.iter().filter(is_so_named).cloned());
        let none = named.is_empty();
        if let Some(customer) = named.into_iter().find(fits) {
            let how = BY_NAME;
            return Ok(Candidate::There { customer, how });
        }
        if none {
            free = Some(name);
            break;
        }
    }
    if let Some(customer) = by_email(subject, client, (reader, by_then), fits).await? {
        let how = "e-mail";
        return Ok(Candidate::There { customer, how });
    }
    let Some(name) = free else {
        return Err(Stop::Attention(format!(
            "{subject}: the Cin7 customers named {} are in other currencies than {currency}. Add one in {currency}.",
            names.join(", "),
        )));
    };
    let mut customer = plan_customer(client, *currency, settings, &known.facts())?;
    customer.name.clone_from(name);
    Ok(Candidate::New(customer))
}

/// What an earlier try may have made is found now: nothing of it is uncertain any more.
fn settle_customer_step(work: &mut Work<'_>, found: &Customer) {
    let mut steps = work.record.steps.iter_mut();
    if let Some(step) = steps.find(|step| step.name == "customer") {
        step.status = StepStatus::Done;
        step.uncertain_since = None;
        step.cin7_id = Some(found.id.clone());
    }
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

/// As Cin7 compares names.
fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
