//! The binaries of the functions, run over the Runtime API with the environment that
//! `template.yaml` declares, against embedded AWS and stand-ins, with the events in `events/`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed assumption is a failed test"
)]

mod built;
#[path = "../serve/business.rs"]
mod business;
mod chain;
mod cloud;
mod declared;
mod events;
