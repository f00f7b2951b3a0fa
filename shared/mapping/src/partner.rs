//! What a new customer and a new supplier have in common: name, payment term, account that what is
//! owed stands on.

use cin7::Account;
use money::Currency;

use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::text::{cut, flat};

/// Longest name of a customer or a supplier.
pub(crate) const NAME_LENGTH: usize = 256;

/// A customer or supplier to be made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Partner<'a> {
    /// What sentences start with.
    pub record: &'a str,
    /// `customer` or `supplier`.
    pub noun: &'static str,
    /// The table of its settings.
    pub table: &'static str,
}

/// Something that a new customer or supplier has to have.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its key in the table of the settings.
    pub key: &'static str,
    /// The same for people.
    pub what: &'static str,
    /// Whether the settings say it.
    pub is_set: bool,
    /// What it comes to.
    pub value: Result<String, Held>,
}

impl Part {
    pub(crate) fn new(
        key: &'static str,
        what: &'static str,
        set: &Option<String>,
        value: Result<String, Held>,
    ) -> Self {
        Self {
            key,
            what,
            is_set: set.is_some(),
            value,
        }
    }
}

/// The account that what is owed stands on. Cin7 takes no other one there, whatever its type
/// (docs/cin7-api.md, customers and suppliers).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owed {
    /// The key of the settings.
    pub key: &'static str,
    /// `receivable` or `payable`.
    pub what: &'static str,
    /// Whether an account is the one.
    pub is_one: fn(&Account) -> bool,
}

/// The names under which a partner is looked for and made, in this order: its own, and its own with
/// the currency.
pub(crate) fn names(name: &str, currency: Currency) -> Vec<String> {
    let name = flat(name);
    let suffix = format!(" ({currency})");
    let room = NAME_LENGTH.saturating_sub(suffix.len());
    vec![cut(&name, NAME_LENGTH), cut(&name, room) + &suffix]
}

/// The sentence where the settings do not allow new ones.
pub(crate) fn not_to_be_made(record: &str, noun: &str, key: &str) -> Held {
    let key = SettingKey {
        table: "settings",
        key,
    };
    let sentence = format!(
        "{record} is not a {noun} in Cin7 and the settings do not allow making one; add the \
         {noun} in Cin7, or write {}.",
        key.raw_line("true")
    );
    Held::waiting(&key, sentence)
}

impl Partner<'_> {
    /// The payment term: the one chosen, else Cin7's default, else its first active one.
    pub(crate) fn payment_term(
        &self,
        chosen: Option<&str>,
        facts: &Facts<'_>,
    ) -> Result<String, Held> {
        let terms = &facts.books.terms;
        if let Some(name) = chosen {
            return match facts.term(name) {
                _ if terms.is_empty() => Ok(name.to_owned()),
                Some(term) if term.active => Ok(term.name.clone()),
                _ => {
                    let why = format!("the payment term `{name}` is not an active one in Cin7");
                    Err(self.unset("payment_term", &why, "TERM"))
                }
            };
        }
        let active = || terms.iter().filter(|term| term.active);
        let term = active()
            .find(|term| term.default)
            .or_else(|| active().next());
        term.map(|term| term.name.clone()).ok_or_else(|| {
            let why = format!("Cin7 has no active payment term for new {}s", self.noun);
            self.unset("payment_term", &why, "TERM")
        })
    }

    /// The account that what is owed stands on: the one chosen, else the only one there is.
    pub(crate) fn owed_account(
        &self,
        owed: &Owed,
        chosen: Option<&str>,
        facts: &Facts<'_>,
    ) -> Result<String, Held> {
        if let Some(code) = chosen {
            return self.known_account(owed.key, code, facts);
        }
        let accounts = facts.books.accounts.iter();
        let found: Vec<&Account> = accounts.filter(|account| (owed.is_one)(account)).collect();
        match found.as_slice() {
            [account] => Ok(account.code.clone()),
            several => {
                let (count, what) = (several.len(), owed.what);
                let why = format!("Cin7 has {count} {what} accounts and not one");
                Err(self.unset(owed.key, &why, "CODE"))
            }
        }
    }

    /// An account that the settings name.
    pub(crate) fn known_account(
        &self,
        key: &str,
        code: &str,
        facts: &Facts<'_>,
    ) -> Result<String, Held> {
        facts.usable_account(code).map_err(|_| {
            let why = format!("the account `{code}` is not an active one in Cin7");
            self.unset(key, &why, "CODE")
        })
    }

    /// The sentence for something that the settings lack.
    pub(crate) fn unset(&self, key: &str, why: &str, value: &str) -> Held {
        let key = SettingKey {
            table: self.table,
            key,
        };
        let sentence = format!(
            "{} cannot become a {} yet: {why}; write {}.",
            self.record,
            self.noun,
            key.line(value)
        );
        Held::waiting(&key, sentence)
    }
}
