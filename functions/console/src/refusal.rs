//! Why a request was not carried out: a status, and one sentence for the person who asked.

use lambda_http::http::StatusCode;

/// One reason. The sentence never repeats a value that was sent in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) sentence: String,
    /// The methods that would do, where the method is what is wrong.
    pub(crate) allow: Option<String>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self {
            status,
            sentence: sentence.into(),
            allow: None,
        }
    }

    pub(crate) fn bad(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, sentence)
    }

    pub(crate) fn missing(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, sentence)
    }

    /// Nobody is named as the caller.
    pub(crate) fn nobody() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "Nobody is signed in; sign the request with AWS credentials.",
        )
    }
}

impl From<connections::Error> for Refusal {
    fn from(error: connections::Error) -> Self {
        use connections::Error as E;
        let status = match error {
            E::NotFound(_) => StatusCode::NOT_FOUND,
            E::Invalid(_) => StatusCode::BAD_REQUEST,
            E::Conflict(_) => StatusCode::CONFLICT,
            E::Refused(_) => StatusCode::BAD_GATEWAY,
            E::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self::new(status, error.to_string())
    }
}

impl From<ledger::Error> for Refusal {
    fn from(error: ledger::Error) -> Self {
        connections::Error::from(error).into()
    }
}

impl From<vault::Error> for Refusal {
    fn from(error: vault::Error) -> Self {
        connections::Error::from(error).into()
    }
}
