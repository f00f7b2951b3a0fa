//! Verifiers that handshakes bring. Anybody can send a handshake, so what it brings is kept apart and
//! verifies nothing until FreshBooks itself has taken it (docs/freshbooks-api.md, handshake).

use ledger::{ConnectionId, Error as Table, Hook, HookState, Ledger, Offered};
use secrecy::{ExposeSecret, SecretString};

use crate::envelope::{Purpose, same_sealing};
use crate::plain::seed;
use crate::sealer::Sealer;
use crate::store::TRIES;
use crate::verifiers::contended;
use crate::{Error, Vault};

/// Longest verifier taken, in bytes; genuine ones have 33 (docs/freshbooks-api.md, handshake).
const LONGEST_VERIFIER: usize = 256;

/// Seals offered verifiers and stores them beside those that are trusted; it opens nothing. All that
/// the webhook gets besides [`VerifierVault`](crate::VerifierVault). Cheap to clone.
#[derive(Debug, Clone)]
pub struct OfferVault {
    ledger: Ledger,
    sealer: Sealer,
}

impl OfferVault {
    /// A vault that seals offers under the KMS key `key_id`; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, kms: aws_sdk_kms::Client, key_id: impl Into<String>) -> Self {
        let key_id = Some(key_id.into());
        Self {
            ledger,
            sealer: Sealer { kms, key_id },
        }
    }

    /// Keeps the verifier of a handshake where the callback waits for one, in place of one offered
    /// before. Returns whether it is kept; for a callback that is unknown, verified or another than
    /// `callback_id`, and for what cannot be a verifier, nothing is sealed and nothing changes.
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn offer(
        &self,
        connection: &ConnectionId,
        noun: &str,
        callback_id: &str,
        verifier: &SecretString,
    ) -> Result<bool, Error> {
        if !(1..=LONGEST_VERIFIER).contains(&verifier.expose_secret().len()) {
            return Ok(false);
        }
        let hook = self.ledger.hook(connection, noun).await?;
        let Some(hook) = hook.filter(|hook| hook.takes_offer_of(callback_id)) else {
            return Ok(false);
        };
        let seed = seed(verifier);
        let known = |kept: &Offered| kept.callback_id == callback_id && kept.seed == seed;
        if hook.offered.as_ref().is_some_and(known) {
            return Ok(true);
        }
        let envelope = self
            .sealer
            .seal(connection, Purpose::Verifier, verifier)
            .await?;
        let offered = Offered {
            callback_id: callback_id.to_owned(),
            sealed: envelope.written()?,
            seed,
            at: self.ledger.clock().now(),
        };
        Ok(self.ledger.offer(connection, noun, &offered).await?)
    }
}

impl Vault {
    /// Opens an offered verifier, to show it to FreshBooks.
    ///
    /// # Errors
    /// It does not open, or KMS did not answer.
    pub async fn offered_verifier(
        &self,
        connection: &ConnectionId,
        offered: &Offered,
    ) -> Result<SecretString, Error> {
        self.sealer
            .open(connection, Purpose::Verifier, &offered.sealed)
            .await
    }

    /// Makes an offered verifier the newest, after FreshBooks has taken it for this callback: the one
    /// before stays accepted until the newest has verified a delivery. Returns `false`, and changes
    /// nothing, where the callback no longer waits for it. A second time changes nothing either.
    ///
    /// # Errors
    /// The table did not answer, or others wrote the row again and again.
    pub async fn confirm_verifier(
        &self,
        connection: &ConnectionId,
        noun: &str,
        offered: &Offered,
    ) -> Result<bool, Error> {
        for _ in 0..TRIES {
            let Some(mut hook) = self.ledger.hook(connection, noun).await? else {
                return Ok(false);
            };
            if is_confirmed(&hook, offered) {
                return Ok(true);
            }
            if !hook.takes_offer_of(&offered.callback_id) {
                return Ok(false);
            }
            confirm(&mut hook, offered);
            match self.ledger.put_hook(connection, noun, &mut hook).await {
                // Perhaps by ourselves, and the answer was lost: reading tells.
                Err(Table::Conflict(_)) => {}
                other => return Ok(other.map(|()| true)?),
            }
        }
        Err(contended(connection, noun))
    }
}

fn is_confirmed(hook: &Hook, offered: &Offered) -> bool {
    let current = hook.current.as_deref();
    hook.state == HookState::Verified
        && hook.callback_id.as_deref() == Some(&offered.callback_id)
        && (hook.seed == offered.seed
            || current.is_some_and(|current| same_sealing(current, &offered.sealed)))
}

fn confirm(hook: &mut Hook, offered: &Offered) {
    // Whether asking again brings the same verifier is not documented (docs/freshbooks-api.md,
    // handshake); the same one is not its own predecessor.
    if hook.seed != offered.seed {
        hook.previous = hook.current.take();
    }
    hook.current = Some(offered.sealed.clone());
    hook.seed.clone_from(&offered.seed);
    hook.callback_id = Some(offered.callback_id.clone());
    hook.state = HookState::Verified;
    hook.offered = None;
    hook.sentence.clear();
}
