//! The names that keys are made of. Whatever holds one has been checked, so a key can never be
//! forged by a `#` inside an id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that cannot be part of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a name: 1 to 64 letters, digits, '-' or '_'")]
pub struct NotAName(String);

fn checked(text: &str) -> Result<String, NotAName> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
        return Ok(text.to_owned());
    }
    Err(NotAName(text.chars().take(80).collect()))
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAName;

            fn from_str(text: &str) -> Result<Self, NotAName> {
                checked(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAName;

            fn try_from(text: String) -> Result<Self, NotAName> {
                checked(&text).map(Self)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// One customer's pair of accounts.
    ConnectionId
}
name! {
    /// A FreshBooks noun, such as `invoice`; an open set.
    Kind
}
name! {
    /// FreshBooks' id of a document, as text.
    DocumentId
}

impl ConnectionId {
    /// The partition key of the connection and of everything that is kept for it.
    pub(crate) fn pk(&self) -> String {
        format!("CONN#{self}")
    }
}

impl Kind {
    /// Whether this is the FreshBooks noun `noun`.
    #[must_use]
    pub fn is(&self, noun: &str) -> bool {
        self.0 == noun
    }
}

/// Which record: one FreshBooks document of one connection.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordKey {
    /// The connection.
    pub connection: ConnectionId,
    /// The kind of document.
    pub kind: Kind,
    /// FreshBooks' id.
    pub id: DocumentId,
}

impl RecordKey {
    /// Parses the three parts.
    ///
    /// # Errors
    /// The part that is not a name.
    pub fn parse(connection: &str, kind: &str, id: &str) -> Result<Self, NotAName> {
        Ok(Self {
            connection: connection.parse()?,
            kind: kind.parse()?,
            id: id.parse()?,
        })
    }

    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> String {
        format!("REC#{}#{}#{}", self.connection, self.kind, self.id)
    }

    /// The key back from [`RecordKey::pk`].
    pub(crate) fn from_pk(pk: &str) -> Option<Self> {
        let mut parts = pk.strip_prefix("REC#")?.splitn(3, '#');
        Self::parse(parts.next()?, parts.next()?, parts.next()?).ok()
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.connection, self.kind, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_partition_key() {
        let key = RecordKey::parse("acme", "invoice", "987654").unwrap();
        assert_eq!(RecordKey::from_pk(&key.pk()), Some(key));
    }

    #[test]
    fn no_part_of_a_key_may_hold_its_separator() {
        for text in ["a#b", "", "a b", "é", &"x".repeat(65)] {
            assert!(text.parse::<DocumentId>().is_err(), "{text:?}");
        }
    }
}
