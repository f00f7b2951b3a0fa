//! Journals and money operations.

use super::purchases::shown_is;
use super::{Writer, echo};
use crate::call::{Call, Verb};
use crate::request::{
    Deletion, journal_request, journal_update_request, money_operation_request,
    money_operation_update_request,
};
use crate::wire::{MoneyDocument, written_journal};
use crate::{Echo, Error, Journal, MoneyOperation, NewJournal, NewMoneyOperation};

const JOURNAL: &str = "journal";
const OPERATION: &str = "moneyOperation";

impl Writer {
    /// Makes a journal. What is sent is [`journal_request`].
    ///
    /// Look at [`Journal::is_completed`] of the echo: Cin7 may have left a draft.
    ///
    /// # Errors
    /// [`Error::Refused`] also where journals are not available; [`Error::Uncertain`] when the answer
    /// shows no id, or another narration or other amounts than were sent; else as [`Error`] says.
    pub async fn create_journal(&self, journal: &NewJournal) -> Result<Echo<Journal>, Error> {
        self.post(JOURNAL, journal_request(journal), |answer| {
            written_journal(answer, Some(journal))
        })
        .await
    }

    /// Sends a draft again whole, to change or to complete it. What is sent is
    /// [`journal_update_request`].
    ///
    /// # Errors
    /// As [`Writer::create_journal`]; [`Error::Uncertain`] also when the answer shows another journal.
    pub async fn update_journal(
        &self,
        task_id: &str,
        journal: &NewJournal,
    ) -> Result<Echo<Journal>, Error> {
        let call = Call::Write(Verb::Put, JOURNAL);
        let request = journal_update_request(task_id, journal);
        let response = self.endpoint.put(JOURNAL, request).await?;
        let echo = echo(call, response, |answer| {
            written_journal(answer, Some(journal))
        })?;
        shown_is(call, "journal", task_id, &echo.value.task_id)?;
        Ok(echo)
    }

    /// Takes a journal back to draft. What is sent is [`crate::undo_journal_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another journal, or one that is no draft; else as
    /// [`Error`] says.
    pub async fn undo_journal(&self, task_id: &str) -> Result<Echo<Journal>, Error> {
        self.take_journal_back(task_id, false).await
    }

    /// Voids a journal, for good. What is sent is [`crate::void_journal_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another journal, or one that is not voided; else as
    /// [`Error`] says.
    pub async fn void_journal(&self, task_id: &str) -> Result<Echo<Journal>, Error> {
        self.take_journal_back(task_id, true).await
    }

    /// Makes a money operation. What is sent is [`money_operation_request`].
    ///
    /// Look at [`MoneyOperation::is_completed`] of the echo: Cin7 may have left a draft.
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows no id, or another reference or other amounts than
    /// were sent; else as [`Error`] says.
    pub async fn create_money_operation(
        &self,
        operation: &NewMoneyOperation,
    ) -> Result<Echo<MoneyOperation>, Error> {
        self.post(OPERATION, money_operation_request(operation), |answer| {
            serde_json::from_str(answer).map(|document: MoneyDocument| document.echo_of(operation))
        })
        .await
    }

    /// Sends a draft again whole, to change or to complete it. What is sent is
    /// [`money_operation_update_request`].
    ///
    /// # Errors
    /// As [`Writer::create_money_operation`]; [`Error::Uncertain`] also when the answer shows another
    /// operation.
    pub async fn update_money_operation(
        &self,
        task_id: &str,
        operation: &NewMoneyOperation,
    ) -> Result<Echo<MoneyOperation>, Error> {
        let call = Call::Write(Verb::Put, OPERATION);
        let request = money_operation_update_request(task_id, operation);
        let response = self.endpoint.put(OPERATION, request).await?;
        let echo = echo(call, response, |answer| {
            serde_json::from_str(answer).map(|document: MoneyDocument| document.echo_of(operation))
        })?;
        shown_is(call, "money operation", task_id, &echo.value.task_id)?;
        Ok(echo)
    }

    /// Takes a money operation back to draft. What is sent is [`crate::undo_money_operation_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another operation, or one that is no draft; else as
    /// [`Error`] says.
    pub async fn undo_money_operation(&self, task_id: &str) -> Result<Echo<MoneyOperation>, Error> {
        self.take_operation_back(task_id, false).await
    }

    /// Voids a money operation, for good. What is sent is [`crate::void_money_operation_request`].
    ///
    /// # Errors
    /// [`Error::Uncertain`] when the answer shows another operation, or one that is not voided; else as
    /// [`Error`] says.
    pub async fn void_money_operation(&self, task_id: &str) -> Result<Echo<MoneyOperation>, Error> {
        self.take_operation_back(task_id, true).await
    }

    async fn take_journal_back(&self, task_id: &str, void: bool) -> Result<Echo<Journal>, Error> {
        let deletion = Deletion::of_journal(task_id, void);
        let echo = self
            .delete(&deletion, |answer| written_journal(answer, None))
            .await?;
        shown_is(deletion.call(), "journal", task_id, &echo.value.task_id)?;
        taken_back(deletion.call(), void, &echo.value.status)?;
        Ok(echo)
    }

    async fn take_operation_back(
        &self,
        task_id: &str,
        void: bool,
    ) -> Result<Echo<MoneyOperation>, Error> {
        let deletion = Deletion::of_money_operation(task_id, void);
        let echo = self
            .delete(&deletion, |answer| {
                serde_json::from_str(answer).map(MoneyDocument::operation)
            })
            .await?;
        let call = deletion.call();
        shown_is(call, "money operation", task_id, &echo.value.task_id)?;
        taken_back(call, void, &echo.value.status)?;
        Ok(echo)
    }
}

/// Whether the answer shows the status that was asked for.
fn taken_back(call: Call, void: bool, shown: &str) -> Result<(), Error> {
    let wanted = if void { "VOIDED" } else { "DRAFT" };
    if shown.trim().eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    Err(call.without_outcome(format!("it was answered with status {shown}, not {wanted}")))
}
