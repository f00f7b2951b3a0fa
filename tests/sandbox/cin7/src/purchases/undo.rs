//! `DELETE` of a purchase or of its invoice: undone to draft, or voided where `Void` is true.

use super::invoice::no_task;
use super::record::{Purchase, PurchaseType};
use super::{answer, newest, put, with_task};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::refusal::Refusal;
use crate::sales::DocumentStatus;

/// `DELETE /advanced-purchase`; answers with the purchase.
pub(crate) fn undo_or_void(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let purchase = newest(account, Some(ask.required_guid("ID")?))?;
    let purchase = taken_back(account, ask, purchase)?;
    Ok(put(account, ask, purchase, answer::plain))
}

/// A purchase undone or voided.
pub(super) fn taken_back(
    account: &AccountState,
    ask: &Ask,
    mut purchase: Purchase,
) -> Result<Purchase, Refusal> {
    let quirks = &account.options.quirks;
    if purchase.voided {
        return Err(Refusal::invalid("Purchase is already VOIDED"));
    }
    if !purchase.payments.is_empty() && !quirks.undoes_paid_documents {
        return Err(Refusal::invalid(
            "Purchase has payments and cannot be undone or voided",
        ));
    }
    if quirks.purchases.deletes_change_nothing {
        return Ok(purchase);
    }
    let status = asked_for(ask)?;
    purchase.voided = status == DocumentStatus::Voided;
    let invoices = purchase.invoices.iter_mut();
    let documents = invoices.map(|invoice| &mut invoice.status);
    for document in documents.chain([&mut purchase.order.status, &mut purchase.stock_received]) {
        let is_there = *document != DocumentStatus::NotAvailable;
        if is_there && *document != DocumentStatus::Voided {
            *document = status;
        }
    }
    Ok(purchase)
}

/// `DELETE /advanced-purchase/invoice`, which is not for simple purchases.
pub(crate) fn undo_or_void_invoice(
    account: &mut AccountState,
    ask: &Ask,
) -> Result<Reply, Refusal> {
    let task_id = ask.required_guid("TaskID")?;
    let quirks = &account.options.quirks;
    let mut purchase = with_task(account, task_id).ok_or_else(no_task)?;
    let simple = purchase.purchase_type == PurchaseType::Simple;
    if simple && !quirks.purchases.undoes_invoices_of_simple_purchases {
        return Err(Refusal::invalid(
            "This method is not available for Simple Purchase",
        ));
    }
    if !purchase.paid(task_id).is_zero() && !quirks.undoes_paid_documents {
        return Err(Refusal::invalid(
            "Invoice has payments and cannot be undone or voided",
        ));
    }
    let status = asked_for(ask)?;
    let changes_nothing = quirks.purchases.deletes_change_nothing;
    let invoices = purchase.invoices.iter_mut();
    for invoice in invoices.filter(|invoice| invoice.task_id == task_id && !changes_nothing) {
        match invoice.status {
            DocumentStatus::Voided => return Err(Refusal::invalid("Invoice is already VOIDED")),
            DocumentStatus::NotAvailable => {}
            DocumentStatus::Draft | DocumentStatus::Authorised => invoice.status = status,
        }
    }
    Ok(put(account, ask, purchase, answer::plain_invoices))
}

fn asked_for(ask: &Ask) -> Result<DocumentStatus, Refusal> {
    Ok(match ask.truth("Void")?.unwrap_or(false) {
        true => DocumentStatus::Voided,
        false => DocumentStatus::Draft,
    })
}
