//! Pages of a list and the envelope around them.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::http::{Ask, Reply};
use crate::refusal::Refusal;

const DEFAULT_LIMIT: usize = 100;
pub(crate) const LARGEST_LIMIT: usize = 1000;

/// The asked-for page of `rows` in its envelope, the list under `key` (docs/cin7-api.md, paging).
pub(crate) fn page<T: Serialize>(ask: &Ask, key: &str, rows: &[T]) -> Result<Reply, Refusal> {
    page_without(None, LARGEST_LIMIT, ask, key, rows)
}

/// The same, with pages silently held to `most` rows, and without the row at the place `missed`, which
/// still counts.
pub(crate) fn page_without<T: Serialize>(
    missed: Option<usize>,
    most: usize,
    ask: &Ask,
    key: &str,
    rows: &[T],
) -> Result<Reply, Refusal> {
    let page = ask.count("Page")?.unwrap_or(1);
    let limit = ask.count("Limit")?.unwrap_or(DEFAULT_LIMIT);
    if page == 0 {
        return Err(Refusal::invalid("Parameter Page must be 1 or more."));
    }
    if !(1..=LARGEST_LIMIT).contains(&limit) {
        return Err(Refusal::invalid(
            "Parameter Limit must be between 1 and 1000.",
        ));
    }
    let limit = limit.min(most);
    let places = rows.iter().enumerate();
    let shown = places.filter(|(place, _)| Some(*place) != missed);
    let first = (page - 1).saturating_mul(limit);
    let rows_of_page: Vec<&T> = shown.map(|(_, row)| row).skip(first).take(limit).collect();
    Ok(Reply::json(&Envelope {
        total: rows.len(),
        page,
        key,
        rows: &rows_of_page,
    }))
}

/// One record in the list envelope, as writes of customers and products answer.
pub(crate) fn only<T: Serialize>(key: &str, record: &T) -> Reply {
    Reply::json(&Envelope {
        total: 1,
        page: 1,
        key,
        rows: std::slice::from_ref(record),
    })
}

struct Envelope<'a, T> {
    total: usize,
    page: usize,
    key: &'a str,
    rows: &'a [T],
}

impl<T: Serialize> Serialize for Envelope<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("Total", &self.total)?;
        map.serialize_entry("Page", &self.page)?;
        map.serialize_entry(self.key, &self.rows)?;
        map.end()
    }
}

/// The name filter of the reference books and lists: starts with, whatever the case.
pub(crate) fn starts_with(text: &str, start: &str) -> bool {
    text.to_lowercase().starts_with(&start.to_lowercase())
}

/// The search filters: contains, whatever the case.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
