//! Lists are read whole, page by page. The page size asked for is not always honoured and rows move
//! between pages while they are read (docs/cin7-api.md, paging).

use std::collections::{BTreeMap, HashSet};

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::answer::Fault;
use crate::call::Call;
use crate::lenient::Amount;
use crate::{Endpoint, Listing};

/// The most that Cin7 allows.
const ROWS_PER_PAGE: &str = "1000";

/// No account has this many; a list that goes on beyond it repeats itself in some unknown way.
const MOST_PAGES: u32 = 10_000;

/// A row of a list.
pub(crate) trait Row: DeserializeOwned {
    /// Path of the list.
    const PATH: &'static str;
    /// Name under which the envelope holds the rows.
    const LIST: &'static str;

    /// What tells this row from the others, whichever page shows it.
    fn id(&self) -> &str;
}

/// Every row that the filters let through, each once. Filters that Cin7 does not know are ignored
/// by it without a word: check the rows again.
pub(crate) async fn all<R: Row>(
    endpoint: &Endpoint,
    filters: &[(&str, &str)],
) -> Result<Vec<R>, Fault> {
    Ok(listing(endpoint, filters).await?.rows)
}

/// The same, with whether it is certain that no row was missed.
pub(crate) async fn listing<R: Row>(
    endpoint: &Endpoint,
    filters: &[(&str, &str)],
) -> Result<Listing<R>, Fault> {
    let call = Call::Read(R::PATH);
    let mut rows = Vec::new();
    let mut known = HashSet::new();
    for page in 1..=MOST_PAGES {
        let (total, shown) = page_of::<R>(endpoint, page, filters).await?;
        let before = rows.len();
        for row in shown {
            if row.id().trim().is_empty() {
                return Err(call
                    .without_outcome(format!("a row of {} has no id", R::LIST))
                    .into());
            }
            if known.insert(row.id().to_owned()) {
                rows.push(row);
            }
        }
        let nothing_new = rows.len() == before;
        let complete = total.is_some_and(|total| rows.len() >= total);
        if nothing_new && !complete {
            let (list, read) = (R::LIST, rows.len());
            tracing::debug!(
                list,
                read,
                total,
                "a list ended before its total, rows may have moved"
            );
        }
        if nothing_new || complete {
            // Without a total, only a page that brings nothing new ends the list.
            let whole = complete || total.is_none();
            return Ok(Listing { rows, whole });
        }
    }
    Err(call
        .without_outcome(format!("{} has no end after {MOST_PAGES} pages", R::LIST))
        .into())
}

/// How many rows a list has: as it states, else as many as its first page shows.
pub(crate) async fn count<R: Row>(endpoint: &Endpoint) -> Result<usize, Fault> {
    let call = Call::Read(R::PATH);
    let query = [("Page", "1"), ("Limit", "100")];
    let text = endpoint.get(R::PATH, &query).await?;
    let (total, shown) = read_page::<R>(&text)
        .map_err(|error| call.without_outcome(format!("{}: {error}", R::LIST)))?;
    Ok(total.unwrap_or(shown.len()))
}

/// Every row of a list whose rows have no id of their own: none may be dropped for looking like
/// another. The number of rows has to be the stated total throughout, or rows moved meanwhile.
pub(crate) async fn every<R: Row>(
    endpoint: &Endpoint,
    filters: &[(&str, &str)],
) -> Result<Vec<R>, Fault> {
    let call = Call::Read(R::PATH);
    let mut rows = Vec::new();
    for page in 1..=MOST_PAGES {
        let (total, shown) = page_of::<R>(endpoint, page, filters).await?;
        let nothing_new = shown.is_empty();
        rows.extend(shown);
        let read = rows.len();
        match total {
            Some(total) if total == read => return Ok(rows),
            Some(total) if total < read || nothing_new => {
                let why = format!("{} has {total} rows and showed {read}", R::LIST);
                return Err(call.without_outcome(why).into());
            }
            Some(_) => {}
            None if nothing_new => return Ok(rows),
            None => {}
        }
    }
    Err(call
        .without_outcome(format!("{} has no end after {MOST_PAGES} pages", R::LIST))
        .into())
}

/// One page: the total, where it is stated, and the rows.
async fn page_of<R: Row>(
    endpoint: &Endpoint,
    page: u32,
    filters: &[(&str, &str)],
) -> Result<(Option<usize>, Vec<R>), Fault> {
    let page = page.to_string();
    let mut query = vec![("Page", page.as_str()), ("Limit", ROWS_PER_PAGE)];
    query.extend_from_slice(filters);
    let text = endpoint.get(R::PATH, &query).await?;
    let unreadable = |error| {
        let why = format!("{}: {error}", R::LIST);
        Call::Read(R::PATH).without_outcome(why).into()
    };
    read_page::<R>(&text).map_err(unreadable)
}

/// The one row of the envelope that a write is answered with, or the row itself where it comes bare
/// (docs/cin7-api.md, paging).
///
/// # Errors
/// When the text is neither.
pub(crate) fn first_of_envelope<R: Row>(text: &str) -> Result<Option<R>, serde_json::Error> {
    let envelope: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
    match envelope.get(R::LIST) {
        Some(rows) => {
            let rows: Option<Vec<R>> = serde_json::from_str(rows.get())?;
            Ok(rows.unwrap_or_default().into_iter().next())
        }
        None => serde_json::from_str(text).map(Some),
    }
}

/// `{"Total": n, "Page": p, "<list>": [...]}`: the total, where it is stated, and the rows.
fn read_page<R: Row>(text: &str) -> Result<(Option<usize>, Vec<R>), serde_json::Error> {
    use serde::de::Error;

    let envelope: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
    let total = match envelope.get("Total") {
        Some(total) => serde_json::from_str::<Amount>(total.get())?.0,
        None => None,
    };
    let rows = envelope
        .get(R::LIST)
        .ok_or_else(|| serde_json::Error::custom("no such list"))?;
    let rows: Option<Vec<R>> = serde_json::from_str(rows.get())?;
    Ok((
        total.and_then(|total| usize::try_from(total).ok()),
        rows.unwrap_or_default(),
    ))
}
