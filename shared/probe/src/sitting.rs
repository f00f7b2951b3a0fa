//! One request's work on a probe: what it makes is in the ledger before it is in Cin7.

use std::time::Duration;

use cin7::{
    Echo, NewSalePayment, PaymentType, Sale, SaleHeader, SaleInvoice, SaleLine, SaleOrder, Writer,
};
use connections::Error;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::{ConnectionId, Ledger};
use money::{Decimal, cents};

use crate::account::Account;
use crate::progress::{Progress, Thing, ThingKind};

/// Why a step ended without a finding.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It came to its end, and this sentence says what stood in the way.
    Unsettled(String),
    /// It did not come to its end.
    Failed(Error),
}

impl From<ledger::Error> for Stop {
    fn from(error: ledger::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What Cin7 made of a write: what it made, or why it refused.
pub(crate) type Tried<T> = Result<Result<T, String>, Stop>;

/// A sitting on one connection.
pub(crate) struct Sitting<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) id: &'a ConnectionId,
    pub(crate) writer: Writer,
    pub(crate) progress: Progress,
    pub(crate) version: u64,
    /// After this instant nothing more is begun.
    pub(crate) deadline: Timestamp,
    /// After which time what is not found is believed absent.
    pub(crate) settle: Duration,
    /// What the settings call the account that expenses are paid from: perhaps the bank's number of it.
    pub(crate) bank_number: Option<String>,
}

impl Sitting<'_> {
    pub(crate) fn now(&self) -> Timestamp {
        self.ledger.clock().now()
    }

    /// The day that documents are dated.
    pub(crate) fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }

    /// Writes down what is known. Whoever else works on the same probe has to look again.
    pub(crate) async fn save(&mut self) -> Result<(), ledger::Error> {
        let text = serde_json::to_string(&self.progress)
            .map_err(|error| ledger::Error::Unavailable(error.to_string()))?;
        self.version = self.ledger.put_probe(self.id, &text, self.version).await?;
        Ok(())
    }

    /// Writes down that something is about to be made, and gives it its name.
    pub(crate) async fn about_to_make(
        &mut self,
        kind: ThingKind,
        step: &str,
    ) -> Result<String, Stop> {
        self.progress.made += 1;
        let second = self.now().strftime("%Y-%m-%dT%H:%M:%SZ");
        let name = format!("{} {step} {second} {}", prefix(self.id), self.progress.made);
        self.progress.things.push(Thing {
            kind,
            name: name.clone(),
            step: step.to_owned(),
            id: None,
            made_at: self.now(),
            paid: false,
            payments: Vec::new(),
            sentence: String::new(),
        });
        self.save().await?;
        Ok(name)
    }

    /// Keeps Cin7's id of what was made, or forgets what was certainly not.
    pub(crate) async fn made<T>(
        &mut self,
        name: &str,
        id: impl Fn(&T) -> String,
        answered: Result<Echo<T>, cin7::Error>,
    ) -> Tried<T> {
        match &answered {
            Ok(echo) => {
                let id = id(&echo.value);
                if let Some(thing) = self.thing(name) {
                    thing.id = Some(id);
                }
            }
            // It may be there: it stays on the list until it was looked for.
            Err(cin7::Error::Uncertain(_)) => return tried(answered),
            Err(_) => self.progress.things.retain(|thing| thing.name != name),
        }
        self.save().await?;
        tried(answered)
    }

    pub(crate) fn thing(&mut self, name: &str) -> Option<&mut Thing> {
        let mut things = self.progress.things.iter_mut();
        things.find(|thing| thing.name == name)
    }

    pub(crate) fn account(&self) -> Result<Account, Stop> {
        self.progress.account.clone().ok_or_else(|| {
            Stop::Failed(Error::Conflict(
                "The probe was cleaned at the same moment; ask again.".to_owned(),
            ))
        })
    }

    /// Makes the header of a sale.
    pub(crate) async fn header(&mut self, step: &str, service_only: bool) -> Tried<Sale> {
        let account = self.account()?;
        let name = self.about_to_make(ThingKind::Sale, step).await?;
        let header = SaleHeader {
            customer_id: account.customer_id,
            location: account.location,
            currency_rate: Decimal::ONE,
            external_id: name.clone(),
            customer_reference: name.clone(),
            date: self.today(),
            default_account: account.revenue_account,
            tax_rule: None,
            terms: None,
            note: name.clone(),
            service_only,
        };
        let answered = self.writer.create_sale(&header).await;
        self.made(&name, |sale: &Sale| sale.id.clone(), answered)
            .await
    }

    /// The header of a simple sale, without which a step cannot go on.
    pub(crate) async fn sale(&mut self, step: &str) -> Result<Sale, Stop> {
        let sale = self.header(step, false).await?;
        sale.map_err(|words| unsettled("the header of a sale", &words))
    }

    pub(crate) async fn order(&self, sale: &Sale, lines: &[SaleLine]) -> Tried<Sale> {
        let order = SaleOrder {
            lines: lines.to_vec(),
        };
        tried(self.writer.post_order(&sale.id, &order).await)
    }

    /// Posts the invoice of a sale; what it came to, where Cin7 says so.
    pub(crate) async fn invoice(
        &self,
        sale: &Sale,
        lines: &[SaleLine],
        new_task: bool,
    ) -> Tried<Invoiced> {
        let invoice = SaleInvoice {
            date: self.today(),
            due: self.today(),
            currency_rate: Decimal::ONE,
            memo: sale.external_id.clone().unwrap_or_default(),
            lines: lines.to_vec(),
            new_task,
        };
        let posted = tried(self.writer.post_invoice(&sale.id, &invoice).await)?;
        Ok(posted.map(|shown| {
            let invoice = shown.invoices.into_iter().next_back();
            let task_id = invoice.as_ref().map(|invoice| invoice.task_id.clone());
            Invoiced {
                task_id: task_id.unwrap_or_else(|| sale.id.clone()),
                total: invoice.and_then(|invoice| invoice.total).map(cents),
            }
        }))
    }

    /// A simple sale with an authorised invoice of one line.
    pub(crate) async fn invoiced(&mut self, step: &str) -> Result<(Sale, Invoiced), Stop> {
        let sale = self.sale(step).await?;
        let lines = [self.account()?.line(Decimal::ONE, Decimal::ONE_HUNDRED)];
        let ordered = self.order(&sale, &lines).await?;
        ordered.map_err(|words| unsettled("the order of a sale", &words))?;
        let invoiced = self.invoice(&sale, &lines, false).await?;
        let invoiced = invoiced.map_err(|words| unsettled("the invoice of a sale", &words))?;
        Ok((sale, invoiced))
    }

    /// Pays one unit of an invoice into the account for payments.
    pub(crate) async fn pay(
        &mut self,
        sale: &Sale,
        invoiced: &Invoiced,
        (account, kind): (&str, PaymentType),
    ) -> Tried<()> {
        let name = sale.external_id.clone().unwrap_or_default();
        if let Some(thing) = self.of_sale(&sale.id) {
            thing.paid = true;
        }
        self.save().await?;
        let payment = NewSalePayment {
            task_id: invoiced.task_id.clone(),
            amount: Decimal::ONE,
            paid_on: self.today(),
            account: account.to_owned(),
            currency_rate: Decimal::ONE,
            reference: name,
            kind,
        };
        let made = tried(self.writer.create_payment(&payment).await)?;
        if let (Ok(made), Some(thing)) = (&made, self.of_sale(&sale.id)) {
            thing.payments.push(made.id.clone());
            self.save().await?;
        }
        Ok(made.map(|_| ()))
    }

    fn of_sale(&mut self, sale_id: &str) -> Option<&mut Thing> {
        let mut things = self.progress.things.iter_mut();
        things.find(|thing| thing.id.as_deref() == Some(sale_id))
    }
}

/// An invoice that was posted.
#[derive(Debug, Clone)]
pub(crate) struct Invoiced {
    pub(crate) task_id: String,
    pub(crate) total: Option<Decimal>,
}

/// What the names of all things of a connection begin with.
pub(crate) fn prefix(id: &ConnectionId) -> String {
    format!("ZZ-PROBE {id}")
}

/// Only a refusal tells what Cin7 is like. After a lost answer nobody knows.
pub(crate) fn tried<T>(answered: Result<Echo<T>, cin7::Error>) -> Tried<T> {
    match answered {
        Ok(echo) => Ok(Ok(echo.value)),
        Err(cin7::Error::Refused(words)) => Ok(Err(words)),
        Err(cin7::Error::Uncertain(words)) => Err(Stop::Unsettled(format!(
            "An answer of Cin7 could not be used ({words}); run the step again."
        ))),
        Err(other) => Err(Stop::Failed(failed(other))),
    }
}

pub(crate) fn unsettled(what: &str, words: &str) -> Stop {
    Stop::Unsettled(format!(
        "Cin7 did not take {what}: \u{201c}{words}\u{201d}."
    ))
}

/// A call that told nothing.
pub(crate) fn failed(error: cin7::Error) -> Error {
    const AGAIN: &str = "ask again; whatever was made is on the list of leftovers";
    match error {
        cin7::Error::Throttled { wait } => Error::Unavailable(format!(
            "Cin7's call limit is reached: wait {} s, then {AGAIN}.",
            wait.as_secs().max(1)
        )),
        cin7::Error::Unauthorized(words) => Error::Refused(format!(
            "Cin7 refuses the keys of this connection ({words}); store ones that work, then {AGAIN}."
        )),
        cin7::Error::Refused(words) => Error::Refused(format!("Cin7 said no: {words}.")),
        cin7::Error::Transient(words) | cin7::Error::Uncertain(words) => {
            Error::Unavailable(format!("Cin7 did not answer ({words}); {AGAIN}."))
        }
    }
}
