//! `/purchase/order`, which serves purchases of every type. There is no PUT.

use super::lines::{self, Rows};
use super::record::{Purchase, PurchaseOrder, PurchaseType};
use super::{answer, newest, put, seen};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};
use crate::sales::DocumentStatus;
use crate::sales::order::{is_open, read_status};

/// `GET /purchase/order`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.required_guid("TaskID")?;
    Ok(answer::order(seen(account, ask, id)?))
}

/// `POST /purchase/order`: overwrites every line and charge.
pub(crate) fn overwrite(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    check_required(&fields)?;
    let mut purchase = newest(account, fields.guid("TaskID")?)?;
    check_preconditions(account, &purchase)?;
    let nothing = (Vec::new(), Vec::new());
    let (lines, charges) = lines::read(account, &purchase, &fields, Rows::Order, nothing)?;
    let status = read_status(&fields)?.unwrap_or_default();
    if status == DocumentStatus::Authorised && lines.is_empty() && charges.is_empty() {
        return Err(Refusal::invalid("Order without lines cannot be authorised"));
    }
    purchase.order = PurchaseOrder {
        status,
        memo: fields.text("Memo", 1024)?.unwrap_or_default(),
        lines,
        charges,
    };
    Ok(put(account, ask, purchase, |_, purchase| {
        answer::order(purchase)
    }))
}

fn check_required(fields: &Fields) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.require(
        fields,
        &["TaskID", "CombineAdditionalCharges", "Status", "Lines"],
    );
    // The memo has to be there, and may be empty.
    if !fields.names("Memo") {
        problems.add("Required attribute Memo is not provided.");
    }
    problems.settle()
}

fn check_preconditions(account: &AccountState, purchase: &Purchase) -> Result<(), Refusal> {
    let refuses_services = account.options.quirks.purchases.refuses_orders_of_services;
    let sentence = if purchase.blind_receipt {
        "Order is not available for a Blind Receipt"
    } else if purchase.purchase_type == PurchaseType::Service && refuses_services {
        "Order is not available for a Service Purchase"
    } else if purchase.voided || !is_open(purchase.order.status) {
        "Order status must be DRAFT or NOT AVAILABLE"
    } else {
        return Ok(());
    };
    Err(Refusal::invalid(sentence))
}
