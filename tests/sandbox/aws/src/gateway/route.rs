//! Route keys: `POST /hooks/{connection}`, `ANY /{proxy+}`, `$default`.

use std::collections::BTreeMap;
use std::str::FromStr;

use axum::http::Method;

/// A route of an HTTP API.
#[derive(Debug, Clone)]
pub struct Route {
    key: String,
    /// `None` takes any method.
    method: Option<Method>,
    segments: Vec<Segment>,
}

#[derive(Debug, Clone)]
enum Segment {
    Exact(String),
    /// `{name}`: one segment of any text.
    One(String),
    /// `{name+}`: all the rest, at least one segment.
    Rest(String),
}

/// The text is not a route key.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a route key such as \"POST /hooks/{{connection}}\"")]
pub struct RouteError(String);

impl FromStr for Route {
    type Err = RouteError;

    fn from_str(key: &str) -> Result<Self, RouteError> {
        let refused = || RouteError(key.to_owned());
        if key == "$default" {
            let segments = vec![Segment::Rest(String::new())];
            return Ok(Self {
                key: key.to_owned(),
                method: None,
                segments,
            });
        }
        let (method, path) = key.split_once(' ').ok_or_else(refused)?;
        let method = match method {
            "ANY" => None,
            named => Some(named.parse().map_err(|_| refused())?),
        };
        let path = path.strip_prefix('/').ok_or_else(refused)?;
        let segments: Vec<_> = path.split('/').map(Segment::parse).collect();
        if segments
            .iter()
            .rev()
            .skip(1)
            .any(|segment| matches!(segment, Segment::Rest(_)))
        {
            return Err(refused());
        }
        Ok(Self {
            key: key.to_owned(),
            method,
            segments,
        })
    }
}

impl Segment {
    fn parse(text: &str) -> Self {
        match text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'))
        {
            Some(name) => match name.strip_suffix('+') {
                Some(name) => Self::Rest(name.to_owned()),
                None => Self::One(name.to_owned()),
            },
            None => Self::Exact(text.to_owned()),
        }
    }
}

impl Route {
    /// The route key, as it was written.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The path parameters of a request that this route takes, decoded; `None` where it does not
    /// take it. `path` is the path as it was sent, without its query.
    #[must_use]
    pub fn matches(&self, method: &Method, path: &str) -> Option<BTreeMap<String, String>> {
        if self.method.as_ref().is_some_and(|taken| taken != method) {
            return None;
        }
        let mut parameters = BTreeMap::new();
        let mut rest = Some(path.strip_prefix('/')?);
        for segment in &self.segments {
            let text = rest?;
            let (first, after) = match text.split_once('/') {
                Some((first, after)) => (first, Some(after)),
                None => (text, None),
            };
            match segment {
                Segment::Exact(exact) if exact == first => rest = after,
                Segment::Exact(_) => return None,
                Segment::One(_) if first.is_empty() => return None,
                Segment::One(name) => {
                    parameters.insert(name.clone(), decoded(first));
                    rest = after;
                }
                // Only `$default` has no name, and it takes the empty path too.
                Segment::Rest(name) if name.is_empty() => rest = None,
                Segment::Rest(_) if text.is_empty() => return None,
                Segment::Rest(name) => {
                    parameters.insert(name.clone(), decoded(text));
                    rest = None;
                }
            }
        }
        rest.is_none().then_some(parameters)
    }
}

/// Text with its percent-encoded bytes decoded; what is not UTF-8 then becomes the replacement
/// character.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after
            .first_chunk::<2>()
            .filter(|_| byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = after
            .get(if escaped.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
