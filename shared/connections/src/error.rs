//! What can go wrong at the desk. Every text is one sentence for the person who asked.

/// A request that was not carried out. Nothing was changed, except where the sentence says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// What was asked cannot be right, or cannot be done as things stand.
    #[error("{0}")]
    Invalid(String),
    /// Somebody else changed the same thing at the same moment: ask again.
    #[error("{0}")]
    Conflict(String),
    /// FreshBooks or Cin7 said no.
    #[error("{0}")]
    Refused(String),
    /// Something did not answer: ask again later.
    #[error("{0}")]
    Unavailable(String),
}

impl From<ledger::Error> for Error {
    fn from(error: ledger::Error) -> Self {
        match error {
            ledger::Error::Conflict(_) => Self::Conflict(
                "Somebody else changed this at the same moment; look again, then ask again."
                    .to_owned(),
            ),
            other => Self::Unavailable(format!("The ledger could not be used: {other}.")),
        }
    }
}

impl From<vault::Error> for Error {
    fn from(error: vault::Error) -> Self {
        match error {
            vault::Error::Ledger(error) => error.into(),
            vault::Error::NeedsConsent(sentence) => Self::Refused(sentence),
            missing @ (vault::Error::Missing { .. } | vault::Error::Sealed { .. }) => {
                Self::Invalid(sentence(&missing))
            }
            other => Self::Unavailable(sentence(&other)),
        }
    }
}

impl From<freshbooks::Error> for Error {
    fn from(error: freshbooks::Error) -> Self {
        match error {
            freshbooks::Error::Unauthenticated => Self::Refused(
                "FreshBooks refuses the access token even after a refresh; connect it again."
                    .to_owned(),
            ),
            freshbooks::Error::Throttled { wait } => Self::Unavailable(format!(
                "FreshBooks' call limit is reached; ask again in {} s.",
                wait.as_secs().max(1)
            )),
            freshbooks::Error::Transient(words) => Self::Unavailable(words),
            freshbooks::Error::Forbidden(words) | freshbooks::Error::Refused(words) => {
                Self::Refused(words)
            }
        }
    }
}

impl From<schedules::Error> for Error {
    fn from(error: schedules::Error) -> Self {
        Self::Unavailable(sentence(&error))
    }
}

impl From<sync::NotAsked> for Error {
    fn from(error: sync::NotAsked) -> Self {
        Self::Unavailable(sentence(&error))
    }
}

/// An error of another crate as a sentence of its own.
fn sentence(error: &dyn std::error::Error) -> String {
    let words = error.to_string();
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
