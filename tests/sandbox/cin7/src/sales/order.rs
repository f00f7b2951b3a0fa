//! `/sale/order`.

use super::record::{DocumentStatus, Order, Sale, SaleType};
use super::{answer, lines, newest, seen};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};

/// `GET /sale/order`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.required_guid("SaleID")?;
    Ok(answer::order(seen(account, ask, id)?))
}

/// `POST /sale/order`: overwrites every line and charge.
pub(crate) fn overwrite(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    check_required(account, &fields)?;
    let mut sale = newest(account, fields.guid("SaleID")?)?;
    check_preconditions(&sale)?;
    sale.order = read_order(account, &sale, &fields)?;
    check_order(account, &sale)?;
    sale.updated = ask.at;
    let reply = answer::order(&sale);
    account.put_sale(sale, ask.at);
    Ok(reply)
}

fn check_required(account: &AccountState, fields: &Fields) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, &["SaleID", "Status", "Lines"]);
    if account
        .options
        .quirks
        .order_requires_combine_additional_charges
    {
        problems.require(fields, &["CombineAdditionalCharges"]);
    }
    // The memo has to be there, and may be empty.
    if !fields.names("Memo") {
        problems.add("Required attribute Memo is not provided.");
    }
    problems.settle()
}

fn check_preconditions(sale: &Sale) -> Result<(), Refusal> {
    if sale.sale_type == SaleType::Service {
        return Err(Refusal::invalid(
            "Order is not available for a Service Sale",
        ));
    }
    if sale.voided || !is_open(sale.order.status) {
        return Err(Refusal::invalid(
            "Order status must be DRAFT or NOT AVAILABLE",
        ));
    }
    if !sale.header.skip_quote {
        return Err(Refusal::invalid("Quote status must be AUTHORISED"));
    }
    Ok(())
}

fn read_order(account: &AccountState, sale: &Sale, fields: &Fields) -> Result<Order, Refusal> {
    let rules = lines::Rules {
        total_required: false,
        has_account: false,
        tax_inclusive: sale.tax_inclusive,
    };
    let rows = fields.objects("Lines")?.unwrap_or_default();
    let charges = fields.objects("AdditionalCharges")?.unwrap_or_default();
    Ok(Order {
        status: read_status(fields)?.unwrap_or_default(),
        memo: fields.text("Memo", 1024)?.unwrap_or_default(),
        lines: rows
            .iter()
            .map(|row| lines::line(account, row, rules))
            .collect::<Result<_, _>>()?,
        charges: charges
            .iter()
            .map(|row| lines::charge(account, row, rules))
            .collect::<Result<_, _>>()?,
    })
}

fn check_order(account: &AccountState, sale: &Sale) -> Result<(), Refusal> {
    if sale.order.status != DocumentStatus::Authorised {
        return Ok(());
    }
    if sale.order.lines.is_empty() && sale.order.charges.is_empty() {
        return Err(Refusal::invalid("Order without lines cannot be authorised"));
    }
    let customer = account.customers.newest(sale.header.customer_id);
    let on_hold = customer.is_some_and(|customer| customer.is_on_credit_hold);
    if on_hold && account.options.quirks.credit_hold_blocks_orders {
        return Err(Refusal::invalid("Customer is on credit hold"));
    }
    Ok(())
}

/// Whether a document of this status may be written.
pub(crate) fn is_open(status: DocumentStatus) -> bool {
    matches!(status, DocumentStatus::Draft | DocumentStatus::NotAvailable)
}

/// `Status` of an order or invoice as it may be sent.
pub(crate) fn read_status(fields: &Fields) -> Result<Option<DocumentStatus>, Refusal> {
    match fields.text("Status", 50)?.as_deref() {
        None => Ok(None),
        Some("DRAFT") => Ok(Some(DocumentStatus::Draft)),
        Some("AUTHORISED") => Ok(Some(DocumentStatus::Authorised)),
        Some(_) => Err(Refusal::invalid("Status must be DRAFT or AUTHORISED.")),
    }
}
