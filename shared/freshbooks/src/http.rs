//! One request and its whole answer.

use std::error::Error as _;

use reqwest::{RequestBuilder, Response, StatusCode};
use url::Url;

/// The longest answer that is read, in bytes. A document is far below it, and without an end an
/// answer would take all memory.
const LONGEST_ANSWER: usize = 16 * 1024 * 1024;

/// A complete answer, whatever it says.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// The `Retry-After` header. It stands on ordinary answers too and means something only with a
    /// 429 (docs/freshbooks-api.md, limits).
    pub(crate) retry_after: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// Why there is no answer; the texts say what went wrong.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// No connection was made, so FreshBooks has not seen the request.
    NotSent(String),
    /// FreshBooks may have served the request.
    Lost(String),
}

impl NoAnswer {
    pub(crate) fn cause(&self) -> &str {
        match self {
            Self::NotSent(cause) | Self::Lost(cause) => cause,
        }
    }
}

/// The address of a path below the base, whether or not the base has a path or a final slash.
///
/// `path` holds no leading slash and nothing that needs escaping; ids in it are checked beforehand.
pub(crate) fn endpoint(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url.set_query(None);
    url.set_fragment(None);
    url
}

/// Sends a request and reads the answer to its end.
pub(crate) async fn send(request: RequestBuilder) -> Result<Answer, NoAnswer> {
    let response = request.send().await.map_err(|error| {
        if error.is_connect() || error.is_builder() {
            NoAnswer::NotSent(cause(&error))
        } else {
            NoAnswer::Lost(cause(&error))
        }
    })?;
    let status = response.status();
    let retry_after = response
        .headers()
        .get(reqwest::header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    Ok(Answer {
        status,
        retry_after,
        body: whole_body(response).await?,
    })
}

/// The body, read to its end. One that is too long counts like one that was cut short: what it says
/// is not known.
async fn whole_body(mut response: Response) -> Result<Vec<u8>, NoAnswer> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| NoAnswer::Lost(cause(&error)))?
    {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(NoAnswer::Lost(
                "the answer is longer than 16 MiB".to_owned(),
            ));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The innermost cause: the outer layers only repeat that a request failed, and at which address.
fn cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let Some(mut innermost) = error.source() else {
        return "the request could not be sent".to_owned();
    };
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_stands_below_the_base_with_or_without_a_prefix_and_a_final_slash() {
        for (base, expected) in [
            (
                "https://api.freshbooks.com",
                "https://api.freshbooks.com/auth/x",
            ),
            (
                "https://api.freshbooks.com/",
                "https://api.freshbooks.com/auth/x",
            ),
            (
                "http://127.0.0.1:8080/freshbooks",
                "http://127.0.0.1:8080/freshbooks/auth/x",
            ),
            (
                "http://127.0.0.1:8080/freshbooks/",
                "http://127.0.0.1:8080/freshbooks/auth/x",
            ),
            (
                "http://127.0.0.1:8080/a?b=c#d",
                "http://127.0.0.1:8080/a/auth/x",
            ),
        ] {
            assert_eq!(
                endpoint(&base.parse().unwrap(), "auth/x").as_str(),
                expected,
                "{base}"
            );
        }
    }
}
