//! Callbacks: registered, confirmed and kept alive, one for each noun that crosses.
//!
//! A handshake can be sent by anybody, so it proves nothing: what it brought is kept aside, and counts
//! once the callback it names was read with the connection's own token, is ours, and was not verified
//! before (docs/freshbooks-api.md, handshake).

use std::time::Duration;

use freshbooks::Callback;
use jiff::Timestamp;
use ledger::{Connection, ConnectionId, Hook, HookState, Offered};
use serde::Serialize;

use crate::desk::{TRIES, ask};
use crate::{Desk, Error};

/// The nouns whose documents cross.
pub(crate) const NOUNS: [&str; 2] = ["invoice", "payment"];

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
        let mut views = Vec::new();
        for noun in NOUNS {
            let hook = self.ledger.hook(id, noun).await?;
            views.push(self.view(id, noun, hook));
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

    /// Registers what is missing and asks again for what is not verified. Handshakes come later.
    pub(crate) async fn repair(&self, id: &ConnectionId) -> Result<(), Error> {
        let connection = self.connection(id).await?;
        let account = account(&connection)?;
        let listed = ask!(self, id, |token| self.callbacks.list(&token, account))?;
        for noun in NOUNS {
            let repaired = self.repair_one(&connection, noun, &listed).await;
            if let Err(error) = &repaired {
                self.say(id, noun, &error.to_string()).await?;
            }
            repaired?;
        }
        Ok(())
    }

    async fn repair_one(
        &self,
        connection: &Connection,
        noun: &str,
        listed: &[Callback],
    ) -> Result<(), Error> {
        let (id, account) = (&connection.id, account(connection)?);
        let hook = self.ledger.hook(id, noun).await?.unwrap_or_default();
        let uri = self.addresses.delivery(id, noun).to_string();
        let here = |callback: &&Callback| callback.event == noun && callback.uri == uri;
        let known = |callback: &&Callback| Some(&callback.id) == hook.callback_id.as_ref();
        let stands = listed.iter().filter(here).find(known);
        let trusted =
            hook.current.is_some() && matches!(hook.state, HookState::Verified | HookState::Given);
        let verified = match hook.state {
            HookState::Given => listed
                .iter()
                .filter(here)
                .find(|callback| callback.verified),
            _ => stands.filter(|callback| callback.verified),
        };
        if trusted && let Some(verified) = verified {
            let now = self.clock().now();
            let marked = self.mark(id, noun, |hook| {
                hook.callback_id = Some(verified.id.clone());
                hook.uri.clone_from(&uri);
                hook.checked_at = Some(now);
                hook.sentence.clear();
            });
            return marked.await;
        }
        if let Some(waiting) = stands.filter(|callback| !callback.verified) {
            if hook.state == HookState::Registered && hook.offered.is_some() {
                // Asking again may bring another verifier, and end the one that is at hand.
                return Ok(());
            }
            if hook.state != HookState::Registered {
                let marked = self.mark(id, noun, |hook| hook.state = HookState::Registered);
                marked.await?;
            }
            let repaired = ask!(self, id, |token| self.callbacks.resend(
                &token,
                account,
                &waiting.id
            ));
            return Ok(repaired?);
        }
        // One that delivers here under a verifier that is not known, and one of ours that delivers
        // elsewhere, are of no use.
        let useless = listed
            .iter()
            .filter(|callback| here(callback) || known(callback));
        for callback in useless {
            ask!(self, id, |token| self.callbacks.remove(
                &token,
                account,
                &callback.id
            ))?;
        }
        self.register(connection, noun, hook, uri).await
    }

    async fn register(
        &self,
        connection: &Connection,
        noun: &str,
        mut hook: Hook,
        uri: String,
    ) -> Result<(), Error> {
        let (id, account) = (&connection.id, account(connection)?);
        let again =
            hook.callback_id.is_some() || hook.state == HookState::Given && hook.current.is_some();
        hook.state = HookState::Registering;
        hook.callback_id = None;
        hook.offered = None;
        hook.uri.clone_from(&uri);
        hook.checked_at = None;
        hook.sentence = "FreshBooks has not confirmed it yet.".to_owned();
        // Before FreshBooks is asked: the handshake may arrive before its answer does.
        self.ledger.put_hook(id, noun, &mut hook).await?;
        let made = ask!(self, id, |token| self
            .callbacks
            .register(&token, account, noun, &uri))?;
        if again {
            tracing::warn!(
                event = "connection_trouble", trouble = "callback_repaired",
                connection = %id,
                noun,
                "a callback was gone, disabled or pointed elsewhere, and was registered anew"
            );
        }
        let marked = self.mark(id, noun, |hook| {
            hook.state = HookState::Registered;
            hook.callback_id = Some(made.id.clone());
        });
        marked.await
    }

    /// Changes a callback's row, whatever handshakes and deliveries write there at the same moment.
    async fn mark(
        &self,
        id: &ConnectionId,
        noun: &str,
        change: impl Fn(&mut Hook),
    ) -> Result<(), Error> {
        for _ in 0..TRIES {
            let mut hook = self.ledger.hook(id, noun).await?.unwrap_or_default();
            change(&mut hook);
            match self.ledger.put_hook(id, noun, &mut hook).await {
                Err(ledger::Error::Conflict(_)) => {}
                other => return Ok(other?),
            }
        }
        Err(ledger::Error::Conflict(format!("the callback {noun} of connection {id}")).into())
    }

    /// Confirms what handshakes brought. Whether every callback is settled.
    pub(crate) async fn settle_offers(&self, id: &ConnectionId) -> Result<bool, Error> {
        let connection = self.connection(id).await?;
        let mut settled = true;
        for noun in NOUNS {
            let Some(hook) = self.ledger.hook(id, noun).await? else {
                continue;
            };
            if matches!(hook.state, HookState::Given | HookState::Verified) {
                continue;
            }
            let offered = hook.offered.clone();
            let confirmed = match offered.filter(|_| hook.state == HookState::Registered) {
                Some(offered) => self.confirm(&connection, noun, hook, &offered).await?,
                None => false,
            };
            settled &= confirmed;
        }
        Ok(settled)
    }

    /// Shows FreshBooks the verifier that a handshake brought, if the callback it named is ours.
    async fn confirm(
        &self,
        connection: &Connection,
        noun: &str,
        hook: Hook,
        offered: &Offered,
    ) -> Result<bool, Error> {
        let (id, account, callback) = (&connection.id, account(connection)?, &offered.callback_id);
        let uri = self.addresses.delivery(id, noun).to_string();
        let shown = ask!(self, id, |token| self
            .callbacks
            .read(&token, account, callback))?;
        let ours = shown
            .filter(|shown| shown.event == noun && shown.uri == uri && !shown.verified)
            .filter(|shown| hook.callback_id.as_ref() == Some(&shown.id));
        if ours.is_none() {
            tracing::info!(
                event = "offer_dropped",
                connection = %id,
                noun,
                "a handshake named a callback that is not ours or was verified before"
            );
            let another = hook.callback_id.clone().filter(|own| own != callback);
            self.drop_offer(id, noun, hook).await?;
            // It may have taken the place of the genuine one, which came while the id was not known.
            if let Some(own) = another {
                ask!(self, id, |token| self
                    .callbacks
                    .resend(&token, account, &own))?;
            }
            return Ok(false);
        }
        let verifier = self.vault.offered_verifier(id, offered).await?;
        let confirmed = ask!(self, id, |token| self
            .callbacks
            .confirm(&token, account, callback, &verifier));
        match confirmed {
            Ok(shown) if shown.verified => {
                let kept = self.vault.confirm_verifier(id, noun, offered).await?;
                if kept {
                    tracing::info!(event = "callback_verified", connection = %id, noun, "deliveries come");
                }
                Ok(kept)
            }
            // Somebody else's handshake, or FreshBooks gave another verifier since: ask for it.
            Ok(_) | Err(freshbooks::Error::Refused(_)) => {
                if self.drop_offer(id, noun, hook).await? {
                    ask!(self, id, |token| self
                        .callbacks
                        .resend(&token, account, callback))?;
                }
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets what a handshake brought. `false` where another one came meanwhile, which is judged with
    /// the next look.
    async fn drop_offer(
        &self,
        id: &ConnectionId,
        noun: &str,
        mut hook: Hook,
    ) -> Result<bool, Error> {
        hook.offered = None;
        match self.ledger.put_hook(id, noun, &mut hook).await {
            Err(ledger::Error::Conflict(_)) => Ok(false),
            other => Ok(other.map(|()| true)?),
        }
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
        let mut hook = self.ledger.hook(id, noun).await?.unwrap_or_default();
        if hook.sentence != sentence {
            sentence.clone_into(&mut hook.sentence);
            self.ledger.put_hook(id, noun, &mut hook).await?;
        }
        Ok(())
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
