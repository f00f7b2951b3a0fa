//! Journal entries, which stand in lists alone, and the accounts that they name.

use freshbooks::{Journal, LedgerAccount};

use super::read;
use crate::stop::Stop;
use crate::work::Work;

/// The older list; `None` where the account does not serve it.
pub(crate) async fn journal_details(work: &mut Work<'_>) -> Result<Option<Journal>, Stop> {
    let (api, account) = (&work.engine.freshbooks, work.connection.account_id.clone());
    read(work, |token| {
        let account = account.clone();
        async move { api.journal_details(&token, &account).await }
    })
    .await
}

/// The newer list; `None` where the business does not serve it, or is not known.
pub(crate) async fn journal_entries(work: &mut Work<'_>) -> Result<Option<Journal>, Stop> {
    let business = work.connection.business_uuid.clone();
    if business.is_empty() {
        return Ok(None);
    }
    let api = &work.engine.freshbooks;
    read(work, |token| {
        let business = business.clone();
        async move { api.journal_entries(&token, &business).await }
    })
    .await
}

/// The accounts of the ledger.
pub(crate) async fn ledger_accounts(work: &mut Work<'_>) -> Result<Vec<LedgerAccount>, Stop> {
    let business = work.connection.business_uuid.clone();
    let api = &work.engine.freshbooks;
    read(work, |token| {
        let business = business.clone();
        async move { api.ledger_accounts(&token, &business).await }
    })
    .await
}
