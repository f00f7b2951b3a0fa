//! The DynamoDB ledger: connections, records, steps, audit trail, links, books and pace.
//!
//! One table. What stands in it, by keys:
//!
//! | pk | sk | item |
//! |---|---|---|
//! | `CONN#{connection}` | `META` | [`Connection`] |
//! | `CONN#{connection}` | `SETTINGS#{version}` | the settings document, immutable per version |
//! | `CONN#{connection}` | `SECRET#{name}` | [`SecretRow`], sealed by the vault |
//! | `CONN#{connection}` | `HOOK#{noun}` | [`Hook`], sealed by the vault |
//! | `CONN#{connection}` | `LINK#{kind}#{id}` | [`Link`] |
//! | `CONN#{connection}` | `REF#{book}#{part}` | a cached Cin7 reference book |
//! | `REC#{connection}#{kind}#{id}` | `STATE` | [`Record`] |
//! | `REC#{connection}#{kind}#{id}` | `AUDIT#{seq}` | [`audit::Entry`] |
//! | `REC#{connection}#{kind}#{id}` | `SENT#{step}` | the request last sent for a step, whole |
//! | `PACE#{key hash}` | `STATE` | the shared limiter of one Cin7 key |
//!
//! Every write of a record goes through [`Ledger::commit`] or [`Ledger::commit_sending`], which write the record and its new audit
//! entries in one transaction under the version last read. That version is the fencing number: a
//! worker whose lease was taken over cannot write any more.

pub mod audit;
mod books;
mod commits;
mod connections;
mod error;
mod links;
mod lists;
mod names;
mod pace;
mod record;
mod records;
mod replays;
mod secrets;
mod selections;
mod state;
mod store;
pub mod table;

pub use commits::Sent;
pub use connections::{Connection, Status};
pub use error::Error;
pub use links::Link;
pub use names::{ConnectionId, DocumentId, Kind, NotAName, RecordKey};
pub use pace::{Pace, Taken};
pub use record::{Evidence, Lease, Record, Step, StepStatus};
pub use records::Claim;
pub use secrets::{Hook, SecretRow};
pub use selections::Selection;
pub use state::State;
pub use store::Ledger;
