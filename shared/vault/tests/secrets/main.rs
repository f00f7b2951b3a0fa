//! The vaults on embedded KMS and DynamoDB, and the token vault against a FreshBooks stand-in.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod bench;
mod envelopes;
mod faults;
mod quiet;
mod races;
mod restart;
mod tokens;
mod verifiers;
