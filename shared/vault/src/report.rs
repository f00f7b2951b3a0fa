//! Under which KMS keys the secrets are sealed.

use std::fmt;

use ledger::{ConnectionId, Hook};

use crate::envelope::Envelope;
use crate::{Error, Vault};

/// One sealed secret of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Whose it is.
    pub connection: ConnectionId,
    /// Which it is.
    pub what: What,
    /// ARN of the KMS key that wraps it; empty where that cannot be read.
    pub key_id: String,
    /// Whether that is the key that was asked for.
    pub current: bool,
}

/// Which secret of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// `freshbooks`, `app` or `cin7`.
    Secret(String),
    /// A verifier of the callback for a noun.
    Verifier(String, Age),
}

/// Which verifier of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// The newest that is trusted.
    Current,
    /// The one before.
    Previous,
    /// One that nobody has confirmed.
    Offered,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret(name) => write!(f, "{name} secret"),
            Self::Verifier(noun, Age::Current) => write!(f, "{noun} verifier"),
            Self::Verifier(noun, Age::Previous) => write!(f, "{noun} verifier before it"),
            Self::Verifier(noun, Age::Offered) => write!(f, "{noun} verifier offered"),
        }
    }
}

impl Vault {
    /// Every secret of every connection, with the KMS key that wraps it and whether that is the one
    /// that `key_id` (an id, ARN or alias) names at present. Nothing is opened.
    ///
    /// # Errors
    /// The table or KMS did not answer.
    pub async fn report(&self, key_id: &str) -> Result<Vec<Held>, Error> {
        let target = self.sealer.arn(key_id).await?;
        let mut held = Vec::new();
        for connection in self.ledger.connections().await? {
            for (what, sealed) in self.sealed(&connection).await? {
                let key_id = key_of(&sealed);
                held.push(Held {
                    connection: connection.clone(),
                    what,
                    current: key_id == target,
                    key_id,
                });
            }
        }
        Ok(held)
    }

    async fn sealed(&self, connection: &ConnectionId) -> Result<Vec<(What, String)>, Error> {
        let secrets = self.ledger.secrets(connection).await?.into_iter();
        let mut sealed: Vec<_> = secrets
            .map(|(name, row)| (What::Secret(name), row.sealed))
            .collect();
        for (noun, mut hook) in self.ledger.hooks(connection).await? {
            for age in AGES {
                if let Some(verifier) = verifier(&mut hook, age) {
                    sealed.push((What::Verifier(noun.clone(), age), verifier.clone()));
                }
            }
        }
        Ok(sealed)
    }
}

/// All verifiers that a callback may have.
pub(crate) const AGES: [Age; 3] = [Age::Current, Age::Previous, Age::Offered];

/// A sealed verifier of a callback.
pub(crate) fn verifier(hook: &mut Hook, age: Age) -> Option<&mut String> {
    match age {
        Age::Current => hook.current.as_mut(),
        Age::Previous => hook.previous.as_mut(),
        Age::Offered => hook.offered.as_mut().map(|offered| &mut offered.sealed),
    }
}

/// The KMS key of an envelope; empty where there is no envelope.
pub(crate) fn key_of(sealed: &str) -> String {
    serde_json::from_str(sealed)
        .map(|envelope: Envelope| envelope.key_id)
        .unwrap_or_default()
}
