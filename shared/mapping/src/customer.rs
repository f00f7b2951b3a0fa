//! A FreshBooks client as a new Cin7 customer.

use cin7::{Account, NewCustomer};
use freshbooks::Client;
use money::Currency;

use crate::facts::Facts;
use crate::held::Held;
use crate::partner::{NAME_LENGTH, Owed, Part, Partner, names, not_to_be_made};
use crate::settings::Settings;
use crate::text::{cut, flat, same};

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
        return Err(not_to_be_made(&record, "customer", "create_customers"));
    }
    let partner = partner(&record);
    let set = &settings.customers;
    Ok(NewCustomer {
        name: cut(&flat(&client.name), NAME_LENGTH),
        currency,
        payment_term: partner.payment_term(set.payment_term.as_deref(), facts)?,
        account_receivable: receivable(&partner, settings, facts)?,
        revenue_account: revenue(&partner, settings, facts)?,
        tax_rule: tax_rule(&partner, settings, facts)?,
        contact: flat(&client.contact),
        email: client.email.trim().to_owned(),
        phone: client.phone.trim().to_owned(),
        comments: format!("FreshBooks client {}", client.id),
    })
}

/// Everything that a new customer has to have, as the settings or the account say it.
pub(crate) fn parts(record: &str, settings: &Settings, facts: &Facts<'_>) -> [Part; 4] {
    let set = &settings.customers;
    let part = Part::new;
    let partner = partner(record);
    let term = partner.payment_term(set.payment_term.as_deref(), facts);
    let receivable = receivable(&partner, settings, facts);
    let revenue = revenue(&partner, settings, facts);
    let rule = tax_rule(&partner, settings, facts);
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
    names(&client.name, currency)
}

fn partner(record: &str) -> Partner<'_> {
    Partner {
        record,
        noun: "customer",
        table: "settings.customers",
    }
}

fn receivable(
    partner: &Partner<'_>,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<String, Held> {
    let owed_on = Owed {
        key: "receivable_account",
        what: "receivable",
        is_one: |account| account.receivable,
    };
    let chosen = settings.customers.receivable_account.as_deref();
    partner.owed_account(&owed_on, chosen, facts)
}

fn revenue(partner: &Partner<'_>, settings: &Settings, facts: &Facts<'_>) -> Result<String, Held> {
    let sales = settings.sales.revenue_account.as_ref();
    if let Some(code) = settings.customers.revenue_account.as_ref().or(sales) {
        return partner.known_account("revenue_account", code, facts);
    }
    let revenue = |account: &&Account| account.active && same(&account.class, "REVENUE");
    let account = facts.books.accounts.iter().find(revenue);
    account.map(|account| account.code.clone()).ok_or_else(|| {
        let why = "Cin7 has no active revenue account for new customers";
        partner.unset("revenue_account", why, "CODE")
    })
}

fn tax_rule(partner: &Partner<'_>, settings: &Settings, facts: &Facts<'_>) -> Result<String, Held> {
    let company = facts.company.default_sale_tax_rule.as_ref();
    let Some(name) = settings.customers.tax_rule.as_ref().or(company) else {
        let why = "Cin7 has no default tax rule for sales";
        return Err(partner.unset("tax_rule", why, "TAX RULE"));
    };
    match facts.tax_rule(name) {
        _ if facts.books.taxes.is_empty() => Ok(name.clone()),
        Some(rule) if rule.active && rule.for_sale => Ok(rule.name.clone()),
        _ => {
            let why = format!("the tax rule `{name}` is not an active one for sales in Cin7");
            Err(partner.unset("tax_rule", &why, "TAX RULE"))
        }
    }
}
