//! Embedded AWS on loopback: DynamoDB, SQS, KMS, EventBridge Scheduler, and the Lambda event sources.
//!
//! The sandbox and the tests reach it through the SDK clients that production uses, so no code
//! under test knows that it is not talking to AWS. One [`LocalAws`] takes milliseconds to start and
//! belongs to one test; with a data folder its contents survive the death of the process.
//!
//! * [`LocalAws`] serves the four APIs, logs each [`Call`], and fails the calls that a test names
//!   with a [`Fault`].
//! * [`gateway`] turns HTTP requests into the events of an HTTP API, and answers back.
//! * [`event_source`] takes batches off a queue by the rules of an SQS event source mapping.
//! * [`runtime_api`] runs a function's real binary behind the Lambda Runtime API.
//!
//! Any tokio runtime will do. DynamoDB's engine on a file runs on blocking threads, one call at a time;
//! all else answers in place, each service on one SQLite connection behind one lock.

mod dynamodb;
mod error;
pub mod event_source;
pub mod gateway;
mod kms;
mod local;
mod place;
pub mod runtime_api;
mod scheduler;
mod server;
mod sqs;

pub use error::Error;
pub use local::{LocalAws, Options};
pub use scheduler::Due;
pub use server::{Call, Fault, Service};

/// The region that every client, ARN and event names.
pub const REGION: &str = "us-east-1";

/// The account that every ARN and event names.
pub const ACCOUNT: &str = "000000000000";
