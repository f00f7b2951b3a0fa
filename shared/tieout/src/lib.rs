//! The tie-out of a month: for each kind of document what FreshBooks says, what Cin7 holds, and every
//! cent between the two under a named cause.
//!
//! Nothing here does I/O. Whoever has read both sides and the ledger hands in one [`Document`] for each
//! document that any of the three knows; [`tie`] adds them up and asks of each whose figures differ why.
//! What has no cause is [`KindTotals::unexplained`], and that has to be zero
//! (docs/month-end.md tells people what each cause means).

mod cause;
mod csv;
mod document;
mod judge;
mod kind;
mod month;
mod report;
mod table;
mod tie;

pub use cause::Cause;
pub use csv::csv;
pub use document::{Copy, Document, Figures, InFreshbooks, Nature, Progress, Stands, Told};
pub use judge::{Rules, cause_of};
pub use kind::{Kind, NotAKind};
pub use month::{Month, NotAMonth};
pub use report::{CauseTotal, Difference, KindTotals, TieOut, Unread};
pub use table::table;
pub use tie::{differs, tie};
