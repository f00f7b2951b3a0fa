//! The lines a person is told to write, with an account of Cin7 in them to save a look there.

use cin7::Account;
use money::Currency;

use super::super::Source;
use super::{DEFAULT, currency, key};
use crate::held::SettingKey;

/// What lines are proposed with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proposal<'a> {
    /// The account, where Cin7 has one to propose.
    account: Option<&'a Account>,
    /// What the keys name the currency by, where they do.
    currency: Option<Currency>,
}

impl<'a> Proposal<'a> {
    /// An account of the payment's currency, or else one that shows no currency. Lines that give a
    /// foreign account, or leave it open which, are for that currency alone, or they would take in
    /// the payments of every other one.
    pub(super) fn for_any_account(source: &Source<'a>) -> Self {
        let currency = currency(source);
        let account = first_in(source, Some(currency)).or_else(|| first_in(source, None));
        let foreign = currency != source.facts.company.currency;
        let shows_none = account.is_some_and(|account| account.currency.is_none());
        Self {
            account,
            currency: (foreign && !shows_none).then_some(currency),
        }
    }

    /// An account of the payment's currency, in lines for that currency alone.
    pub(super) fn for_its_currency(source: &Source<'a>) -> Self {
        let currency = Some(currency(source));
        Self {
            account: first_in(source, currency),
            currency,
        }
    }

    /// Whether there is no account to propose, so that lines say `CODE` instead.
    pub(super) fn is_open(&self) -> bool {
        self.account.is_none()
    }

    /// The key and the line for a type, or the ones for every type where it is empty.
    pub(super) fn only(&self, name: &str) -> (String, String) {
        let name = if name.is_empty() { DEFAULT } else { name };
        self.as_it_is(&key(name, self.currency))
    }

    /// The key for a type, and the choice between its line and the line for every type.
    pub(super) fn own_or_default(&self, kind: &str) -> (String, String) {
        let (key, own) = self.only(kind);
        if kind.is_empty() {
            return (key, own);
        }
        let (_, default) = self.only(DEFAULT);
        let lines = format!("{own}, or {default} for all types without a line of their own");
        (key, lines)
    }

    /// A whole key and its line.
    pub(super) fn as_it_is(&self, key: &str) -> (String, String) {
        let code = self.account.map_or("CODE", |account| account.code.as_str());
        (key.to_owned(), setting(key).line(code))
    }
}

/// A key of the table as sentences name it.
pub(super) fn setting(key: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.payments",
        key,
    }
}

/// The first account with this currency, or without any, that Cin7 takes payments on. What
/// customers owe and what is owed to suppliers is never where money came in.
fn first_in<'a>(source: &Source<'a>, currency: Option<Currency>) -> Option<&'a Account> {
    source.facts.books.accounts.iter().find(|account| {
        let takes_payments = account.active && account.for_payments;
        let is_owed = account.receivable || account.payable;
        takes_payments && !is_owed && account.currency == currency
    })
}
