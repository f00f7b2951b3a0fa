//! The attributes of a sale's header.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::record::{Header, Sale};
use crate::account::AccountState;
use crate::customers::{Address, Customer, no_active_term, read_address};
use crate::json::Fields;
use crate::paging::starts_with;
use crate::refusal::{Problems, Refusal};

/// An attribute, its longest length, and where it is stored.
type Text = (&'static str, usize, fn(&mut Header) -> &mut String);

const TEXTS: &[Text] = &[
    ("Contact", 256, |header| &mut header.contact),
    ("Phone", 50, |header| &mut header.phone),
    ("Email", 256, |header| &mut header.email),
    ("DefaultAccount", 50, |header| &mut header.default_account),
    ("TaxRule", 50, |header| &mut header.tax_rule),
    ("Terms", 256, |header| &mut header.terms),
    ("PriceTier", 50, |header| &mut header.price_tier),
    ("Location", 256, |header| &mut header.location),
    ("Note", 1024, |header| &mut header.note),
    ("CustomerReference", 256, |header| {
        &mut header.customer_reference
    }),
    ("ExternalID", 256, |header| &mut header.external_id),
    ("Carrier", 256, |header| &mut header.carrier),
    ("ShippingNotes", 1024, |header| &mut header.shipping_notes),
    ("SalesRepresentative", 256, |header| {
        &mut header.sales_representative
    }),
];

/// The customer that is named, by id or else by name; `None` if there is neither.
pub(super) fn read_customer(
    account: &AccountState,
    fields: &Fields,
) -> Result<Option<Customer>, Refusal> {
    let id = fields.guid("CustomerID")?;
    let name = fields
        .text("Customer", 256)?
        .filter(|name| !name.is_empty());
    let found = match (id, &name) {
        (None, None) => return Ok(None),
        (Some(id), _) => account.customers.newest(id),
        (None, Some(name)) => by_name(account, name),
    };
    let found = found
        .cloned()
        .ok_or_else(|| Refusal::invalid("Customer was not found"))?;
    Ok(Some(found))
}

/// Names match loosely (docs/cin7-api.md, sale header): the exact one first, else any beginning.
fn by_name<'a>(account: &'a AccountState, name: &str) -> Option<&'a Customer> {
    let customers = || account.customers.all_newest();
    customers()
        .find(|customer| customer.name.to_lowercase() == name.to_lowercase())
        .or_else(|| customers().find(|customer| starts_with(&customer.name, name)))
}

/// Takes over what was sent and checks the result against the reference books.
pub(super) fn fill(
    account: &mut AccountState,
    sale: &mut Sale,
    fields: &Fields,
) -> Result<(), Refusal> {
    let header = &mut sale.header;
    for (name, longest, place) in TEXTS {
        if let Some(text) = fields.text(name, *longest)? {
            *place(header) = text;
        }
    }
    header.skip_quote = fields.truth("SkipQuote")?.unwrap_or(header.skip_quote);
    header.ship_by = fields.date("ShipBy")?.or(header.ship_by);
    header.sale_order_date = fields.date("SaleOrderDate")?.or(header.sale_order_date);
    header.currency_rate = fields
        .number("CurrencyRate", 5)?
        .unwrap_or(header.currency_rate);
    sale.tax_inclusive = fields.truth("TaxInclusive")?.unwrap_or(sale.tax_inclusive);
    if let Some(attributes) = fields.object("AdditionalAttributes")? {
        for number in 1..=10 {
            let name = format!("AdditionalAttribute{number}");
            if let Some(text) = attributes.text(&name, 256)? {
                header.additional_attributes.insert(name, text);
            }
        }
    }
    check(account, sale)?;
    fill_addresses(account, sale, fields)
}

fn check(account: &AccountState, sale: &Sale) -> Result<(), Refusal> {
    let books = &account.options.books;
    let header = &sale.header;
    let mut problems = Problems::default();
    if books.location(&header.location).is_none() {
        problems.add(format!("Location '{}' was not found", header.location));
    }
    if !header.terms.is_empty() && !books.is_active_term(&header.terms) {
        problems.add(no_active_term(&header.terms));
    }
    if !header.tax_rule.is_empty() && books.sale_tax(&header.tax_rule).is_none() {
        problems.add(format!("Tax rule '{}' was not found", header.tax_rule));
    }
    if !header.default_account.is_empty() && !books.is_revenue(&header.default_account) {
        problems.add(format!(
            "Revenue account '{}' was not found",
            header.default_account
        ));
    }
    if header.currency_rate <= Decimal::ZERO {
        problems.add("CurrencyRate must be above 0.");
    }
    let seller = &header.sales_representative;
    if !seller.is_empty() && !books.company_contacts.contains(seller) {
        problems.add(format!("Sales representative '{seller}' was not found"));
    }
    problems.settle()
}

fn fill_addresses(
    account: &mut AccountState,
    sale: &mut Sale,
    fields: &Fields,
) -> Result<(), Refusal> {
    let Some(mut customer) = account.customers.newest(sale.header.customer_id).cloned() else {
        return Ok(());
    };
    if let Some(sent) = fields.object("BillingAddress")? {
        sale.header.billing_address = Some(resolve(&customer, &sent)?);
    }
    let Some(sent) = fields.object("ShippingAddress")? else {
        return Ok(());
    };
    let address = resolve(&customer, &sent)?;
    let known = customer
        .addresses
        .iter()
        .any(|known| known.line1 == address.line1);
    // docs/cin7-api.md, sale header: an unknown street is added to the customer, unasked.
    if !known && !sent.truth("ShipToOther")?.unwrap_or(false) {
        let id: Uuid = account.next_id("address");
        let added = Address {
            id: Some(id),
            kind: "Shipping".into(),
            ..address.clone()
        };
        customer.addresses.push(added);
        account.put_customer(customer, sale.updated);
    }
    sale.header.shipping_address = Some(address);
    Ok(())
}

/// An address by the customer's own id of it, or as it was written out.
fn resolve(customer: &Customer, sent: &Fields) -> Result<Address, Refusal> {
    let Some(id) = sent.guid("ID")? else {
        return read_address(sent);
    };
    let known = customer
        .addresses
        .iter()
        .find(|address| address.id == Some(id));
    known
        .cloned()
        .ok_or_else(|| Refusal::invalid("Address with specified ID not found"))
}
