//! A supplier as it is stored and answered.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::customers::{Address, Contact};
use crate::json::stamp;

/// A supplier (docs/cin7-api.md, suppliers).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Supplier {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The name, unique whatever the case.
    pub name: String,
    /// `Active` or `Deprecated`.
    pub status: String,
    /// The currency code of its documents.
    pub currency: String,
    /// The name of a payment term.
    pub payment_term: String,
    /// The code of the payable account.
    pub account_payable: String,
    /// The name of a purchase tax rule.
    pub tax_rule: String,
    /// Remarks.
    pub comments: String,
    /// The tax number.
    pub tax_number: String,
    /// The addresses.
    pub addresses: Vec<Address>,
    /// The contacts.
    pub contacts: Vec<Contact>,
    /// When it was changed last.
    #[serde(serialize_with = "stamp")]
    pub last_modified_on: Timestamp,
}

impl Supplier {
    /// A supplier with nothing filled in.
    pub(super) fn blank(id: Uuid, now: Timestamp) -> Self {
        Self {
            id,
            name: String::new(),
            status: String::new(),
            currency: String::new(),
            payment_term: String::new(),
            account_payable: String::new(),
            tax_rule: String::new(),
            comments: String::new(),
            tax_number: String::new(),
            addresses: Vec::new(),
            contacts: Vec::new(),
            last_modified_on: now,
        }
    }
}
