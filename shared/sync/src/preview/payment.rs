//! What would become of a payment.

use cin7::{delete_payment_request, payment_request, payment_update_request};
use freshbooks::{Payment, ShownPayment};
use ledger::Record;
use mapping::{Held, PaidInvoice, payment_crosses, payment_hash, payment_mark, plan_payment};
use money::{Decimal, Money};

use super::shown::{SALE_ID, unsettled};
use super::{NotPreviewed, Outcome, Preview, Previewed};
use crate::family::stands;
use crate::payment::{Target, left_open, on_standing, paid_invoice, too_large, wanted};
use crate::side::Sales;
use crate::work::{in_a_sentence, name_of};

/// An invoice that a payment could be put on.
struct Paid {
    invoice: PaidInvoice,
    target: Target,
    open: Option<Decimal>,
    name: String,
}

impl Preview<'_> {
    /// What would become of a payment.
    pub(super) async fn payment(
        &mut self,
        payment: &ShownPayment,
    ) -> Result<Previewed, NotPreviewed> {
        let record = self.record("payment", payment.id()).await?;
        let subject = name_of(&record);
        let payment = match payment {
            ShownPayment::Standing(payment) => payment,
            ShownPayment::Deleted { id } => {
                let sentence = format!("{subject} is deleted in FreshBooks.");
                let shown = Previewed::of("payment", id).ends(Outcome::Skipped, sentence);
                return Ok(taken_off(shown, &record));
            }
        };
        let shown = Previewed::of_payment(payment);
        if record.content.as_deref() == Some(payment_hash(payment).as_str()) {
            return Ok(shown.ends(Outcome::Unchanged, "It stands in Cin7."));
        }
        if let Some(sentence) = unsettled(&record, &subject) {
            return Ok(shown.ends(Outcome::Attention, sentence));
        }
        if let Err(held) = self.kind_crosses(&record) {
            return Ok(shown.held(&held));
        }
        match payment_crosses(payment, self.settings) {
            Ok(()) => {}
            Err(held @ Held::Skipped { .. }) => return Ok(taken_off(shown.held(&held), &record)),
            Err(held) => return Ok(shown.held(&held)),
        }
        let invoice_id = payment.invoice_id.clone().unwrap_or_default();
        match self.paid(&record, payment, &invoice_id).await? {
            Ok(paid) => self.put_on(shown, &record, payment, paid).await,
            Err(shown_why) => {
                let Previewed {
                    outcome,
                    sentence,
                    setting,
                    add,
                    ..
                } = shown_why;
                Ok(Previewed {
                    setting,
                    add,
                    ..shown.ends(outcome, sentence)
                })
            }
        }
    }

    /// The invoice of a payment, as it stands or would by then; else what becomes of the payment.
    async fn paid(
        &mut self,
        record: &Record,
        payment: &Payment,
        id: &str,
    ) -> Result<Result<Paid, Previewed>, NotPreviewed> {
        let of = Previewed::of_payment(payment);
        let subject = name_of(record);
        let parent = self.record("invoice", id).await?;
        if stands(&parent) {
            return Ok(Ok(self.standing(record, payment, &parent).await?));
        }
        if !self.invoices.contains_key(id) {
            let Some(invoice) = self.fetch_invoice(id).await? else {
                let sentence = format!("{subject}: FreshBooks does not have its invoice {id}.");
                return Ok(Err(of.ends(Outcome::Attention, sentence)));
            };
            Box::pin(self.invoice(&invoice)).await?;
        }
        let Some(invoice) = self.invoices.get(id) else {
            return Ok(Err(of));
        };
        if !matches!(invoice.outcome, Outcome::Write | Outcome::Change) {
            // In a look the invoice's record would say so by then.
            let mut as_it_would_be = parent;
            as_it_would_be.number.clone_from(&invoice.number);
            as_it_would_be.sentence.clone_from(&invoice.sentence);
            as_it_would_be.state = match invoice.outcome {
                Outcome::Skipped => ledger::State::Skipped,
                Outcome::TakeBack => ledger::State::Reversed,
                Outcome::Attention => ledger::State::Attention,
                _ => ledger::State::Waiting,
            };
            let Err(stop) = on_standing(&subject, &as_it_would_be) else {
                return Ok(Err(of));
            };
            let add = invoice.add.clone();
            let stopped = of.stopped(stop)?;
            return Ok(Err(Previewed { add, ..stopped }));
        }
        let number = invoice.number.clone().unwrap_or_default();
        let parsed = |text: &Option<String>| text.as_deref()?.parse::<Decimal>().ok();
        let before = self.paid.get(id).copied().unwrap_or_default();
        Ok(Ok(Paid {
            name: format!("invoice {number}"),
            invoice: PaidInvoice {
                number,
                currency: invoice
                    .currency
                    .as_deref()
                    .and_then(|code| code.parse().ok())
                    .unwrap_or(payment.amount.currency),
            },
            target: Target::task(SALE_ID),
            open: parsed(&invoice.total).map(|total| total - before),
        }))
    }

    async fn standing(
        &self,
        record: &Record,
        payment: &Payment,
        parent: &Record,
    ) -> Result<Paid, NotPreviewed> {
        let open = left_open(&self.on.ledger, &record.key, parent).await?;
        let before = self.paid.get(parent.key.id.as_str());
        Ok(Paid {
            invoice: paid_invoice(parent, payment),
            target: Target::of::<Sales>(parent),
            open: open.map(|open| open - before.copied().unwrap_or_default()),
            name: in_a_sentence(&name_of(parent)),
        })
    }

    async fn put_on(
        &mut self,
        mut shown: Previewed,
        record: &Record,
        payment: &Payment,
        paid: Paid,
    ) -> Result<Previewed, NotPreviewed> {
        let settings = self.settings;
        let planned = self.plan(|facts| plan_payment(payment, &paid.invoice, settings, facts));
        let plan = match planned.await? {
            Ok((plan, _)) => plan,
            Err(held) => return Ok(shown.held(&held)),
        };
        let amount = plan.amount.amount;
        if let Some(open) = paid.open.filter(|open| amount > *open) {
            let open = Money::new(open, plan.amount.currency);
            let sentence = too_large::<Sales>(&name_of(record), &plan, open, &paid.name);
            return Ok(shown.ends(Outcome::Attention, sentence));
        }
        let account = &self.connection.account_id;
        let mark = payment_mark(account, &payment.id, record.generation);
        let wanted = wanted(mark, settings, plan, &paid.target);
        match &record.cin7.payment_id {
            Some(id) => {
                shown.outcome = Outcome::Change;
                shown.sentence = "Cin7 holds an earlier version, which is changed if it is as it was left; else a \
                                  person is asked."
                    .to_owned();
                shown.would_write("PUT /sale/payment", payment_update_request(id, &wanted));
            }
            None => shown.would_write("POST /sale/payment", payment_request(&wanted)),
        }
        if let Some(id) = &payment.invoice_id {
            *self.paid.entry(id.clone()).or_default() += amount;
        }
        Ok(shown)
    }
}

/// What stands in Cin7 of a payment that no longer counts is deleted.
fn taken_off(mut shown: Previewed, record: &Record) -> Previewed {
    let Some(id) = &record.cin7.payment_id else {
        return shown;
    };
    shown.outcome = Outcome::TakeBack;
    shown.sentence +=
        " Its payment in Cin7 is deleted, if it is as it was left; else a person is asked.";
    shown.would_delete(delete_payment_request(id));
    shown
}
