//! Handshakes bring verifiers, which are shown to FreshBooks before they are believed.

use ledger::{Connection, ConnectionId, Hook, HookState, Offered};

use super::account;
use crate::desk::ask;
use crate::{Desk, Error};

impl Desk {
    /// Confirms what handshakes brought. Whether every callback is settled.
    pub(crate) async fn settle_offers(&self, id: &ConnectionId) -> Result<bool, Error> {
        let connection = self.connection(id).await?;
        let mut settled = true;
        for (noun, hook) in self.ledger.hooks(id).await? {
            if matches!(hook.state, HookState::Given | HookState::Verified) {
                continue;
            }
            let offered = hook.offered.clone();
            let confirmed = match offered.filter(|_| hook.state == HookState::Registered) {
                Some(offered) => self.confirm(&connection, &noun, hook, &offered).await?,
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
}
