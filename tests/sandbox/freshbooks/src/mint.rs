//! Tokens, verifiers and ids, counted out so that a run can be repeated.

use sha2::{Digest, Sha256};

const HEX: &[u8] = b"0123456789abcdef";
const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Gives out texts of which no two are alike.
#[derive(Debug, Default)]
pub(crate) struct Mint {
    struck: u64,
}

impl Mint {
    /// 64 hex characters: app ids, app secrets, refresh tokens, authorization codes.
    pub(crate) fn hex64(&mut self) -> String {
        self.strike(HEX, 64)
    }

    /// An access token: shaped like a JWT of about 1,000 characters, as FreshBooks' are.
    pub(crate) fn access_token(&mut self) -> String {
        let (payload, seal) = (
            self.strike(ALPHANUMERIC, 600),
            self.strike(ALPHANUMERIC, 342),
        );
        format!("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJ{payload}.{seal}")
    }

    /// A webhook verifier: 33 alphanumerics.
    pub(crate) fn verifier(&mut self) -> String {
        self.strike(ALPHANUMERIC, 33)
    }

    /// An account id: six alphanumerics, case-sensitive.
    pub(crate) fn account_id(&mut self) -> String {
        self.strike(ALPHANUMERIC, 6)
    }

    /// A uuid in its usual text form.
    pub(crate) fn uuid(&mut self) -> String {
        let hex = self.strike(HEX, 32);
        [
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..],
        ]
        .join("-")
    }

    fn strike(&mut self, alphabet: &[u8], length: usize) -> String {
        self.struck += 1;
        (0_u64..)
            .flat_map(|block| Sha256::digest(format!("{}/{block}", self.struck)))
            .map(|byte| char::from(alphabet[usize::from(byte) % alphabet.len()]))
            .take(length)
            .collect()
    }
}
