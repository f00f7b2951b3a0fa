//! A customer as it is stored and answered.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::{Address, Contact};
use crate::json::{exact, stamp};
use crate::paging::starts_with;

/// A customer (docs/cin7-api.md, customers).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Customer {
    /// The id.
    #[serde(rename = "ID")]
    pub id: Uuid,
    /// The name, unique whatever the case.
    pub name: String,
    /// The name shown, which need not be unique.
    pub display_name: String,
    /// `Active` or `Deprecated`.
    pub status: String,
    /// The currency code of its documents.
    pub currency: String,
    /// The name of a payment term.
    pub payment_term: String,
    /// The code of the receivable account.
    pub account_receivable: String,
    /// The code of a revenue account.
    pub revenue_account: String,
    /// The name of a sale tax rule.
    pub tax_rule: String,
    /// The price tier.
    pub price_tier: String,
    /// The carrier.
    pub carrier: String,
    /// The sales representative.
    pub sales_representative: String,
    /// The default location.
    pub location: String,
    /// Remarks.
    pub comments: String,
    /// The tax number.
    pub tax_number: String,
    /// Tags, separated by commas.
    pub tags: String,
    /// The attribute set.
    pub attribute_set: String,
    /// The default discount in percent.
    #[serde(serialize_with = "exact")]
    pub discount: Decimal,
    /// The credit limit in the customer's currency; 0 is none.
    #[serde(serialize_with = "exact")]
    pub credit_limit: Decimal,
    /// Whether its orders are held.
    pub is_on_credit_hold: bool,
    /// `AdditionalAttribute1` to `10`, flat on the wire.
    #[serde(flatten)]
    pub additional_attributes: BTreeMap<String, String>,
    /// The addresses.
    pub addresses: Vec<Address>,
    /// The contacts.
    pub contacts: Vec<Contact>,
    /// When it was changed last.
    #[serde(serialize_with = "stamp")]
    pub last_modified_on: Timestamp,
}

impl Customer {
    /// A customer with nothing filled in.
    pub(super) fn blank(id: Uuid, now: Timestamp) -> Self {
        Self {
            id,
            name: String::new(),
            display_name: String::new(),
            status: String::new(),
            currency: String::new(),
            payment_term: String::new(),
            account_receivable: String::new(),
            revenue_account: String::new(),
            tax_rule: String::new(),
            price_tier: String::new(),
            carrier: String::new(),
            sales_representative: String::new(),
            location: String::new(),
            comments: String::new(),
            tax_number: String::new(),
            tags: String::new(),
            attribute_set: String::new(),
            discount: Decimal::ZERO,
            credit_limit: Decimal::ZERO,
            is_on_credit_hold: false,
            additional_attributes: BTreeMap::new(),
            addresses: Vec::new(),
            contacts: Vec::new(),
            last_modified_on: now,
        }
    }

    /// Whether a contact's name starts with `filter` or its e-mail equals it.
    pub(super) fn has_contact(&self, filter: &str) -> bool {
        let mut contacts = self.contacts.iter();
        contacts.any(|contact| {
            starts_with(&contact.name, filter) || contact.email.eq_ignore_ascii_case(filter)
        })
    }
}
