//! What is known of the Cin7 account a document is planned for.

use cin7::{Account, Books, Company, PaymentTerm, Product, ProductKind, TaxRule};
use money::Currency;

use crate::text::same;

/// The Cin7 account as it was last read. An empty book counts as not read: nothing is checked
/// against it, Cin7 itself then says what it does not know.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Base currency, lock date and defaults.
    pub company: &'a Company,
    /// Accounts, tax rules, payment terms and locations.
    pub books: &'a Books,
    /// The products that documents may name.
    pub products: &'a [Product],
}

impl<'a> Facts<'a> {
    /// The account with a code.
    fn account(&self, code: &str) -> Option<&'a Account> {
        self.books
            .accounts
            .iter()
            .find(|account| same(&account.code, code))
    }

    /// The code of an account that documents may name, as Cin7 spells it; else what speaks against
    /// it, such as `does not exist`.
    pub(crate) fn usable_account(&self, code: &str) -> Result<String, &'static str> {
        match self.account(code) {
            _ if self.books.accounts.is_empty() => Ok(code.to_owned()),
            None => Err("does not exist"),
            Some(account) if !account.active => Err("is not active"),
            Some(account) => Ok(account.code.clone()),
        }
    }

    /// The same of an account that payments may be booked on (docs/cin7-api.md, sale payments).
    pub(crate) fn payment_account(&self, code: &str) -> Result<String, &'static str> {
        let usable = self.usable_account(code)?;
        match self.account(code) {
            Some(account) if !account.for_payments => Err("is not enabled for payments"),
            _ => Ok(usable),
        }
    }

    /// The currency an account is kept in, where Cin7 shows one.
    pub(crate) fn account_currency(&self, code: &str) -> Option<Currency> {
        self.account(code)?.currency
    }

    /// The tax rule with a name.
    pub(crate) fn tax_rule(&self, name: &str) -> Option<&'a TaxRule> {
        self.books.taxes.iter().find(|rule| same(&rule.name, name))
    }

    /// The payment term with a name.
    pub(crate) fn term(&self, name: &str) -> Option<&'a PaymentTerm> {
        self.books.terms.iter().find(|term| same(&term.name, name))
    }

    /// A location's name as Cin7 spells it.
    pub(crate) fn location(&self, name: &str) -> Option<&'a str> {
        let mut names = self.books.locations.iter();
        names
            .find(|location| same(location, name))
            .map(String::as_str)
    }

    /// The active product with a SKU.
    pub(crate) fn product(&self, sku: &str) -> Option<&'a Product> {
        let mut products = self.products.iter();
        products.find(|product| product.active && same(&product.sku, sku))
    }

    /// The service that lines without a product are for where the settings name none: the only one
    /// that is active and for sale.
    pub(crate) fn only_service(&self) -> Option<&'a Product> {
        let service = |product: &&Product| {
            product.active && product.sellable && product.kind == ProductKind::Service
        };
        let mut services = self.products.iter().filter(service);
        services.next().filter(|_| services.next().is_none())
    }

    /// Every active product with a name; Cin7 keeps SKUs unique, not names.
    pub(crate) fn products_named(&self, name: &str) -> Vec<&'a Product> {
        let named = |product: &&Product| product.active && same(&product.name, name);
        self.products.iter().filter(named).collect()
    }
}
