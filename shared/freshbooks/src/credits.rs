//! Other income and credit notes (docs/freshbooks-api.md, other income and credit notes).

use jiff::civil::Date;
use money::{Currency, Decimal, Money};
use secrecy::SecretString;
use serde::Serialize;

use crate::record::{Counted, Kind};
use crate::wire::{self, Breach, Page, Row};
use crate::{Api, Error, Identified, Line, Listed, Listing, Shown, Stage, scopes};

/// Income that no invoice stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherIncome {
    /// FreshBooks' `incomeid`, as text.
    pub id: String,
    /// What came in, in a currency of its own; whether its taxes are part of it is not documented.
    pub amount: Money,
    /// Calendar day (`date`), never shifted by a time zone.
    pub received_on: Date,
    /// Such as `online_sales`, as it came: the list is open. May be empty.
    pub category: String,
    /// Free text, such as the name of a shop; may be empty.
    pub source: String,
    /// Such as `Cash`; may be empty.
    pub kind: String,
    /// A note; may be empty.
    pub note: String,
    /// Its taxes.
    pub taxes: Vec<IncomeTax>,
    /// FreshBooks' change marker (`updated_at`); compare for equality only. May be empty.
    pub version: String,
}

/// A tax of other income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncomeTax {
    /// Such as `HST`.
    pub name: String,
    /// As it came: whether it is a percentage or money is not documented.
    pub amount: String,
}

/// A credit note that counts, or will once it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditNote {
    /// FreshBooks' `creditid`, as text.
    pub id: String,
    /// The number people see; may be empty.
    pub number: String,
    /// The client's `userid`.
    pub client_id: String,
    /// Why there is a credit.
    pub kind: CreditKind,
    /// Calendar day of issue (`create_date`), never shifted by a time zone.
    pub issued_on: Date,
    /// The document's currency.
    pub currency: Currency,
    /// Grand total, taxes included.
    pub total: Money,
    /// What was used of it (`paid`), where FreshBooks says so.
    pub used: Option<Decimal>,
    /// Draft or issued.
    pub stage: Stage,
    /// The lines; `None` where FreshBooks shows none, though they were asked for.
    pub lines: Option<Vec<Line>>,
    /// FreshBooks' change marker (`updated`), which no SDK knows; compare for equality only. May be
    /// empty.
    pub version: String,
}

/// Why a client has a credit (`credit_type`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditKind {
    /// Given.
    Goodwill,
    /// Too much was paid.
    Overpayment,
    /// Paid beforehand.
    Prepayment,
    /// Anything else, as it came: the list is open.
    Other(String),
}

impl Api {
    /// The other income as it stands now; `None` where FreshBooks no longer has it. Takes
    /// `user:other_income:read`.
    ///
    /// # Errors
    /// See [`Error`]; a record that breaks the API's contract is [`Error::Refused`].
    pub async fn other_income(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Shown<OtherIncome>>, Error> {
        self.one(token, account, id).await
    }

    /// The other incomes that are wanted. Takes `user:other_income:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn other_incomes(
        &self,
        token: &SecretString,
        account: &str,
        listed: Listed,
    ) -> Result<Listing<Shown<OtherIncome>>, Error> {
        self.listing(token, account, listed.into()).await
    }

    /// The credit note as it stands now; `None` where FreshBooks no longer has it. Takes
    /// `user:credit_notes:read`.
    ///
    /// # Errors
    /// See [`Error`]; a document that breaks the API's contract is [`Error::Refused`].
    pub async fn credit_note(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Shown<CreditNote>>, Error> {
        self.one(token, account, id).await
    }

    /// The credit notes that are wanted. Takes `user:credit_notes:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn credit_notes(
        &self,
        token: &SecretString,
        account: &str,
        listed: Listed,
    ) -> Result<Listing<Shown<CreditNote>>, Error> {
        self.listing(token, account, listed.into()).await
    }
}

impl Identified for OtherIncome {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Counted for OtherIncome {
    /// The key of the list is singular.
    const KIND: Kind = Kind {
        noun: "other income",
        plural: "other income",
        key: "other_income",
        list_key: "other_income",
        path: "other_incomes/other_incomes",
        scope: scopes::OTHER_INCOME,
        include: None,
    };

    fn read(body: &[u8]) -> Result<Shown<Self>, Breach> {
        wire::other_income(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Shown<Self>>>, Breach> {
        wire::other_incomes(body)
    }

    fn version(&self) -> &str {
        &self.version
    }
}

impl Identified for CreditNote {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Counted for CreditNote {
    const KIND: Kind = Kind {
        noun: "credit note",
        plural: "credit notes",
        key: "credit_note",
        list_key: "credit_notes",
        path: "credit_notes/credit_notes",
        scope: scopes::CREDIT_NOTES,
        include: Some("lines"),
    };

    fn read(body: &[u8]) -> Result<Shown<Self>, Breach> {
        wire::credit_note(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Shown<Self>>>, Breach> {
        wire::credit_notes(body)
    }

    fn version(&self) -> &str {
        &self.version
    }
}
