//! Why a request was refused, in the API's error shape.

use crate::http::Reply;
use crate::json::Fields;

/// Validation is not exhaustive: fixing what is reported shows the next (docs/cin7-api.md, errors).
const REPORTED_AT_A_TIME: usize = 3;

/// A refused request: the HTTP status and one or more problems.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: u16,
    problems: Vec<(u16, String)>,
}

impl Refusal {
    /// A failed validation.
    pub(crate) fn invalid(sentence: impl Into<String>) -> Self {
        Self {
            status: 400,
            problems: vec![(400, sentence.into())],
        }
    }

    /// A body that could not be parsed.
    pub(crate) fn unreadable(sentence: impl Into<String>) -> Self {
        Self {
            status: 500,
            problems: vec![(500, sentence.into())],
        }
    }

    /// A known path that does not serve this method.
    pub(crate) fn wrong_method() -> Self {
        Self {
            status: 405,
            problems: vec![(405, "Method not allowed".into())],
        }
    }

    /// The answer on the wire.
    pub(crate) fn reply(self) -> Reply {
        Reply::errors(self.status, self.problems)
    }
}

/// The problems found in one request.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<(u16, String)>);

impl Problems {
    /// Notes a problem.
    pub(crate) fn add(&mut self, sentence: impl Into<String>) {
        self.0.push((400, sentence.into()));
    }

    /// Notes a missing entry of a reference book that answers with code 404 in its body.
    pub(crate) fn add_missing(&mut self, sentence: impl Into<String>) {
        self.0.push((404, sentence.into()));
    }

    /// Notes each attribute of `names` that is missing or empty.
    pub(crate) fn require(&mut self, fields: &Fields, names: &[&str]) {
        for name in names.iter().filter(|name| !fields.has(name)) {
            self.add(format!("Required attribute {name} is not provided."));
        }
    }

    /// Refuses if there is anything to report.
    pub(crate) fn settle(mut self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.truncate(REPORTED_AT_A_TIME);
        Err(Refusal {
            status: 400,
            problems: self.0,
        })
    }
}
