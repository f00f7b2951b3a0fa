//! What a sealed secret looks like, and what it is bound to.

use std::collections::HashMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ledger::ConnectionId;
use serde::{Deserialize, Serialize};

use crate::Error;

/// What a secret is for; with the connection, its encryption context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// HMAC key of a FreshBooks callback.
    Verifier,
    /// FreshBooks app, refresh token and access token.
    OAuth,
    /// Cin7's two API key headers.
    Cin7Keys,
}

impl Purpose {
    /// The name in the encryption context, which the roles' policies name too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Verifier => "verifier",
            Self::OAuth => "oauth",
            Self::Cin7Keys => "cin7_keys",
        }
    }

    /// The purpose of the secret row `name`.
    pub(crate) fn of_secret(name: &str) -> Option<Self> {
        match name {
            "freshbooks" | "app" => Some(Self::OAuth),
            "cin7" => Some(Self::Cin7Keys),
            _ => None,
        }
    }

    fn provider(self) -> &'static str {
        match self {
            Self::Verifier | Self::OAuth => "freshbooks",
            Self::Cin7Keys => "cin7",
        }
    }

    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Verifier => "webhook verifier",
            Self::OAuth => "FreshBooks credentials",
            Self::Cin7Keys => "Cin7 keys",
        }
    }

    /// The error of a sealed secret of this purpose that does not open.
    pub(crate) fn closed(self, connection: &ConnectionId, why: &str) -> Error {
        Error::Sealed {
            what: self.what(),
            connection: connection.to_string(),
            why: why.to_owned(),
        }
    }

    /// The error of a secret of this purpose that is not stored.
    pub(crate) fn missing(self, connection: &ConnectionId) -> Error {
        Error::Missing {
            what: self.what(),
            connection: connection.to_string(),
        }
    }
}

/// A sealed secret, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Layout of this envelope.
    pub(crate) v: u8,
    /// The KMS key that wraps the data key.
    pub key_id: String,
    /// The data key, wrapped by KMS.
    pub(crate) wrapped: String,
    /// The nonce; constant, because every envelope has a data key of its own.
    pub(crate) nonce: String,
    /// The ciphertext and its tag.
    pub(crate) body: String,
}

impl Envelope {
    /// The envelope in a stored text.
    pub(crate) fn read(
        connection: &ConnectionId,
        purpose: Purpose,
        sealed: &str,
    ) -> Result<Self, Error> {
        serde_json::from_str(sealed)
            .map_err(|_| purpose.closed(connection, "it is not an envelope"))
    }

    /// The text to be stored.
    pub(crate) fn written(&self) -> Result<String, Error> {
        serde_json::to_string(self)
            .map_err(|_| Error::Kms("the envelope could not be written".to_owned()))
    }
}

/// Whether two stored texts hold the very same sealing of a secret. Wrapping its data key again
/// leaves the ciphertext as it is, and no two sealings look alike.
pub(crate) fn same_sealing(one: &str, other: &str) -> bool {
    let body = |sealed: &str| {
        serde_json::from_str(sealed)
            .ok()
            .map(|it: Envelope| it.body)
    };
    one == other || body(one).is_some_and(|one| body(other) == Some(one))
}

pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    BASE64_STANDARD.encode(bytes)
}

pub(crate) fn bytes(
    connection: &ConnectionId,
    purpose: Purpose,
    base64: &str,
) -> Result<Vec<u8>, Error> {
    BASE64_STANDARD
        .decode(base64)
        .map_err(|_| purpose.closed(connection, "it is not an envelope"))
}

/// The encryption context.
pub(crate) fn context(connection: &ConnectionId, purpose: Purpose) -> HashMap<String, String> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    HashMap::from([
        pair("connection", connection.as_str()),
        pair("provider", purpose.provider()),
        pair("purpose", purpose.name()),
    ])
}

/// The context as bytes; names hold no separator, so no two contexts read alike.
pub(crate) fn associated(connection: &ConnectionId, purpose: Purpose) -> Vec<u8> {
    format!(
        "v1\n{connection}\n{}\n{}",
        purpose.provider(),
        purpose.name()
    )
    .into_bytes()
}
