//! The journal of a journal entry; its mark is `Narration`.

use cin7::{
    Echo, EntryStatus, Error, Journal, NewJournal, Reader, ShownEntry, Writer, journal_request,
    journal_update_request, void_journal_request,
};
use ledger::Record;
use money::Decimal;

use super::entry::{Entry, Standing};

impl From<Journal> for Standing {
    fn from(journal: Journal) -> Self {
        Self {
            id: journal.task_id,
            number: journal.number,
            status: journal.status,
            total: journal.amount,
        }
    }
}

impl Entry for NewJournal {
    const NOUN: &'static str = "journal";
    const MADE: &'static str = "journal";
    const COMPLETED: &'static str = "journal completion";
    const VOIDED: &'static str = "journal void";
    const DAY: &'static str = "EffectiveDate";

    fn mark(&self) -> &str {
        &self.narration
    }

    fn marked_as(self, mark: String) -> Self {
        Self {
            narration: mark,
            ..self
        }
    }

    fn status(&self) -> EntryStatus {
        self.status
    }

    fn with_status(self, status: EntryStatus) -> Self {
        Self { status, ..self }
    }

    fn total(&self) -> Decimal {
        self.lines.iter().map(|line| line.amount).sum()
    }

    fn request(&self) -> String {
        journal_request(self)
    }

    fn update_request(&self, id: &str) -> String {
        journal_update_request(id, self)
    }

    fn void_request(id: &str) -> String {
        void_journal_request(id)
    }

    fn id(record: &mut Record) -> &mut Option<String> {
        &mut record.cin7.journal_id
    }

    async fn marked(reader: &Reader, mark: &str) -> Result<Vec<Standing>, Error> {
        let journals = reader.journals_narrated(mark).await?;
        Ok(journals.into_iter().map(Standing::from).collect())
    }

    async fn shown(reader: &Reader, id: &str) -> Result<Option<ShownEntry>, Error> {
        reader.shown_journal(id).await
    }

    async fn create(&self, writer: &Writer) -> Result<Echo<Standing>, Error> {
        Ok(standing(writer.create_journal(self).await?))
    }

    async fn update(&self, writer: &Writer, id: &str) -> Result<Echo<Standing>, Error> {
        Ok(standing(writer.update_journal(id, self).await?))
    }

    async fn void(writer: &Writer, id: &str) -> Result<Echo<Standing>, Error> {
        Ok(standing(writer.void_journal(id).await?))
    }
}

/// An answer as the steps take it.
pub(super) fn standing<T: Into<Standing>>(echo: Echo<T>) -> Echo<Standing> {
    Echo {
        response: echo.response,
        value: echo.value.into(),
    }
}
