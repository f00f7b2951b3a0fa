//! People at FreshBooks' screen: they do what was drawn, as far as it makes sense there. What is paid on
//! an invoice never exceeds its total.

use freshbooks_stand_in::{NewInvoice, NewLine, NewPayment};
use jiff::civil::Date;
use money::Decimal;
use serde_json::Value;

use super::deeds::{CLIENTS, DAYS, DUE, Deed, Dollars, KINDS, one_of};
use super::expected::Books;
use crate::world::{World, dec, invoice, taxed};

/// The most invoices of one history.
const INVOICES: usize = 3;
/// The most payments.
const PAYMENTS: usize = 4;

/// What people made in FreshBooks so far.
pub(super) struct Office<'a> {
    world: &'a World,
    clients: Vec<i64>,
    pub(super) invoices: Vec<i64>,
    pub(super) payments: Vec<i64>,
}

impl<'a> Office<'a> {
    pub(super) fn open(world: &'a World) -> Self {
        Self {
            world,
            clients: CLIENTS.map(|name| world.client(name)).to_vec(),
            invoices: Vec::new(),
            payments: Vec::new(),
        }
    }

    /// Does a deed. What was done, in words; `None` where it makes no sense.
    pub(super) fn act(&mut self, deed: &Deed) -> Option<String> {
        match deed {
            Deed::Write {
                client,
                lines,
                sent,
            } => self.write(*client, lines, *sent),
            Deed::Pay {
                invoice,
                quarters,
                credit,
            } => self.pay(*invoice, *quarters, *credit),
            Deed::Amount(which, _)
            | Deed::PaidOn(which, _)
            | Deed::Kind(which, _)
            | Deed::Move(which, _)
            | Deed::DeletePayment(which)
            | Deed::UndeletePayment(which) => {
                let id = *one_of(&self.payments, *which)?;
                let said = self.to_payment(deed, id)?;
                Some(format!("payment {id} {said}"))
            }
            Deed::Send(which)
            | Deed::View(which)
            | Deed::Archive(which)
            | Deed::Lines(which, _)
            | Deed::Date(which, _)
            | Deed::Due(which, _)
            | Deed::Number(which, _)
            | Deed::Client(which, _)
            | Deed::Delete(which)
            | Deed::Undelete(which) => {
                let id = *one_of(&self.invoices, *which)?;
                let said = self.to_invoice(deed, id)?;
                Some(format!("invoice {id} {said}"))
            }
        }
    }

    fn write(&mut self, client: u8, lines: &[u8], sent: bool) -> Option<String> {
        if self.invoices.len() >= INVOICES {
            return None;
        }
        let (account, freshbooks) = (&self.world.acme().account, &self.world.freshbooks);
        let form = NewInvoice {
            date: Some(day(DAYS[2])),
            ..invoice(*one_of(&self.clients, client)?, in_lines(lines))
        };
        let id = freshbooks.create_invoice(account, form);
        if sent {
            freshbooks.send_invoice(account, id).ok()?;
        }
        self.invoices.push(id);
        let sent = if sent { " and sent" } else { "" };
        let client = one_of(&CLIENTS, client)?;
        Some(format!(
            "invoice {id} is written{sent}: {} for {client}",
            Dollars(lines)
        ))
    }

    fn to_invoice(&self, deed: &Deed, id: i64) -> Option<String> {
        let (account, freshbooks) = (&self.world.acme().account, &self.world.freshbooks);
        let shown = freshbooks.invoice(account, id)?;
        if is_deleted(&shown) != matches!(deed, Deed::Undelete(_)) {
            return None;
        }
        let edit = |edit: &dyn Fn(&mut NewInvoice)| freshbooks.update_invoice(account, id, edit);
        let (done, said) = match deed {
            Deed::Send(_) => (freshbooks.send_invoice(account, id), "is sent".to_owned()),
            Deed::View(_) if !is_draft(&shown) => {
                (freshbooks.view_invoice(account, id), "is viewed".to_owned())
            }
            Deed::Archive(_) => (
                freshbooks.archive_invoice(account, id),
                "is archived".to_owned(),
            ),
            Deed::Lines(_, lines) if total(lines) >= amount(&shown["paid"]) => (
                edit(&|form| form.lines = in_lines(lines)),
                format!("is changed to {}", Dollars(lines)),
            ),
            Deed::Date(_, to) => {
                let to = one_of(&DAYS, *to)?;
                (
                    edit(&|form| form.date = Some(day(to))),
                    format!("is dated {to}"),
                )
            }
            Deed::Due(_, days) => {
                let days = *one_of(&DUE, *days)?;
                (
                    edit(&|form| form.due_offset_days = days),
                    format!("is due after {days} days"),
                )
            }
            Deed::Number(_, number) => {
                let number = format!("{id}-{number}");
                (
                    edit(&|form| form.number = Some(number.clone())),
                    format!("is numbered {number}"),
                )
            }
            Deed::Client(_, client) => {
                let (to, name) = (*one_of(&self.clients, *client)?, one_of(&CLIENTS, *client)?);
                (
                    edit(&|form| form.client_id = to),
                    format!("is for {name} now"),
                )
            }
            Deed::Delete(_) => (
                freshbooks.delete_invoice(account, id),
                "is deleted".to_owned(),
            ),
            Deed::Undelete(_) => (
                freshbooks.undelete_invoice(account, id),
                "is undeleted".to_owned(),
            ),
            _ => return None,
        };
        done.ok().map(|()| said)
    }

    fn pay(&mut self, which: u8, quarters: u8, credit: bool) -> Option<String> {
        let id = *one_of(&self.invoices, which)?;
        let sum = part(self.open_on(id)?, quarters);
        if self.payments.len() >= PAYMENTS || sum.is_zero() {
            return None;
        }
        let form = NewPayment {
            invoice_id: id,
            amount: sum,
            date: Some(day(DAYS[2])),
            payment_type: KINDS[0].to_owned(),
            credit_id: credit.then_some(77),
            ..NewPayment::default()
        };
        let account = &self.world.acme().account;
        let payment = self.world.freshbooks.record_payment(account, form);
        self.payments.push(payment);
        let how = if credit { ", a credit," } else { "" };
        Some(format!("payment {payment}{how} of {sum} on invoice {id}"))
    }

    fn to_payment(&self, deed: &Deed, id: i64) -> Option<String> {
        let (account, freshbooks) = (&self.world.acme().account, &self.world.freshbooks);
        let shown = freshbooks.payment(account, id)?;
        if is_deleted(&shown) != matches!(deed, Deed::UndeletePayment(_)) {
            return None;
        }
        let (invoice, paid) = (shown["invoiceid"].as_i64()?, amount(&shown["amount"]));
        let edit = |edit: &dyn Fn(&mut NewPayment)| freshbooks.update_payment(account, id, edit);
        let (done, said) = match deed {
            Deed::Amount(_, quarters) => {
                let sum = part(self.open_on(invoice)? + paid, *quarters);
                (edit(&|form| form.amount = sum), format!("is {sum} now"))
            }
            Deed::PaidOn(_, on) => {
                let on = one_of(&DAYS, *on)?;
                (
                    edit(&|form| form.date = Some(day(on))),
                    format!("is dated {on}"),
                )
            }
            Deed::Kind(_, kind) => {
                let kind = *one_of(&KINDS, *kind)?;
                (
                    edit(&|form| kind.clone_into(&mut form.payment_type)),
                    format!("is by {kind}"),
                )
            }
            Deed::Move(_, to) => {
                let to = *one_of(&self.invoices, *to)?;
                if to == invoice || self.open_on(to)? < paid {
                    return None;
                }
                (
                    edit(&|form| form.invoice_id = to),
                    format!("is moved to invoice {to}"),
                )
            }
            Deed::DeletePayment(_) => (
                freshbooks.delete_payment(account, id),
                "is deleted".to_owned(),
            ),
            Deed::UndeletePayment(_) if self.open_on(invoice)? >= paid => (
                freshbooks.undelete_payment(account, id),
                "is undeleted".to_owned(),
            ),
            _ => return None,
        };
        done.ok().map(|()| said)
    }

    /// Whether some invoice was sent, counts, and does not cross.
    pub(super) fn keeps_out_by_date(&self, expected: &Books) -> bool {
        let account = &self.world.acme().account;
        self.invoices.iter().any(|&id| {
            let shown = self.world.freshbooks.invoice(account, id).unwrap();
            !is_deleted(&shown) && !is_draft(&shown) && !expected.contains_key(&id)
        })
    }

    /// What may still be paid on an invoice; `None` where it is deleted.
    fn open_on(&self, id: i64) -> Option<Decimal> {
        let shown = self
            .world
            .freshbooks
            .invoice(&self.world.acme().account, id)?;
        (!is_deleted(&shown)).then(|| amount(&shown["outstanding"]))
    }
}

fn in_lines(dollars: &[u8]) -> Vec<NewLine> {
    let lines = dollars.iter();
    lines
        .map(|dollars| taxed("Consulting", "1", &dollars.to_string()))
        .collect()
}

/// Of lines, with their tax.
fn total(dollars: &[u8]) -> Decimal {
    let sum: i64 = dollars.iter().map(|&dollars| i64::from(dollars)).sum();
    Decimal::new(sum * 113, 2)
}

fn part(of: Decimal, quarters: u8) -> Decimal {
    money::cents(of * Decimal::from(quarters) / Decimal::from(4))
}

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn amount(shown: &Value) -> Decimal {
    dec(shown["amount"].as_str().unwrap())
}

pub(super) fn is_deleted(shown: &Value) -> bool {
    shown["vis_state"].as_i64() == Some(1)
}

pub(super) fn is_draft(shown: &Value) -> bool {
    shown["v3_status"].as_str() == Some("draft")
}
