//! The webhook behind the gateway, on embedded AWS.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod accepted;
mod alike;
mod bench;
mod down;
mod handshake;
mod refused;
mod unknown;
