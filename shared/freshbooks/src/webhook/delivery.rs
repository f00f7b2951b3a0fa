//! A delivery before and after its signature was checked.

use std::fmt;

use secrecy::SecretString;

use super::event::Event;
use super::form::{self, Malformed};
use super::signed_text::signed_text;
use super::verifier::{Verifier, any_has_signed};
use crate::id::is_id;

/// More bytes than any verifier has: samples show 33. Nobody should be able to have more stored.
const LONGEST_VERIFIER: usize = 255;

/// A webhook delivery. What it says can be read only once it is [`Verified`].
#[derive(Debug)]
pub struct Delivery<State> {
    state: State,
}

/// Bytes from anybody, decoded. `Debug` shows the names of the fields and no value: a handshake
/// carries a verifier.
pub struct Unverified {
    fields: Vec<(String, String)>,
    signature: Option<String>,
}

/// A delivery that FreshBooks signed. There is no way to one but [`Delivery::verify`].
#[derive(Debug)]
pub struct Verified {
    event: Event,
    object_id: String,
    account_id: Option<String>,
    has_verifier: bool,
}

/// What a handshake offers, whoever sent it: it is signed, if at all, with the verifier it carries,
/// which proves nothing. Trust it only once the callback was read with the connection's own token,
/// found to point here, and not verified yet (docs/freshbooks-api.md, handshake).
#[derive(Debug, Clone)]
pub struct Offer {
    /// The callback's id, from `object_id`: 1 to 64 letters, digits, `_` or `-`.
    pub callback_id: String,
    /// The code that confirms the callback and signs its deliveries from then on; never empty.
    pub verifier: SecretString,
}

/// Why a delivery is not passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotGenuine {
    /// No signature, or none that a known verifier made. The sender is unknown.
    #[error("no known verifier made the signature")]
    Signature,
    /// FreshBooks signed it, and the named field is missing or cannot be what it should be.
    #[error("the delivery is signed but its field `{0}` cannot be used")]
    Unusable(&'static str),
}

impl Delivery<Unverified> {
    /// Decodes a form body; `signature` is the header `X-FreshBooks-Hmac-SHA256`, if there is one.
    ///
    /// # Errors
    /// [`Malformed`] where the body is not what any genuine sender would write.
    pub fn parse(body: &[u8], signature: Option<&str>) -> Result<Self, Malformed> {
        let fields = form::fields(body)?;
        Ok(Self {
            state: Unverified {
                fields,
                signature: signature.map(str::to_owned),
            },
        })
    }

    /// Whether it is a handshake. That is known by the presence of the field `verifier` and never by
    /// the event's name (docs/freshbooks-api.md, handshake).
    #[must_use]
    pub fn is_handshake(&self) -> bool {
        field(&self.state.fields, "verifier").is_some()
    }

    /// What a handshake offers, before anything about it is known to be true; `None` where it is no
    /// handshake, or where its verifier is empty, longer than 255 bytes, or its `object_id` no id.
    #[must_use]
    pub fn offer(&self) -> Option<Offer> {
        let verifier = field(&self.state.fields, "verifier")?;
        let callback_id = field(&self.state.fields, "object_id").filter(|id| is_id(id))?;
        (1..=LONGEST_VERIFIER)
            .contains(&verifier.len())
            .then(|| Offer {
                callback_id: callback_id.to_owned(),
                verifier: verifier.into(),
            })
    }

    /// The names of the fields in their order, to be logged when a check fails: the order is part
    /// of what is signed, and documented differently in different places
    /// (docs/freshbooks-api.md, deliveries).
    pub fn field_names(&self) -> impl Iterator<Item = &str> {
        self.state.fields.iter().map(|(name, _)| name.as_str())
    }

    /// Checks the signature against every verifier, in time that depends on neither the outcome
    /// nor the header; an empty list takes as long as one verifier.
    ///
    /// # Errors
    /// [`NotGenuine`]; a missing header is the same as a wrong one.
    pub fn verify(self, verifiers: &[Verifier]) -> Result<Delivery<Verified>, NotGenuine> {
        let Unverified { fields, signature } = self.state;
        if !any_has_signed(verifiers, &signed_text(&fields), signature.as_deref()) {
            return Err(NotGenuine::Signature);
        }
        Ok(Delivery {
            state: Verified::read(&fields)?,
        })
    }
}

/// The value of a field; no name occurs twice.
fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

impl Verified {
    fn read(fields: &[(String, String)]) -> Result<Self, NotGenuine> {
        let field = |name: &str| field(fields, name);
        let has_verifier = field("verifier").is_some();
        let parse = if has_verifier {
            Event::parse_in_handshake
        } else {
            Event::parse
        };
        let event = field("name")
            .and_then(parse)
            .ok_or(NotGenuine::Unusable("name"))?;
        let object_id = field("object_id").filter(|id| is_id(id));
        Ok(Self {
            event,
            object_id: object_id
                .ok_or(NotGenuine::Unusable("object_id"))?
                .to_owned(),
            account_id: field("account_id")
                .filter(|id| !id.is_empty())
                .map(str::to_owned),
            has_verifier,
        })
    }
}

impl Delivery<Verified> {
    /// The event. FreshBooks promises neither order nor single delivery, so the verb is a rumour.
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.state.event
    }

    /// The changed object, or in a handshake the callback: 1 to 64 letters, digits, `_` or `-`.
    #[must_use]
    pub fn object_id(&self) -> &str {
        &self.state.object_id
    }

    /// The accounting account, where the delivery names one; never empty.
    #[must_use]
    pub fn account_id(&self) -> Option<&str> {
        self.state.account_id.as_deref()
    }

    /// Whether it is a handshake. That is known by the presence of the field `verifier` and never
    /// by the event's name (docs/freshbooks-api.md, handshake).
    #[must_use]
    pub fn has_verifier(&self) -> bool {
        self.state.has_verifier
    }
}

impl fmt::Debug for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Unverified")
            .field("fields", &names)
            .finish_non_exhaustive()
    }
}
