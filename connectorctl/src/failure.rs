//! What ends a command early, and the exit code that says so to scripts.

/// Why a command did not do what it was asked. Each text is a sentence for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// The connector said no, or a trail does not hold.
    #[error("{0}")]
    Refused(String),
    /// The command cannot be carried out as it was given; nothing was sent.
    #[error("{0}")]
    Usage(String),
    /// The connector could not be reached, did not let us in, or somebody else answered.
    #[error("{0}")]
    Unreachable(String),
}

impl Failure {
    /// The exit code; 0 is kept for what went well.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::Usage(_) => 2,
            Self::Unreachable(_) => 3,
        }
    }
}
