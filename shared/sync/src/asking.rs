//! Asking FreshBooks with a connection's token: a 401 renews it once.

use freshbooks::Error;
use ledger::ConnectionId;
use secrecy::SecretString;
use vault::TokenVault;

/// Why FreshBooks did not say.
#[derive(Debug)]
pub(crate) enum Unread {
    Vault(vault::Error),
    FreshBooks(Error),
}

/// What FreshBooks answers, and whether it refused the first token.
pub(crate) async fn ask<T, F: Future<Output = Result<T, Error>>>(
    tokens: &TokenVault,
    connection: &ConnectionId,
    owner: &str,
    call: impl Fn(SecretString) -> F,
) -> Result<(T, bool), Unread> {
    let token = async |refused: Option<&SecretString>| {
        let token = tokens.access_token(connection, refused, owner).await;
        token.map_err(Unread::Vault)
    };
    let first = token(None).await?;
    match call(first.clone()).await {
        Err(Error::Unauthenticated) => {
            let second = token(Some(&first)).await?;
            let answer = call(second).await.map_err(Unread::FreshBooks)?;
            Ok((answer, true))
        }
        answer => Ok((answer.map_err(Unread::FreshBooks)?, false)),
    }
}
