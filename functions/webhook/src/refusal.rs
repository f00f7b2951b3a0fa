//! Why a request is not accepted.

/// One reason, with its status and its sentence. None says more than the sender already knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    NotPost,
    NotAForm,
    TooLong,
    Malformed,
    /// Bad signature, or a connection or callback that does not exist: the same answer.
    NotGenuine,
    WrongCallback,
    /// FreshBooks should send it again.
    Unavailable,
}

impl Refusal {
    pub(crate) fn status(self) -> u16 {
        match self {
            Self::NotPost => 405,
            Self::NotAForm => 415,
            Self::TooLong => 413,
            Self::Malformed | Self::WrongCallback => 400,
            Self::NotGenuine => 401,
            Self::Unavailable => 503,
        }
    }

    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::NotPost => "Only POST is accepted here.",
            Self::NotAForm => "Only application/x-www-form-urlencoded is accepted here.",
            Self::TooLong => "The body is too long.",
            Self::Malformed => "The body is not a delivery.",
            Self::NotGenuine => "The signature does not match.",
            Self::WrongCallback => "The event does not belong to this callback.",
            Self::Unavailable => "The delivery could not be stored; send it again.",
        }
    }
}
