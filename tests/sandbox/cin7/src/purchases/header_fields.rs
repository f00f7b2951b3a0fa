//! The attributes of a purchase's header.

use rust_decimal::Decimal;

use super::record::{Approach, Purchase, PurchaseHeader, PurchaseType};
use crate::account::AccountState;
use crate::customers::no_active_term;
use crate::json::Fields;
use crate::paging::starts_with;
use crate::refusal::{Problems, Refusal};
use crate::suppliers::Supplier;

/// An attribute, its longest length, and where it is stored.
type Text = (&'static str, usize, fn(&mut PurchaseHeader) -> &mut String);

const TEXTS: &[Text] = &[
    ("Contact", 256, |header| &mut header.contact),
    ("Phone", 50, |header| &mut header.phone),
    ("TaxRule", 50, |header| &mut header.tax_rule),
    ("Terms", 256, |header| &mut header.terms),
    ("Location", 256, |header| &mut header.location),
    ("Note", 1024, |header| &mut header.note),
];

/// The supplier that is named, by id or else by name; `None` if there is neither.
pub(super) fn read_supplier(
    account: &AccountState,
    fields: &Fields,
) -> Result<Option<Supplier>, Refusal> {
    let id = fields.guid("SupplierID")?;
    let name = fields.text("Supplier", 256)?.unwrap_or_default();
    let suppliers = || account.suppliers.all_newest();
    let found = match id {
        Some(id) => account.suppliers.newest(id),
        None if name.is_empty() => return Ok(None),
        // Names match loosely, like those of customers: the exact one first, else any beginning.
        None => suppliers()
            .find(|supplier| supplier.name.eq_ignore_ascii_case(&name))
            .or_else(|| suppliers().find(|supplier| starts_with(&supplier.name, &name))),
    };
    let found = found.cloned();
    found
        .map(Some)
        .ok_or_else(|| Refusal::invalid("Supplier was not found"))
}

/// `Approach`: in any case, and never `RECEIVE` (docs/cin7-api.md, purchases). A service purchase is
/// always invoice first.
pub(super) fn read_approach(
    fields: &Fields,
    purchase_type: PurchaseType,
) -> Result<Option<Approach>, Refusal> {
    let sent = fields
        .text("Approach", 10)?
        .map(|text| text.to_ascii_uppercase());
    match sent.as_deref() {
        None => Ok(None),
        Some("INVOICE" | "STOCK") if purchase_type == PurchaseType::Service => {
            Ok(Some(Approach::Invoice))
        }
        Some("INVOICE") => Ok(Some(Approach::Invoice)),
        Some("STOCK") => Ok(Some(Approach::Stock)),
        Some(_) => Err(Refusal::invalid("Approach must be INVOICE or STOCK.")),
    }
}

/// `PurchaseType` and `IsServiceOnly`; what is used when neither is sent is not documented.
pub(super) fn read_type(account: &AccountState, fields: &Fields) -> Result<PurchaseType, Refusal> {
    let quirks = &account.options.quirks.purchases;
    let sent = fields.text("PurchaseType", 50)?.unwrap_or_default();
    if fields.truth("IsServiceOnly")?.unwrap_or(false) {
        if !sent.is_empty() && !quirks.accepts_service_with_purchase_type {
            return Err(Refusal::invalid(
                "PurchaseType cannot be specified for a Service Purchase.",
            ));
        }
        return Ok(PurchaseType::Service);
    }
    match sent.to_ascii_lowercase().as_str() {
        "simple" | "" => Ok(PurchaseType::Simple),
        "advanced" => Ok(PurchaseType::Advanced),
        _ => Err(Refusal::invalid("PurchaseType must be Simple or Advanced.")),
    }
}

/// Takes over what was sent and checks the result against the reference books.
pub(super) fn fill(
    account: &AccountState,
    purchase: &mut Purchase,
    fields: &Fields,
) -> Result<(), Refusal> {
    let header = &mut purchase.header;
    for (name, longest, place) in TEXTS {
        if let Some(text) = fields.text(name, *longest)? {
            *place(header) = text;
        }
    }
    header.required_by = fields.date("RequiredBy")?.or(header.required_by);
    header.currency_rate = fields
        .number("CurrencyRate", 5)?
        .unwrap_or(header.currency_rate);
    if let Some(attributes) = fields.object("AdditionalAttributes")? {
        for number in 1..=10 {
            let name = format!("AdditionalAttribute{number}");
            if let Some(text) = attributes.text(&name, 256)? {
                header.additional_attributes.insert(name, text);
            }
        }
    }
    let calculation = fields.text("TaxCalculation", 50)?;
    purchase.tax_inclusive = match calculation.map(|text| text.to_ascii_lowercase()).as_deref() {
        None | Some("") => purchase.tax_inclusive,
        Some("inclusive") => true,
        Some("exclusive") => false,
        Some(_) => {
            return Err(Refusal::invalid(
                "TaxCalculation must be Inclusive or Exclusive.",
            ));
        }
    };
    check(account, &purchase.header)
}

fn check(account: &AccountState, header: &PurchaseHeader) -> Result<(), Refusal> {
    let books = &account.options.books;
    let mut problems = Problems::default();
    if books.location(&header.location).is_none() {
        problems.add(format!("Location '{}' was not found", header.location));
    }
    if !header.terms.is_empty() && !books.is_active_term(&header.terms) {
        problems.add(no_active_term(&header.terms));
    }
    if !header.tax_rule.is_empty() && books.purchase_tax(&header.tax_rule).is_none() {
        problems.add(format!("Tax rule '{}' was not found", header.tax_rule));
    }
    if header.currency_rate <= Decimal::ZERO {
        problems.add("CurrencyRate must be above 0.");
    }
    problems.settle()
}
