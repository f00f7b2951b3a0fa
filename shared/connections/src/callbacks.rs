//! Callbacks: registered, confirmed and kept alive, one for each noun that crosses.
//!
//! A handshake can be sent by anybody, so it proves nothing: what it brought is kept aside, and counts
//! once the callback it names was read with the connection's own token, is ours, and was not verified
//! before (docs/freshbooks-api.md, handshake).

mod offers;
mod repair;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use ledger::{Connection, ConnectionId, Hook, HookState};
use serde::Serialize;

use crate::desk::ask;
use crate::kinds::Kinds;
use crate::{Desk, Error};

/// The nouns that FreshBooks announces and whose documents cross; each is its kind of record. Payments of
/// bills, other income and journal entries have none (docs/freshbooks-api.md, events).
const NOUNS: [&str; 5] = ["invoice", "payment", "bill", "expense", "credit_note"];

/// How long a person who registers callbacks waits for their handshakes, in looks of a second each.
const LOOKS: u32 = 15;

/// Where FreshBooks delivers what happens to one noun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallbackView {
    /// The noun.
    pub noun: String,
    /// FreshBooks' id of the callback.
    pub callback_id: Option<String>,
    /// The address that FreshBooks delivers to.
    pub uri: String,
    /// How far it got; `None` where it was never registered.
    pub state: Option<HookState>,
    /// Whether deliveries come.
    pub delivers: bool,
    /// What is wrong with it; empty where nothing is.
    pub sentence: String,
    /// When it was last found at FreshBooks as it should be.
    pub checked_at: Option<Timestamp>,
}

impl Desk {
    /// The callbacks of a connection, as last known; nothing is asked.
    ///
    /// # Errors
    /// The ledger did not answer.
    pub async fn callbacks(&self, id: &ConnectionId) -> Result<Vec<CallbackView>, Error> {
        let connection = self.connection(id).await?;
        let kinds = self.kinds(&connection).await?;
        self.callbacks_of(id, &kinds).await
    }

    /// Those of the nouns that cross, and whatever else is stored.
    pub(crate) async fn callbacks_of(
        &self,
        id: &ConnectionId,
        kinds: &Kinds,
    ) -> Result<Vec<CallbackView>, Error> {
        let mut hooks: BTreeMap<String, Hook> = self.ledger.hooks(id).await?.into_iter().collect();
        let mut views = Vec::new();
        for noun in NOUNS {
            let hook = hooks.remove(noun);
            if hook.is_some() || kinds.move_and_can_be_read(noun) {
                views.push(self.view(id, noun, hook));
            }
        }
        Ok(views)
    }

    /// Makes every callback of a connection be there, be verified and point here, and waits a little
    /// for the handshakes. Whatever is so already stays as it is.
    ///
    /// # Errors
    /// There is no such connection, it has no business yet, or FreshBooks does not let it.
    pub async fn register_callbacks(&self, id: &ConnectionId) -> Result<Vec<CallbackView>, Error> {
        self.repair(id).await?;
        for _ in 0..LOOKS {
            if self.settle_offers(id).await? {
                break;
            }
            self.clock().sleep(Duration::from_secs(1)).await;
        }
        self.callbacks(id).await
    }

    /// The nouns that a connection is to hear of.
    pub(crate) async fn wanted(&self, connection: &Connection) -> Result<Vec<&'static str>, Error> {
        let kinds = self.kinds(connection).await?;
        let nouns = NOUNS.into_iter();
        Ok(nouns
            .filter(|noun| kinds.move_and_can_be_read(noun))
            .collect())
    }

    /// Removes the callbacks in FreshBooks that deliver to this connection.
    pub(crate) async fn remove_callbacks(&self, id: &ConnectionId) -> Result<(), Error> {
        let connection = self.connection(id).await?;
        let account = account(&connection)?;
        let ours: Vec<String> = NOUNS
            .map(|noun| self.addresses.delivery(id, noun).to_string())
            .into();
        let listed = ask!(self, id, |token| self.callbacks.list(&token, account))?;
        for callback in listed
            .iter()
            .filter(|callback| ours.contains(&callback.uri))
        {
            ask!(self, id, |token| self.callbacks.remove(
                &token,
                account,
                &callback.id
            ))?;
        }
        Ok(())
    }

    /// Writes what is wrong with a callback where people see it.
    async fn say(&self, id: &ConnectionId, noun: &str, sentence: &str) -> Result<(), Error> {
        let hook = self.ledger.hook(id, noun).await?.unwrap_or_default();
        if hook.sentence == sentence {
            return Ok(());
        }
        let said = self.mark(id, noun, |hook| sentence.clone_into(&mut hook.sentence));
        said.await
    }

    fn view(&self, id: &ConnectionId, noun: &str, hook: Option<Hook>) -> CallbackView {
        let uri = self.addresses.delivery(id, noun).to_string();
        let hook = hook.as_ref();
        let known = hook.filter(|hook| !hook.uri.is_empty());
        CallbackView {
            noun: noun.to_owned(),
            callback_id: hook.and_then(|hook| hook.callback_id.clone()),
            uri: known.map_or(uri, |hook| hook.uri.clone()),
            state: hook.map(|hook| hook.state),
            delivers: hook.is_some_and(|hook| {
                hook.current.is_some()
                    && matches!(hook.state, HookState::Verified | HookState::Given)
            }),
            sentence: hook.map(|hook| hook.sentence.clone()).unwrap_or_default(),
            checked_at: hook.and_then(|hook| hook.checked_at),
        }
    }
}

/// The accounting account that the callbacks are of.
fn account(connection: &Connection) -> Result<&str, Error> {
    if connection.account_id.is_empty() {
        return Err(Error::Invalid(format!(
            "It is not said yet which FreshBooks business connection {} is; connect FreshBooks, then choose one.",
            connection.id
        )));
    }
    Ok(&connection.account_id)
}
