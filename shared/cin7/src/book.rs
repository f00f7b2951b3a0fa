//! The company, its reference books, customers and products.

use jiff::civil::Date;
use money::{Currency, Decimal};
use serde::{Deserialize, Serialize};

/// Facts of the account, `GET /me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Name of the company.
    pub name: String,
    /// Base currency.
    pub currency: Currency,
    /// IANA name of the time zone; may be empty.
    pub time_zone: String,
    /// Documents dated on or before this day cannot be posted. Where Cin7's text could be two days,
    /// the later one: too much is kept out rather than too little.
    pub lock_date: Option<Date>,
    /// Name of the default tax rule for sales, where there is one.
    pub default_sale_tax_rule: Option<String>,
    /// Whether Cin7 may change prices by itself on authorisation.
    pub applies_discounts: bool,
    /// `Row Total` or `Total`: how Cin7 rounds tax.
    pub tax_calculation: String,
}

/// The small reference books, each read whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Books {
    /// Chart of accounts, `GET /ref/account`.
    pub accounts: Vec<Account>,
    /// Tax rules, `GET /ref/tax`.
    pub taxes: Vec<TaxRule>,
    /// Payment terms, `GET /ref/paymentterm`.
    pub terms: Vec<PaymentTerm>,
    /// Names of locations that are not deprecated, `GET /ref/location`.
    pub locations: Vec<String>,
}

/// A row of the chart of accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Code, such as `200`.
    pub code: String,
    /// Name.
    pub name: String,
    /// `ASSET`, `LIABILITY`, `EXPENSE`, `EQUITY`, `REVENUE`; open set, compare without case.
    pub class: String,
    /// Whether it may be used: the status is `ACTIVE`, or none is stated.
    pub active: bool,
    /// Whether payments may be booked on it.
    pub for_payments: bool,
    /// Whether it is the receivable account (`SystemAccount` `Accounts receivable`, or code `DEBTORS`).
    pub receivable: bool,
    /// Whether it is the payable account.
    pub payable: bool,
    /// The currency it is kept in. Only bank accounts show one, and books stored by earlier
    /// versions show none at all.
    #[serde(default)]
    pub currency: Option<Currency>,
}

/// A tax rule; documents name it by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRule {
    /// Name.
    pub name: String,
    /// Percent, all components together.
    pub percent: Option<Decimal>,
    /// Whether it may be used: nothing says that it is inactive.
    pub active: bool,
    /// Whether it may be used on sales: nothing says otherwise.
    pub for_sale: bool,
    /// Whether it may be used on purchases: nothing says otherwise.
    pub for_purchase: bool,
}

/// A payment term; documents name it by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentTerm {
    /// Name.
    pub name: String,
    /// Length in days where the method counts days.
    pub duration: i64,
    /// `number of days`, `day of next month` …; compare without case.
    pub method: String,
    /// Whether it may be used: inactive terms are listed too, and say so.
    pub active: bool,
    /// Whether it is the account's default.
    pub default: bool,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Cin7's id.
    pub id: String,
    /// Name, unique in the account.
    pub name: String,
    /// Currency of its sales, where the answer carries it.
    pub currency: Option<Currency>,
    /// E-mail addresses of its contacts.
    pub emails: Vec<String>,
    /// Whether the status is `Active`, or none is stated.
    pub active: bool,
}

/// A customer to be made, `POST /customer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewCustomer {
    /// Name, unique in the account without regard to case, up to 256 characters.
    pub name: String,
    /// Currency of its sales.
    pub currency: Currency,
    /// Name of an active payment term.
    pub payment_term: String,
    /// Code of the receivable account.
    pub account_receivable: String,
    /// Code of a revenue account.
    pub revenue_account: String,
    /// Name of an active sale tax rule.
    pub tax_rule: String,
    /// Name of the contact; the customer's name where empty.
    pub contact: String,
    /// E-mail of the contact; may be empty.
    pub email: String,
    /// Phone of the contact; may be empty.
    pub phone: String,
    /// Free text, up to 2000 characters.
    pub comments: String,
}

/// What a product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProductKind {
    /// Kept in stock.
    Stock,
    /// A service: no stock, no shipping.
    Service,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Cin7's id.
    pub id: String,
    /// Stock keeping unit, unique in the account.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Stock or service.
    pub kind: ProductKind,
    /// Whether the status is `Active`, or none is stated.
    pub active: bool,
    /// Whether it may be sold: nothing says otherwise, as in books stored by earlier versions.
    #[serde(default = "sellable_unless_said")]
    pub sellable: bool,
}

fn sellable_unless_said() -> bool {
    true
}
