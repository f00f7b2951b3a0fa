//! `/advanced-purchase`.

use uuid::Uuid;

use super::header_fields::{fill, read_approach, read_supplier, read_type};
use super::record::{Purchase, PurchaseHeader, PurchaseInvoice, PurchaseOrder, PurchaseType};
use super::{answer, newest, put, seen};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};
use crate::sales::DocumentStatus;
use crate::suppliers::Supplier;

/// `GET /advanced-purchase`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.required_guid("ID")?;
    let combined = ask.truth("CombineAdditionalCharges")?.unwrap_or(false);
    let purchase = seen(account, ask, id)?;
    Ok(answer::purchase(account, purchase, combined))
}

/// `POST /advanced-purchase`: the header only; lines, an `ID`, an `OrderDate` and an `ExternalID` are
/// dropped without a word, as seen live.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let purchase_type = read_type(account, &fields)?;
    let purchase = new(account, ask, &fields, purchase_type)?;
    Ok(put(account, ask, purchase, made))
}

/// The answer to a new purchase, with the place for its invoice if that is shown.
fn made(account: &AccountState, purchase: &Purchase) -> Reply {
    let mut purchase = purchase.clone();
    if account.options.quirks.purchases.header_shows_no_task {
        purchase.invoices.clear();
    }
    answer::plain(account, &purchase)
}

/// `PUT /advanced-purchase`: what is left out stays, an empty text clears.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let purchase = newest(account, fields.guid("ID")?)?;
    let purchase = changed(account, purchase, &fields)?;
    Ok(put(account, ask, purchase, answer::plain))
}

/// A purchase made of a header.
pub(super) fn new(
    account: &mut AccountState,
    ask: &Ask,
    fields: &Fields,
    purchase_type: PurchaseType,
) -> Result<Purchase, Refusal> {
    let mut problems = Problems::default();
    if !fields.has("SupplierID") && !fields.has("Supplier") {
        problems.add("Required attribute Supplier is not provided.");
    }
    problems.require(fields, &["Approach", "Location"]);
    problems.settle()?;
    let Some(supplier) = read_supplier(account, fields)? else {
        return Err(super::not_found());
    };
    let mut purchase = blank(account, ask, &supplier, purchase_type);
    purchase.approach = read_approach(fields, purchase_type)?.unwrap_or(purchase.approach);
    purchase.blind_receipt = fields.truth("BlindReceipt")?.unwrap_or(false);
    fill(account, &mut purchase, fields)?;
    purchase.order_number = format!("PO-{:05}", account.next_number("purchase order"));
    Ok(purchase)
}

/// A purchase with its header changed.
pub(super) fn changed(
    account: &AccountState,
    mut purchase: Purchase,
    fields: &Fields,
) -> Result<Purchase, Refusal> {
    if purchase.voided {
        return Err(Refusal::invalid("Purchase is VOIDED and cannot be changed"));
    }
    if let Some(supplier) = read_supplier(account, fields)? {
        purchase.header.supplier_id = supplier.id;
        purchase.header.supplier = supplier.name;
        purchase.currency = supplier.currency;
    }
    fill(account, &mut purchase, fields)?;
    Ok(purchase)
}

/// A purchase with the defaults that its supplier gives.
fn blank(
    account: &mut AccountState,
    ask: &Ask,
    supplier: &Supplier,
    purchase_type: PurchaseType,
) -> Purchase {
    let id = account.next_id("purchase");
    let has_own_task = account.options.quirks.purchases.tasks_have_ids_of_their_own;
    let task_id: Uuid = match has_own_task {
        true => account.next_id("purchase task"),
        false => id,
    };
    Purchase {
        id,
        order_number: String::new(),
        purchase_type,
        approach: super::Approach::Invoice,
        blind_receipt: false,
        currency: supplier.currency.clone(),
        tax_inclusive: false,
        header: PurchaseHeader {
            supplier_id: supplier.id,
            supplier: supplier.name.clone(),
            tax_rule: supplier.tax_rule.clone(),
            terms: supplier.payment_term.clone(),
            order_date: Some(ask.today()),
            currency_rate: account.own_rate(&supplier.currency),
            ..PurchaseHeader::default()
        },
        order: PurchaseOrder::default(),
        invoices: vec![PurchaseInvoice::not_available(task_id)],
        stock_received: DocumentStatus::NotAvailable,
        payments: Vec::new(),
        voided: false,
        created: ask.at,
        updated: ask.at,
    }
}
