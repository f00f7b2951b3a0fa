//! The reference books: chart of accounts, taxes, payment terms, locations.

mod accounts;
mod locations;
mod seed;
mod taxes;
mod terms;

pub use accounts::{Account, BankAccount};
pub use locations::{Bin, Location};
pub use taxes::{TaxComponent, TaxRule};
pub use terms::PaymentTerm;

pub(crate) use accounts::{read_accounts as accounts, read_bank_accounts as bank_accounts};
pub(crate) use locations::read as locations;
pub(crate) use taxes::read as tax_rules;
pub(crate) use terms::read as payment_terms;

/// The reference books of an account.
///
/// The default is seeded with a small company's books and with what trips clients up: an inactive
/// payment term, a deprecated location, an archived account, a receivable that is not the one.
#[derive(Debug, Clone)]
pub struct Books {
    /// The chart of accounts.
    pub accounts: Vec<Account>,
    /// The bank accounts behind the accounts of type `BANK`.
    pub bank_accounts: Vec<BankAccount>,
    /// The tax rules.
    pub tax_rules: Vec<TaxRule>,
    /// The payment terms.
    pub payment_terms: Vec<PaymentTerm>,
    /// The locations.
    pub locations: Vec<Location>,
    /// The product categories.
    pub categories: Vec<String>,
    /// The units of measure.
    pub units: Vec<String>,
    /// The company's contacts, who may be sales representatives.
    pub company_contacts: Vec<String>,
}

impl Books {
    /// An account of the chart by its code.
    pub(crate) fn account(&self, code: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.code == code)
    }

    /// Whether a code names an active account of class `REVENUE`.
    pub(crate) fn is_revenue(&self, code: &str) -> bool {
        self.account(code)
            .is_some_and(|account| account.is_active() && account.class == "REVENUE")
    }

    /// An active tax rule for sales by its name.
    pub(crate) fn sale_tax(&self, name: &str) -> Option<&TaxRule> {
        let named = self
            .tax_rules
            .iter()
            .find(|rule| rule.name.eq_ignore_ascii_case(name));
        named.filter(|rule| rule.is_active && rule.is_tax_for_sale)
    }

    /// An active tax rule for purchases by its name.
    pub(crate) fn purchase_tax(&self, name: &str) -> Option<&TaxRule> {
        let named = self
            .tax_rules
            .iter()
            .find(|rule| rule.name.eq_ignore_ascii_case(name));
        named.filter(|rule| rule.is_active && rule.is_tax_for_purchase)
    }

    /// Whether a code names an active account of the chart.
    pub(crate) fn is_active_account(&self, code: &str) -> bool {
        self.account(code).is_some_and(Account::is_active)
    }

    /// Whether a name is that of an active payment term.
    pub(crate) fn is_active_term(&self, name: &str) -> bool {
        let mut terms = self.payment_terms.iter();
        terms.any(|term| term.is_active && term.name.eq_ignore_ascii_case(name))
    }

    /// A location in use by its name.
    pub(crate) fn location(&self, name: &str) -> Option<&Location> {
        let named = self
            .locations
            .iter()
            .find(|location| location.name.eq_ignore_ascii_case(name));
        named.filter(|location| !location.is_deprecated)
    }
}
