//! What a function's answer says about each message of its batch.

use std::collections::HashSet;

use serde_json::Value;

/// Which messages were handled.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// All but these.
    AllBut(HashSet<String>),
    /// None: the answer cannot be trusted to name the right ones.
    NothingHandled,
}

impl Verdict {
    /// Reads an answer to a batch of messages with `ids`.
    ///
    /// No answer, `null`, an empty object and a missing or empty list say that all went well. An
    /// answer that is something else than a list of failures fails the batch: better twice than lost.
    pub(super) fn read(answer: &str, ids: &[&str]) -> Self {
        if answer.trim().is_empty() {
            return Self::AllBut(HashSet::new());
        }
        let Ok(answer) = serde_json::from_str::<Value>(answer) else {
            return Self::NothingHandled;
        };
        Self::failures(&answer, ids).map_or(Self::NothingHandled, Self::AllBut)
    }

    pub(super) fn is_handled(&self, id: &str) -> bool {
        match self {
            Self::AllBut(failed) => !failed.contains(id),
            Self::NothingHandled => false,
        }
    }

    /// The ids that failed; `None` where the answer is not one.
    fn failures(answer: &Value, ids: &[&str]) -> Option<HashSet<String>> {
        let object = match answer {
            Value::Null => return Some(HashSet::new()),
            Value::Object(object) if object.is_empty() => return Some(HashSet::new()),
            other => other.as_object()?,
        };
        let failures = match object.get("batchItemFailures")? {
            Value::Null => return Some(HashSet::new()),
            list => list.as_array()?,
        };
        let id = |failure: &Value| {
            let id = failure.get("itemIdentifier")?.as_str()?;
            ids.contains(&id).then(|| id.to_owned())
        };
        failures.iter().map(id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(answer: &str) -> Option<Vec<String>> {
        match Verdict::read(answer, &["a", "b"]) {
            Verdict::AllBut(failed) => Some(failed.into_iter().collect()),
            Verdict::NothingHandled => None,
        }
    }

    #[test]
    fn an_answer_without_failures_handles_the_whole_batch() {
        for answer in [
            "",
            "null",
            "{}",
            r#"{"batchItemFailures":[]}"#,
            r#"{"batchItemFailures":null}"#,
        ] {
            assert_eq!(kept(answer), Some(vec![]), "{answer}");
        }
    }

    #[test]
    fn a_listed_message_stays_and_the_others_are_handled() {
        let answer = r#"{"batchItemFailures":[{"itemIdentifier":"b"}]}"#;
        assert_eq!(kept(answer), Some(vec!["b".to_owned()]));
    }

    #[test]
    fn an_answer_that_names_no_message_of_the_batch_fails_it_whole() {
        for answer in [
            r#"{"batchItemFailures":[{"itemIdentifier":"unknown"}]}"#,
            r#"{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":""}]}"#,
            r#"{"batchItemFailures":[{"itemIdentifier":null}]}"#,
            r#"{"batchItemFailures":[{"messageId":"a"}]}"#,
            r#"{"failures":[]}"#,
            r#""fine""#,
            "not JSON",
        ] {
            assert_eq!(kept(answer), None, "{answer}");
        }
    }
}
