//! Writing down what a pass found: in the records, and how far it got.

use ledger::audit::Draft;
use ledger::{Error, Overseen, Record, State};
use money::cents;

use super::Failed;
use super::compare::{Seen, Verdict, wanted};
use super::pass::{Pass, is_payment};
use super::shown::handles_of;
use crate::engine::report;

impl Pass<'_> {
    /// Writes what was found, unless somebody else wrote the record since it was read.
    pub(super) async fn write_down(
        &mut self,
        record: Record,
        verdict: Verdict,
    ) -> Result<(), Error> {
        match self.written(record, verdict).await {
            Err(Error::Conflict(_)) => {
                self.left = true;
                Ok(())
            }
            written => written,
        }
    }

    async fn written(&mut self, mut record: Record, verdict: Verdict) -> Result<(), Error> {
        let ledger = &self.watch.ledger;
        let draft = match verdict {
            Verdict::NotYet => {
                self.pend(&record);
                return Ok(());
            }
            Verdict::Right(seen) if record.state == State::Confirmed => {
                return self.keep_listed(record, &seen).await;
            }
            Verdict::Right(seen) => {
                self.passed.confirmed += 1;
                // Before the record is one that only a handle finds.
                if !is_payment(&record) {
                    for handle in handles_of(&record, self.family) {
                        ledger.put_handle(&record.key, &handle).await?;
                    }
                }
                record.enter(State::Confirmed, "");
                record.confirmed_at = Some(ledger.clock().now());
                self.keep(&mut record, &seen);
                Draft::new("confirmed").with("status", seen.status)
            }
            Verdict::Wrong(finding) if record.sentence == finding.sentence => return Ok(()),
            Verdict::Wrong(finding) => {
                self.passed.attention += 1;
                let before = record.state;
                record.doubt(finding.doubt, finding.sentence.clone());
                report(&record);
                Draft::new("attention")
                    .with("sentence", finding.sentence)
                    .with("found", finding.doubt.name())
                    .with("was", before.name())
            }
        };
        ledger.commit(&mut record, vec![draft], self.owner).await
    }

    /// What was seen of a document, as far as it is worth keeping.
    fn keep(&self, record: &mut Record, seen: &Seen) {
        let wanted = wanted(record, self.family).map(cents);
        record.cin7.order_number = seen.number.clone().or(record.cin7.order_number.take());
        let invoice_number = record.cin7.invoice_number.take();
        record.cin7.invoice_number = seen.invoice_number.clone().or(invoice_number);
        record.cin7.total = wanted.map(|amount| amount.to_string());
        let listed = seen.listed.filter(|listed| Some(*listed) != wanted);
        record.cin7.listed = listed.map(|amount| amount.to_string());
    }

    /// A confirmed document whose list shows another figure, though it is right, is not asked for again.
    async fn keep_listed(&self, mut record: Record, seen: &Seen) -> Result<(), Error> {
        let before = record.cin7.listed.clone();
        if seen.listed.is_some() {
            self.keep(&mut record, seen);
        }
        if record.cin7.listed == before {
            return Ok(());
        }
        let draft = Draft::new("compared").with("status", &seen.status);
        let ledger = &self.watch.ledger;
        ledger.commit(&mut record, vec![draft], self.owner).await
    }

    /// The next pass begins where this one stood, with all that was seen by then compared.
    pub(super) async fn remember(
        &self,
        before: Option<Overseen>,
        digests: Vec<String>,
    ) -> Result<(), Failed> {
        let mut next = before.unwrap_or_else(|| Overseen::new(self.listed_at));
        next.until = self.listed_at;
        next.digests = digests;
        let (id, family) = (&self.connection.id, self.family.name());
        match self.watch.ledger.put_overseen(id, family, &mut next).await {
            // Another pass was as far.
            Ok(()) | Err(Error::Conflict(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
