//! What would become of an invoice.

use cin7::{
    Customer, NewCustomer, customer_request, header_request, invoice_request, order_request,
    undo_invoice_request, undo_sale_request, void_sale_request,
};
use freshbooks::{Client, Invoice};
use ledger::Record;
use mapping::{Held, SalePlan, Undo, content_hash, plan_sale, sale_mark};

use super::shown::{CUSTOMER_ID, SALE_ID, unsettled};
use super::{CustomerToBe, NotPreviewed, OWNER, Outcome, Preview, Previewed};
use crate::asking::ask;
use crate::customer::{Candidate, candidate, link_entry, on_invoice};
use crate::facts::Known;
use crate::invoice::{header, not_yet, same_header};
use crate::side::document_name;
use crate::work::name_of;

impl Preview<'_> {
    /// What would become of an invoice, remembered for its payments.
    pub(super) async fn invoice(&mut self, invoice: &Invoice) -> Result<Previewed, NotPreviewed> {
        let shown = self.look_at_invoice(invoice).await?;
        self.invoices.insert(invoice.id.clone(), shown.clone());
        Ok(shown)
    }

    async fn look_at_invoice(&mut self, invoice: &Invoice) -> Result<Previewed, NotPreviewed> {
        let mut record = self.record("invoice", &invoice.id).await?;
        record.number = Some(invoice.number.clone());
        let shown = Previewed::of_invoice(invoice);
        if record.content.as_deref() == Some(content_hash(invoice).as_str()) {
            let stands = format!("It stands in Cin7 as {}.", document_name(&record));
            return Ok(shown.ends(Outcome::Unchanged, stands));
        }
        let subject = name_of(&record);
        if let Some(sentence) = unsettled(&record, &subject) {
            return Ok(shown.ends(Outcome::Attention, sentence));
        }
        if let Err(held) = self.kind_crosses(&record) {
            return Ok(shown.held(&held));
        }
        if let Some(stop) = not_yet(&subject, invoice) {
            return Ok(taken_back(shown.stopped(stop)?, &record));
        }
        let mark = sale_mark(&self.connection.account_id, &invoice.id, record.generation);
        let settings = self.settings;
        let planned = self.plan(|facts| plan_sale(invoice, settings, facts, &mark));
        let (plan, known) = match planned.await? {
            Ok(planned) => planned,
            Err(held @ Held::Skipped { .. }) => return Ok(taken_back(shown.held(&held), &record)),
            Err(held) => return Ok(shown.held(&held)),
        };
        self.with_customer(shown, invoice, &record, &plan, &known)
            .await
    }

    async fn with_customer(
        &mut self,
        mut shown: Previewed,
        invoice: &Invoice,
        record: &Record,
        plan: &SalePlan,
        known: &Known,
    ) -> Result<Previewed, NotPreviewed> {
        let entry = link_entry(invoice);
        let link = self.on.ledger.link(&self.connection.id, "client", &entry);
        let customer = match (self.customers.get(&entry).cloned(), link.await?) {
            (Some(known), _) => known,
            (None, Some(link)) => CustomerToBe {
                how: "linked".to_owned(),
                id: Some(link.cin7_id),
                name: link.name,
            },
            (None, None) => {
                let client = self.fetch_client(&invoice.client_id).await?;
                let client = client.unwrap_or_else(|| on_invoice(invoice));
                let subject = name_of(record);
                let of = (client, invoice.currency);
                let by = (&self.reader, self.created.as_slice());
                match candidate(&subject, &of, self.settings, known, by).await {
                    Ok(Candidate::There { customer, .. }) if customer.id == CUSTOMER_ID => {
                        CustomerToBe {
                            how: "earlier".to_owned(),
                            id: None,
                            name: customer.name,
                        }
                    }
                    Ok(Candidate::There { customer, how }) => CustomerToBe {
                        how: how.to_owned(),
                        id: Some(customer.id),
                        name: customer.name,
                    },
                    Ok(Candidate::New(new)) => {
                        shown.would_write("POST /customer", customer_request(&new));
                        self.created.push(made(&new));
                        CustomerToBe {
                            how: "created".to_owned(),
                            id: None,
                            name: new.name,
                        }
                    }
                    Err(stop) => return shown.stopped(stop),
                }
            }
        };
        let mut by_then = customer.clone();
        if by_then.id.is_none() {
            "earlier".clone_into(&mut by_then.how);
        }
        self.customers.insert(entry, by_then);
        self.writes(&mut shown, record, plan, &customer);
        shown.customer = Some(customer);
        Ok(shown)
    }

    /// The writes after the customer's.
    fn writes(
        &self,
        shown: &mut Previewed,
        record: &Record,
        plan: &SalePlan,
        customer: &CustomerToBe,
    ) {
        let customer_id = customer.id.as_deref().unwrap_or(CUSTOMER_ID);
        let account = &self.connection.account_id;
        let header = |record| header_request(&header(record, plan, customer_id, account));
        let Some(sale_id) = record.cin7.sale_id.as_deref() else {
            shown.would_write("POST /sale", header(record));
            return documents(shown, plan, SALE_ID, !plan.service_sale);
        };
        shown.outcome = Outcome::Change;
        shown.sentence = format!(
            "{} in Cin7 holds an earlier version, which is taken back first, if it is as it was left; else a \
             person is asked. Payments on it are taken off before, and put on again after.",
            document_name(record)
        );
        if !same_header(record, plan, customer_id) {
            let mut anew = record.clone();
            anew.begin_anew();
            shown.would_delete(void_sale_request(sale_id));
            shown.would_write("POST /sale", header(&anew));
            return documents(shown, plan, SALE_ID, !plan.service_sale);
        }
        let alone = self.settings.cin7.undo == Undo::Invoice;
        if record.step("invoice").is_some() {
            let task = record.cin7.task_id.as_deref().unwrap_or(sale_id);
            shown.would_delete(if alone {
                undo_invoice_request(task)
            } else {
                undo_sale_request(sale_id)
            });
        }
        documents(shown, plan, sale_id, !alone && !record.cin7.service_sale);
    }

    async fn fetch_client(&self, id: &str) -> Result<Option<Client>, NotPreviewed> {
        let (api, account) = (&self.on.freshbooks, &self.connection.account_id);
        let asked = ask(
            &self.on.tokens,
            &self.connection.id,
            OWNER,
            |token| async move { api.client(&token, account, id).await },
        );
        Ok(asked.await?.0)
    }
}

/// A new customer as it would be found from then on.
fn made(new: &NewCustomer) -> Customer {
    Customer {
        id: CUSTOMER_ID.to_owned(),
        name: new.name.clone(),
        currency: Some(new.currency),
        emails: vec![new.email.clone()],
        active: true,
    }
}

fn documents(shown: &mut Previewed, plan: &SalePlan, sale_id: &str, with_order: bool) {
    if with_order {
        shown.would_write("POST /sale/order", order_request(sale_id, &plan.order));
    }
    shown.would_write(
        "POST /sale/invoice",
        invoice_request(sale_id, &plan.invoice),
    );
}

/// What crossed and no longer does is voided.
fn taken_back(mut shown: Previewed, record: &Record) -> Previewed {
    let Some(sale_id) = record.cin7.sale_id.as_deref() else {
        return shown;
    };
    shown.outcome = Outcome::TakeBack;
    shown.sentence += &format!(
        " {} in Cin7 is voided, if it is as it was left; else a person is asked.",
        document_name(record)
    );
    shown.would_delete(void_sale_request(sale_id));
    shown
}
