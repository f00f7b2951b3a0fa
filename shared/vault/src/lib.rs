//! Secrets under KMS: envelope encryption bound to connection, provider and purpose.
//!
//! Plaintext lives in memory only, in types that print nothing and are wiped on drop, for a few
//! minutes at most. Each vault opens one thing: [`VerifierVault`] is all that the webhook opens, and
//! [`OfferVault`] can only seal for it, [`KeyVault`] opens Cin7's keys, [`TokenVault`] FreshBooks'
//! token, and [`Vault`] stores. In AWS the roles say the same through the encryption context
//! (`template.yaml`).

mod cache;
mod envelope;
mod error;
mod keys;
mod offers;
mod plain;
mod report;
mod rewrap;
mod sealer;
mod store;
mod token;
mod verifiers;

pub use envelope::{Envelope, Purpose};
pub use error::Error;
pub use keys::KeyVault;
pub use offers::OfferVault;
pub use plain::{Cin7Keys, FreshBooksSecret};
pub use report::{Age, Held, What};
pub use store::Vault;
pub use token::TokenVault;
pub use verifiers::{NotVerified, SignedBy, VerifierVault, Verifiers};
