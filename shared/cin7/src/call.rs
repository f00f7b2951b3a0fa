//! One call, and what is known about it when no usable answer came back.

use std::fmt;

use crate::Error;

/// A call by its path below the base address. Whether it writes decides what a lost answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// A GET: asking again is always safe.
    Read(&'static str),
    /// Anything that changes something: Cin7 has no idempotency, a second POST makes a second
    /// document and a second DELETE may hit what was made since (docs/cin7-api.md, idempotency).
    Write(Verb, &'static str),
}

/// How a write changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Makes, or replaces whole.
    Post,
    /// Changes.
    Put,
    /// Takes back, undoes or voids.
    Delete,
}

impl Call {
    /// The path, without a leading slash.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Read(path) | Self::Write(_, path) => path,
        }
    }

    /// The call was sent and its outcome cannot be told from what came back.
    pub(crate) fn without_outcome(self, why: impl fmt::Display) -> Error {
        match self {
            Self::Read(_) => {
                Error::Transient(format!("Cin7 gave no usable answer to {self}: {why}"))
            }
            Self::Write(..) => {
                Error::Uncertain(format!("{self} may or may not have been applied: {why}"))
            }
        }
    }

    /// The call certainly never arrived.
    pub(crate) fn never_sent(self, why: impl fmt::Display) -> Error {
        Error::Transient(format!("Cin7 could not be reached for {self}: {why}"))
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path) => write!(f, "GET /{path}"),
            Self::Write(verb, path) => write!(f, "{verb} /{path}"),
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        })
    }
}
