//! The wire: requests and answers.

mod ask;
mod reply;
mod route;
mod serve;

pub(crate) use ask::Ask;
pub(crate) use reply::Reply;
pub(crate) use route::answer;
pub(crate) use serve::router;
