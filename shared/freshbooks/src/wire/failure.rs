//! The error bodies of FreshBooks: one reader for every shape (docs/freshbooks-api.md, errors).

use serde_json::{Map, Value};

/// Errnos of a document that is deleted (1011) or was never there (1012).
const GONE: [i64; 2] = [1011, 1012];
/// HTTP's *not found*, which some shapes repeat in the body.
const NOT_FOUND: i64 = 404;
/// gRPC's *not found*, in the `code` of the newer accounting shape.
const GRPC_NOT_FOUND: i64 = 5;
/// Errnos of a conflict and of an internal error: neither says anything about the document.
const PASSING: [i64; 2] = [409, 500];

/// An error body, read as far as it says anything.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What FreshBooks says, its parts joined by `; `.
    pub(crate) message: String,
    /// Errnos, and statuses that are repeated in the body.
    numbers: Vec<i64>,
    /// Whether the shape is FreshBooks' own. A bare `message` may come from a gateway on the way,
    /// which knows nothing about the document.
    is_from_freshbooks: bool,
}

impl Failure {
    /// The failure in a body, if it is one, whatever the HTTP status was.
    pub(crate) fn find(body: &Value) -> Option<Self> {
        let root = body.as_object()?;
        let mut failure = Self::default();
        match root.get("response").and_then(Value::as_object) {
            Some(response) => {
                let errors = ["errors", "error"]
                    .iter()
                    .find_map(|&key| response.get(key))?;
                if is_nothing(errors) {
                    return None;
                }
                failure.is_from_freshbooks = true;
                failure.take(errors);
            }
            None => {
                let own = ["error", "errors", "errno", "code", "error_type"];
                failure.is_from_freshbooks = own.iter().any(|&key| root.contains_key(key));
                if !failure.is_from_freshbooks && !root.contains_key("message") {
                    return None;
                }
                if root.get("code").and_then(Value::as_i64) == Some(GRPC_NOT_FOUND) {
                    failure.numbers.push(NOT_FOUND);
                }
                failure.take_object(root);
            }
        }
        Some(failure)
    }

    /// Whether it says that the document no longer exists, given the HTTP status.
    ///
    /// A 404 with an errno of its own, such as 1042 for an inactive account, says something else.
    pub(crate) fn says_gone(&self, status: u16) -> bool {
        if self.numbers.iter().any(|number| GONE.contains(number)) {
            return true;
        }
        let is_not_found = i64::from(status) == NOT_FOUND || self.numbers.contains(&NOT_FOUND);
        let says_nothing_else = self.numbers.iter().all(|&number| number == NOT_FOUND);
        self.is_from_freshbooks && is_not_found && says_nothing_else
    }

    /// Whether the same request may succeed later without anybody doing anything.
    pub(crate) fn is_passing(&self) -> bool {
        !self.is_from_freshbooks || self.numbers.iter().any(|number| PASSING.contains(number))
    }

    fn take(&mut self, value: &Value) {
        match value {
            Value::Object(object) => self.take_object(object),
            Value::Array(values) => values.iter().for_each(|value| self.take(value)),
            Value::String(text) => self.say(text),
            _ => {}
        }
    }

    fn take_object(&mut self, object: &Map<String, Value>) {
        for (key, value) in object {
            match key.as_str() {
                "errno" | "reason" | "status" => self.numbers.extend(number(value)),
                "message" | "error_description" | "description" => self.take(value),
                "error" | "errors" | "details" | "metadata" | "fieldViolations" => self.take(value),
                _ => {}
            }
        }
        self.take_validation(object);
    }

    /// `{"<field>": "<text>"}`, the validation errors of the project family.
    fn take_validation(&mut self, object: &Map<String, Value>) {
        for (field, value) in object
            .get("error")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if let (Value::String(text), false) = (value, field == "message") {
                self.say(&format!("{field}: {text}"));
            }
        }
    }

    fn say(&mut self, text: &str) {
        let text = text.trim().trim_end_matches('.');
        if text.is_empty() || self.message.contains(text) {
            return;
        }
        if !self.message.is_empty() {
            self.message.push_str("; ");
        }
        self.message.push_str(text);
    }
}

fn is_nothing(errors: &Value) -> bool {
    match errors {
        Value::Null => true,
        Value::Array(errors) => errors.is_empty(),
        Value::Object(errors) => errors.is_empty(),
        _ => false,
    }
}

/// An errno is a number or a numeric text.
fn number(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shapes_of_not_found() -> Vec<Value> {
        vec![
            json!({"response": {"errors": [{"errno": 1012, "message": "Client not found."}]}}),
            json!({"response": {"errors": {"errno": "1012", "message": "Client not found."}}}),
            json!({"response": {"error": [{"errno": 1011, "message": "Deleted."}]}}),
            json!({"code": 5, "message": "Request failed", "details": [
                {"reason": "1012", "metadata": {"message": "Client not found."}}]}),
            json!({"code": 5, "message": "Not found", "details": []}),
            json!({"errno": 404, "message": "Requested resource could not be found."}),
            json!({"errors": {"message": "Request failed", "status": 404, "details": []}}),
        ]
    }

    #[test]
    fn every_shape_of_not_found_says_gone_even_with_http_200() {
        for body in shapes_of_not_found() {
            let failure = Failure::find(&body).unwrap();
            assert!(failure.says_gone(404), "{body}");
            assert!(failure.says_gone(200), "{body}");
        }
        let bare = json!({"error": "Requested resource could not be found."});
        assert!(Failure::find(&bare).unwrap().says_gone(404));
        assert!(!Failure::find(&bare).unwrap().says_gone(200));
    }

    #[test]
    fn a_404_with_an_errno_of_its_own_is_not_gone() {
        let inactive = json!({"response": {"errors": [{"errno": 1042, "message": "Inactive."}]}});
        assert!(!Failure::find(&inactive).unwrap().says_gone(404));
        let newer = json!({"code": 5, "message": "x", "details": [{"reason": "1042"}]});
        assert!(!Failure::find(&newer).unwrap().says_gone(404));
    }

    #[test]
    fn a_gateways_404_says_nothing_about_the_document() {
        let gateway = json!({"message": "no Route matched with those values"});
        let failure = Failure::find(&gateway).unwrap();
        assert!(!failure.says_gone(404));
        assert!(failure.is_passing());
    }

    #[test]
    fn a_document_is_no_failure() {
        for body in [
            json!({"response": {"result": {"invoice": {"message": "hello"}}}}),
            json!({"response": {"result": {}, "errors": []}}),
            json!({"response": {"result": {}, "errors": null}}),
            json!({}),
            json!([]),
            json!("text"),
        ] {
            assert_eq!(Failure::find(&body), None, "{body}");
        }
    }

    #[test]
    fn every_part_of_a_message_is_said_once() {
        let body = json!({"code": 3, "message": "Invalid data.", "details": [
            {"fieldViolations": [{"field": "event", "description": "Unrecognized event."}]},
            {"reason": "1004", "metadata": {"message": "Invalid data.", "field": "event"}},
        ]});
        insta::assert_snapshot!(
            Failure::find(&body).unwrap().message,
            @"Unrecognized event; Invalid data"
        );
        let body = json!({"errno": 2001, "error": {"title": "Too long."}});
        insta::assert_snapshot!(Failure::find(&body).unwrap().message, @"title: Too long");
    }
}
