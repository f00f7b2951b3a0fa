//! The DynamoDB ledger: connections, records, steps, audit trail, links, books and pace.
//!
//! One table. What stands in it, by keys:
//!
//! | pk | sk | item |
//! |---|---|---|
//! | `CONN#{connection}` | `META` | [`Connection`] |
//! | `CONN#{connection}` | `SETTINGS#{version}` | the settings document, immutable per version |
//! | `CONN#{connection}` | `SECRET#{name}` | [`SecretRow`], sealed by the vault |
//! | `CONN#{connection}` | `HOOK#{noun}` | [`Hook`], its verifiers sealed by the vault |
//! | `CONN#{connection}` | `CONSENT#{nonce hash}` | [`Consent`], until it is used or expires |
//! | `CONN#{connection}` | `LINK#{kind}#{id}` | [`Link`] |
//! | `CONN#{connection}` | `CIN7#{handle}` | which record a Cin7 document is of |
//! | `CONN#{connection}` | `CURSOR#confirm#{family}` | [`Overseen`] |
//! | `CONN#{connection}` | `CURSOR#changes#{kind}` | [`Cursor`]: how far changes in FreshBooks were caught up with |
//! | `CONN#{connection}` | `CURSOR#listed#{kind}#{list}#{part}` | what a list showed that is read whole |
//! | `CONN#{connection}` | `REF#{book}#{part}` | a cached Cin7 reference book |
//! | `CONN#{connection}` | `PROBE` | what the probe made and found, as a text of its own |
//! | `CONN#{connection}` | `TIEOUT#{month}#{part}` | the last tie-out of a month, as a text |
//! | `CONN#{connection}` | `TIEDOUT#{month}` | when that was |
//! | `CONNECTIONS` | `{connection}` | the list of connections |
//! | `BACKFILLS` | `{connection}` | [`Backfill`], the connection's last |
//! | `REC#{connection}#{kind}#{id}` | `STATE` | [`Record`] |
//! | `REC#{connection}#{kind}#{id}` | `AUDIT#{seq}` | [`audit::Entry`] |
//! | `REC#{connection}#{kind}#{id}` | `SENT#{step}` | the request last sent for a step, whole |
//! | `PACE#{key hash}` | `STATE` | the shared limiter of one Cin7 key |
//!
//! Every write of a record goes through [`Ledger::commit`] or [`Ledger::commit_sending`], which write the record and its new audit
//! entries in one transaction under the version last read. That version is the fencing number: a
//! worker whose lease was taken over cannot write any more.

pub mod audit;
mod backfills;
mod books;
mod commits;
mod conditions;
mod connections;
mod consents;
mod cursors;
mod error;
mod handles;
mod hooks;
mod links;
mod lists;
mod names;
mod overseen;
mod pace;
mod probes;
mod record;
mod records;
mod removal;
mod replays;
mod secrets;
mod selections;
mod settings;
mod state;
mod status;
mod store;
pub mod table;
mod tieouts;
mod transactions;

pub use backfills::{Backfill, BackfillState, Document, Followed, Sample, Unlisted};
pub use commits::Sent;
pub use connections::{Connection, PollSchedule};
pub use consents::{Consent, ConsentStage};
pub use cursors::Cursor;
pub use error::Error;
pub use hooks::{Hook, HookState, Offered};
pub use links::Link;
pub use names::{ConnectionId, DocumentId, Kind, NotAName, RecordKey};
pub use overseen::Overseen;
pub use pace::{Pace, Taken};
pub use record::{Doubt, Evidence, Lease, Record, Step, StepStatus};
pub use records::Claim;
pub use secrets::SecretRow;
pub use selections::Selection;
pub use state::State;
pub use status::{Refused, Status};
pub use store::Ledger;
