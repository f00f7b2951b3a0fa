//! Our client against the stand-in: each was written from the notes, and here they have to agree, with
//! every open question answered one way and the other.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod bench;
mod bills;
mod ledger;
mod lost;
