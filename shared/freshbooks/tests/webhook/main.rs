//! Webhook signatures, through the public door only.
#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod deliveries;
mod forgeries;
mod handshakes;
mod python;
mod vectors;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Signs a text as FreshBooks does; the text comes from the test, not from the code under test.
fn sign(verifier: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(verifier.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
