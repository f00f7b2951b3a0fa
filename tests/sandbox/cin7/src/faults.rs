//! Faults that can be switched on, call by call.

mod matcher;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

pub use matcher::Matcher;

use crate::calls::Call;
use crate::http::{Ask, Reply};
use crate::limit::LimitAnswer;

/// What goes wrong with a call. `applied` tells whether Cin7 did what was asked for all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection is cut before anything happens.
    LostBefore,
    /// The call is carried out and the connection is cut before the answer.
    LostAfter,
    /// Status 500 with the error shape.
    Status500 {
        /// Whether the call was carried out.
        applied: bool,
    },
    /// Refused with the limit's sentence, status 429, error shape.
    Limit429,
    /// Refused with the limit's sentence, status 503, plain text.
    Limit503Text,
    /// Refused with the limit's sentence, status 400, error shape.
    Limit400Text,
    /// Status 503 from a gateway, without the limit's sentence.
    Plain503 {
        /// Whether the call was carried out.
        applied: bool,
    },
    /// Half of the answer's body, in a complete HTTP response.
    TruncatedJson {
        /// Whether the call was carried out.
        applied: bool,
    },
    /// The HTML page of a wrong path, status 200.
    Html200 {
        /// Whether the call was carried out.
        applied: bool,
    },
    /// Refused with one bare error object under status 200.
    Error200,
    /// Refused as if the keys were wrong.
    Unauthorized403,
    /// Refused with status 400 and a sentence about what was sent.
    Refused400,
    /// Carried out at once, answered after this long on the stand-in's clock.
    Slow(Duration),
    /// Never answered: the connection stays open until the caller goes away.
    Hang {
        /// Whether the call was carried out.
        applied: bool,
    },
}

/// The sentence for wrong keys (docs/cin7-api.md, errors).
pub(crate) const INCORRECT_CREDENTIALS: &str = "Incorrect credentials!";

impl Fault {
    /// Whether the call is carried out all the same.
    pub(crate) fn applies(self) -> bool {
        match self {
            Self::LostAfter | Self::Slow(_) => true,
            Self::Status500 { applied }
            | Self::Plain503 { applied }
            | Self::TruncatedJson { applied }
            | Self::Html200 { applied }
            | Self::Hang { applied } => applied,
            Self::LostBefore
            | Self::Limit429
            | Self::Limit503Text
            | Self::Limit400Text
            | Self::Error200
            | Self::Unauthorized403
            | Self::Refused400 => false,
        }
    }

    /// What the caller gets instead of `reply`; `None` cuts the connection.
    pub(crate) fn disturb(self, reply: Reply) -> Option<Reply> {
        Some(match self {
            Self::LostBefore | Self::LostAfter => return None,
            Self::Status500 { .. } => Reply::error(500, "An unexpected error has occurred."),
            Self::Limit429 => LimitAnswer::Json429.reply(),
            Self::Limit503Text => LimitAnswer::Text503.reply(),
            Self::Limit400Text => LimitAnswer::Json400.reply(),
            Self::Plain503 { .. } => Reply::text(503, "Service Unavailable"),
            Self::TruncatedJson { .. } => reply.halved(),
            Self::Html200 { .. } => Reply::page_not_found(),
            Self::Error200 => Reply::bare_error(200, "An unexpected error has occurred."),
            Self::Unauthorized403 => Reply::error(403, INCORRECT_CREDENTIALS),
            Self::Refused400 => Reply::error(400, "The value of an attribute is not valid."),
            Self::Slow(_) | Self::Hang { .. } => reply,
        })
    }

    /// How long the answer is held back.
    pub(crate) fn wait(self) -> Option<Duration> {
        match self {
            Self::Slow(span) => Some(span),
            _ => None,
        }
    }
}

/// Decides what befalls a call as it arrives.
pub(crate) type Decide = Box<dyn Fn(&Call) -> Option<Fault> + Send + Sync>;

/// The faults still to come.
#[derive(Default)]
pub(crate) struct Faults {
    by_number: BTreeMap<usize, Fault>,
    by_match: Vec<(Matcher, Fault)>,
    decide: Option<Decide>,
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faults")
            .field("by_number", &self.by_number)
            .field("by_match", &self.by_match)
            .finish_non_exhaustive()
    }
}

impl Faults {
    /// Switches a fault on for the calls that `matcher` picks.
    pub(crate) fn add(&mut self, matcher: Matcher, fault: Fault) {
        self.by_match.push((matcher, fault));
    }

    /// Switches a fault on for the call with this number.
    pub(crate) fn add_number(&mut self, number: usize, fault: Fault) {
        self.by_number.insert(number, fault);
    }

    /// Lets somebody else decide first.
    pub(crate) fn decide(&mut self, decide: Decide) {
        self.decide = Some(decide);
    }

    /// The fault of this call, if any: what is decided goes before the call's own number, that before
    /// the matchers, and the matcher that was added first before the others.
    pub(crate) fn take(&mut self, call: &Call, ask: &Ask) -> Option<Fault> {
        let decided = self.decide.as_ref().and_then(|decide| decide(call));
        let numbered = self.by_number.remove(&call.number);
        let path = ask.path.as_deref().unwrap_or_default();
        let mut matched = None;
        for (matcher, fault) in &mut self.by_match {
            if matcher.picks(&ask.method, path) {
                matched = matched.or(Some(*fault));
            }
        }
        self.by_match.retain(|(matcher, _)| !matcher.is_spent());
        decided.or(numbered).or(matched)
    }
}
