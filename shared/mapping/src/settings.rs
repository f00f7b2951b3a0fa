//! The settings of a connection: the `[settings]` table, complete and typed.

mod documents;
mod names;
mod parts;
mod rates;
mod section;
mod switches;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use documents::{Documents, kind_crosses};
pub use names::Names;
pub use parts::{
    Approach, Customers, ExpensesAs, IncomeTaxes, OtherIncomes, Purchases, Sales, Suppliers,
};
pub use rates::{Rate, Rates};
use section::Section;
pub use switches::{BankAccountAs, Cin7Switches, InvoiceTask, PurchaseTask, Undo};

/// How a FreshBooks account maps onto a Cin7 account. Everything may be left out; a document that
/// needs what is not there waits and names the line to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "toml::Table")]
pub struct Settings {
    /// Documents dated earlier stay out; `None` lets every document cross.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Date>,
    /// Which kinds of documents cross.
    pub documents: Documents,
    /// Name of the Cin7 location; may be left out where Cin7 has exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Whether a client that Cin7 does not have becomes a customer; on unless said.
    pub create_customers: bool,
    /// Whether a vendor that Cin7 does not have becomes a supplier; on unless said.
    pub create_suppliers: bool,
    /// Invoices.
    pub sales: Sales,
    /// New customers.
    pub customers: Customers,
    /// FreshBooks line name → SKU.
    pub products: Names,
    /// FreshBooks tax, `NAME PERCENT`, two joined by ` + `, or `none` → sale tax rule.
    pub taxes: Names,
    /// Days from issue to due → payment term.
    pub terms: BTreeMap<u32, String>,
    /// FreshBooks payment type, or `default`, either alone or followed by a currency code such as
    /// `Check EUR` → account code.
    pub payments: Names,
    /// Bills and expenses.
    pub purchases: Purchases,
    /// New suppliers.
    pub suppliers: Suppliers,
    /// As `taxes`, → purchase tax rule.
    pub purchase_taxes: Names,
    /// FreshBooks category by name or id, or `default` → account code.
    pub categories: Names,
    /// How FreshBooks' other income is read.
    pub other_income: OtherIncomes,
    /// FreshBooks category of other income, such as `online_sales`, or `default` → account code.
    pub incomes: Names,
    /// FreshBooks ledger account by number or name → account code, for journals.
    pub ledger_accounts: Names,
    /// Whether journal entries cross of which FreshBooks does not say that a person made them.
    pub unclear_journals: bool,
    /// What foreign currencies are worth.
    pub rates: Rates,
    /// Cin7's behaviour where its documentation leaves it open.
    pub cin7: Cin7Switches,
}

impl Default for Settings {
    /// What a document without a line says.
    fn default() -> Self {
        Self {
            start_date: Default::default(),
            documents: Default::default(),
            location: Default::default(),
            create_customers: true,
            create_suppliers: true,
            sales: Default::default(),
            customers: Default::default(),
            products: Default::default(),
            taxes: Default::default(),
            terms: Default::default(),
            payments: Default::default(),
            purchases: Default::default(),
            suppliers: Default::default(),
            purchase_taxes: Default::default(),
            categories: Default::default(),
            other_income: Default::default(),
            incomes: Default::default(),
            ledger_accounts: Default::default(),
            unclear_journals: false,
            rates: Default::default(),
            cin7: Default::default(),
        }
    }
}

/// What is wrong with settings: one sentence for each problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .sentences.join(" "))]
pub struct SettingsError {
    sentences: Vec<String>,
}

impl SettingsError {
    /// The sentences, in the order in which the settings are read; never empty.
    #[must_use]
    pub fn sentences(&self) -> &[String] {
        &self.sentences
    }
}

impl Settings {
    /// Reads the content of the `[settings]` table; a text that has that heading itself is fine too.
    ///
    /// # Errors
    /// One sentence for each key that is unknown and each value that cannot be read, or one for
    /// a text that is not TOML.
    pub fn parse(toml: &str) -> Result<Self, SettingsError> {
        let table: toml::Table = toml.parse().map_err(|error| not_toml(toml, &error))?;
        Self::from_table(table)
    }

    /// Reads the `[settings]` table.
    ///
    /// # Errors
    /// As [`Settings::parse`].
    pub fn from_table(mut table: toml::Table) -> Result<Self, SettingsError> {
        if table.len() == 1
            && let Some(toml::Value::Table(inner)) = table.get_mut("settings")
        {
            table = std::mem::take(inner);
        }
        let mut sentences = Vec::new();
        let settings = section::read("settings", table, &mut sentences, Self::read);
        if sentences.is_empty() {
            return Ok(settings);
        }
        Err(SettingsError { sentences })
    }

    fn read(section: &mut Section<'_>) -> Self {
        Self {
            start_date: section.date("start_date"),
            documents: section.inner("documents", Documents::read),
            location: section.text("location"),
            create_customers: section.flag("create_customers").unwrap_or(true),
            create_suppliers: section.flag("create_suppliers").unwrap_or(true),
            sales: section.inner("sales", Sales::read),
            customers: section.inner("customers", Customers::read),
            products: section.names("products"),
            taxes: section.names("taxes"),
            terms: section.terms("terms"),
            payments: section.names("payments"),
            purchases: section.inner("purchases", Purchases::read),
            suppliers: section.inner("suppliers", Suppliers::read),
            purchase_taxes: section.names("purchase_taxes"),
            categories: section.names("categories"),
            other_income: section.inner("other_income", OtherIncomes::read),
            incomes: section.names("incomes"),
            ledger_accounts: section.names("ledger_accounts"),
            unclear_journals: section.flag("unclear_journals").unwrap_or(false),
            rates: rates::read(section, "rates"),
            cin7: section.inner("cin7", Cin7Switches::read),
        }
    }
}

impl TryFrom<toml::Table> for Settings {
    type Error = SettingsError;

    fn try_from(table: toml::Table) -> Result<Self, SettingsError> {
        Self::from_table(table)
    }
}

fn not_toml(text: &str, error: &toml::de::Error) -> SettingsError {
    let start = error.span().map_or(0, |span| span.start);
    let line = text
        .bytes()
        .take(start)
        .filter(|&byte| byte == b'\n')
        .count()
        + 1;
    let sentence = format!(
        "Line {line} of the settings is not TOML: {}.",
        error.message()
    );
    SettingsError {
        sentences: vec![sentence],
    }
}
