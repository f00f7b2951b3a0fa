//! A FreshBooks client as a new Cin7 customer.

use cin7::{Account, NewCustomer};
use freshbooks::Client;
use money::Currency;

use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::settings::Settings;
use crate::text::{cut, flat, same};

/// Longest name of a customer.
const NAME_LENGTH: usize = 256;

/// Plans the customer for a client, named by the first of [`customer_names`]; the caller puts
/// another of them where that one belongs to a customer of another currency.
///
/// # Errors
/// [`Held::Waiting`] where the settings do not allow new customers, or neither they nor the Cin7
/// account say what a customer has to have.
pub fn plan_customer(
    client: &Client,
    currency: Currency,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<NewCustomer, Held> {
    let record = format!("Client {}", flat(&client.name));
    if !settings.create_customers {
        let key = SettingKey {
            table: "settings",
            key: "create_customers",
        };
        let sentence = format!(
            "{record} is not a customer in Cin7 and the settings do not allow making one; add the \
             customer in Cin7, or write {}.",
            key.raw_line("true")
        );
        return Err(Held::waiting(&key, sentence));
    }
    Ok(NewCustomer {
        name: cut(&flat(&client.name), NAME_LENGTH),
        currency,
        payment_term: payment_term(&record, settings, facts)?,
        account_receivable: receivable(&record, settings, facts)?,
        revenue_account: revenue(&record, settings, facts)?,
        tax_rule: tax_rule(&record, settings, facts)?,
        contact: flat(&client.contact),
        email: client.email.trim().to_owned(),
        phone: client.phone.trim().to_owned(),
        comments: format!("FreshBooks client {}", client.id),
    })
}

/// Something that a new customer has to have.
pub(crate) struct Part {
    /// Its key in `[settings.customers]`.
    pub(crate) key: &'static str,
    /// The same for people.
    pub(crate) what: &'static str,
    /// Whether the settings say it.
    pub(crate) is_set: bool,
    /// What it comes to.
    pub(crate) value: Result<String, Held>,
}

/// Everything that a new customer has to have, as the settings or the account say it.
pub(crate) fn parts(record: &str, settings: &Settings, facts: &Facts<'_>) -> [Part; 4] {
    let set = &settings.customers;
    let part = |key, what, set: &Option<String>, value| Part {
        key,
        what,
        is_set: set.is_some(),
        value,
    };
    let term = payment_term(record, settings, facts);
    let receivable = receivable(record, settings, facts);
    let revenue = revenue(record, settings, facts);
    let rule = tax_rule(record, settings, facts);
    [
        part("payment_term", "payment term", &set.payment_term, term),
        part(
            "receivable_account",
            "receivable account",
            &set.receivable_account,
            receivable,
        ),
        part(
            "revenue_account",
            "revenue account",
            &set.revenue_account,
            revenue,
        ),
        part("tax_rule", "tax rule", &set.tax_rule, rule),
    ]
}

/// The names under which a client's customer is looked for and made, in this order: its own, and
/// its own with the currency. A Cin7 customer has one currency, a FreshBooks client may be invoiced
/// in several, so each further currency is a customer of its own (docs/cin7-api.md, customers and suppliers).
#[must_use]
pub fn customer_names(client: &Client, currency: Currency) -> Vec<String> {
    let name = flat(&client.name);
    let suffix = format!(" ({currency})");
    let room = NAME_LENGTH.saturating_sub(suffix.len());
    vec![cut(&name, NAME_LENGTH), cut(&name, room) + &suffix]
}

fn payment_term(record: &str, settings: &Settings, facts: &Facts<'_>) -> Result<String, Held> {
    let terms = &facts.books.terms;
    if let Some(name) = &settings.customers.payment_term {
        return match facts.term(name) {
            _ if terms.is_empty() => Ok(name.clone()),
            Some(term) if term.active => Ok(term.name.clone()),
            _ => {
                let why = format!("the payment term `{name}` is not an active one in Cin7");
                Err(unset(record, "payment_term", &why, "TERM"))
            }
        };
    }
    let active = || terms.iter().filter(|term| term.active);
    let term = active()
        .find(|term| term.default)
        .or_else(|| active().next());
    term.map(|term| term.name.clone()).ok_or_else(|| {
        let why = "Cin7 has no active payment term for new customers";
        unset(record, "payment_term", why, "TERM")
    })
}

fn receivable(record: &str, settings: &Settings, facts: &Facts<'_>) -> Result<String, Held> {
    if let Some(code) = &settings.customers.receivable_account {
        return known_account(record, "receivable_account", code, facts);
    }
    // Cin7 takes no other account here, whatever its type (docs/cin7-api.md, customers and suppliers).
    let accounts = facts.books.accounts.iter();
    let receivables: Vec<&Account> = accounts.filter(|account| account.receivable).collect();
    match receivables.as_slice() {
        [account] => Ok(account.code.clone()),
        several => {
            let found = several.len();
            let why = format!("Cin7 has {found} receivable accounts and not one");
            Err(unset(record, "receivable_account", &why, "CODE"))
        }
    }
}

fn revenue(record: &str, settings: &Settings, facts: &Facts<'_>) -> Result<String, Held> {
    let sales = settings.sales.revenue_account.as_ref();
    if let Some(code) = settings.customers.revenue_account.as_ref().or(sales) {
        return known_account(record, "revenue_account", code, facts);
    }
    let revenue = |account: &&Account| account.active && same(&account.class, "REVENUE");
    let account = facts.books.accounts.iter().find(revenue);
    account.map(|account| account.code.clone()).ok_or_else(|| {
        let why = "Cin7 has no active revenue account for new customers";
        unset(record, "revenue_account", why, "CODE")
    })
}

fn known_account(record: &str, key: &str, code: &str, facts: &Facts<'_>) -> Result<String, Held> {
    facts.usable_account(code).map_err(|_| {
        let why = format!("the account `{code}` is not an active one in Cin7");
        unset(record, key, &why, "CODE")
    })
}

fn tax_rule(record: &str, settings: &Settings, facts: &Facts<'_>) -> Result<String, Held> {
    let company = facts.company.default_sale_tax_rule.as_ref();
    let Some(name) = settings.customers.tax_rule.as_ref().or(company) else {
        let why = "Cin7 has no default tax rule for sales";
        return Err(unset(record, "tax_rule", why, "TAX RULE"));
    };
    match facts.tax_rule(name) {
        _ if facts.books.taxes.is_empty() => Ok(name.clone()),
        Some(rule) if rule.active && rule.for_sale => Ok(rule.name.clone()),
        _ => {
            let why = format!("the tax rule `{name}` is not an active one for sales in Cin7");
            Err(unset(record, "tax_rule", &why, "TAX RULE"))
        }
    }
}

fn unset(record: &str, key: &str, why: &str, value: &str) -> Held {
    let key = SettingKey {
        table: "settings.customers",
        key,
    };
    let sentence = format!(
        "{record} cannot become a customer yet: {why}; write {}.",
        key.line(value)
    );
    Held::waiting(&key, sentence)
}
