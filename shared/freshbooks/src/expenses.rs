//! Expenses (docs/freshbooks-api.md, expenses, other income, credit notes).

use jiff::civil::Date;
use money::Money;
use secrecy::SecretString;
use serde::Serialize;

use crate::record::{Counted, Kind};
use crate::wire::{self, Breach, Page, Row};
use crate::{Api, Error, Identified, Listing, PaidTax, Shown, Wanted, scopes};

/// An expense that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expense {
    /// FreshBooks' id, as text.
    pub id: String,
    /// What was paid, **with** its taxes, in a currency of its own.
    pub amount: Money,
    /// None, one or two taxes, which are part of the amount.
    pub taxes: Vec<PaidTax>,
    /// Calendar day (`date`), never shifted by a time zone.
    pub spent_on: Date,
    /// The expense category, where there is one.
    pub category_id: Option<String>,
    /// Free text without any id; may be empty.
    pub vendor: String,
    /// A note; may be empty.
    pub notes: String,
    /// The client it was spent for, where there is one.
    pub client_id: Option<String>,
    /// Whether it is billed on.
    pub rebilling: Rebilling,
    /// The invoice that bills it on, where FreshBooks names it.
    pub invoice_id: Option<String>,
    /// Whether it is the bank's side of a bill payment: then it is no money of its own.
    pub bill_payment: BankSide,
    /// FreshBooks' opaque change marker (`version`, else `updated`); compare for equality only.
    pub version: String,
}

/// How far an expense is billed on (`status`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rebilling {
    /// 0, or no status: nobody else is to pay for it.
    Internal,
    /// 1: to be billed on, on no invoice yet.
    Outstanding,
    /// 2: on an invoice.
    Invoiced,
    /// 4: on an invoice that was paid.
    Recouped,
    /// Anything else, as it came: the list is open.
    Other(String),
}

/// Whether an expense is the bank's side of a bill payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BankSide {
    /// It is an expense and nothing else.
    None,
    /// FreshBooks takes it for one, and nobody has said so yet (`potential_bill_payment`).
    Potential,
    /// It was matched with one (`bill_matches`).
    Matched,
}

impl Api {
    /// The expense as it stands now; `None` where FreshBooks no longer has it. Takes
    /// `user:expenses:read`.
    ///
    /// # Errors
    /// See [`Error`]; a document that breaks the API's contract is [`Error::Refused`].
    pub async fn expense(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Shown<Expense>>, Error> {
        self.one(token, account, id).await
    }

    /// The expenses of the first pages of 100, in FreshBooks' order, those that cannot be read left out: for
    /// one who wants to see what expenses are like. Takes `user:expenses:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn some_expenses(
        &self,
        token: &SecretString,
        account: &str,
        pages: u64,
    ) -> Result<Vec<Expense>, Error> {
        let rows = self.first_rows::<Shown<Expense>>(token, account, pages);
        Ok(rows
            .await?
            .into_iter()
            .filter_map(Shown::standing)
            .collect())
    }

    /// The expenses that are wanted. Takes `user:expenses:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn expenses(
        &self,
        token: &SecretString,
        account: &str,
        wanted: Wanted,
    ) -> Result<Listing<Shown<Expense>>, Error> {
        self.listing(token, account, wanted).await
    }
}

impl Identified for Expense {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Counted for Expense {
    const KIND: Kind = Kind {
        noun: "expense",
        plural: "expenses",
        key: "expense",
        list_key: "expenses",
        path: "expenses/expenses",
        scope: scopes::EXPENSES,
        include: None,
    };

    fn read(body: &[u8]) -> Result<Shown<Self>, Breach> {
        wire::expense(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Shown<Self>>>, Breach> {
        wire::expenses(body)
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn dated_on(&self) -> Option<Date> {
        Some(self.spent_on)
    }
}
