//! Bills, their payments, and vendors (docs/freshbooks-api.md, bills and bill payments).

use jiff::civil::Date;
use money::{Currency, Decimal, Money};
use secrecy::SecretString;
use serde::Serialize;

use crate::record::{Counted, Kind, Record, day_of};
use crate::wire::{self, Breach, Page, Row};
use crate::{Api, Error, Identified, Listed, Listing, Shown, Visibility, scopes};

/// A bill that counts, with its lines and payments. There are no drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// FreshBooks' id, as text.
    pub id: String,
    /// The vendor's `vendorid`; some answers about bills that were put away lack it.
    pub vendor_id: Option<String>,
    /// The vendor's own number; may be empty.
    pub number: String,
    /// Calendar day of issue (`issue_date`), never shifted by a time zone.
    pub issued_on: Date,
    /// Calendar day on which it is due.
    pub due_on: Date,
    /// The document's currency.
    pub currency: Currency,
    /// What the lines come to before tax (`amount`).
    pub subtotal: Decimal,
    /// Grand total, taxes included (`total_amount`).
    pub total: Money,
    /// The lines, in FreshBooks' order.
    pub lines: Vec<BillLine>,
    /// The payments that FreshBooks shows inside the bill, in its order. They have no event of their
    /// own, so this is where they are learned of.
    pub payments: Vec<Shown<BillPayment>>,
    /// FreshBooks' change marker (`updated_at`, UTC); compare for equality only. That a payment moves
    /// it is unconfirmed. May be empty.
    pub version: String,
}

/// One bill line, in the bill's currency. It has no name, no item id and no SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BillLine {
    /// Free text; may be empty.
    pub description: String,
    /// Quantity, may be fractional.
    pub quantity: Decimal,
    /// Price of one, before tax.
    pub unit_cost: Decimal,
    /// `quantity × unit_cost` as FreshBooks rounded it, before tax.
    pub amount: Decimal,
    /// The expense category, where there is one.
    pub category: Option<LineCategory>,
    /// None, one or two taxes, in FreshBooks' order.
    pub taxes: Vec<PaidTax>,
}

/// The expense category of a bill line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineCategory {
    /// FreshBooks' id (`categoryid`), as text.
    pub id: String,
    /// Such as `Materials`; may be empty.
    pub name: String,
}

/// A tax on something bought, with its money: a copy of name and rate, without an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaidTax {
    /// Such as `HST`; may be empty.
    pub name: String,
    /// Percent, normalised; `None` where only the money is known.
    pub percent: Option<Decimal>,
    /// In the document's currency.
    pub amount: Decimal,
}

/// A payment of a bill that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BillPayment {
    /// FreshBooks' id, as text.
    pub id: String,
    /// The bill it pays.
    pub bill_id: String,
    /// What was paid, in a currency of its own; may be negative.
    pub amount: Money,
    /// Calendar day of the payment (`paid_date`), never shifted by a time zone.
    pub paid_on: Date,
    /// Such as `Check` or `Bank Transfer`, as it came: the list is open. May be empty.
    pub kind: String,
    /// Whether an expense from the bank was matched with it: that expense is the same money.
    pub is_matched_with_expense: bool,
}

/// A bill vendor. The vendor text of an expense has nothing to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Vendor {
    /// FreshBooks' `vendorid`, as text.
    pub id: String,
    /// The company, else first and last name of the contact, else the e-mail; never empty.
    pub name: String,
    /// First and last name of the contact; may be empty.
    pub contact: String,
    /// E-mail of the contact; may be empty.
    pub email: String,
    /// Phone; may be empty.
    pub phone: String,
    /// The vendor's usual currency, where FreshBooks gives one.
    pub currency: Option<Currency>,
    /// Active, deleted or archived: bills of a deleted vendor still count.
    pub visibility: Visibility,
    /// FreshBooks' change marker (`updated_at`, UTC); compare for equality only. May be empty.
    pub version: String,
}

impl Api {
    /// The bill as it stands now; `None` where FreshBooks no longer has it. Takes `user:bills:read`.
    ///
    /// # Errors
    /// See [`Error`]; a document that breaks the API's contract is [`Error::Refused`].
    pub async fn bill(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Shown<Bill>>, Error> {
        self.one(token, account, id).await
    }

    /// The bills that are wanted. Takes `user:bills:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn bills(
        &self,
        token: &SecretString,
        account: &str,
        listed: Listed,
    ) -> Result<Listing<Shown<Bill>>, Error> {
        self.listing(token, account, listed.into()).await
    }

    /// The bills of the first pages of 100, in FreshBooks' order, those that cannot be read left out: for one
    /// who wants to see what bills are like. Takes `user:bills:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn some_bills(
        &self,
        token: &SecretString,
        account: &str,
        pages: u64,
    ) -> Result<Vec<Bill>, Error> {
        let rows = self.first_rows::<Shown<Bill>>(token, account, pages);
        Ok(rows
            .await?
            .into_iter()
            .filter_map(Shown::standing)
            .collect())
    }

    /// The payment of a bill as it stands now; `None` where FreshBooks no longer has it. Takes
    /// `user:bill_payments:read`.
    ///
    /// # Errors
    /// See [`Error`]; a document that breaks the API's contract is [`Error::Refused`].
    pub async fn bill_payment(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Shown<BillPayment>>, Error> {
        self.one(token, account, id).await
    }

    /// The payments of bills that are wanted. Takes `user:bill_payments:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn bill_payments(
        &self,
        token: &SecretString,
        account: &str,
        listed: Listed,
    ) -> Result<Listing<Shown<BillPayment>>, Error> {
        self.listing(token, account, listed.into()).await
    }

    /// The vendor as it stands now; `None` where FreshBooks no longer has it. Takes
    /// `user:bill_vendors:read`.
    ///
    /// # Errors
    /// See [`Error`]; a document that breaks the API's contract is [`Error::Refused`].
    pub async fn vendor(
        &self,
        token: &SecretString,
        account: &str,
        id: &str,
    ) -> Result<Option<Vendor>, Error> {
        self.one(token, account, id).await
    }

    /// The vendors that are wanted. Takes `user:bill_vendors:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn vendors(
        &self,
        token: &SecretString,
        account: &str,
        listed: Listed,
    ) -> Result<Listing<Vendor>, Error> {
        self.listing(token, account, listed.into()).await
    }
}

impl Identified for Bill {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Counted for Bill {
    /// Lines and payments come without being asked for.
    const KIND: Kind = Kind {
        noun: "bill",
        plural: "bills",
        key: "bill",
        list_key: "bills",
        path: "bills/bills",
        scope: scopes::BILLS,
        include: None,
    };

    fn read(body: &[u8]) -> Result<Shown<Self>, Breach> {
        wire::bill(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Shown<Self>>>, Breach> {
        wire::bills(body)
    }

    fn version(&self) -> &str {
        &self.version
    }
}

impl Identified for BillPayment {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Counted for BillPayment {
    const KIND: Kind = Kind {
        noun: "bill payment",
        plural: "bill payments",
        key: "bill_payment",
        list_key: "bill_payments",
        path: "bill_payments/bill_payments",
        scope: scopes::BILL_PAYMENTS,
        include: None,
    };

    fn read(body: &[u8]) -> Result<Shown<Self>, Breach> {
        wire::bill_payment(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Shown<Self>>>, Breach> {
        wire::bill_payments(body)
    }

    fn version(&self) -> &str {
        ""
    }
}

impl Record for Vendor {
    const KIND: Kind = Kind {
        noun: "vendor",
        plural: "vendors",
        key: "bill_vendor",
        list_key: "bill_vendors",
        path: "bill_vendors/bill_vendors",
        scope: scopes::BILL_VENDORS,
        include: None,
    };

    fn read(body: &[u8]) -> Result<Self, Breach> {
        wire::vendor(body)
    }

    fn read_page(body: &[u8]) -> Result<Page<Row<Self>>, Breach> {
        wire::vendors(body)
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn changed_on(&self) -> Option<Date> {
        day_of(&self.version)
    }
}
