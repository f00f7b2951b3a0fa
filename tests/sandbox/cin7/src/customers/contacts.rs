//! Addresses and contacts.

use serde::Serialize;
use uuid::Uuid;

use crate::json::Fields;
use crate::refusal::{Problems, Refusal};

/// An address of a customer or of a sale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Address {
    /// The id; `None` for an address written into a sale.
    #[serde(rename = "ID")]
    pub id: Option<Uuid>,
    /// The street.
    pub line1: String,
    /// The second line.
    pub line2: String,
    /// The city.
    pub city: String,
    /// The state.
    pub state: String,
    /// The post code.
    pub postcode: String,
    /// The country's name.
    pub country: String,
    /// `Billing`, `Business` or `Shipping`.
    #[serde(rename = "Type")]
    pub kind: String,
    /// Whether it is the default of its type.
    pub default_for_type: bool,
}

/// A person to talk to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The telephone number.
    pub phone: String,
    /// The mobile number.
    pub mobile_phone: String,
    /// The fax number.
    pub fax: String,
    /// The e-mail address.
    pub email: String,
    /// The website.
    pub website: String,
    /// Remarks.
    pub comment: String,
    /// Whether it is the default contact.
    pub default: bool,
    /// Whether it gets the documents by e-mail.
    pub include_in_email: bool,
}

/// Reads an address, without its type; `Line1` and `Country` are required.
pub(crate) fn read_address(fields: &Fields) -> Result<Address, Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, &["Line1", "Country"]);
    problems.settle()?;
    let text = |name, longest| fields.text(name, longest).map(Option::unwrap_or_default);
    Ok(Address {
        id: fields.guid("ID")?,
        line1: text("Line1", 256)?,
        line2: text("Line2", 256)?,
        city: text("City", 256)?,
        state: text("State", 256)?,
        postcode: text("Postcode", 20)?,
        country: text("Country", 256)?,
        kind: String::new(),
        default_for_type: fields.truth("DefaultForType")?.unwrap_or(false),
    })
}

/// Reads an address of a customer, which also needs its type.
pub(crate) fn read_typed_address(fields: &Fields) -> Result<Address, Refusal> {
    let kind = fields.text("Type", 50)?.unwrap_or_default();
    if !["Billing", "Business", "Shipping"].contains(&kind.as_str()) {
        return Err(Refusal::invalid(
            "Address Type must be Billing, Business or Shipping.",
        ));
    }
    Ok(Address {
        kind,
        ..read_address(fields)?
    })
}

/// Reads a contact; `Name` is required.
pub(crate) fn read_contact(fields: &Fields) -> Result<Contact, Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, &["Name"]);
    problems.settle()?;
    let text = |name, longest| fields.text(name, longest).map(Option::unwrap_or_default);
    Ok(Contact {
        name: text("Name", 256)?,
        phone: text("Phone", 50)?,
        mobile_phone: text("MobilePhone", 50)?,
        fax: text("Fax", 50)?,
        email: text("Email", 256)?,
        website: text("Website", 256)?,
        comment: text("Comment", 256)?,
        default: fields.truth("Default")?.unwrap_or(false),
        include_in_email: fields.truth("IncludeInEmail")?.unwrap_or(false),
    })
}
