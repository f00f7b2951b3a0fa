//! Runs the whole connector on one machine.
//!
//! [`Plant`] is embedded AWS on loopback and the three functions, in process, called with the events
//! that AWS would send. The functions are those that deploy: nothing of them is replaced here.
//! [`serve`] points a plant at any FreshBooks and Cin7, the real ones included; [`day`] points one at
//! the stand-ins and lets a day in a small business happen.

// A function inside a batch inside a loop, each around SDK calls: deeper than the default of 128.
#![recursion_limit = "256"]

pub mod connection_file;
pub mod day;
mod plant;
mod records;
pub mod serve;

pub use plant::{Aws, NotStarted, Plant, Site};
pub use records::{Row, rows};
