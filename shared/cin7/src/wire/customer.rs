//! Customers (docs/cin7-api.md, customers).

use serde::Deserialize;

use crate::Customer;
use crate::lenient::Text;
use crate::pages::Row;

/// A row of `GET /customer`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct CustomerRow {
    #[serde(rename = "ID")]
    id: Text,
    name: Text,
    currency: Text,
    status: Text,
    contacts: Option<Vec<Contact>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Contact {
    email: Text,
}

impl Row for CustomerRow {
    const PATH: &'static str = "customer";
    const LIST: &'static str = "CustomerList";

    fn id(&self) -> &str {
        &self.id.0
    }
}

impl From<CustomerRow> for Customer {
    fn from(row: CustomerRow) -> Self {
        let contacts = row.contacts.unwrap_or_default();
        Self {
            id: row.id.0,
            name: row.name.0,
            currency: row.currency.0.parse().ok(),
            emails: contacts
                .into_iter()
                .filter_map(|contact| contact.email.filled())
                .collect(),
            // Deprecated customers are left out unless asked for: a row without status is in use.
            active: row.status.is_active_status(),
        }
    }
}

/// The answer of `POST /customer`: the list envelope with one row (docs/cin7-api.md, paging).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CreatedCustomer {
    customer_list: Option<Vec<CustomerRow>>,
}

/// The customer that an answer of `POST /customer` shows, in its envelope or bare.
///
/// # Errors
/// When the text is no such answer.
pub(crate) fn created_customer(text: &str) -> Result<Option<Customer>, serde_json::Error> {
    let envelope: CreatedCustomer = serde_json::from_str(text)?;
    let row = match envelope.customer_list {
        Some(rows) => rows.into_iter().next(),
        None => Some(serde_json::from_str(text)?),
    };
    Ok(row
        .filter(|row: &CustomerRow| !row.id.0.trim().is_empty())
        .map(Customer::from))
}
