//! Where Cin7 is, and the one way to call it.

use std::error::Error as _;
use std::sync::Arc;

use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER};
use url::Url;

use crate::answer::{Answer, Fault, judge};
use crate::call::{Call, Verb};
use crate::{Error, Keys, Limiter, NotNow};

/// The longest answer that is read, in bytes. A full page of 1,000 rows is far below it, and
/// without an end an answer would take all memory.
const LONGEST_ANSWER: usize = 16 * 1024 * 1024;

/// The address and keys of one Cin7 account, with the limiter that everybody using the key shares.
#[derive(Debug, Clone)]
pub struct Endpoint {
    http: reqwest::Client,
    base: Url,
    keys: Keys,
    limiter: Arc<dyn Limiter>,
}

impl Endpoint {
    /// An endpoint below `base`; an address without a path gets Cin7's own, `/ExternalApi/v2/`.
    ///
    /// `http` must not follow redirects, or it would carry the keys wherever it is sent, and should
    /// give up after about 30 s: writes take seconds (docs/cin7-api.md, timeouts).
    #[must_use]
    pub fn new(http: reqwest::Client, base: Url, keys: Keys, limiter: Arc<dyn Limiter>) -> Self {
        Self {
            http,
            base: with_path(base),
            keys,
            limiter,
        }
    }

    /// Reads; gives back the text of a JSON document.
    pub(crate) async fn get(
        &self,
        path: &'static str,
        query: &[(&str, &str)],
    ) -> Result<String, Fault> {
        let request = self.http.get(self.address(path)).query(query);
        self.send(Call::Read(path), request).await
    }

    /// Makes or replaces something; gives back the text of a JSON document.
    pub(crate) async fn post(&self, path: &'static str, body: String) -> Result<String, Fault> {
        let request = with_body(self.http.post(self.address(path)), body);
        self.send(Call::Write(Verb::Post, path), request).await
    }

    /// Changes something; gives back the text of a JSON document.
    pub(crate) async fn put(&self, path: &'static str, body: String) -> Result<String, Fault> {
        let request = with_body(self.http.put(self.address(path)), body);
        self.send(Call::Write(Verb::Put, path), request).await
    }

    /// Takes something back; gives back the text of a JSON document. What it is about stands in the
    /// query, there is no body.
    pub(crate) async fn delete(
        &self,
        path: &'static str,
        query: &[(&str, &str)],
    ) -> Result<String, Fault> {
        let request = self.http.delete(self.address(path)).query(query);
        self.send(Call::Write(Verb::Delete, path), request).await
    }

    fn address(&self, path: &str) -> Url {
        let mut address = self.base.clone();
        address.set_path(&format!("{}{path}", self.base.path()));
        address
    }

    async fn send(&self, call: Call, request: RequestBuilder) -> Result<String, Fault> {
        let headers = self.keys.headers().map_err(|_| {
            Error::Unauthorized("they hold characters that no key can have".to_owned())
        })?;
        self.limiter
            .take()
            .await
            .map_err(|NotNow { wait }| Error::Throttled { wait })?;
        let answered = self.exchange(call, request.headers(headers)).await;
        if let Err(Fault {
            error: Error::Throttled { wait },
            ..
        }) = &answered
        {
            self.limiter.cool_down(*wait).await;
        }
        answered
    }

    async fn exchange(&self, call: Call, request: RequestBuilder) -> Result<String, Fault> {
        let response = request
            .send()
            .await
            .map_err(|error| unanswered(call, error))?;
        let status = response.status().as_u16();
        let content_type = header(&response, &CONTENT_TYPE);
        let retry_after = header(&response, &RETRY_AFTER);
        let bytes = whole_body(call, response).await?;
        tracing::debug!(%call, status, bytes = bytes.len(), "Cin7 answered");
        // .NET services may begin their JSON with a byte order mark, which JSON does not allow.
        let text = String::from_utf8_lossy(&bytes)
            .trim_start_matches('\u{feff}')
            .to_owned();
        let answer = Answer {
            status,
            content_type: content_type.as_deref(),
            retry_after: retry_after.as_deref(),
            body: &text,
        };
        match judge(call, &answer) {
            Ok(()) => Ok(text),
            Err(fault) => Err(fault.reworded(|words| self.keys.hidden_in(words))),
        }
    }
}

fn with_body(request: RequestBuilder, body: String) -> RequestBuilder {
    request.header(CONTENT_TYPE, "application/json").body(body)
}

/// The body, read to its end. One that is too long counts like one that was cut short: what it says
/// is not known.
async fn whole_body(call: Call, mut response: reqwest::Response) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| unanswered(call, error))?
    {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(call.without_outcome("the answer is longer than 16 MiB"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn with_path(mut base: Url) -> Url {
    let path = match base.path() {
        "" | "/" => "/ExternalApi/v2/".to_owned(),
        path if path.ends_with('/') => path.to_owned(),
        path => format!("{path}/"),
    };
    base.set_path(&path);
    base
}

fn header(response: &reqwest::Response, name: &HeaderName) -> Option<String> {
    response
        .headers()
        .get(name)?
        .to_str()
        .ok()
        .map(str::to_owned)
}

/// Only a connection that was never made proves that Cin7 saw nothing; a time-out or a reset does
/// not (docs/cin7-api.md, timeouts).
fn unanswered(call: Call, error: reqwest::Error) -> Error {
    let arrived_nowhere = error.is_connect() || error.is_builder();
    let why = causes(error);
    if arrived_nowhere {
        call.never_sent(why)
    } else {
        call.without_outcome(why)
    }
}

/// The error and its causes, without the address: its query may hold an e-mail address.
fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_without_a_path_gets_cin7s_own() {
        for (given, used) in [
            (
                "https://example.test",
                "https://example.test/ExternalApi/v2/",
            ),
            (
                "https://example.test/",
                "https://example.test/ExternalApi/v2/",
            ),
            (
                "https://example.test/other/v2",
                "https://example.test/other/v2/",
            ),
            (
                "https://example.test/other/v2/",
                "https://example.test/other/v2/",
            ),
        ] {
            assert_eq!(with_path(given.parse().unwrap()).as_str(), used);
        }
    }
}
