//! Reference lists of an account: taxes and expense categories.

use money::Decimal;
use secrecy::SecretString;

use crate::asked::{Sought, Task};
use crate::pages::{List, Paging};
use crate::{Api, Error, Visibility, scopes, wire};

/// A tax as it is set up now. Invoice lines copied its name and rate when they were written and do
/// not name it (docs/freshbooks-api.md, clients, items, taxes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// FreshBooks' id (`taxid`), as text.
    pub id: String,
    /// Such as `HST`; not promised to be unique.
    pub name: String,
    /// Percent, normalised: `13`, `9.975`.
    pub percent: Decimal,
    /// The business's registration number; `None` where none is kept.
    pub number: Option<String>,
    /// Whether it is levied on top of a line's first tax.
    pub compound: bool,
}

/// An expense category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// FreshBooks' id (`categoryid`), as text.
    pub id: String,
    /// Such as `Rent or Lease`; not promised to be unique.
    pub name: String,
    /// The category it stands below; `None` at the top.
    pub parent_id: Option<String>,
    /// Whether it counts as cost of goods sold.
    pub is_cost_of_goods_sold: bool,
    /// Active or archived: deleted ones are not listed.
    pub visibility: Visibility,
}

impl Api {
    /// The taxes that are set up, in FreshBooks' order. Takes `user:taxes:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn taxes(&self, token: &SecretString, account: &str) -> Result<Vec<Tax>, Error> {
        let task = task("list the taxes", scopes::TAXES, "taxes");
        let list = List {
            address: self.list_address(&task, account, "taxes/taxes")?,
            task,
            filter: String::new(),
            paging: Paging::REFERENCE,
            read: wire::taxes,
            id: |tax: &Tax| &tax.id,
        };
        list.every_row(&self.http, token).await
    }

    /// The expense categories that are not deleted, in FreshBooks' order. Takes
    /// `user:expenses:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn categories(
        &self,
        token: &SecretString,
        account: &str,
    ) -> Result<Vec<Category>, Error> {
        let task = task(
            "list the expense categories",
            scopes::EXPENSES,
            "categories",
        );
        let list = List {
            address: self.list_address(&task, account, "expenses/categories")?,
            task,
            filter: String::new(),
            paging: Paging::REFERENCE,
            read: wire::categories,
            id: |category: &Category| &category.id,
        };
        let mut categories = list.every_row(&self.http, token).await?;
        categories.retain(|category| category.visibility != Visibility::Deleted);
        Ok(categories)
    }
}

/// A list that is asked for.
pub(crate) fn task(doing: &str, scope: &str, list_key: &'static str) -> Task {
    Task {
        doing: doing.to_owned(),
        scope: format!("the scope {scope}"),
        remedy: "Put it right in FreshBooks, then try again.",
        sought: Sought::List(list_key),
    }
}
