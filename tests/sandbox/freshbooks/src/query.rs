//! The query of a list or a read: search terms, includes, sort, page.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::refusal::Refusal;

const PER_PAGE: usize = 15;
const PER_PAGE_AT_MOST: usize = 100;

/// One search term: `search[key]=v`, or `search[keys][]=a&search[keys][]=b` under the key `keys[]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) key: String,
    pub(crate) values: Vec<String>,
}

impl Term {
    /// The value of a term that has one; the last one where it is repeated.
    pub(crate) fn value(&self) -> &str {
        self.values.last().map_or("", String::as_str)
    }

    /// The value as a day. Date-time columns take days too, and nothing finer.
    pub(crate) fn day(&self) -> Result<Date, Refusal> {
        let text = self.value();
        let day = if text.len() == "2026-01-05".len() {
            text.parse().ok()
        } else {
            None
        };
        day.ok_or_else(|| Refusal::invalid(1016, &self.key, "Invalid date, use YYYY-MM-DD.", text))
    }
}

/// A parsed query; brackets may be raw or percent-encoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) search: Vec<Term>,
    pub(crate) sort: Option<String>,
    include: Vec<String>,
    page: Option<String>,
    per_page: Option<String>,
}

impl Query {
    pub(crate) fn parse(raw: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()).into_owned() {
            match name.as_str() {
                "page" => query.page = Some(value),
                "per_page" => query.per_page = Some(value),
                "sort" => query.sort = Some(value),
                "include[]" => query.include.push(value),
                other => query.add_term(other, value),
            }
        }
        query
    }

    fn add_term(&mut self, name: &str, value: String) {
        let Some((key, rest)) = name
            .strip_prefix("search[")
            .and_then(|name| name.split_once(']'))
        else {
            return;
        };
        let key = format!("{key}{rest}");
        match self.search.iter_mut().find(|term| term.key == key) {
            Some(term) => term.values.push(value),
            None => self.search.push(Term {
                key,
                values: vec![value],
            }),
        }
    }

    pub(crate) fn includes(&self, what: &str) -> bool {
        self.include.iter().any(|included| included == what)
    }

    pub(crate) fn term(&self, key: &str) -> Option<&Term> {
        self.search.iter().find(|term| term.key == key)
    }

    pub(crate) fn page(&self) -> Result<Page, Refusal> {
        let page = number(self.page.as_deref(), 1014, "page")?
            .unwrap_or(1)
            .max(1);
        let per_page = number(self.per_page.as_deref(), 1013, "per_page")?;
        let per_page = per_page
            .filter(|&rows| rows > 0)
            .unwrap_or(PER_PAGE)
            .min(PER_PAGE_AT_MOST);
        Ok(Page { page, per_page })
    }
}

fn number(text: Option<&str>, errno: u32, field: &str) -> Result<Option<usize>, Refusal> {
    let parse = |text: &str| {
        text.parse()
            .map_err(|_| Refusal::invalid(errno, field, "Must be a number.", text))
    };
    text.map(parse).transpose()
}

/// One page of a list: counted from 1, 0 read as 1; `per_page` above 100 is 100 without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    page: usize,
    per_page: usize,
}

impl Page {
    /// The rows of this page; none beyond the end.
    pub(crate) fn cut<T>(self, rows: Vec<T>) -> Vec<T> {
        let before = (self.page - 1).saturating_mul(self.per_page);
        rows.into_iter().skip(before).take(self.per_page).collect()
    }

    /// The list with its counters; an empty one has 0 pages.
    pub(crate) fn envelope(self, list_key: &str, total: usize, rows: Vec<Value>) -> Value {
        json!({"response": {"result": {
            list_key: rows, "page": self.page, "pages": total.div_ceil(self.per_page),
            "per_page": self.per_page, "total": total,
        }}})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_may_be_raw_or_percent_encoded() {
        let raw = Query::parse("include[]=lines&search[ids][]=1&search[ids][]=2&search[paid]=true");
        let encoded = Query::parse(
            "include%5B%5D=lines&search%5Bids%5D%5B%5D=1&search%5Bids%5D%5B%5D=2&search%5Bpaid%5D=true",
        );
        assert_eq!(raw, encoded);
        assert!(raw.includes("lines"));
        assert_eq!(raw.term("ids[]").unwrap().values, ["1", "2"]);
    }

    #[test]
    fn a_timestamp_is_no_day() {
        let query = Query::parse("search[updated_min]=2026-01-05+10:00:00");
        assert_eq!(
            query.term("updated_min").unwrap().day().unwrap_err().errno,
            1016
        );
    }
}
