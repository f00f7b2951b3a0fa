//! The request for a pair of tokens.

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Serialize;
use url::Url;

use super::answer::{self, Purpose};
use super::{Error, TokenPair};
use crate::http::{NoAnswer, endpoint, send};

/// Its body. JSON and forms are both accepted; JSON needs no second encoder.
#[derive(Serialize)]
pub(super) struct Grant<'a> {
    pub(super) grant_type: &'static str,
    pub(super) client_id: &'a str,
    pub(super) client_secret: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) redirect_uri: Option<&'a str>,
}

impl Grant<'_> {
    pub(super) async fn send(
        &self,
        http: &reqwest::Client,
        base: &Url,
        purpose: Purpose,
        secrets: &[&SecretString],
        now: Timestamp,
    ) -> Result<TokenPair, Error> {
        let request = http.post(endpoint(base, "auth/oauth/token")).json(self);
        match send(request).await {
            Ok(answer) => answer::judge(&answer, purpose, now, secrets),
            Err(NoAnswer::NotSent(cause)) => Err(Error::Transient(format!(
                "FreshBooks could not be asked for new tokens: {cause}."
            ))),
            Err(NoAnswer::Lost(cause)) => Err(purpose.lost(cause)),
        }
    }
}
