//! Settles what Cin7's documentation leaves open, by trying it on an account (docs/probe.md).
//!
//! [`Prober`] runs one step a request. Each writes into the ledger what it is about to make before it
//! makes it, so that a crash at any call leaves nothing forgotten, and removes it again at its end; what
//! could not be removed stays on a list that [`Prober::clean`] works off. Findings change nothing until
//! [`Prober::apply`] writes them into the next version of the settings.

mod account;
mod apply;
mod prober;
mod progress;
mod removal;
mod sitting;
mod steps;
mod view;

pub use prober::{Asked, Prober};
pub use progress::{Finding, Value};
pub use view::{LeftoverView, ProbeView, Stage, StepView};
