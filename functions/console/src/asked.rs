//! A request of the API, read as far as all of them are read alike.

use std::str::FromStr;

use lambda_http::http::{StatusCode, header};
use lambda_http::{Body, Request, RequestExt};
use ledger::{ConnectionId, RecordKey};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::body;
use crate::refusal::Refusal;
use crate::routes::{Parameters, Route};

/// Settings are the longest thing that is sent.
const LONGEST_BODY: usize = 256 * 1024;

/// What was asked for, and by whom.
#[derive(Debug)]
pub(crate) struct Asked<'p> {
    parameters: Parameters<'p>,
    query: Vec<(String, String)>,
    body: Secret,
    /// The caller's name.
    pub(crate) by: String,
}

/// A body that may hold secrets: not printed, and wiped on drop.
struct Secret(Zeroizing<Vec<u8>>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl<'p> Asked<'p> {
    /// Reads a request of `route`.
    pub(crate) fn read(
        route: &Route,
        parameters: Parameters<'p>,
        request: Request,
        by: String,
    ) -> Result<Self, Refusal> {
        let query = query(route, &request)?;
        let is_json = is_json(&request);
        let body = Zeroizing::new(match request.into_body() {
            Body::Text(text) => text.into_bytes(),
            Body::Binary(bytes) => bytes,
            _ => Vec::new(),
        });
        if body.len() > LONGEST_BODY {
            let sentence = "The body is longer than 256 KiB; nothing was changed.";
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, sentence));
        }
        if !route.body && !["", "{}"].contains(&body.trim_ascii().utf8_or_blank()) {
            return Err(Refusal::bad("This address takes no body."));
        }
        if route.body && !is_json {
            let sentence = "The body has to be JSON: send it as application/json.";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
        }
        Ok(Self {
            parameters,
            query,
            body: Secret(body),
            by,
        })
    }

    /// A parameter of the path; the route has it.
    fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| *value).unwrap_or_default()
    }

    /// The connection in the path.
    pub(crate) fn connection(&self) -> Result<ConnectionId, Refusal> {
        let name = self.parameter("connection").parse();
        name.map_err(|_| Refusal::missing("There is no connection of this name."))
    }

    /// The record in the path.
    pub(crate) fn key(&self) -> Result<RecordKey, Refusal> {
        let [connection, kind, id] = ["connection", "kind", "id"].map(|name| self.parameter(name));
        RecordKey::parse(connection, kind, id)
            .map_err(|_| Refusal::missing("There is no such record."))
    }

    /// The step of the probe in the path.
    pub(crate) fn step(&self) -> &str {
        self.parameter("step")
    }

    /// A query parameter, if it is given; `takes` says what it may be.
    pub(crate) fn query<T: FromStr>(&self, name: &str, takes: &str) -> Result<Option<T>, Refusal> {
        let given = self.query.iter().find(|(known, _)| known == name);
        let read = given.map(|(_, value)| value.parse()).transpose();
        read.map_err(|_| Refusal::bad(format!("`{name}` in the address has to be {takes}.")))
    }

    /// The body as what it should be.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        body::read(&self.body.0)
    }
}

trait Text {
    fn utf8_or_blank(&self) -> &str;
}

impl Text for [u8] {
    /// Anything else than text is certainly something.
    fn utf8_or_blank(&self) -> &str {
        std::str::from_utf8(self).unwrap_or("bytes")
    }
}

/// The query, each name once and none that the route does not know: a slip of the pen must not select
/// more than was meant.
fn query(route: &Route, request: &Request) -> Result<Vec<(String, String)>, Refusal> {
    let mut query: Vec<(String, String)> = Vec::new();
    if let Some(given) = request.query_string_parameters_ref() {
        for (name, value) in given.iter() {
            if !route.query.contains(&name) {
                let known = if route.query.is_empty() {
                    "none".to_owned()
                } else {
                    route.query.join(", ")
                };
                return Err(Refusal::bad(format!(
                    "The address has a parameter that is not known here; it takes {known}."
                )));
            }
            if query.iter().any(|(known, _)| known == name) {
                return Err(Refusal::bad(format!(
                    "`{name}` stands twice in the address."
                )));
            }
            query.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(query)
}

fn is_json(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}
