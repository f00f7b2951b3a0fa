//! Suppliers: what is sent and what comes back.

use money::Currency;
use serde::{Deserialize, Serialize};

/// A supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    /// Cin7's id.
    pub id: String,
    /// Name, unique in the account.
    pub name: String,
    /// Currency of its purchases, where the answer carries it.
    pub currency: Option<Currency>,
    /// Whether the status is `Active`, or none is stated.
    pub active: bool,
}

/// A supplier to be made, `POST /supplier`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewSupplier {
    /// Name, unique in the account without regard to case, up to 256 characters.
    pub name: String,
    /// Currency of its purchases.
    pub currency: Currency,
    /// Name of an active payment term.
    pub payment_term: String,
    /// Code of the payable account.
    pub account_payable: String,
    /// Name of an active purchase tax rule.
    pub tax_rule: String,
    /// Name of the contact; the supplier's name where empty.
    pub contact: String,
    /// E-mail of the contact; may be empty.
    pub email: String,
    /// Phone of the contact; may be empty.
    pub phone: String,
    /// Free text, up to 2000 characters.
    pub comments: String,
}
