//! Reading JSON bodies. What is wrong with one is said by the name of the field; its value may be a
//! secret and is never repeated.

use serde::de::DeserializeOwned;

use crate::refusal::Refusal;

/// The body as what it should be.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        sentence(&path, &error.into_inner())
    });
    let value = read.map_err(Refusal::bad)?;
    json.end()
        .map_err(|error| Refusal::bad(sentence("", &error)))?;
    // A list of the right length would read as the object too, without the names of its fields.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(Refusal::bad("The body has to be one JSON object."));
    }
    Ok(value)
}

/// A text that may not be blank.
pub(crate) fn filled(name: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::bad(format!(
            "The field `{name}` is empty; nothing was changed."
        )));
    }
    Ok(())
}

/// What `serde_json` says, without the values that it says it with.
fn sentence(path: &str, error: &serde_json::Error) -> String {
    if !error.is_data() {
        return format!(
            "The body is not JSON (line {}, column {}).",
            error.line(),
            error.column()
        );
    }
    let words = error.to_string();
    let named = |what: &str| {
        let name = words.strip_prefix(what)?.split('`').next()?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        Some(if name.len() <= 40 && name.chars().all(plain) {
            name
        } else {
            "…"
        })
    };
    if let Some(name) = named("missing field `") {
        return format!("The field `{name}` is missing.");
    }
    if let Some(name) = named("unknown field `") {
        return format!("The field `{name}` is not known here; nothing was changed.");
    }
    if let Some(name) = named("duplicate field `") {
        return format!("The field `{name}` stands there twice.");
    }
    match path {
        "." | "" => "The body has to be one JSON object.".to_owned(),
        field => format!("The field `{field}` has to be {}.", takes(field)),
    }
}

/// What a field may be.
fn takes(field: &str) -> &'static str {
    match field {
        "id" | "kind" => "1 to 64 letters, digits, '-' or '_', as text",
        "state" => "a state such as attention or waiting",
        "confirmed" => "true or false",
        "from" | "to" => "a day such as 2026-01-31, as text",
        "since" => "an instant such as 2026-01-05T09:00:00Z, as text",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it reads is of interest")]
    struct Keys {
        id: ledger::ConnectionId,
        application_key: SecretString,
        state: Option<ledger::State>,
    }

    fn refused(body: &str) -> String {
        read::<Keys>(body.as_bytes()).unwrap_err().sentence
    }

    #[test]
    fn what_is_wrong_with_a_body_is_said_without_its_values() {
        let said = [
            r#"{"id":"a","application_key":["s3cret"]}"#,
            r#"{"id":"a","application_key":"k","state":"s3cret"}"#,
            r#"{"id":"s3cret!","application_key":"k"}"#,
            r#"{"id":"a","aplication_key":"s3cret"}"#,
            r#"{"id":"a","s3cret in the name of a field":"k"}"#,
            r#"{"id":"a","id":"b"}"#,
            r#"{"id":"a"}"#,
            r#""s3cret""#,
            r#"["s3cret"]"#,
            r#"["a","s3cret",null]"#,
            r#"{"application_key":"s3cret"#,
            r#"{"id":"a","application_key":"k"} s3cret"#,
            "s3cret",
            "",
        ]
        .map(refused)
        .join("\n");
        assert!(!said.contains("s3cret"), "{said}");
        insta::assert_snapshot!(said);
    }
}
