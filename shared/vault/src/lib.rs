//! Secrets under KMS: envelope encryption bound to connection, provider and purpose.
//!
//! Plaintext lives in memory only, in types that print nothing and are wiped on drop, for a few
//! minutes at most. Each vault opens one thing: [`VerifierVault`] is all that the webhook gets,
//! [`KeyVault`] all that the poller gets, the processor has [`TokenVault`] too, and [`Vault`] stores.
//! In AWS the roles say the same through the encryption context (`template.yaml`).

mod cache;
mod envelope;
mod error;
mod keys;
mod store;
mod token;
mod verifiers;

pub use envelope::{Envelope, Purpose};
pub use error::Error;
pub use keys::{Cin7Keys, KeyVault};
pub use store::{FreshBooksSecret, Vault};
pub use token::TokenVault;
pub use verifiers::VerifierVault;
