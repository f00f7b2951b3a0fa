//! The engine: look at one FreshBooks object and bring Cin7 to where it should be.
//!
//! [`Engine`] is what the processor runs; [`Watch`] is what the poller runs, and its Cin7 handle can
//! only read. Both keep everything they know in the ledger.

mod access;
mod asking;
mod backfill;
mod backoff;
mod bill;
mod bill_payment;
mod catch_up;
mod cin7_pace;
mod connect;
mod copy;
mod credentials;
mod credit_note;
mod customer;
mod engine;
mod entry;
mod expense;
mod facts;
mod family;
mod fetch;
pub mod http;
mod income;
mod invoice;
mod journal;
mod keeping;
mod look;
mod partner;
mod payment;
mod planning;
mod posting;
mod preview;
mod purchase;
mod replay;
mod revise;
mod side;
mod steps;
mod stop;
mod supplier;
mod tying;
mod watch;
mod withdraw;
mod work;

pub use access::{Cin7Access, Cin7WriteAccess};
pub use backfill::{Backfilled, Backfills, Progress, progress};
pub use backoff::{NotASchedule, Schedule, pace, wait};
pub use catch_up::{CatchUps, CaughtUp};
pub use connect::{NewConnection, NotConnected, connect, resume};
pub use engine::{Engine, Looked, Options};
pub use facts::Known;
pub use keeping::NotAsked;
pub use preview::{
    CUSTOMER_ID, Compared, ComparedPage, Cursor, CustomerToBe, Move, NotACursor, NotPreviewed,
    Outcome, Preview, PreviewPage, Previewed, Previews, SALE_ID, Total, Write, totals,
};
pub use replay::{Replay, replay};
pub use tying::{NotTied, TieOuts, stored};
pub use watch::{Confirmed, Failed, Watch};
