//! What Cin7 says of payments. The lists tell what was paid on each document: where that is what our
//! payments add up to, no further call is needed.

use cin7::SalePayment;
use ledger::{Doubt, Record, RecordKey, State};
use money::{Decimal, cents};

use super::compare::{Seen, Verdict, decimal, wanted};
use super::family::Family;
use super::pass::{Pass, is_judged, is_payment};
use super::shown::Shown;
use super::{Failed, unread_document, words};

/// What a list says that a document's payments come to.
struct OfList<'r> {
    row: Option<&'r Shown>,
    /// Whether that is what ours come to.
    agrees: bool,
}

impl Pass<'_> {
    /// Compares the payments that stand on one record's document.
    pub(super) async fn payments(
        &mut self,
        parent: &RecordKey,
        rows: &[Shown],
    ) -> Result<(), Failed> {
        let Some(parent) = self.watch.ledger.record(parent).await? else {
            return Ok(());
        };
        let mut children = Vec::new();
        for key in &parent.children {
            let child = self.watch.ledger.record(key).await?;
            let is_on =
                |child: &Record| is_payment(child) && child.parent.as_ref() == Some(&parent.key);
            children.extend(child.filter(is_on));
        }
        let sum = paid_by_us(&children);
        let mut read = None;
        for child in children {
            let Some(id) = self.family.id_of(&child) else {
                self.pend(&child);
                continue;
            };
            let row = rows.iter().find(|row| row.id.eq_ignore_ascii_case(id));
            let paid = row.and_then(|row| row.paid).map(cents);
            let of_list = OfList {
                row,
                agrees: paid.is_some() && paid == sum,
            };
            self.child(&parent, child, of_list, &mut read).await?;
        }
        Ok(())
    }

    async fn child(
        &mut self,
        parent: &Record,
        child: Record,
        of_list: OfList<'_>,
        read: &mut Option<(String, Vec<SalePayment>)>,
    ) -> Result<(), Failed> {
        let known = if of_list.agrees {
            Verdict::Right(seen(&child, of_list.row))
        } else {
            Verdict::NotYet
        };
        if !is_judged(&child) {
            self.come_back(&child, &known);
            return Ok(());
        }
        if of_list.agrees {
            return Ok(self.write_down(child, known).await?);
        }
        if child.state != State::Posted {
            // Only a list can say that something changed, and not while we are at it ourselves.
            let is_told = of_list.row.is_some() || child.state == State::Attention;
            if !is_told {
                return Ok(());
            }
            if is_under_way(parent) {
                self.come_back_later();
                return Ok(());
            }
        }
        let judged = self.asked_payment(&child, of_list.row, read).await;
        let verdict = self.read(&child, judged)?;
        Ok(self.write_down(child, verdict).await?)
    }

    /// The sum is another: the exact question, once for each document.
    async fn asked_payment(
        &mut self,
        child: &Record,
        row: Option<&Shown>,
        read: &mut Option<(String, Vec<SalePayment>)>,
    ) -> Result<Verdict, Failed> {
        let id = self.family.id_of(child).unwrap_or_default();
        let asked_at = self.watch.ledger.clock().now();
        let payments = match read {
            Some((known, payments)) if known == id => payments,
            _ => {
                if child.state != State::Posted && !self.may_ask() {
                    return Ok(Verdict::NotYet);
                }
                let payments = self.payments_on(id, child.state).await?;
                &mut read.insert((id.to_owned(), payments)).1
            }
        };
        let verdict = self.judge_payment(child, payments, row);
        Ok(self.in_time(child, verdict, asked_at))
    }

    async fn payments_on(&self, id: &str, state: State) -> Result<Vec<SalePayment>, Failed> {
        let payments = match self.family {
            Family::Purchases => self.reader.purchase_payments(id).await,
            _ => self.reader.sale_payments(id).await,
        };
        match payments {
            // Cin7 does not show what it is on either; that must not keep other records back.
            Err(cin7::Error::Refused(_)) if state == State::Posted => Ok(Vec::new()),
            payments => payments.map_err(unread_document),
        }
    }

    fn judge_payment(
        &self,
        record: &Record,
        payments: &[SalePayment],
        row: Option<&Shown>,
    ) -> Verdict {
        let ours: Vec<&SalePayment> = payments
            .iter()
            .filter(|payment| is_of(record, payment))
            .collect();
        match ours.as_slice() {
            [] if self.is_late(record) => {
                let sentence = words::payment_missing(record, self.family);
                Verdict::wrong(Doubt::Missing, sentence)
            }
            [] => Verdict::NotYet,
            [one] if decimal(record.total.as_deref()) == Some(cents(one.amount)) => {
                Verdict::Right(seen(record, row))
            }
            [one] => {
                let sentence = words::payment_different(record, &one.amount.to_string());
                Verdict::wrong(Doubt::Different, sentence)
            }
            several => {
                let sentence = words::payment_doubled(record, several.len());
                Verdict::wrong(Doubt::Doubled, sentence)
            }
        }
    }

    /// A document that was posted with its own payment is right where both are: an expense
    /// (docs/cin7-api.md, expenses).
    pub(super) async fn with_own_payment(
        &mut self,
        record: &Record,
        verdict: Verdict,
    ) -> Result<Verdict, Failed> {
        let Verdict::Right(seen) = verdict else {
            return Ok(verdict);
        };
        let id = self.family.id_of(record).unwrap_or_default();
        let is_paid = seen.paid.is_some() && seen.paid == wanted(record, self.family);
        if is_paid || payment_step(record).is_none() {
            return Ok(Verdict::Right(seen));
        }
        if record.state != State::Posted && !self.may_ask() {
            return Ok(Verdict::NotYet);
        }
        let payments = self.payments_on(id, record.state).await?;
        Ok(match self.judge_payment(record, &payments, None) {
            Verdict::Right(_) => Verdict::Right(seen),
            verdict => verdict,
        })
    }
}

/// Whether what stands for a record in Cin7 may change under our own hands.
fn is_under_way(record: &Record) -> bool {
    record.content.is_none() || record.state == State::Working || record.is_uncertain()
}

/// What these payments come to as far as they stand in Cin7; `None` where one of them is not known.
fn paid_by_us(children: &[Record]) -> Option<Decimal> {
    let standing = children.iter().filter(|child| child.has_begun());
    standing
        .map(|child| decimal(child.cin7.total.as_deref()))
        .sum()
}

fn payment_step(record: &Record) -> Option<&ledger::Step> {
    record
        .step("payment")
        .or_else(|| record.step("purchase payment"))
}

fn is_of(record: &Record, payment: &SalePayment) -> bool {
    let by_id = record.cin7.payment_id.as_deref();
    let by_mark = payment_step(record).map(|step| step.mark.as_str());
    by_id.is_some_and(|id| id.eq_ignore_ascii_case(&payment.id))
        || by_mark.is_some_and(|mark| !mark.is_empty() && mark == payment.reference.trim())
}

fn seen(record: &Record, row: Option<&Shown>) -> Seen {
    let number = row.map(|row| row.number.clone());
    Seen {
        number: number.or_else(|| record.cin7.order_number.clone()),
        invoice_number: row.and_then(|row| row.invoice_number.clone()),
        status: row.map_or_else(|| "payment seen".to_owned(), |row| row.status.clone()),
        listed: None,
        paid: None,
    }
}
