//! The HTTP API in front of a function: requests become payload-2.0 events, answers come back.
//!
//! Field by field as API Gateway does it, with its oddities: header names in lower case and repeated
//! ones joined, cookies apart, the path decoded but the query string not, and a body of anything but
//! text in base64, `application/x-www-form-urlencoded` included.

mod event;
mod response;
mod route;

pub use event::event;
pub use response::response;
pub use route::{Route, RouteError};
