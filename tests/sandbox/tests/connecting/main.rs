//! Connections from nothing to removed: the desk, the webhook, the poller and the engine together, against
//! both stand-ins, with a person's browser and FreshBooks' post office played by the tests.

// A function inside a batch inside a loop, each around SDK calls: deeper than the default of 128.
#![recursion_limit = "256"]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed assumption is a failed test"
)]

mod business;
mod callbacks;
mod check;
mod compare;
mod consent;
mod handshakes;
mod keys;
mod life;
mod preview;
mod probe;
mod schedules;
mod scopes;
mod secrets;
mod settings;
mod state;
mod world;
