//! A FreshBooks vendor, or the vendor text of an expense, as a new Cin7 supplier.

use cin7::{NewSupplier, TaxRule};
use freshbooks::Vendor;
use money::Currency;
use serde::Serialize;

use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::partner::{NAME_LENGTH, Owed, Part, Partner, names, not_to_be_made};
use crate::settings::Settings;
use crate::text::{cut, flat};

/// The supplier that a document wants: to be linked by its exact name, else to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WantedSupplier {
    /// On one line, never empty.
    pub name: String,
    /// Name of a contact; may be empty.
    pub contact: String,
    /// E-mail of the contact; may be empty.
    pub email: String,
    /// Phone; may be empty.
    pub phone: String,
    /// Where it comes from, for people in Cin7.
    pub origin: String,
}

impl WantedSupplier {
    /// The supplier of a vendor.
    pub(crate) fn of_vendor(vendor: &Vendor) -> Self {
        Self {
            name: flat(&vendor.name),
            contact: flat(&vendor.contact),
            email: vendor.email.trim().to_owned(),
            phone: vendor.phone.trim().to_owned(),
            origin: format!("FreshBooks vendor {}", vendor.id),
        }
    }

    /// The supplier of a name alone, else the one that the settings have for documents that name
    /// none; nothing where they have none either.
    pub(crate) fn named(name: &str, settings: &Settings) -> Option<Self> {
        let name = Some(flat(name)).filter(|name| !name.is_empty());
        let default = || settings.purchases.default_supplier.as_deref().map(flat);
        Some(Self {
            name: name.or_else(default)?,
            contact: String::new(),
            email: String::new(),
            phone: String::new(),
            origin: "FreshBooks".to_owned(),
        })
    }
}

/// The names under which a supplier is looked for and made, in this order: its own, and its own with
/// the currency. A Cin7 supplier has one currency, so each further currency of a vendor is a supplier
/// of its own (docs/cin7-api.md, customers and suppliers).
#[must_use]
pub fn supplier_names(wanted: &WantedSupplier, currency: Currency) -> Vec<String> {
    names(&wanted.name, currency)
}

/// Plans the supplier, named by the first of [`supplier_names`]; the caller puts another of them where
/// that one belongs to a supplier of another currency.
///
/// # Errors
/// [`Held::Waiting`] where the settings do not allow new suppliers, or neither they nor the Cin7
/// account say what a supplier has to have.
pub fn plan_supplier(
    wanted: &WantedSupplier,
    currency: Currency,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<NewSupplier, Held> {
    let record = format!("Vendor {}", wanted.name);
    if !settings.create_suppliers {
        return Err(not_to_be_made(&record, "supplier", "create_suppliers"));
    }
    let partner = partner(&record);
    let chosen = &settings.suppliers;
    Ok(NewSupplier {
        name: cut(&wanted.name, NAME_LENGTH),
        currency,
        payment_term: partner.payment_term(chosen.payment_term.as_deref(), facts)?,
        account_payable: payable(&partner, settings, facts)?,
        tax_rule: tax_rule(&partner, settings, facts)?,
        contact: wanted.contact.clone(),
        email: wanted.email.clone(),
        phone: wanted.phone.clone(),
        comments: wanted.origin.clone(),
    })
}

/// Everything that a new supplier has to have, as the settings or the account say it.
pub(crate) fn parts(record: &str, settings: &Settings, facts: &Facts<'_>) -> [Part; 3] {
    let set = &settings.suppliers;
    let partner = partner(record);
    let term = partner.payment_term(set.payment_term.as_deref(), facts);
    let payable = payable(&partner, settings, facts);
    let rule = tax_rule(&partner, settings, facts);
    let account = &set.payable_account;
    [
        Part::new("payment_term", "payment term", &set.payment_term, term),
        Part::new("payable_account", "payable account", account, payable),
        Part::new("tax_rule", "tax rule", &set.tax_rule, rule),
    ]
}

fn partner(record: &str) -> Partner<'_> {
    Partner {
        record,
        noun: "supplier",
        table: "settings.suppliers",
    }
}

fn payable(partner: &Partner<'_>, settings: &Settings, facts: &Facts<'_>) -> Result<String, Held> {
    let owed_on = Owed {
        key: "payable_account",
        what: "payable",
        is_one: |account| account.payable,
    };
    let chosen = settings.suppliers.payable_account.as_deref();
    partner.owed_account(&owed_on, chosen, facts)
}

/// The sentence for a document that names no vendor.
pub(crate) fn nameless(record: &str) -> Held {
    let key = SettingKey {
        table: "settings.purchases",
        key: "default_supplier",
    };
    let sentence = format!(
        "{record} names no vendor, and a purchase in Cin7 needs a supplier; write {}.",
        key.line("SUPPLIER")
    );
    Held::waiting(&key, sentence)
}

/// The rule that Cin7 proposes on the supplier's documents; ours name theirs on every line.
fn tax_rule(partner: &Partner<'_>, settings: &Settings, facts: &Facts<'_>) -> Result<String, Held> {
    let rules = &facts.books.taxes;
    let usable = |rule: &&TaxRule| rule.active && rule.for_purchase;
    let untaxed = settings.purchases.tax_none.as_deref();
    let untaxed = untaxed.or_else(|| settings.purchase_taxes.get("none"));
    let Some(name) = settings.suppliers.tax_rule.as_deref().or(untaxed) else {
        let first = rules.iter().find(usable);
        return first.map(|rule| rule.name.clone()).ok_or_else(|| {
            let why = "Cin7 has no active tax rule for purchases";
            partner.unset("tax_rule", why, "TAX RULE")
        });
    };
    match facts.tax_rule(name).filter(usable) {
        _ if rules.is_empty() => Ok(name.to_owned()),
        Some(rule) => Ok(rule.name.clone()),
        None => {
            let why = format!("the tax rule `{name}` is not an active one for purchases in Cin7");
            Err(partner.unset("tax_rule", &why, "TAX RULE"))
        }
    }
}
