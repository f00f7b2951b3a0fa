//! The key of a callback's signature.

use std::fmt;
use std::slice;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// The code FreshBooks gave for one callback in the handshake, and with which it signs that
/// callback's deliveries. Its text is the key as it stands, never decoded
/// (docs/freshbooks-api.md, signature). `Debug` shows only the name of the type.
#[derive(Clone)]
pub struct Verifier(SecretString);

impl Verifier {
    /// A verifier as FreshBooks sent it. An empty one verifies nothing, because anybody could sign
    /// with it.
    #[must_use]
    pub fn new(verifier: String) -> Self {
        Self(verifier.into())
    }

    fn has_signed(&self, text: &str, tag: &[u8; 32]) -> bool {
        let key = self.0.expose_secret().as_bytes();
        // HMAC takes keys of any length; the error exists for other algorithms.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
            return false;
        };
        mac.update(text.as_bytes());
        let is_equal = mac.verify_slice(tag).is_ok();
        is_equal & !key.is_empty()
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier")
    }
}

/// Whether one of the verifiers made this signature of this text.
///
/// The work depends only on the text and the number of verifiers, none counting as one: neither a
/// known connection nor a well-formed header can be told from the time a refusal takes.
pub(super) fn any_has_signed(verifiers: &[Verifier], text: &str, signature: Option<&str>) -> bool {
    let decoy = Verifier::new("decoy of the length of a real one".to_owned());
    let tried = if verifiers.is_empty() {
        slice::from_ref(&decoy)
    } else {
        verifiers
    };
    let tag = signature.and_then(tag);
    let compared = tag.unwrap_or_default();
    let mut is_signed = false;
    for verifier in tried {
        is_signed |= verifier.has_signed(text, &compared);
    }
    is_signed & tag.is_some() & !verifiers.is_empty()
}

/// The 32 bytes of a header in standard base64 with its padding; nothing else is accepted.
fn tag(header: &str) -> Option<[u8; 32]> {
    STANDARD.decode(header).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(key: &str, text: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(text.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    }

    #[test]
    fn any_of_several_verifiers_will_do() {
        let verifiers = ["old", "new"].map(|key| Verifier::new(key.to_owned()));
        for key in ["old", "new"] {
            assert!(
                any_has_signed(&verifiers, "{}", Some(&sign(key, "{}"))),
                "{key}"
            );
        }
        assert!(!any_has_signed(
            &verifiers,
            "{}",
            Some(&sign("other", "{}"))
        ));
    }

    #[test]
    fn without_a_verifier_not_even_the_decoys_signature_is_genuine() {
        let signature = sign("decoy of the length of a real one", "{}");
        assert!(!any_has_signed(&[], "{}", Some(&signature)));
    }

    #[test]
    fn an_empty_verifier_verifies_nothing() {
        let empty = [Verifier::new(String::new())];
        assert!(!any_has_signed(&empty, "{}", Some(&sign("", "{}"))));
    }

    #[test]
    fn a_verifier_shows_only_its_name() {
        assert_eq!(
            format!("{:?}", Verifier::new("very secret".to_owned())),
            "Verifier"
        );
    }
}
