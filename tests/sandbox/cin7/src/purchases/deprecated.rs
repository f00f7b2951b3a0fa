//! The older addresses `/purchase`, `/purchase/invoice` and `/purchase/payment`: deprecated, for
//! simple purchases only, and of another shape (docs/cin7-api.md, purchases).

use uuid::Uuid;

use super::record::{Purchase, PurchaseType};
use super::{answer, header, invoice, newest, payment, put, seen, undo, with_task};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::refusal::{Problems, Refusal};

/// `GET /purchase`: the one invoice is an object here, not a list.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let combined = ask.truth("CombineAdditionalCharges")?.unwrap_or(false);
    let purchase = seen(account, ask, ask.required_guid("ID")?)?;
    check_simple(purchase)?;
    Ok(answer::simple_purchase(account, purchase, combined))
}

/// `POST /purchase`: always a simple one.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let purchase = header::new(account, ask, &ask.fields()?, PurchaseType::Simple)?;
    Ok(put(account, ask, purchase, answer::plain_simple))
}

/// `PUT /purchase`.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let purchase = newest(account, fields.guid("ID")?)?;
    check_simple(&purchase)?;
    let purchase = header::changed(account, purchase, &fields)?;
    Ok(put(account, ask, purchase, answer::plain_simple))
}

/// `DELETE /purchase`.
pub(crate) fn undo_or_void(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let purchase = newest(account, Some(ask.required_guid("ID")?))?;
    check_simple(&purchase)?;
    let purchase = undo::taken_back(account, ask, purchase)?;
    Ok(put(account, ask, purchase, answer::plain_simple))
}

/// `GET /purchase/invoice`.
pub(crate) fn read_invoice(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let purchase = seen(account, ask, ask.required_guid("TaskID")?)?;
    check_simple(purchase)?;
    Ok(answer::simple_invoice(account, purchase))
}

/// `POST /purchase/invoice`: `TaskID` is the purchase.
pub(crate) fn overwrite_invoice(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, invoice::REQUIRED);
    problems.settle()?;
    let purchase = newest(account, fields.guid("TaskID")?)?;
    check_simple(&purchase)?;
    let task_id = first_task(&purchase);
    let purchase = invoice::overwritten(account, purchase, task_id, &fields)?;
    Ok(put(account, ask, purchase, answer::simple_invoice))
}

/// `GET /purchase/payment`: a bare array.
pub(crate) fn read_payments(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let purchase = seen(account, ask, ask.required_guid("TaskID")?)?;
    check_simple(purchase)?;
    Ok(answer::payments([purchase]))
}

/// `POST /purchase/payment`.
pub(crate) fn create_payment(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    if let Some(purchase) = with_task(account, fields.guid("TaskID")?.unwrap_or_default()) {
        check_simple(&purchase)?;
    }
    let (purchase, payment) = payment::new(account, ask, &fields)?;
    Ok(put(account, ask, purchase, |_, purchase| {
        answer::payment(purchase, &payment)
    }))
}

fn first_task(purchase: &Purchase) -> Uuid {
    let first = purchase.invoices.first();
    first.map_or(purchase.id, |invoice| invoice.task_id)
}

/// The sentence is the live one.
fn check_simple(purchase: &Purchase) -> Result<(), Refusal> {
    if purchase.purchase_type == PurchaseType::Simple {
        return Ok(());
    }
    Err(Refusal::invalid(
        "This endpoint is deprecated and does not support Advanced Purchase and Service Purchase",
    ))
}
