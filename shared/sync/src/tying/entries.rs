//! Journals and money operations, both listed whole: their lists know no filter by time.

use ledger::RecordKey;
use mapping::read_mark;
use money::cents;
use tieout::{Copy, Kind, Stands};

use super::documents::{Gathered, Held};
use super::ledgered::kind_of;
use super::{NotTied, Reading, unread};

impl Reading<'_> {
    /// Reads the journals with one list.
    pub(super) async fn read_journals(&self, gathered: &mut Gathered) -> Result<(), NotTied> {
        if !has_begun(gathered, Kind::JournalEntry, "journal") {
            return Ok(());
        }
        for journal in self.reader.journals().await.map_err(unread)? {
            let key = self.marked(&journal.narration);
            let Some(key) = key.filter(|key| kind_of(key) == Some(Kind::JournalEntry)) else {
                continue;
            };
            let held = Held {
                stands: entered(&journal.status),
                day: journal.date,
                amount: journal.amount.map(cents),
                currency: None,
            };
            gathered.hold(self.month, key, held);
        }
        Ok(())
    }

    /// Reads the money operations with one list. Whether its totals are with tax or without is not
    /// documented: one that is not what was left is asked about alone.
    pub(super) async fn read_money_operations(
        &self,
        gathered: &mut Gathered,
    ) -> Result<(), NotTied> {
        let kinds = [Kind::Expense, Kind::OtherIncome];
        if !kinds
            .into_iter()
            .any(|kind| has_begun(gathered, kind, "money operation"))
        {
            return Ok(());
        }
        for row in self.reader.money_operations().await.map_err(unread)? {
            let key = self.marked(&row.reference);
            let Some(key) =
                key.filter(|key| kind_of(key).is_some_and(|kind| kinds.contains(&kind)))
            else {
                continue;
            };
            let stands = entered(&row.status);
            let left = gathered.book.told(self, &key).and_then(|told| told.left);
            let differs = row.total.map(cents) != left.map(|left| left.amount);
            let is_as_left = stands == Stands::Booked
                && differs
                && self.operation_is_as_left(&key, &row.task_id).await?;
            let held = Held {
                stands,
                day: row.date,
                amount: row.total.map(cents).filter(|_| !is_as_left),
                currency: None,
            };
            gathered.hold(self.month, key, held);
        }
        Ok(())
    }

    /// Whether a money operation shows what was sent for it.
    async fn operation_is_as_left(&self, key: &RecordKey, task_id: &str) -> Result<bool, NotTied> {
        let Some(sent) = self.on.ledger.sent(key, "money operation").await? else {
            return Ok(false);
        };
        let shown = self
            .reader
            .shown_money_operation(task_id)
            .await
            .map_err(unread)?;
        Ok(shown.is_some_and(|shown| shown.differences(&sent).is_empty()))
    }

    /// The record whose mark a text carries, if it is one of this connection.
    pub(super) fn marked(&self, text: &str) -> Option<RecordKey> {
        let marked = read_mark(&self.connection.account_id, text)?;
        RecordKey::parse(self.connection.id.as_str(), &marked.kind, &marked.id).ok()
    }

    /// Asks Cin7 about one document alone; `None` where its list has said all there is.
    pub(super) async fn asked_alone(
        &self,
        gathered: &Gathered,
        key: &RecordKey,
    ) -> Result<Option<Vec<Copy>>, NotTied> {
        match kind_of(key) {
            Some(Kind::Invoice) => self.sales_alone(gathered, key).await.map(Some),
            Some(Kind::Bill | Kind::Expense) => self.purchase_alone(gathered, key).await,
            _ => Ok(None),
        }
    }
}

/// Whether any record of the kind that is known here was ever sent as such an entry.
fn has_begun(gathered: &Gathered, kind: Kind, step: &str) -> bool {
    let mut records = gathered.book.records.values();
    records.any(|record| kind_of(&record.key) == Some(kind) && record.step(step).is_some())
}

/// How a journal or a money operation stands.
fn entered(status: &str) -> Stands {
    let status = status.trim().to_uppercase();
    match status.as_str() {
        "COMPLETED" => Stands::Booked,
        "VOIDED" | "VOID" => Stands::Voided,
        _ => Stands::Open,
    }
}
