//! Which of a person's businesses a connection is.

use ledger::{Connection, ConnectionId, Status};
use serde::Serialize;

use crate::desk::ask;
use crate::{Desk, Error, Overview};

/// A business that the person who consented belongs to, and that keeps books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The accounting account, such as `lbZ4Kq`; case sensitive.
    pub account_id: String,
    /// The business, a UUID.
    pub business_uuid: String,
    /// Its name.
    pub name: String,
    /// What the person is there, such as `owner`.
    pub role: String,
}

impl Desk {
    /// The businesses that this connection could be, as FreshBooks lists them now.
    ///
    /// # Errors
    /// There is no such connection, or FreshBooks does not say.
    pub async fn businesses(&self, id: &ConnectionId) -> Result<Vec<Choice>, Error> {
        self.connection(id).await?;
        let listed = ask!(self, id, |token| self.freshbooks.businesses(&token))?;
        Ok(choices(listed))
    }

    /// Pins a connection to one business. Another than before is refused: what crossed so far belongs
    /// to that one.
    ///
    /// # Errors
    /// There is no such connection or business, or it is pinned to another one.
    pub async fn pick(&self, id: &ConnectionId, account_id: &str) -> Result<Overview, Error> {
        let is_free = |connection: &Connection| {
            if connection.account_id.is_empty() || connection.account_id == account_id {
                return Ok(());
            }
            Err(Error::Invalid(format!(
                "Connection {id} belongs to FreshBooks account {}, and what crossed so far is of that \
                 account; make another connection for {}.",
                connection.account_id,
                quoted(account_id)
            )))
        };
        is_free(&self.connection(id).await?)?;
        let choices = self.businesses(id).await?;
        let Some(choice) = choices.into_iter().find(|one| one.account_id == account_id) else {
            return Err(Error::Invalid(format!(
                "The person who consented has no business with account {} in FreshBooks; upper and lower \
                 case differ.",
                quoted(account_id)
            )));
        };
        self.change(id, |connection| {
            is_free(connection)?;
            connection.account_id.clone_from(&choice.account_id);
            connection.business_uuid.clone_from(&choice.business_uuid);
            Ok(())
        })
        .await?;
        self.settle(id, Status::NeedsConsent).await?;
        self.show(id).await
    }
}

/// Those that keep books: other memberships have no account that documents could be read from.
pub(crate) fn choices(listed: Vec<freshbooks::Business>) -> Vec<Choice> {
    let with_books = listed.into_iter().filter_map(|business| {
        Some(Choice {
            account_id: business.account_id?,
            business_uuid: business.business_uuid,
            name: business.name,
            role: business.role,
        })
    });
    with_books.collect()
}

/// What somebody sent, short enough for a sentence.
pub(crate) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    format!("{short:?}")
}
