//! When a connection is polled: what its owner may write, and its own schedule in `EventBridge` Scheduler.
//!
//! [`parse`] reads what a person wrote, [`Schedules`] keeps one schedule for each connection, all of them
//! in one group of the stack. What is stored in the ledger decides; the schedule is made after it.

mod cron;
mod handle;
mod parse;
mod rate;

pub use handle::{Error, Place, Put, Schedules};
pub use parse::{NotASchedule, parse, usual};
