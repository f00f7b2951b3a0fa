//! The connection file: everything a connection is made of, as its owner writes it.
//!
//! `connection.example.toml` at the top of the repository shows every option.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::SecretString;
use serde::Deserialize;
use sync::NewConnection;
use vault::{Cin7Keys, FreshBooksSecret};

/// A connection file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the connection file {file}: {why}")]
pub struct Unusable {
    file: String,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    freshbooks: FreshBooks,
    cin7: Cin7,
    #[serde(default)]
    settings: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FreshBooks {
    client_id: String,
    client_secret: SecretString,
    redirect_uri: Option<String>,
    refresh_token: SecretString,
    account_id: String,
    #[serde(default)]
    business_uuid: String,
    #[serde(default)]
    verifiers: BTreeMap<String, SecretString>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cin7 {
    account_id: SecretString,
    application_key: SecretString,
}

/// Reads a connection file.
///
/// # Errors
/// It cannot be opened, or one sentence on what is wrong in it. Values are never repeated.
pub fn read(path: &Path) -> Result<NewConnection, Unusable> {
    let unusable = |why: String| Unusable {
        file: path.display().to_string(),
        why,
    };
    let text = std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
    parse(&text).map_err(unusable)
}

/// Reads the text of a connection file.
///
/// # Errors
/// One sentence on what is wrong in it.
pub fn parse(text: &str) -> Result<NewConnection, String> {
    let file: File = toml::from_str(text).map_err(|error| sentence(text, &error))?;
    let id = file.id.parse().map_err(|error| format!("id: {error}"))?;
    let settings = toml::to_string(&file.settings).map_err(|error| error.to_string())?;
    Ok(NewConnection {
        id,
        account_id: file.freshbooks.account_id,
        business_uuid: file.freshbooks.business_uuid,
        freshbooks: FreshBooksSecret {
            client_id: file.freshbooks.client_id,
            client_secret: file.freshbooks.client_secret,
            redirect_uri: file.freshbooks.redirect_uri,
            refresh_token: file.freshbooks.refresh_token,
            access_token: None,
        },
        verifiers: file.freshbooks.verifiers.into_iter().collect(),
        cin7: Cin7Keys {
            account_id: file.cin7.account_id,
            application_key: file.cin7.application_key,
        },
        settings,
    })
}

/// What is wrong and in which line. The whole error of the TOML crate would show the line, and with
/// it a secret; its message quotes a value that has the wrong type, which may be one too.
fn sentence(text: &str, error: &toml::de::Error) -> String {
    let message = match error.message().rsplit_once(", expected ") {
        Some((found, expected)) if found.starts_with("invalid type") => {
            format!("a value has the wrong type, expected {expected}")
        }
        _ => error.message().to_owned(),
    };
    let Some(span) = error.span() else {
        return message;
    };
    let before = text.bytes().take(span.start);
    let line = 1 + before.filter(|&byte| byte == b'\n').count();
    format!("{message} (line {line})")
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_example_in_the_repository_reads() {
        let example = include_str!("../../../connection.example.toml");
        let connection = parse(example).unwrap();
        assert_eq!(connection.id.as_str(), "acme");
    }

    #[test]
    fn every_noun_keeps_the_verifier_of_its_own_callback() {
        let text = "id = \"acme\"\n\
            [freshbooks]\nclient_id = \"c\"\nclient_secret = \"s\"\nrefresh_token = \"r\"\naccount_id = \"a\"\n\
            [freshbooks.verifiers]\ninvoice = \"of invoices\"\npayment = \"of payments\"\n\
            [cin7]\naccount_id = \"a\"\napplication_key = \"k\"\n";
        let connection = parse(text).unwrap();
        let verifiers = connection.verifiers.iter();
        let verifiers: Vec<_> = verifiers
            .map(|(noun, verifier)| (noun.as_str(), verifier.expose_secret()))
            .collect();
        assert_eq!(
            verifiers,
            [("invoice", "of invoices"), ("payment", "of payments")]
        );
    }

    #[test]
    fn a_broken_file_names_the_line_and_never_the_secret() {
        for value in [
            "\"hush\" oops",
            "\"hush",
            "[\"hush\"]",
            "815",
            "815hush",
            "815.5",
        ] {
            let text = format!("id = \"acme\"\n[freshbooks]\nclient_secret = {value}\n");
            let why = parse(&text).unwrap_err();
            assert!(why.contains("line 3"), "{why}");
            assert!(!why.contains("hush") && !why.contains("815"), "{why}");
        }
    }
}
