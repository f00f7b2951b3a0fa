//! `POST /supplier` and `PUT /supplier`.

use super::{LIST, Supplier};
use crate::account::AccountState;
use crate::customers::{no_active_term, read_contact, read_typed_address};
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::paging::only;
use crate::refusal::{Problems, Refusal};

const REQUIRED: &[&str] = &[
    "Name",
    "Status",
    "Currency",
    "PaymentTerm",
    "AccountPayable",
    "TaxRule",
];

/// An attribute, its longest length, and where it is stored.
type Text = (&'static str, usize, fn(&mut Supplier) -> &mut String);

const TEXTS: &[Text] = &[
    ("Name", 256, |supplier| &mut supplier.name),
    ("Status", 50, |supplier| &mut supplier.status),
    ("Currency", 3, |supplier| &mut supplier.currency),
    ("PaymentTerm", 256, |supplier| &mut supplier.payment_term),
    ("AccountPayable", 50, |supplier| {
        &mut supplier.account_payable
    }),
    ("TaxRule", 50, |supplier| &mut supplier.tax_rule),
    ("Comments", 2000, |supplier| &mut supplier.comments),
    ("TaxNumber", 50, |supplier| &mut supplier.tax_number),
];

/// `POST /supplier`.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, REQUIRED);
    problems.settle()?;
    let id = account.next_id("supplier");
    store(account, ask, Supplier::blank(id, ask.at), &fields)
}

/// `PUT /supplier`: what is left out stays, an empty text clears.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let id = fields.guid("ID")?;
    let Some(supplier) = id.and_then(|id| account.suppliers.newest(id)).cloned() else {
        return Err(Refusal::invalid("Supplier with specified ID not found"));
    };
    store(account, ask, supplier, &fields)
}

fn store(
    account: &mut AccountState,
    ask: &Ask,
    mut supplier: Supplier,
    fields: &Fields,
) -> Result<Reply, Refusal> {
    for (name, longest, place) in TEXTS {
        if let Some(text) = fields.text(name, *longest)? {
            *place(&mut supplier) = text;
        }
    }
    if let Some(sent) = fields.objects("Addresses")? {
        let addresses = sent.iter().map(read_typed_address);
        supplier.addresses = addresses.collect::<Result<_, _>>()?;
    }
    if let Some(sent) = fields.objects("Contacts")? {
        let contacts = sent.iter().map(read_contact);
        supplier.contacts = contacts.collect::<Result<_, _>>()?;
    }
    check(account, &supplier)?;
    for address in &mut supplier.addresses {
        address.id = address.id.or_else(|| Some(account.next_id("address")));
    }
    supplier.last_modified_on = ask.at;
    let reply = only(LIST, &supplier);
    account.put_supplier(supplier, ask.at);
    Ok(reply)
}

fn check(account: &AccountState, supplier: &Supplier) -> Result<(), Refusal> {
    let options = &account.options;
    let mut problems = Problems::default();
    let name = supplier.name.to_lowercase();
    let mut suppliers = account.suppliers.all_newest();
    if name.is_empty() {
        problems.add("Required attribute Name is not provided.");
    }
    if suppliers.any(|other| other.id != supplier.id && other.name.to_lowercase() == name) {
        problems.add(format!(
            "Supplier with name '{}' already exists",
            supplier.name
        ));
    }
    if !["Active", "Deprecated"].contains(&supplier.status.as_str()) {
        problems.add("Status must be Active or Deprecated.");
    }
    if !options.currencies.contains(&supplier.currency) {
        problems.add(format!("Currency '{}' was not found", supplier.currency));
    }
    if !options.books.is_active_term(&supplier.payment_term) {
        problems.add(no_active_term(&supplier.payment_term));
    }
    let payable = options.books.account(&supplier.account_payable);
    if !payable.is_some_and(crate::Account::is_payable) {
        problems.add(format!(
            "Account '{}' is not an Accounts payable account",
            supplier.account_payable
        ));
    }
    if options.books.purchase_tax(&supplier.tax_rule).is_none() {
        problems.add(format!("Tax rule '{}' was not found", supplier.tax_rule));
    }
    problems.settle()
}
