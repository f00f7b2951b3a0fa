//! A whole list, page after page (docs/freshbooks-api.md, paging, lists and filters).

use std::collections::BTreeSet;

use reqwest::Client as Http;
use secrecy::SecretString;
use url::Url;

use crate::Error;
use crate::asked::{Asked as _, Task, ask};
use crate::wire::{Breach, Page};

/// How often a list that changes while it is read is begun anew.
const MOST_PASSES: u32 = 3;

/// How one family of lists is paged through.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paging {
    /// The parameter that takes the number of the page, from 1.
    page: &'static str,
    /// What asks for as many rows as a page may have.
    rows: &'static str,
    /// A header that the list takes.
    header: Option<(&'static str, &'static str)>,
    /// The most pages: an answer that never says "last page" must not hold anybody for ever.
    most_pages: u64,
}

impl Paging {
    /// 15 to a page; whether more can be asked for is not documented here.
    pub(crate) const CALLBACKS: Self = Self {
        page: "page",
        rows: "",
        header: None,
        most_pages: 200,
    };
    /// Taxes, categories: lists that a person keeps.
    pub(crate) const REFERENCE: Self = Self {
        rows: "&per_page=100",
        ..Self::CALLBACKS
    };
    /// Documents and their postings, of which there are as many as there was business.
    pub(crate) const DOCUMENTS: Self = Self {
        most_pages: 2_000,
        ..Self::REFERENCE
    };
    /// The newer journal entries (docs/freshbooks-api.md, journals and accounts).
    pub(crate) const JOURNALS: Self = Self {
        page: "page_number",
        rows: "&page_size=100",
        header: Some(("x-api-version", "2023-09-25")),
        most_pages: 2_000,
    };
}

/// A list, and how its rows are read.
#[derive(Debug)]
pub(crate) struct List<T> {
    pub(crate) task: Task,
    pub(crate) address: Url,
    /// Search terms and includes; each ends with `&`.
    pub(crate) filter: String,
    pub(crate) paging: Paging,
    pub(crate) read: fn(&[u8]) -> Result<Page<T>, Breach>,
    pub(crate) id: fn(&T) -> &str,
}

/// What came of reading a list once.
enum Pass<T> {
    Whole(Vec<T>),
    /// The list changed on the way.
    Changed,
    /// FreshBooks says that there is no such list.
    NotServed,
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
        self.every_row_if_served(http, token)
            .await?
            .ok_or_else(|| self.task.gone())
    }

    /// The same; `None` where FreshBooks says that there is no such list.
    pub(crate) async fn every_row_if_served(
        &self,
        http: &Http,
        token: &SecretString,
    ) -> Result<Option<Vec<T>>, Error> {
        for _ in 0..MOST_PASSES {
            match self.one_pass(http, token).await? {
                Pass::Whole(rows) => return Ok(Some(rows)),
                Pass::NotServed => return Ok(None),
                Pass::Changed => {}
            }
        }
        Err(self.task.restless())
    }

    /// The rows of the first pages, each once: for one who only wants to see what there is. The list may
    /// change meanwhile.
    pub(crate) async fn first_rows(
        &self,
        http: &Http,
        token: &SecretString,
        pages: u64,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        for number in 1..=pages {
            let page = self.page(http, token, number).await?;
            let page = page.ok_or_else(|| self.task.gone())?;
            let before = rows.len();
            let is_new = |row: &T| seen.insert((self.id)(row).to_owned());
            rows.extend(page.rows.into_iter().filter(is_new));
            if rows.len() == before || page.pages.is_some_and(|pages| number >= pages) {
                break;
            }
        }
        Ok(rows)
    }

    async fn one_pass(&self, http: &Http, token: &SecretString) -> Result<Pass<T>, Error> {
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        let mut total = None;
        for number in 1..=self.paging.most_pages {
            let Some(page) = self.page(http, token, number).await? else {
                return Ok(Pass::NotServed);
            };
            if number > 1 && page.total != total {
                return Ok(Pass::Changed);
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
                return Ok(Pass::Whole(rows));
            }
        }
        Err(self.task.endless(self.paging.most_pages))
    }

    async fn page(
        &self,
        http: &Http,
        token: &SecretString,
        number: u64,
    ) -> Result<Option<Page<T>>, Error> {
        let mut address = self.address.clone();
        let Paging { page, rows, .. } = self.paging;
        address.set_query(Some(&format!("{}{page}={number}{rows}", self.filter)));
        let mut request = http.get(address);
        if let Some((name, value)) = self.paging.header {
            request = request.header(name, value);
        }
        let Some(body) = ask(request, &self.task, token, &[]).await? else {
            return Ok(None);
        };
        let read = (self.read)(&body);
        read.map(Some)
            .map_err(|breach| self.task.broken(format_args!("{breach}")))
    }
}
