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

/// A row of a list in which one bad row stops nobody but itself.
#[derive(Debug)]
pub(crate) enum Row<T> {
    Read(T),
    Broken { id: String, breach: Breach },
}

impl<T> Row<T> {
    /// FreshBooks' id, which even a row that cannot be read has.
    pub(crate) fn id<'a>(&'a self, of: fn(&'a T) -> &'a str) -> &'a str {
        match self {
            Self::Read(record) => of(record),
            Self::Broken { id, .. } => id,
        }
    }
}

/// The page in the body of an answer, its rows under `key`.
pub(super) fn page<Wire, T>(body: &[u8], key: &str) -> Result<Page<T>, Breach>
where
    Wire: DeserializeOwned,
    T: TryFrom<Wire, Error = Breach>,
{
    let page = raw_page(body, key)?;
    let rows = page.rows.iter().map(|row| read::<Wire, T>(row));
    Ok(Page {
        rows: rows.collect::<Result<_, _>>()?,
        pages: page.pages,
        total: page.total,
    })
}

/// The same, with every bad row in its place. One without an id, under any of the names in `ids`,
/// spoils the page: nobody could say which record it is.
pub(super) fn rows<Wire, T>(body: &[u8], key: &str, ids: &[&str]) -> Result<Page<Row<T>>, Breach>
where
    Wire: DeserializeOwned,
    T: TryFrom<Wire, Error = Breach>,
{
    let page = raw_page(body, key)?;
    let rows = page.rows.iter().map(|row| row_of::<Wire, T>(row, ids));
    Ok(Page {
        rows: rows.collect::<Result<_, _>>()?,
        pages: page.pages,
        total: page.total,
    })
}

/// One row, read or broken.
pub(super) fn row_of<Wire, T>(row: &RawValue, ids: &[&str]) -> Result<Row<T>, Breach>
where
    Wire: DeserializeOwned,
    T: TryFrom<Wire, Error = Breach>,
{
    match read::<Wire, T>(row) {
        Ok(record) => Ok(Row::Read(record)),
        Err(breach) => match id_of(row, ids) {
            Some(id) => Ok(Row::Broken { id, breach }),
            None => Err(breach),
        },
    }
}

fn id_of(row: &RawValue, ids: &[&str]) -> Option<String> {
    let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(row.get()).ok()?;
    ids.iter().find_map(|&key| {
        let id: Scalar = serde_json::from_str(fields.get(key)?.get()).ok()?;
        id.id().map(str::to_owned)
    })
}

fn read<Wire, T>(row: &RawValue) -> Result<T, Breach>
where
    Wire: DeserializeOwned,
    T: TryFrom<Wire, Error = Breach>,
{
    let wire: Wire = parse(row.get().as_bytes())?;
    wire.try_into()
}

/// The rows stand among the counters under a name of their own; raw, so that no number is touched.
fn raw_page(body: &[u8], key: &str) -> Result<Page<Box<RawValue>>, Breach> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Counters {
        pages: Scalar,
        total: Scalar,
    }
    let counters: Counters = open(body)?;
    let fields: BTreeMap<String, Box<RawValue>> = open(body)?;
    let rows = fields.get(key).ok_or_else(|| Breach::missing(key))?;
    let pages = counters.pages.whole("number of pages")?;
    Ok(Page {
        rows: parse(rows.get().as_bytes())?,
        pages: pages.and_then(|pages| u64::try_from(pages).ok()),
        total: counters.total.filled().map(str::to_owned),
    })
}
