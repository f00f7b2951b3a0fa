//! Somebody else's words, fit to stand in one of our sentences.

use secrecy::{ExposeSecret, SecretString};

/// The most characters of a foreign message that a sentence carries.
const LONGEST: usize = 300;

/// A foreign message on one line, without its final full stop, of at most 300 characters, and
/// without any of the secrets that were sent with the request: a server may echo what it was given.
pub(crate) fn quote(message: &str, secrets: &[&SecretString]) -> String {
    let mut text = message.to_owned();
    for secret in secrets.iter().map(|secret| secret.expose_secret()) {
        if !secret.is_empty() {
            text = text.replace(secret, "[secret]");
        }
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|w| !w.is_empty())
        .collect();
    let line = words.join(" ");
    let line = line.trim_end_matches('.');
    if line.is_empty() {
        return "no reason given".to_owned();
    }
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_one_line_without_its_full_stop() {
        assert_eq!(quote("Client\n\tnot  found.", &[]), "Client not found");
        assert_eq!(quote(" \u{0}. ", &[]), "no reason given");
    }

    #[test]
    fn a_message_is_cut_at_three_hundred_characters() {
        let quoted = quote(&"é".repeat(400), &[]);
        assert_eq!(quoted.chars().count(), 300);
        assert!(quoted.ends_with('…'));
    }

    #[test]
    fn a_secret_that_is_echoed_is_not_repeated() {
        let token = SecretString::from("eyJhbGciOi");
        let nothing = SecretString::from("");
        assert_eq!(
            quote("token eyJhbGciOi is spent", &[&nothing, &token]),
            "token [secret] is spent"
        );
    }
}
