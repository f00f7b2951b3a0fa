//! The two secrets of an API application.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue};
use secrecy::{ExposeSecret, SecretString};

const ACCOUNT_ID: HeaderName = HeaderName::from_static("api-auth-accountid");
const APPLICATION_KEY: HeaderName = HeaderName::from_static("api-auth-applicationkey");

/// Real keys are GUIDs. Hiding something much shorter would only riddle sentences with holes.
const SHORTEST_HIDDEN: usize = 16;

/// Account id and application key; together they equal a login and password
/// (docs/cin7-api.md, base URL and authentication). `Debug` shows neither.
#[derive(Debug, Clone)]
pub struct Keys {
    account_id: SecretString,
    application_key: SecretString,
}

impl Keys {
    /// The keys as shown on Cin7's API page.
    #[must_use]
    pub fn new(account_id: SecretString, application_key: SecretString) -> Self {
        Self {
            account_id,
            application_key,
        }
    }

    /// The two headers every call carries, marked so that no layer below prints them.
    ///
    /// # Errors
    /// When a key holds a character that a header cannot.
    pub(crate) fn headers(&self) -> Result<HeaderMap, InvalidHeaderValue> {
        let mut headers = HeaderMap::with_capacity(2);
        for (name, key) in [
            (ACCOUNT_ID, &self.account_id),
            (APPLICATION_KEY, &self.application_key),
        ] {
            let mut value = HeaderValue::from_str(key.expose_secret())?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        Ok(headers)
    }

    /// The text with the keys blotted out, should Cin7 have repeated one in its words.
    pub(crate) fn hidden_in(&self, mut text: String) -> String {
        for key in [
            self.account_id.expose_secret(),
            self.application_key.expose_secret(),
        ] {
            if key.len() >= SHORTEST_HIDDEN && text.contains(key) {
                text = text.replace(key, "[key]");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "0f0f0f0f-1111-4222-8333-444444444444";
    const APPLICATION: &str = "5a5a5a5a-6666-4777-8888-999999999999";

    #[test]
    fn neither_debug_nor_headers_nor_cin7s_words_show_a_key() {
        let keys = Keys::new(ACCOUNT.into(), APPLICATION.into());
        let shown = format!("{keys:?} {:?}", keys.headers().unwrap());
        assert!(
            !shown.contains(ACCOUNT) && !shown.contains(APPLICATION),
            "{shown}"
        );
        let words = keys.hidden_in(format!("no application {APPLICATION} in {ACCOUNT}"));
        assert_eq!(words, "no application [key] in [key]");
    }

    #[test]
    fn a_key_with_a_line_break_is_not_a_header() {
        assert!(
            Keys::new("a\nb".into(), APPLICATION.into())
                .headers()
                .is_err()
        );
    }
}
