//! A FreshBooks client's customer: linked once, found by exact name or e-mail, else created.

use cin7::{Customer, Writer};
use freshbooks::{Client, Invoice};
use ledger::audit::Draft;
use ledger::{Link, StepStatus};
use mapping::{customer_names, plan_customer};

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
    // A Cin7 customer has one currency; a client billed in two has two customers.
    let entry = format!("{}#{}", invoice.client_id, invoice.currency);
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

/// A client that FreshBooks no longer has still has a name on its invoices.
fn on_invoice(invoice: &Invoice) -> Client {
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
    let subject = work.subject();
    let fits = |customer: &Customer| {
        customer
            .currency
            .is_none_or(|currency| currency == invoice.currency)
    };
    let names = customer_names(client, invoice.currency);
    let mut free = None;
    for name in &names {
        let named = writer
            .reader()
            .customers_named(name)
            .await
            .map_err(|error| cin7_stop(&subject, error))?;
        if let Some(customer) = named.iter().find(|customer| fits(customer)) {
            settle_customer_step(work, customer);
            return Ok((customer.id.clone(), customer.name.clone(), "name"));
        }
        if named.is_empty() {
            free = Some(name);
            break;
        }
    }
    if let Some(customer) = by_email(&subject, client, writer, fits).await? {
        return Ok((customer.id, customer.name, "e-mail"));
    }
    let Some(name) = free else {
        return Err(Stop::Attention(format!(
            "{subject}: the Cin7 customers named {} are in other currencies than {}. Add one in {}.",
            names.join(", "),
            invoice.currency,
            invoice.currency
        )));
    };
    let mut customer = plan_customer(client, invoice.currency, &work.settings, &known.facts())?;
    customer.name.clone_from(name);
    run(work, &CreateCustomer { customer }, writer).await?;
    let made = work
        .record
        .step("customer")
        .and_then(|step| step.cin7_id.clone());
    let id =
        made.ok_or_else(|| Stop::Attention(format!("{subject}: Cin7 gave its customer no id.")))?;
    Ok((id, name.clone(), "created"))
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
    writer: &Writer,
    fits: impl Fn(&Customer) -> bool,
) -> Result<Option<Customer>, Stop> {
    if client.email.is_empty() {
        return Ok(None);
    }
    let asked = writer.reader().customers_with_email(&client.email).await;
    let mut found = asked.map_err(|error| cin7_stop(subject, error))?;
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
