//! One page of a list.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::scalar::Scalar;
use super::{Breach, open, parse};

/// The rows of a page and FreshBooks' counters, as far as it gives them.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    /// How many pages there are; 0 where there are no rows at all.
    pub(crate) pages: Option<u64>,
    /// How many rows there are on all pages, as it was written.
    pub(crate) total: Option<String>,
}

/// The page in the body of an answer, its rows under `key`.
pub(super) fn page<Wire, T>(body: &[u8], key: &str) -> Result<Page<T>, Breach>
where
    Wire: DeserializeOwned,
    T: TryFrom<Wire, Error = Breach>,
{
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Counters {
        pages: Scalar,
        total: Scalar,
    }
    let counters: Counters = open(body)?;
    // The rows stand among the counters under a name of their own; raw, so that no number is touched.
    let fields: BTreeMap<String, Box<RawValue>> = open(body)?;
    let rows = fields.get(key).ok_or_else(|| Breach::missing(key))?;
    let rows: Vec<Wire> = parse(rows.get().as_bytes())?;
    let pages = counters.pages.whole("number of pages")?;
    Ok(Page {
        rows: rows
            .into_iter()
            .map(T::try_from)
            .collect::<Result<_, _>>()?,
        pages: pages.and_then(|pages| u64::try_from(pages).ok()),
        total: counters.total.filled().map(str::to_owned),
    })
}
