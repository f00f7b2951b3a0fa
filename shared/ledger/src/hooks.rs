//! Callbacks: how far each got, and its sealed verifiers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conditions::{Change, Condition};
use crate::store::{number, read, text, value};
use crate::{ConnectionId, Error, Ledger};

/// How far a callback got (docs/freshbooks-api.md, handshake).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HookState {
    /// Somebody registered it by hand and gave its verifier in a file.
    #[default]
    Given,
    /// It is about to be registered; which id it gets is not known yet.
    Registering,
    /// FreshBooks knows it and has not been shown its verifier.
    Registered,
    /// FreshBooks took its verifier: deliveries come.
    Verified,
}

/// One callback of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hook {
    /// FreshBooks' id of it, once it is known.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// The address that it was registered with; empty where the verifier came from a file.
    #[serde(default)]
    pub uri: String,
    /// How far it got.
    #[serde(default)]
    pub state: HookState,
    /// The newest verifier that is trusted, sealed by the vault.
    #[serde(default)]
    pub current: Option<String>,
    /// Digest of the newest verifier; empty where there is none.
    #[serde(default)]
    pub seed: String,
    /// The one before, sealed; accepted until the newest has verified a delivery.
    #[serde(default)]
    pub previous: Option<String>,
    /// The newest verifier that a handshake brought and that nobody has confirmed.
    #[serde(default)]
    pub offered: Option<Offered>,
    /// When it was last read at FreshBooks and found as it should be.
    #[serde(default)]
    pub checked_at: Option<Timestamp>,
    /// What is wrong with it, for people; empty where nothing is.
    #[serde(default)]
    pub sentence: String,
    /// Raised by one with every write.
    #[serde(default)]
    pub version: u64,
}

/// A verifier that a handshake brought. Anybody can send one, so it verifies nothing until the
/// callback was read with the connection's own token (docs/freshbooks-api.md, handshake).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The callback that the handshake named.
    pub callback_id: String,
    /// The verifier, sealed by the vault.
    pub sealed: String,
    /// Digest of the verifier.
    pub seed: String,
    /// When it came.
    pub at: Timestamp,
}

impl Hook {
    /// Whether it waits for a verifier from a handshake of this callback. While it is being registered
    /// the id is not known yet; a handshake may overtake the answer that tells it.
    #[must_use]
    pub fn takes_offer_of(&self, callback_id: &str) -> bool {
        match self.state {
            HookState::Registering => true,
            HookState::Registered => self.callback_id.as_deref() == Some(callback_id),
            HookState::Given | HookState::Verified => false,
        }
    }
}

fn sk(noun: &str) -> String {
    format!("HOOK#{noun}")
}

impl Ledger {
    /// A connection's callback for one noun.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn hook(&self, connection: &ConnectionId, noun: &str) -> Result<Option<Hook>, Error> {
        self.get(&connection.pk(), &sk(noun)).await
    }

    /// All callbacks of a connection, each with its noun.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn hooks(&self, connection: &ConnectionId) -> Result<Vec<(String, Hook)>, Error> {
        let pk = connection.pk();
        let rows = self.named_rows(&pk, "HOOK#").await?;
        rows.into_iter()
            .map(|(noun, row)| Ok((noun.clone(), read(row, &pk, &sk(&noun))?)))
            .collect()
    }

    /// Writes a callback under the version last read (0 for a new one).
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else wrote it since.
    pub async fn put_hook(
        &self,
        connection: &ConnectionId,
        noun: &str,
        hook: &mut Hook,
    ) -> Result<(), Error> {
        let mut next = hook.clone();
        next.version += 1;
        let seen = Condition::version_or_none(hook.version);
        self.put(&connection.pk(), &sk(noun), &next, Some(seen))
            .await?;
        *hook = next;
        Ok(())
    }

    /// Keeps the verifier that a handshake brought, in place of one kept before, where the callback
    /// waits for it ([`Hook::takes_offer_of`]); otherwise nothing changes and the answer is `false`.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn offer(
        &self,
        connection: &ConnectionId,
        noun: &str,
        offered: &Offered,
    ) -> Result<bool, Error> {
        let change = Change::update(
            "SET #offered = :offered ADD version :one",
            "#state = :registering OR (#state = :registered AND #callback = :callback)",
        )
        .named("#offered", "offered")
        .named("#state", "state")
        .named("#callback", "callback_id")
        .with(":offered", value(offered)?)
        .with(":registering", value(HookState::Registering)?)
        .with(":registered", value(HookState::Registered)?)
        .with(":callback", text(&offered.callback_id))
        .with(":one", number(1));
        self.update(&connection.pk(), &sk(noun), change).await
    }

    /// Drops the verifier before the newest, if the newest is still the one whose digest is `seed`.
    /// Returns whether there was one to drop.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn forget_previous(
        &self,
        connection: &ConnectionId,
        noun: &str,
        seed: &str,
    ) -> Result<bool, Error> {
        let change = Change::update(
            "REMOVE #previous ADD version :one",
            "#seed = :seed AND attribute_type(#previous, :string)",
        )
        .named("#previous", "previous")
        .named("#seed", "seed")
        .with(":seed", text(seed))
        .with(":string", text("S"))
        .with(":one", number(1));
        self.update(&connection.pk(), &sk(noun), change).await
    }

    /// Removes a callback and its verifiers; one that is not there is fine.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn remove_hook(&self, connection: &ConnectionId, noun: &str) -> Result<(), Error> {
        self.delete(&connection.pk(), &sk(noun)).await.map(|_| ())
    }
}
