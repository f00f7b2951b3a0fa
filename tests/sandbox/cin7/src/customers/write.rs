//! `POST /customer` and `PUT /customer`.

use super::contacts::{read_contact, read_typed_address};
use super::{Customer, LIST};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::paging::only;
use crate::refusal::{Problems, Refusal};

const REQUIRED: &[&str] = &[
    "Name",
    "Status",
    "Currency",
    "PaymentTerm",
    "AccountReceivable",
    "RevenueAccount",
    "TaxRule",
];

/// An attribute, its longest length, and where it is stored.
type Text = (&'static str, usize, fn(&mut Customer) -> &mut String);

const TEXTS: &[Text] = &[
    ("Name", 256, |customer| &mut customer.name),
    ("DisplayName", 256, |customer| &mut customer.display_name),
    ("Status", 50, |customer| &mut customer.status),
    ("Currency", 3, |customer| &mut customer.currency),
    ("PaymentTerm", 256, |customer| &mut customer.payment_term),
    ("AccountReceivable", 50, |customer| {
        &mut customer.account_receivable
    }),
    ("RevenueAccount", 50, |customer| {
        &mut customer.revenue_account
    }),
    ("TaxRule", 50, |customer| &mut customer.tax_rule),
    ("PriceTier", 50, |customer| &mut customer.price_tier),
    ("Carrier", 256, |customer| &mut customer.carrier),
    ("SalesRepresentative", 256, |customer| {
        &mut customer.sales_representative
    }),
    ("Location", 256, |customer| &mut customer.location),
    ("Comments", 2000, |customer| &mut customer.comments),
    ("TaxNumber", 50, |customer| &mut customer.tax_number),
    ("Tags", 256, |customer| &mut customer.tags),
    ("AttributeSet", 256, |customer| &mut customer.attribute_set),
];

/// `POST /customer`.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, REQUIRED);
    problems.settle()?;
    let id = account.next_id("customer");
    store(account, ask, Customer::blank(id, ask.at), &fields)
}

/// `PUT /customer`: what is left out stays, an empty text clears (docs/cin7-api.md, customers).
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let id = fields.guid("ID")?;
    let Some(customer) = id.and_then(|id| account.customers.newest(id)).cloned() else {
        return Err(Refusal::invalid("Customer with specified ID not found"));
    };
    store(account, ask, customer, &fields)
}

fn store(
    account: &mut AccountState,
    ask: &Ask,
    mut customer: Customer,
    fields: &Fields,
) -> Result<Reply, Refusal> {
    fill(&mut customer, fields)?;
    if customer.attribute_set.is_empty() && !account.options.quirks.keeps_attributes_without_a_set {
        customer.additional_attributes.clear();
    }
    check(account, &customer)?;
    for address in &mut customer.addresses {
        address.id = address.id.or_else(|| Some(account.next_id("address")));
    }
    customer.last_modified_on = ask.at;
    let reply = only(LIST, &customer);
    account.put_customer(customer, ask.at);
    Ok(reply)
}

fn fill(customer: &mut Customer, fields: &Fields) -> Result<(), Refusal> {
    for (name, longest, place) in TEXTS {
        if let Some(text) = fields.text(name, *longest)? {
            *place(customer) = text;
        }
    }
    for number in 1..=10 {
        let name = format!("AdditionalAttribute{number}");
        if let Some(text) = fields.text(&name, 256)? {
            customer.additional_attributes.insert(name, text);
        }
    }
    customer.discount = fields.number("Discount", 2)?.unwrap_or(customer.discount);
    customer.credit_limit = fields
        .number("CreditLimit", 2)?
        .unwrap_or(customer.credit_limit);
    customer.is_on_credit_hold = fields
        .truth("IsOnCreditHold")?
        .unwrap_or(customer.is_on_credit_hold);
    if let Some(addresses) = fields.objects("Addresses")? {
        customer.addresses = addresses
            .iter()
            .map(read_typed_address)
            .collect::<Result<_, _>>()?;
    }
    if let Some(contacts) = fields.objects("Contacts")? {
        customer.contacts = contacts
            .iter()
            .map(read_contact)
            .collect::<Result<_, _>>()?;
    }
    Ok(())
}

fn check(account: &AccountState, customer: &Customer) -> Result<(), Refusal> {
    let options = &account.options;
    let books = &options.books;
    let mut problems = Problems::default();
    let name = customer.name.to_lowercase();
    let mut others = account
        .customers
        .all_newest()
        .filter(|other| other.id != customer.id);
    if name.is_empty() {
        problems.add("Required attribute Name is not provided.");
    }
    if others.any(|other| other.name.to_lowercase() == name) {
        problems.add(format!(
            "Customer with name '{}' already exists",
            customer.name
        ));
    }
    if !["Active", "Deprecated"].contains(&customer.status.as_str()) {
        problems.add("Status must be Active or Deprecated.");
    }
    if !options.currencies.contains(&customer.currency) {
        problems.add(format!("Currency '{}' was not found", customer.currency));
    }
    if !books.is_active_term(&customer.payment_term) {
        problems.add(no_active_term(&customer.payment_term));
    }
    match books.account(&customer.account_receivable) {
        None => problems.add("Account with specified ID not found"),
        // docs/cin7-api.md, customers: an account of the same type and class is not enough.
        Some(account) if !account.is_receivable() => {
            problems.add(format!(
                "Account '{}' is not an Accounts receivable account",
                account.code
            ));
        }
        Some(_) => {}
    }
    if !books.is_revenue(&customer.revenue_account) {
        problems.add(format!(
            "Revenue account '{}' was not found",
            customer.revenue_account
        ));
    }
    if books.sale_tax(&customer.tax_rule).is_none() {
        problems.add(format!("Tax rule '{}' was not found", customer.tax_rule));
    }
    problems.settle()
}

/// The sentence for a payment term that is not in the book or not in use.
pub(crate) fn no_active_term(name: &str) -> String {
    format!("Active payment term with name {name} was not found in Payment Terms reference book")
}
