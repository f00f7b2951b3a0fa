//! Journals, money operations and the entries of the ledger.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Reader, parsed};
use crate::call::Call;
use crate::node::Node;
use crate::pages::{self, Row};
use crate::wire::{JournalRow, MoneyDocument, MoneyTaskListRow, TransactionRow};
use crate::{Error, Journal, LedgerEntry, MoneyTaskRow, ShownEntry};

const JOURNAL: Call = Call::Read("journal");
const OPERATION: Call = Call::Read("moneyOperation");
const TRANSACTIONS: Call = Call::Read("transactions");

impl Reader {
    /// Every journal, voided ones included: the list knows no filter by time. One call per 1,000.
    ///
    /// # Errors
    /// As every read.
    pub async fn journals(&self) -> Result<Vec<Journal>, Error> {
        Ok(self.journals_listed().await?.rows)
    }

    /// The journals with exactly this narration, voided ones included. One just made may not be found
    /// yet (docs/cin7-api.md, read-after-write lag). No narration, no call.
    ///
    /// # Errors
    /// As every read.
    pub async fn journals_narrated(&self, narration: &str) -> Result<Vec<Journal>, Error> {
        let narration = narration.trim();
        if narration.is_empty() {
            return Ok(Vec::new());
        }
        let mut journals: Vec<Journal> =
            self.list::<JournalRow, _>(&[("Search", narration)]).await?;
        journals.retain(|journal| journal.narration.trim() == narration);
        Ok(journals)
    }

    /// A journal by its id, kept whole for comparison with what was sent; `None` where there is none.
    /// One call.
    ///
    /// # Errors
    /// As every read.
    pub async fn shown_journal(&self, task_id: &str) -> Result<Option<ShownEntry>, Error> {
        let Some(text) = self.found(JOURNAL, &[("TaskID", task_id)]).await? else {
            return Ok(None);
        };
        let envelope = Node::read(&text).map_err(|error| JOURNAL.without_outcome(error))?;
        let mut rows = envelope.items_of(JournalRow::LIST).iter();
        // An ignored filter would show them all.
        let ours = rows.find(|row| row.text_of("TaskID").eq_ignore_ascii_case(task_id));
        Ok(ours.cloned().map(ShownEntry::new))
    }

    /// Every money operation, voided ones included: the list knows no filter by time. One call per
    /// 1,000.
    ///
    /// # Errors
    /// As every read.
    pub async fn money_operations(&self) -> Result<Vec<MoneyTaskRow>, Error> {
        Ok(self.money_operations_listed().await?.rows)
    }

    /// The money operations with exactly this reference, voided ones included. One just made may not
    /// be found yet (docs/cin7-api.md, read-after-write lag). No reference, no call.
    ///
    /// # Errors
    /// As every read.
    pub async fn money_operations_referenced(
        &self,
        reference: &str,
    ) -> Result<Vec<MoneyTaskRow>, Error> {
        let reference = reference.trim();
        if reference.is_empty() {
            return Ok(Vec::new());
        }
        let filter = [("Search", reference)];
        let mut rows: Vec<MoneyTaskRow> = self.list::<MoneyTaskListRow, _>(&filter).await?;
        rows.retain(|row| row.reference.trim() == reference);
        Ok(rows)
    }

    /// A money operation by its id, kept whole for comparison with what was sent; `None` where there
    /// is none. One call.
    ///
    /// # Errors
    /// As every read.
    pub async fn shown_money_operation(&self, task_id: &str) -> Result<Option<ShownEntry>, Error> {
        let Some(text) = self.found(OPERATION, &[("TaskID", task_id)]).await? else {
            return Ok(None);
        };
        let document: MoneyDocument = parsed(OPERATION, &text)?;
        let shown = document
            .operation()
            .map_err(|lacking| OPERATION.without_outcome(format!("it came without {lacking}")))?
            .task_id;
        if !shown.eq_ignore_ascii_case(task_id) {
            let why = format!("asked for {task_id}, it showed {shown}");
            return Err(OPERATION.without_outcome(why));
        }
        let copy = Node::read(&text).map_err(|error| OPERATION.without_outcome(error))?;
        Ok(Some(ShownEntry::new(copy)))
    }

    /// The entries of the ledger from one day to another, both included. One call per 1,000.
    ///
    /// Cin7's bounds are said to lie outside of the period, so that a day more is asked for on either
    /// side and the rows are checked again (docs/cin7-api.md, ledger).
    ///
    /// # Errors
    /// As every read; [`Error::Transient`] also where entries were added while they were read.
    pub async fn ledger_entries(&self, from: Date, to: Date) -> Result<Vec<LedgerEntry>, Error> {
        let before = from.saturating_sub(1.day());
        let after = to.saturating_add(1.day());
        let (before, after) = (format!("{before}T00:00:00"), format!("{after}T00:00:00"));
        let filters = [("FromDate", before.as_str()), ("ToDate", after.as_str())];
        let rows: Vec<TransactionRow> = pages::every(&self.endpoint, &filters).await?;
        let mut entries = rows
            .into_iter()
            .map(TransactionRow::entry)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|lacking| {
                TRANSACTIONS.without_outcome(format!("a row came without {lacking}"))
            })?;
        entries.retain(|entry| (from..=to).contains(&entry.date));
        Ok(entries)
    }
}
