//! The wire: connections, requests, answers.

mod ask;
mod connection;
mod reply;
mod route;
mod serve;

pub(crate) use ask::Ask;
pub(crate) use connection::{Connection, CuttableListener};
pub(crate) use reply::Reply;
pub(crate) use route::answer;
pub(crate) use serve::router;
