//! The body of suppliers.

use money::Currency;
use serde::Serialize;

use super::body::ContactBody;
use super::{CONTACT_NAME, CUSTOMER_COMMENTS, CUSTOMER_NAME, PHONE, json};
use crate::NewSupplier;
use crate::limit::cut;

/// The body of `POST /supplier`; without addresses, like that of a customer.
#[must_use]
pub fn supplier_request(supplier: &NewSupplier) -> String {
    let contact = [&supplier.contact, &supplier.name]
        .into_iter()
        .find(|name| !name.is_empty());
    json(&SupplierBody {
        name: cut(&supplier.name, CUSTOMER_NAME),
        status: "Active",
        currency: supplier.currency,
        payment_term: &supplier.payment_term,
        account_payable: &supplier.account_payable,
        tax_rule: &supplier.tax_rule,
        comments: cut(&supplier.comments, CUSTOMER_COMMENTS),
        contacts: [ContactBody {
            name: cut(contact.map_or("", String::as_str), CONTACT_NAME),
            email: &supplier.email,
            phone: cut(&supplier.phone, PHONE),
            default: true,
        }],
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SupplierBody<'a> {
    name: &'a str,
    status: &'static str,
    currency: Currency,
    payment_term: &'a str,
    account_payable: &'a str,
    tax_rule: &'a str,
    comments: &'a str,
    contacts: [ContactBody<'a>; 1],
}
