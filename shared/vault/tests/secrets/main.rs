//! The vaults on embedded KMS and DynamoDB, and the token vault against a FreshBooks stand-in.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod bench;
mod consents;
mod crashes;
mod endpoint;
mod envelopes;
mod faults;
mod keys;
mod offers;
mod quiet;
mod races;
mod restart;
mod rewrapping;
mod tokens;
mod verifiers;
