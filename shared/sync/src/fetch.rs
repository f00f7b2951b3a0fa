//! Reading from FreshBooks: a 401 refreshes the token once.

mod documents;
mod journals;

use freshbooks::{Bill, Client, Error, Invoice, Shown, ShownPayment, Vendor};
use ledger::audit::Draft;
use secrecy::SecretString;

use crate::asking::{Unread, ask};
use crate::catch_up::DELETED;
use crate::look::take_back;
use crate::stop::{Stop, vault_stop};
use crate::work::Work;

pub(crate) use documents::{
    bill_of, bill_payment, categories, credit_note, expense, other_income, other_incomes,
};
pub(crate) use journals::{journal_details, journal_entries, ledger_accounts};

/// The invoice with its lines; `None` where FreshBooks no longer has it.
pub(crate) async fn invoice(work: &mut Work<'_>) -> Result<Option<Invoice>, Stop> {
    let (api, account) = (&work.engine.freshbooks, work.connection.account_id.clone());
    let id = work.record.key.id.clone();
    read(work, |token| {
        let (account, id) = (account.clone(), id.clone());
        async move { api.invoice(&token, &account, id.as_str()).await }
    })
    .await
}

/// A payment; `None` where FreshBooks no longer has it.
pub(crate) async fn payment(work: &mut Work<'_>) -> Result<Option<ShownPayment>, Stop> {
    let (api, account) = (&work.engine.freshbooks, work.connection.account_id.clone());
    let id = work.record.key.id.clone();
    read(work, |token| {
        let (account, id) = (account.clone(), id.clone());
        async move { api.payment(&token, &account, id.as_str()).await }
    })
    .await
}

/// A bill with its lines and payments; `None` where FreshBooks no longer has it.
pub(crate) async fn bill(work: &mut Work<'_>) -> Result<Option<Shown<Bill>>, Stop> {
    let (api, account) = (&work.engine.freshbooks, work.connection.account_id.clone());
    let id = work.record.key.id.clone();
    read(work, |token| {
        let (account, id) = (account.clone(), id.clone());
        async move { api.bill(&token, &account, id.as_str()).await }
    })
    .await
}

/// A vendor; `None` where FreshBooks no longer has it.
pub(crate) async fn vendor(work: &mut Work<'_>, id: &str) -> Result<Option<Vendor>, Stop> {
    let (api, account) = (&work.engine.freshbooks, work.connection.account_id.clone());
    read(work, |token| {
        let (account, id) = (account.clone(), id.to_owned());
        async move { api.vendor(&token, &account, &id).await }
    })
    .await
}

/// A client; `None` where FreshBooks no longer has it.
pub(crate) async fn client(work: &mut Work<'_>, id: &str) -> Result<Option<Client>, Stop> {
    let (api, account) = (&work.engine.freshbooks, work.connection.account_id.clone());
    read(work, |token| {
        let (account, id) = (account.clone(), id.to_owned());
        async move { api.client(&token, &account, &id).await }
    })
    .await
}

async fn read<T, F: Future<Output = Result<T, Error>>>(
    work: &mut Work<'_>,
    call: impl Fn(SecretString) -> F,
) -> Result<T, Stop> {
    let (tokens, owner) = (&work.engine.tokens, work.worker.owner);
    let answered = ask(tokens, &work.connection.id, owner, call).await;
    let (answer, refused) = answered.map_err(|error| match error {
        Unread::Vault(error) => vault_stop(&work.subject(), error),
        Unread::FreshBooks(error) => stop(&work.subject(), error),
    })?;
    if refused {
        work.note(Draft::new("token refused"));
    }
    Ok(answer)
}

fn stop(subject: &str, error: Error) -> Stop {
    match error {
        Error::Unauthenticated => Stop::Retry(format!(
            "{subject}: FreshBooks refuses the access token even after a refresh. It is tried again; if \
             it stays so, connect FreshBooks again."
        )),
        Error::Throttled { wait } => Stop::throttled("FreshBooks", wait),
        // FreshBooks' sentences name the record themselves.
        Error::Transient(sentence) => Stop::Retry(format!("{sentence} It is tried again.")),
        Error::Forbidden(sentence) | Error::Refused(sentence) => Stop::Attention(sentence),
    }
}

/// FreshBooks may not show yet what it just announced, and shows nothing under a wrong account.
const MISSED: u32 = 3;

/// Kinds of which FreshBooks announces nothing. That one of them is in its list no more says that it was
/// deleted.
const UNANNOUNCED: [&str; 2] = ["journal_entry", "other_income"];

/// What a document that is not there means. Only one whose deletion was announced, or that is missing
/// from a list that shows all, is taken back.
pub(crate) async fn gone(work: &mut Work<'_>) -> Result<(), Stop> {
    let subject = work.subject();
    let never_seen = work.record.total.is_none();
    let unannounced = UNANNOUNCED.contains(&work.record.key.kind.as_str());
    if work.record.told_deleted || (unannounced && work.record.attempts >= MISSED) {
        work.saw(DELETED, "");
        let held = Stop::Skip {
            rule: "gone".to_owned(),
            sentence: format!("{subject} no longer exists in FreshBooks."),
        };
        return take_back(work, held, "FreshBooks no longer has it").await;
    }
    if work.record.attempts < MISSED {
        return Err(Stop::Retry(format!(
            "{subject} is not there in FreshBooks. It is looked for again."
        )));
    }
    let what = if never_seen {
        "does not exist"
    } else {
        "was there and no longer exists"
    };
    Err(Stop::Attention(format!(
        "{subject} {what} in FreshBooks account {}, and no deletion was announced. If it should exist, check \
         the connection's account_id; else take back by hand what stands in Cin7.",
        work.connection.account_id
    )))
}
