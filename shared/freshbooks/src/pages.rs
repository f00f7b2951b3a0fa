//! A whole list, page after page (docs/freshbooks-api.md, paging, lists and filters).

use std::collections::BTreeSet;

use reqwest::Client as Http;
use secrecy::SecretString;
use url::Url;

use crate::Error;
use crate::asked::{Asked as _, Task, ask};
use crate::wire::{Breach, Page};

/// The most pages of one list: an answer that never says "last page" must not hold anybody for ever.
const MOST_PAGES: u64 = 200;
/// How often a list that changes while it is read is begun anew.
const MOST_PASSES: u32 = 3;

/// A list, and how its rows are read.
#[derive(Debug)]
pub(crate) struct List<T> {
    pub(crate) task: Task,
    pub(crate) address: Url,
    /// Rows to a page, where that may be asked for.
    pub(crate) per_page: Option<u8>,
    pub(crate) read: fn(&[u8]) -> Result<Page<T>, Breach>,
    pub(crate) id: fn(&T) -> &str,
}

impl<T> List<T> {
    /// Every row once, in FreshBooks' order.
    ///
    /// There is no cursor and rows may move between pages: one seen twice is taken once, and where
    /// the total changes on the way the list is begun anew, since a row may have slipped by.
    pub(crate) async fn every_row(
        &self,
        http: &Http,
        token: &SecretString,
    ) -> Result<Vec<T>, Error> {
        for _ in 0..MOST_PASSES {
            if let Some(rows) = self.one_pass(http, token).await? {
                return Ok(rows);
            }
        }
        Err(self.task.restless())
    }

    /// `None` where the list changed on the way.
    async fn one_pass(&self, http: &Http, token: &SecretString) -> Result<Option<Vec<T>>, Error> {
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        let mut total = None;
        for number in 1..=MOST_PAGES {
            let page = self.page(http, token, number).await?;
            if number > 1 && page.total != total {
                return Ok(None);
            }
            total = page.total;
            let before = rows.len();
            let is_new = |row: &T| seen.insert((self.id)(row).to_owned());
            rows.extend(page.rows.into_iter().filter(is_new));
            // An empty list has 0 pages. Without a count the first page that brings nothing ends it.
            let is_last = page
                .pages
                .map_or(rows.len() == before, |pages| number >= pages);
            if is_last {
                return Ok(Some(rows));
            }
        }
        Err(self.task.endless(MOST_PAGES))
    }

    async fn page(&self, http: &Http, token: &SecretString, number: u64) -> Result<Page<T>, Error> {
        let mut address = self.address.clone();
        let per_page = self.per_page.map(|rows| format!("&per_page={rows}"));
        let query = format!("page={number}{}", per_page.unwrap_or_default());
        address.set_query(Some(&query));
        let body = ask(http.get(address), &self.task, token, &[])
            .await?
            .ok_or_else(|| self.task.gone())?;
        (self.read)(&body).map_err(|breach| self.task.broken(format_args!("{breach}")))
    }
}
