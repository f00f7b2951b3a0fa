//! The emulator through the SDK clients, rule by rule.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod dynamodb;
mod event_source;
mod faults;
mod fifo;
mod gateway;
mod kms;
mod persistence;
mod redrive;
mod runtime_api;
mod sqs;
mod support;
