//! Callbacks that are missing, disabled or point elsewhere are registered anew.

use freshbooks::Callback;
use ledger::{Connection, ConnectionId, Hook, HookState};

use super::account;
use crate::desk::{TRIES, ask};
use crate::{Desk, Error};

impl Desk {
    /// Registers what is missing, asks again for what is not verified, and removes what is not wanted any
    /// more. Handshakes come later. One noun that fails does not keep the others back.
    pub(crate) async fn repair(&self, id: &ConnectionId) -> Result<(), Error> {
        let connection = self.connection(id).await?;
        let account = account(&connection)?;
        let listed = ask!(self, id, |token| self.callbacks.list(&token, account))?;
        let wanted = self.wanted(&connection).await?;
        let mut outcome = Ok(());
        for noun in &wanted {
            let repaired = self.repair_one(&connection, noun, &listed).await;
            if let Err(error) = &repaired {
                self.say(id, noun, &error.to_string()).await?;
            }
            outcome = outcome.and(repaired);
        }
        for (noun, hook) in self.ledger.hooks(id).await? {
            if !wanted.contains(&noun.as_str()) && hook.state != HookState::Given {
                self.retire(&connection, &noun, &listed).await?;
            }
        }
        outcome
    }

    /// Removes the callback of a noun whose documents do not cross any more.
    async fn retire(
        &self,
        connection: &Connection,
        noun: &str,
        listed: &[Callback],
    ) -> Result<(), Error> {
        let (id, account) = (&connection.id, account(connection)?);
        let uri = self.addresses.delivery(id, noun).to_string();
        for callback in listed.iter().filter(|callback| callback.uri == uri) {
            ask!(self, id, |token| self.callbacks.remove(
                &token,
                account,
                &callback.id
            ))?;
        }
        tracing::info!(event = "callback_retired", connection = %id, noun, "documents that do not cross any more are not heard of");
        Ok(self.ledger.remove_hook(id, noun).await?)
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
    pub(super) async fn mark(
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
}
