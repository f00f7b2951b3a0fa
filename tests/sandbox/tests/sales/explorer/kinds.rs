//! Everything that can befall a call, by the names under which it is written in a run.

use std::fmt;
use std::str::FromStr;

use cin7_stand_in as cin7;
use freshbooks_stand_in as freshbooks;
use local_aws as aws;

use super::calls::{Call, Service};

/// How long FreshBooks asks to stay away when it throttles.
const FRESHBOOKS_WAIT: std::time::Duration = std::time::Duration::from_secs(30);

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// What befalls a call. `Applied` and `After` mean that the service did what was asked for all
        /// the same; `Throughout` that the SDK's own repeats of the call meet the fault too, so that
        /// it reaches the caller.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            const NAMES: &[(Self, &'static str)] = &[$((Self::$kind, $name),)*];
        }
    };
}

kinds! {
    LostBefore = "lost-before",
    LostAfter = "lost-after",
    Status500 = "500",
    Status500Applied = "500-applied",
    Status503 = "503",
    Status503Applied = "503-applied",
    /// The limit's own text under 503.
    Limit503 = "503-limit",
    Limit429 = "429",
    /// The limit's own text under 400.
    Limit400 = "400-limit",
    Refused400 = "400",
    Unauthorized401 = "401",
    Forbidden403 = "403",
    Truncated = "truncated",
    TruncatedApplied = "truncated-applied",
    Html = "html",
    HtmlApplied = "html-applied",
    /// An error under status 200.
    Error200 = "error-200",
    Throttled = "throttle",
    Condition = "condition",
    Conflict = "conflict",
    LostBeforeThroughout = "lost-before-throughout",
    /// The first try is applied, the SDK's repeats are lost before.
    LostAfterThroughout = "lost-after-throughout",
    ThrottledThroughout = "throttle-throughout",
    /// The function that made the call is killed before it is applied.
    KilledBefore = "kill-before",
    /// It is killed after the call was applied.
    KilledAfter = "kill-after",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::NAMES.iter().find(|(kind, _)| kind == self);
        f.write_str(named.map_or("?", |(_, name)| name))
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = Self::NAMES.iter().find(|(_, name)| *name == text);
        named
            .map(|(kind, _)| *kind)
            .ok_or_else(|| format!("{text} is no fault"))
    }
}

const READ_OF_CIN7: &[Kind] = &[
    Kind::LostBefore,
    Kind::Status500,
    Kind::Status503,
    Kind::Limit503,
    Kind::Limit429,
    Kind::Limit400,
    Kind::Refused400,
    Kind::Forbidden403,
    Kind::Truncated,
    Kind::Html,
    Kind::Error200,
    Kind::KilledBefore,
];
const ONLY_OF_WRITES_OF_CIN7: &[Kind] = &[
    Kind::LostAfter,
    Kind::KilledAfter,
    Kind::Status500Applied,
    Kind::Status503Applied,
    Kind::TruncatedApplied,
    Kind::HtmlApplied,
];
const OF_FRESHBOOKS: &[Kind] = &[
    Kind::LostBefore,
    Kind::Status500,
    Kind::Status503,
    Kind::Limit429,
    Kind::Unauthorized401,
    Kind::Forbidden403,
    Kind::TruncatedApplied,
    Kind::Html,
    Kind::Error200,
    Kind::KilledBefore,
];
const ONLY_OF_WRITES_OF_FRESHBOOKS: &[Kind] =
    &[Kind::LostAfter, Kind::KilledAfter, Kind::Status500Applied];
const OF_AWS: &[Kind] = &[
    Kind::Throttled,
    Kind::ThrottledThroughout,
    Kind::LostBefore,
    Kind::LostBeforeThroughout,
    Kind::Status500,
    Kind::KilledBefore,
];
const ONLY_OF_WRITES_OF_AWS: &[Kind] = &[
    Kind::KilledAfter,
    Kind::LostAfter,
    Kind::LostAfterThroughout,
    Kind::Status500Applied,
];
const ONLY_OF_WRITES_OF_DYNAMODB: &[Kind] = &[Kind::Condition, Kind::Conflict];

/// Every fault that can happen at this call. Whether a read was carried out before its answer was lost,
/// or before whoever made it was killed, makes no difference to anybody, so that some stand only with
/// writes.
pub(super) fn that_can_befall(call: &Call) -> Vec<Kind> {
    let (of_all, of_writes): (&[Kind], Vec<&[Kind]>) = match call.service {
        Service::Freshbooks => (OF_FRESHBOOKS, vec![ONLY_OF_WRITES_OF_FRESHBOOKS]),
        Service::Cin7 => (READ_OF_CIN7, vec![ONLY_OF_WRITES_OF_CIN7]),
        Service::Dynamodb => (
            OF_AWS,
            vec![ONLY_OF_WRITES_OF_AWS, ONLY_OF_WRITES_OF_DYNAMODB],
        ),
        Service::Sqs | Service::Kms => (OF_AWS, vec![ONLY_OF_WRITES_OF_AWS]),
    };
    let of_writes = of_writes.concat();
    let of_writes = of_writes.iter().filter(|_| call.writes);
    of_all.iter().chain(of_writes).copied().collect()
}

impl Kind {
    /// Whether whoever comes after the struck call is kept waiting, or is gone.
    pub(super) fn is_in_the_way(self) -> bool {
        matches!(
            self,
            Self::KilledBefore
                | Self::KilledAfter
                | Self::Limit429
                | Self::Limit503
                | Self::Limit400
                | Self::LostBeforeThroughout
                | Self::ThrottledThroughout
        )
    }

    /// What the SDK's repeats of the struck call meet.
    pub(super) fn of_repeats(self) -> Option<Self> {
        match self {
            Self::LostBeforeThroughout | Self::LostAfterThroughout => Some(Self::LostBefore),
            Self::ThrottledThroughout => Some(Self::Throttled),
            _ => None,
        }
    }

    /// The same at FreshBooks' stand-in, if it happens there.
    pub(super) fn at_freshbooks(self) -> Option<freshbooks::Fault> {
        use freshbooks::Fault;
        Some(match self {
            Self::LostBefore => Fault::LostBefore,
            Self::LostAfter => Fault::LostAfter,
            Self::Status500 => Fault::Status500,
            Self::Status500Applied => Fault::Status500Applied,
            Self::Status503 => Fault::Status503,
            Self::Limit429 => Fault::Throttled429(FRESHBOOKS_WAIT),
            Self::Unauthorized401 => Fault::Unauthorized401,
            Self::Forbidden403 => Fault::Forbidden403,
            Self::TruncatedApplied => Fault::TruncatedJson,
            Self::Html => Fault::Html200,
            Self::Error200 => Fault::Error200,
            Self::KilledBefore => Fault::HangBefore,
            Self::KilledAfter => Fault::HangAfter,
            _ => return None,
        })
    }

    /// The same at Cin7's stand-in, if it happens there.
    pub(super) fn at_cin7(self) -> Option<cin7::Fault> {
        use cin7::Fault;
        Some(match self {
            Self::LostBefore => Fault::LostBefore,
            Self::LostAfter => Fault::LostAfter,
            Self::Status500 => Fault::Status500 { applied: false },
            Self::Status500Applied => Fault::Status500 { applied: true },
            Self::Status503 => Fault::Plain503 { applied: false },
            Self::Status503Applied => Fault::Plain503 { applied: true },
            Self::Limit503 => Fault::Limit503Text,
            Self::Limit429 => Fault::Limit429,
            Self::Limit400 => Fault::Limit400Text,
            Self::Refused400 => Fault::Refused400,
            Self::Forbidden403 => Fault::Unauthorized403,
            Self::Truncated => Fault::TruncatedJson { applied: false },
            Self::TruncatedApplied => Fault::TruncatedJson { applied: true },
            Self::Html => Fault::Html200 { applied: false },
            Self::HtmlApplied => Fault::Html200 { applied: true },
            Self::Error200 => Fault::Error200,
            Self::KilledBefore => Fault::Hang { applied: false },
            Self::KilledAfter => Fault::Hang { applied: true },
            _ => return None,
        })
    }

    /// The same at embedded AWS, if it happens there.
    pub(super) fn at_aws(self) -> Option<aws::Fault> {
        use aws::Fault;
        Some(match self {
            Self::LostBefore | Self::LostBeforeThroughout => Fault::CutBefore,
            Self::LostAfter | Self::LostAfterThroughout => Fault::CutAfter,
            Self::Status500 => Fault::Error500NotApplied,
            Self::Status500Applied => Fault::Error500Applied,
            Self::Throttled | Self::ThrottledThroughout => Fault::ThrottledNotApplied,
            Self::Condition => Fault::ConditionFailedNotApplied,
            Self::Conflict => Fault::ConflictNotApplied,
            Self::KilledBefore => Fault::HangBefore,
            Self::KilledAfter => Fault::HangAfter,
            _ => return None,
        })
    }
}
