//! The console behind the gateway, on embedded AWS and the stand-ins. Every answer is held against
//! `openapi.json`.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod bench;
mod connections;
mod consent;
mod openapi;
mod probe;
mod records;
mod refused;
mod secrets;
mod tie_out;
