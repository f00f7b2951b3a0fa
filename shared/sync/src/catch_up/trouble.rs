//! What keeps a kind from being listed, and who is told.

use std::time::Duration;

use clock::later;
use freshbooks::Error;
use ledger::Cursor;

use super::kinds::Kind;
use super::{Case, CatchUps};
use crate::asking::Unread;
use crate::watch::Failed;

/// What passes by itself is told after so long.
const TOLD_AFTER: Duration = Duration::from_hours(1);

/// Why a kind was left.
#[derive(Debug)]
pub(super) enum Stopped {
    /// Of this kind alone.
    Kind,
    /// FreshBooks does not let this connection ask now: so it is with every kind.
    All,
    /// The ledger.
    Failed(Failed),
}

impl From<Failed> for Stopped {
    fn from(failed: Failed) -> Self {
        Self::Failed(failed)
    }
}

impl From<ledger::Error> for Stopped {
    fn from(error: ledger::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl CatchUps {
    /// Notes why a kind was not listed. People are told once: at once where only they can cure it.
    pub(super) async fn trouble(
        &self,
        case: &Case<'_>,
        kind: &Kind,
        cursor: &mut Cursor,
        unread: Unread,
    ) -> Stopped {
        let (sentence, at_once, stopped) = match unread {
            Unread::Vault(vault::Error::Ledger(error)) => return error.into(),
            Unread::Vault(error) => (format!("{error}"), false, Stopped::All),
            Unread::FreshBooks(Error::Forbidden(sentence)) => (sentence, true, Stopped::Kind),
            // One list that is never answered with must not keep the others back.
            Unread::FreshBooks(Error::Refused(words) | Error::Transient(words)) => {
                (words, false, Stopped::Kind)
            }
            Unread::FreshBooks(error) => (format!("{error}"), false, Stopped::All),
        };
        let before = cursor.clone();
        let since = *cursor.troubled_since.get_or_insert(case.now);
        if at_once {
            // Until the words change, for they name what is missing.
            cursor.told &= cursor.trouble == sentence;
        }
        cursor.trouble = sentence;
        let is_lasting = later(since, TOLD_AFTER) <= case.now;
        if !cursor.told && (at_once || is_lasting) {
            cursor.told = true;
            tracing::warn!(
                event = "connection_trouble",
                connection = %case.connection.id,
                kind = kind.name,
                why = cursor.trouble,
                "changes of this kind that no webhook announces are not heard of"
            );
        }
        if *cursor == before {
            return stopped;
        }
        match self.ledger.put_cursor(&case.connection.id, cursor).await {
            Ok(()) => stopped,
            Err(error) => error.into(),
        }
    }
}
