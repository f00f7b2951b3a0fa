//! A request, read off the wire.

use std::str::FromStr;

use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::json::Fields;
use crate::refusal::Refusal;

/// Where the API lives below the host, without the slashes at its ends.
pub(crate) const BASE: &str = "ExternalApi/v2";

const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// One request and the time it came in.
#[derive(Debug)]
pub(crate) struct Ask {
    /// When it came in.
    pub(crate) at: Timestamp,
    /// The method, in capitals.
    pub(crate) method: String,
    /// The path below the base as it was sent, without a leading slash; `None` outside the base.
    pub(crate) path: Option<String>,
    /// The query text as it was sent.
    pub(crate) query: String,
    /// The header `api-auth-accountid`.
    pub(crate) account_id: Option<String>,
    /// The header `api-auth-applicationkey`.
    pub(crate) application_key: Option<String>,
    json: bool,
    parameters: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask {
    /// Reads a request to its end; `None` if the caller went away before.
    pub(crate) async fn read(request: Request, at: Timestamp) -> Option<Self> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, LARGEST_BODY).await.ok()?;
        let header = |name: &str| Some(parts.headers.get(name)?.to_str().ok()?.to_owned());
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Some(Self {
            at,
            method: parts.method.as_str().to_owned(),
            path: below_base(&parts),
            account_id: header("api-auth-accountid"),
            application_key: header("api-auth-applicationkey"),
            json: header(CONTENT_TYPE.as_str())
                .is_some_and(|kind| kind.starts_with("application/json")),
            parameters: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            query,
            body: body.into(),
        })
    }

    /// The body as it was sent.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as a JSON object.
    pub(crate) fn fields(&self) -> Result<Fields, Refusal> {
        if !self.json {
            return Err(Refusal::invalid(
                "Header Content-Type must be application/json.",
            ));
        }
        Fields::parse(&self.body)
    }

    /// A query parameter that is not empty; the case of its name does not matter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A GUID parameter.
    pub(crate) fn guid(&self, name: &str) -> Result<Option<Uuid>, Refusal> {
        self.read_parameter(name)
    }

    /// A GUID parameter that has to be there.
    pub(crate) fn required_guid(&self, name: &str) -> Result<Uuid, Refusal> {
        self.guid(name)?
            .ok_or_else(|| Refusal::invalid(format!("Required parameter {name} is not provided.")))
    }

    /// A truth parameter.
    pub(crate) fn truth(&self, name: &str) -> Result<Option<bool>, Refusal> {
        let lower = self.parameter(name).map(str::to_ascii_lowercase);
        lower
            .map(|text| text.parse().map_err(|_| unreadable(name)))
            .transpose()
    }

    /// A whole number parameter.
    pub(crate) fn count(&self, name: &str) -> Result<Option<usize>, Refusal> {
        self.read_parameter(name)
    }

    /// An instant, UTC with or without the `Z` (docs/cin7-api.md, dates).
    pub(crate) fn instant(&self, name: &str) -> Result<Option<Timestamp>, Refusal> {
        let utc = |moment: DateTime| moment.to_zoned(TimeZone::UTC).map_err(|_| unreadable(name));
        Ok(self
            .moment(name)?
            .map(utc)
            .transpose()?
            .map(|zoned| zoned.timestamp()))
    }

    /// A calendar date; a time of day is read over.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Refusal> {
        Ok(self.moment(name)?.map(DateTime::date))
    }

    /// The day it came in on, in UTC.
    pub(crate) fn today(&self) -> Date {
        self.at.to_zoned(TimeZone::UTC).date()
    }

    fn moment(&self, name: &str) -> Result<Option<DateTime>, Refusal> {
        let text = self.parameter(name).map(|text| text.trim_end_matches('Z'));
        text.map(|text| text.parse().map_err(|_| unreadable(name)))
            .transpose()
    }

    fn read_parameter<T: FromStr>(&self, name: &str) -> Result<Option<T>, Refusal> {
        self.parameter(name)
            .map(|text| text.parse().map_err(|_| unreadable(name)))
            .transpose()
    }
}

fn unreadable(name: &str) -> Refusal {
    Refusal::invalid(format!("Parameter {name} is not valid."))
}

/// The path below the base; paths ignore case (docs/cin7-api.md, base URL and authentication).
fn below_base(parts: &Parts) -> Option<String> {
    let path = parts.uri.path().trim_matches('/');
    let (base, rest) = path.split_at_checked(BASE.len())?;
    let within = base.eq_ignore_ascii_case(BASE) && rest.starts_with('/');
    within.then(|| rest.trim_start_matches('/').to_owned())
}
