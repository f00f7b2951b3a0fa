//! Reading from FreshBooks: a 401 refreshes the token once.

use freshbooks::{Client, Error, Invoice};
use ledger::audit::Draft;
use secrecy::SecretString;

use crate::stop::{Stop, vault_stop};
use crate::work::Work;

/// The invoice with its lines; `None` where FreshBooks no longer has it.
pub(crate) async fn invoice(work: &mut Work<'_>) -> Result<Option<Invoice>, Stop> {
    let (engine, account, id) = (
        work.engine,
        work.connection.account_id.clone(),
        work.record.key.id.clone(),
    );
    let token = token(work).await?;
    let mut answer = engine
        .freshbooks
        .invoice(&token, &account, id.as_str())
        .await;
    if matches!(answer, Err(Error::Unauthenticated)) {
        let token = another_token(work, &token).await?;
        answer = engine
            .freshbooks
            .invoice(&token, &account, id.as_str())
            .await;
    }
    answer.map_err(|error| stop(&work.subject(), error))
}

/// A client; `None` where FreshBooks no longer has it.
pub(crate) async fn client(work: &mut Work<'_>, id: &str) -> Result<Option<Client>, Stop> {
    let (engine, account) = (work.engine, work.connection.account_id.clone());
    let token = token(work).await?;
    let mut answer = engine.freshbooks.client(&token, &account, id).await;
    if matches!(answer, Err(Error::Unauthenticated)) {
        let token = another_token(work, &token).await?;
        answer = engine.freshbooks.client(&token, &account, id).await;
    }
    answer.map_err(|error| stop(&work.subject(), error))
}

async fn token(work: &Work<'_>) -> Result<SecretString, Stop> {
    let tokens = &work.engine.tokens;
    let token = tokens
        .access_token(&work.connection.id, None, work.owner)
        .await;
    token.map_err(|error| vault_stop(&work.subject(), error))
}

async fn another_token(work: &mut Work<'_>, refused: &SecretString) -> Result<SecretString, Stop> {
    work.note(Draft::new("token refused"));
    let tokens = &work.engine.tokens;
    let token = tokens
        .access_token(&work.connection.id, Some(refused), work.owner)
        .await;
    token.map_err(|error| vault_stop(&work.subject(), error))
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
