//! What the stand-ins, the embedded AWS and the tests share. It knows none of the other crates.
//!
//! * [`Server`] and [`serve`] answer HTTP over connections that a handler can cut: it takes the
//!   [`Connection`] that its request came over as `ConnectInfo<Connection>`.
//! * [`Log`] reads back what a test's thread logs.

mod connection;
mod log;
mod server;

pub use connection::Connection;
pub use log::Log;
pub use server::{Server, serve};
