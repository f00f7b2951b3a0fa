//! Whether a connection works, and who may change that when.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize};

use crate::conditions::Change;
use crate::store::{number, text};
use crate::{ConnectionId, Error, Ledger};

/// Whether a connection may work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It works.
    Active,
    /// A person stopped it; everything waits.
    Paused,
    /// FreshBooks no longer accepts the refresh token; a person has to consent again.
    NeedsConsent,
    /// Cin7 refused the keys.
    KeysRefused,
    /// It was removed: its secrets are gone, and what is left tells its story.
    Removed,
}

/// What one of the services refused, with the version of the secret's row that it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// FreshBooks refused the refresh token in this version of `SECRET#freshbooks`.
    Consent(u64),
    /// Cin7 refused the keys in this version of `SECRET#cin7`.
    Keys(u64),
}

impl Status {
    /// The name as it is stored and shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::NeedsConsent => "needs_consent",
            Self::KeysRefused => "keys_refused",
            Self::Removed => "removed",
        }
    }

    fn stored(self) -> AttributeValue {
        text(self.name())
    }
}

impl Refused {
    /// What becomes of a connection whose secret is refused.
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::Consent(_) => Status::NeedsConsent,
            Self::Keys(_) => Status::KeysRefused,
        }
    }

    fn secret(self) -> (&'static str, u64) {
        match self {
            Self::Consent(version) => ("SECRET#freshbooks", version),
            Self::Keys(version) => ("SECRET#cin7", version),
        }
    }
}

impl Ledger {
    /// Changes only a connection's status and the sentence that says why, whatever else changes it
    /// at the same time; an active connection has no sentence. Returns whether anything differed.
    /// [`Status::Removed`] is what [`Ledger::remove_connection`] does.
    ///
    /// # Errors
    /// The table could not be written, or [`Error::Absent`] where the connection was never made or
    /// was removed: a status does not bring it back.
    pub async fn set_status(
        &self,
        id: &ConnectionId,
        status: Status,
        sentence: &str,
    ) -> Result<bool, Error> {
        if status == Status::Removed {
            self.remove_connection(id).await?;
            return Ok(true);
        }
        let change = turned(
            status,
            sentence,
            "attribute_exists(pk) AND #status <> :removed AND (#status <> :next OR #stopped <> :sentence OR \
             attribute_not_exists(#stopped))",
        )
        .with(":removed", Status::Removed.stored());
        if self.flip(&id.pk(), "META", change, None).await? {
            return Ok(true);
        }
        match self.connection(id).await? {
            Some(stored) if stored.status != Status::Removed => Ok(false),
            _ => Err(Error::Absent(format!("connection {id}"))),
        }
    }

    /// Stops an active connection because a service refused its secret, if that secret is still the
    /// one stored. Returns whether this call stopped it: a late refusal overwrites neither a person's
    /// pause nor keys or a consent that came in the meantime.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn stop(
        &self,
        id: &ConnectionId,
        refused: Refused,
        sentence: &str,
    ) -> Result<bool, Error> {
        let change = turned(refused.status(), sentence, "#status = :active")
            .with(":active", Status::Active.stored());
        let (sk, version) = refused.secret();
        let same = Change::check("version = :seen").with(":seen", number(version));
        self.flip(&id.pk(), "META", change, Some((sk, same))).await
    }

    /// Lets a connection work again that stands still for exactly the reason `from`. Returns whether
    /// this call did it.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn resume(&self, id: &ConnectionId, from: Status) -> Result<bool, Error> {
        if matches!(from, Status::Active | Status::Removed) {
            return Ok(false);
        }
        let change = turned(Status::Active, "", "#status = :from").with(":from", from.stored());
        self.flip(&id.pk(), "META", change, None).await
    }
}

/// The change of a connection to `status`, under `condition`.
pub(crate) fn turned(status: Status, sentence: &str, condition: &'static str) -> Change {
    let sentence = if status == Status::Active {
        ""
    } else {
        sentence
    };
    Change::update(
        "SET #status = :next, #stopped = :sentence ADD version :one",
        condition,
    )
    .named("#status", "status")
    .named("#stopped", "stopped")
    .with(":next", status.stored())
    .with(":sentence", text(sentence))
    .with(":one", number(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_stored_under_its_name() {
        for status in [
            Status::Active,
            Status::Paused,
            Status::NeedsConsent,
            Status::KeysRefused,
            Status::Removed,
        ] {
            let stored = serde_json::to_value(status).unwrap();
            assert_eq!(stored, status.name());
        }
    }
}
