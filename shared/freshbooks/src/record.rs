//! One kind of record: how it is called, where it stands, how it is read, alone and in a list.

use jiff::civil::Date;
use secrecy::SecretString;
use url::Url;

use crate::asked::{Asked as _, Subject, Task, ask};
use crate::books::task;
use crate::http::endpoint;
use crate::id::is_id;
use crate::pages::{List, Paging};
use crate::wire::{Breach, Page, Row};
use crate::{Api, Error, Identified, Listing, Shown, Unreadable, Visibility, Wanted};

/// The names of one kind of record (docs/freshbooks-api.md, accounting resources).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// As a sentence calls one: `bill payment`.
    pub(crate) noun: &'static str,
    /// As a sentence calls several: `bill payments`.
    pub(crate) plural: &'static str,
    /// The key of one in its envelope.
    pub(crate) key: &'static str,
    /// The key of a list in its envelope.
    pub(crate) list_key: &'static str,
    /// Below the account.
    pub(crate) path: &'static str,
    /// The scope that reading takes.
    pub(crate) scope: &'static str,
    /// What has to be asked for to come along.
    pub(crate) include: Option<&'static str>,
}

/// A kind of record that can be read by its id and listed.
pub(crate) trait Record: Sized {
    /// Its names.
    const KIND: Kind;

    /// The record in the body of an answer.
    fn read(body: &[u8]) -> Result<Self, Breach>;

    /// A page of a list.
    fn read_page(body: &[u8]) -> Result<Page<Row<Self>>, Breach>;

    /// FreshBooks' id.
    fn id(&self) -> &str;

    /// Whether it was deleted, that is.
    fn visibility(&self) -> Visibility;

    /// The day of its last change as FreshBooks writes it, where it does.
    fn changed_on(&self) -> Option<Date> {
        None
    }

    /// The day in the books, of a kind that can be asked for by it.
    fn dated_on(&self) -> Option<Date> {
        None
    }
}

/// A kind of record of which nothing but the id is read once it is deleted.
pub(crate) trait Counted: Identified {
    /// Its names.
    const KIND: Kind;

    /// The record in the body of an answer.
    fn read(body: &[u8]) -> Result<Shown<Self>, Breach>;

    /// A page of a list.
    fn read_page(body: &[u8]) -> Result<Page<Row<Shown<Self>>>, Breach>;

    /// FreshBooks' change marker; empty where it has none.
    fn version(&self) -> &str;

    /// The day in the books, of a kind that can be asked for by it.
    fn dated_on(&self) -> Option<Date> {
        None
    }
}

impl<T: Counted> Record for Shown<T> {
    const KIND: Kind = T::KIND;

    fn read(body: &[u8]) -> Result<Self, Breach> {
        T::read(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Self>>, Breach> {
        T::read_page(body)
    }

    fn id(&self) -> &str {
        Self::id(self)
    }

    fn visibility(&self) -> Visibility {
        match self {
            Self::Standing(_) => Visibility::Active,
            Self::Deleted { .. } => Visibility::Deleted,
        }
    }

    fn changed_on(&self) -> Option<Date> {
        match self {
            Self::Standing(record) => day_of(record.version()),
            Self::Deleted { .. } => None,
        }
    }

    fn dated_on(&self) -> Option<Date> {
        match self {
            Self::Standing(record) => record.dated_on(),
            Self::Deleted { .. } => None,
        }
    }
}

/// The day that a change marker begins with: `2026-01-05 11:02:10.123456`.
pub(crate) fn day_of(version: &str) -> Option<Date> {
    version.get(..10)?.parse().ok()
}

impl Api {
    /// The record as it stands now; `None` where FreshBooks no longer has it.
    pub(crate) async fn one<R: Record>(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<R>, Error> {
        let subject = subject(R::KIND, id);
        let address = self.address(&subject, account, R::KIND)?;
        let Some(body) = ask(self.http.get(address), &subject, token, &[]).await? else {
            return Ok(None);
        };
        let record = R::read(&body).map_err(|breach| subject.broken(format_args!("{breach}")))?;
        subject.check_id(record.id())?;
        Ok(Some(record))
    }

    /// The rows of the whole list that are wanted.
    pub(crate) async fn listing<R: Record>(
        &self,
        token: &SecretString,
        account: &str,
        wanted: Wanted,
    ) -> Result<Listing<R>, Error> {
        let kind = R::KIND;
        let list = self.list_of::<R>(account, wanted)?;
        let found = list.every_row(&self.http, token).await?;
        let mut listing = Listing {
            rows: Vec::with_capacity(found.len()),
            unreadable: Vec::new(),
            unasked: 0,
        };
        for row in found {
            match row {
                Row::Read(record) if wanted.keeps(&record) => listing.rows.push(record),
                Row::Read(_) => listing.unasked += 1,
                Row::Broken { id, breach } => {
                    let why = subject(kind, &id).broken(format_args!("{breach}"));
                    let why = why.to_string();
                    listing.unreadable.push(Unreadable { id, why });
                }
            }
        }
        Ok(listing)
    }

    /// The rows of the first pages of the list that count and can be read.
    pub(crate) async fn first_rows<R: Record>(
        &self,
        token: &SecretString,
        account: &str,
        pages: u64,
    ) -> Result<Vec<R>, Error> {
        let wanted = Wanted::Standing;
        let list = self.list_of::<R>(account, wanted)?;
        let found = list.first_rows(&self.http, token, pages).await?;
        let rows = found.into_iter().filter_map(|row| match row {
            Row::Read(record) => Some(record),
            Row::Broken { .. } => None,
        });
        Ok(rows.filter(|record| wanted.keeps(record)).collect())
    }

    fn list_of<R: Record>(&self, account: &str, wanted: Wanted) -> Result<List<Row<R>>, Error> {
        let kind = R::KIND;
        let task = task(
            &format!("list the {}", kind.plural),
            kind.scope,
            kind.list_key,
        );
        Ok(List {
            address: self.list_address(&task, account, kind.path)?,
            task,
            filter: format!("{}{}", wanted.search(), include(kind)),
            paging: Paging::DOCUMENTS,
            read: R::read_page,
            id: |row: &Row<R>| row.id(R::id),
        })
    }

    /// The address of one document. Ids are checked because an empty one would ask for the whole
    /// list and `..` for something else altogether.
    fn address(&self, subject: &Subject<'_>, account: &str, kind: Kind) -> Result<Url, Error> {
        if !is_id(account) {
            return Err(subject.unaskable(format_args!("{account:?} cannot be an account id")));
        }
        if !is_id(subject.id) {
            return Err(subject.unaskable(format_args!("that cannot be an id")));
        }
        let path = format!("accounting/account/{account}/{}/{}", kind.path, subject.id);
        let mut address = endpoint(&self.base, &path);
        let include = include(kind);
        let include = include.trim_end_matches('&');
        address.set_query(Some(include).filter(|query| !query.is_empty()));
        Ok(address)
    }

    /// The address of a list below an account.
    pub(crate) fn list_address(
        &self,
        task: &Task,
        account: &str,
        resource: &str,
    ) -> Result<Url, Error> {
        if !is_id(account) {
            return Err(task.unaskable(format_args!("{account:?} cannot be an account id")));
        }
        let path = format!("accounting/account/{account}/{resource}");
        Ok(endpoint(&self.base, &path))
    }
}

fn subject(kind: Kind, id: &str) -> Subject<'_> {
    Subject {
        noun: kind.noun,
        key: kind.key,
        scope: kind.scope,
        id,
    }
}

/// Brackets go percent-encoded (docs/freshbooks-api.md, paging, lists and filters).
fn include(kind: Kind) -> String {
    kind.include
        .map(|part| format!("include%5B%5D={part}&"))
        .unwrap_or_default()
}
