//! The faults after which a person has to do something, or something else stands in Cin7, each with its
//! reason. Whatever is not in this table has to end, by itself, as if there had been no fault.

use super::calls::{Call, Service};
use super::kinds::Kind;

/// What is done then; after it everything has to stand as if there had been no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Nothing: the same stands in another sale, beside a voided one.
    AnotherSale,
    /// The owner consents in FreshBooks once more.
    Consent,
    /// Somebody replays the records that ask for it.
    Replay,
}

/// One of those faults.
#[derive(Debug)]
pub(super) struct Exception {
    /// Whether it happened in a run with these calls.
    pub(super) happened: fn(&[Call]) -> bool,
    pub(super) remedy: Remedy,
    pub(super) reason: &'static str,
}

/// All of them.
pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        happened: |calls| calls.iter().any(|call| is_token(call) && is_lost(call)),
        remedy: Remedy::Consent,
        reason: "the answer with the new refresh token was lost, and FreshBooks takes the old one only \
                 once (docs/freshbooks-api.md, OAuth)",
    },
    Exception {
        happened: |calls| killed_before_the_token_was_stored(calls),
        remedy: Remedy::Consent,
        reason: "the function was killed between FreshBooks' answer with the new refresh token and our \
                 writing it down",
    },
    Exception {
        happened: |calls| struck(calls, Service::Cin7, &[Kind::Refused400]),
        remedy: Remedy::Replay,
        reason: "Cin7 refused the call with a sentence of its own: a person reads it, and replays",
    },
    Exception {
        happened: |calls| {
            let refused =
                |call: &Call| call.name == "DELETE sale" && call.struck == Some(Kind::Refused400);
            calls.iter().any(refused)
        },
        remedy: Remedy::AnotherSale,
        reason: "Cin7 refused to undo the sale, so that it was voided and posted anew (docs/cin7-api.md, \
                 undo and void)",
    },
    Exception {
        happened: |calls| {
            let refusals = [Kind::Forbidden403, Kind::Error200];
            struck(calls, Service::Freshbooks, &refusals)
        },
        remedy: Remedy::Replay,
        reason: "FreshBooks refused the call with a sentence of its own: a person reads it, and replays",
    },
];

/// What of the table happened in a run with these calls.
pub(super) fn of(calls: &[Call]) -> Vec<&'static Exception> {
    EXCEPTIONS
        .iter()
        .filter(|exception| (exception.happened)(calls))
        .collect()
}

fn struck(calls: &[Call], service: Service, kinds: &[Kind]) -> bool {
    let by = |call: &Call| call.struck.is_some_and(|kind| kinds.contains(&kind));
    calls.iter().any(|call| call.service == service && by(call))
}

/// Whether it asks FreshBooks for a new pair of tokens.
pub(super) fn is_token(call: &Call) -> bool {
    call.service == Service::Freshbooks && call.name.ends_with("/auth/oauth/token")
}

/// Applied, and its answer never read.
fn is_lost(call: &Call) -> bool {
    let lost = [
        Kind::LostAfter,
        Kind::Status500Applied,
        Kind::TruncatedApplied,
        Kind::KilledAfter,
    ];
    call.struck.is_some_and(|kind| lost.contains(&kind))
}

/// A kill at any call from the token's answer to the write that stores it, both of one function.
fn killed_before_the_token_was_stored(calls: &[Call]) -> bool {
    let answered = calls
        .iter()
        .enumerate()
        .filter(|(_, call)| is_token(call) && call.struck.is_none());
    let mut after = answered.map(|(at, answered)| (answered.by, &calls[at + 1..]));
    after.any(|(by, calls)| {
        for call in calls.iter().filter(|call| call.by == by) {
            let stores = call.service == Service::Dynamodb && call.name == "PutItem";
            match call.struck {
                Some(Kind::KilledBefore) => return true,
                Some(Kind::KilledAfter) => return !stores,
                None if stores => return false,
                _ => {}
            }
        }
        false
    })
}
