//! `/advanced-purchase/payment`, and the DELETE of payments, which is at `/purchase/payment` for all.

use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::record::{Purchase, PurchasePayment};
use super::{answer, put, seen, with_task};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};
use crate::sales::payment::{check_account, read_type};
use crate::sales::{PaymentType, check_lock_date};

const REQUIRED: &[&str] = &[
    "TaskID",
    "Type",
    "Amount",
    "DatePaid",
    "Account",
    "CurrencyRate",
];

/// `GET /advanced-purchase/payment`: a bare array, of the purchase that is named in one way or other.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    if let Some(id) = ask.guid("PurchaseID")? {
        return Ok(answer::payments([seen(account, ask, id)?]));
    }
    let order_number = ask.parameter("OrderNumber");
    let invoice_number = ask.parameter("InvoiceNumber");
    if order_number.is_none() && invoice_number.is_none() {
        return Err(Refusal::invalid(
            "Required parameter PurchaseID is not provided.",
        ));
    }
    let has_invoice = |purchase: &Purchase, number: &str| {
        let mut invoices = purchase.invoices.iter();
        invoices.any(|invoice| invoice.number == number)
    };
    let purchases = account.purchases.all_seen(account.horizon(ask.at));
    Ok(answer::payments(purchases.filter(|purchase| {
        order_number.is_none_or(|number| purchase.order_number == number)
            && invoice_number.is_none_or(|number| has_invoice(purchase, number))
    })))
}

/// `POST /advanced-purchase/payment`: one payment.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let (purchase, payment) = new(account, ask, &fields)?;
    Ok(put(account, ask, purchase, |_, purchase| {
        answer::payment(purchase, &payment)
    }))
}

/// A purchase with a new payment.
pub(super) fn new(
    account: &mut AccountState,
    ask: &Ask,
    fields: &Fields,
) -> Result<(Purchase, PurchasePayment), Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, REQUIRED);
    problems.settle()?;
    if fields.guid("DepositID")?.is_some() {
        return Err(Refusal::invalid(
            "Supplier deposit with specified ID not found",
        ));
    }
    let task_id = fields.guid("TaskID")?.unwrap_or_default();
    let Some(mut purchase) = with_task(account, task_id) else {
        return Err(Refusal::invalid("Task with specified ID not found"));
    };
    let blank = PurchasePayment {
        id: account.next_id("purchase payment"),
        task_id,
        payment_type: read_type(account, fields)?,
        reference: String::new(),
        amount: Decimal::ZERO,
        date_paid: ask.today(),
        account: String::new(),
        currency_rate: Decimal::ZERO,
        date_created: ask.at,
    };
    let payment = filled(blank, fields)?;
    check(account, &purchase, &payment)?;
    purchase.payments.push(payment.clone());
    Ok((purchase, payment))
}

/// `PUT /advanced-purchase/payment`. A prepayment cannot be changed.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let (mut purchase, at) = find(account, fields.guid("ID")?.unwrap_or_default())?;
    let before = purchase.payments.remove(at);
    if before.payment_type == PaymentType::Prepayment {
        return Err(Refusal::invalid("Prepayment cannot be modified"));
    }
    let payment = filled(before, &fields)?;
    check(account, &purchase, &payment)?;
    purchase.payments.insert(at, payment.clone());
    Ok(put(account, ask, purchase, |_, purchase| {
        answer::payment(purchase, &payment)
    }))
}

/// `DELETE /purchase/payment`.
pub(crate) fn delete(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Deleted {
        success: bool,
    }
    let (mut purchase, at) = find(account, ask.required_guid("ID")?)?;
    let payment = purchase.payments.remove(at);
    check_lock_date(account, "DatePaid", payment.date_paid)?;
    Ok(put(account, ask, purchase, |_, _| {
        Reply::json(&Deleted { success: true })
    }))
}

fn filled(mut payment: PurchasePayment, fields: &Fields) -> Result<PurchasePayment, Refusal> {
    payment.amount = fields.number("Amount", 2)?.unwrap_or(payment.amount);
    payment.date_paid = fields.date("DatePaid")?.unwrap_or(payment.date_paid);
    payment.account = fields.text("Account", 50)?.unwrap_or(payment.account);
    let rate = fields.number("CurrencyRate", 4)?;
    payment.currency_rate = rate.unwrap_or(payment.currency_rate);
    payment.reference = fields.text("Reference", 256)?.unwrap_or(payment.reference);
    Ok(payment)
}

/// The purchase that holds a payment, and the payment's place in it.
fn find(account: &AccountState, id: Uuid) -> Result<(Purchase, usize), Refusal> {
    let place = |purchase: &Purchase| {
        purchase
            .payments
            .iter()
            .position(|payment| payment.id == id)
    };
    let mut purchases = account.purchases.all_newest();
    purchases
        .find_map(|purchase| Some((purchase.clone(), place(purchase)?)))
        .ok_or_else(|| Refusal::invalid("Payment with specified ID not found"))
}

/// Checks a payment against the purchase without it.
fn check(
    account: &AccountState,
    purchase: &Purchase,
    payment: &PurchasePayment,
) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    let mut invoices = purchase.authorised_invoices();
    let invoice = invoices.find(|invoice| invoice.task_id == payment.task_id);
    match payment.payment_type {
        PaymentType::Payment if invoice.is_none() => {
            problems.add("Invoice status must be AUTHORISED");
        }
        PaymentType::Prepayment if purchase.voided || invoice.is_some() => {
            problems.add("Prepayment needs an invoice that is not authorised");
        }
        PaymentType::Payment | PaymentType::Prepayment => {}
    }
    if payment.amount <= Decimal::ZERO {
        problems.add("Amount must be above 0.");
    }
    if payment.currency_rate <= Decimal::ZERO {
        problems.add("CurrencyRate must be above 0.");
    }
    let owed = invoice.map(|invoice| purchase.invoice_total(invoice));
    let too_much = owed.is_some_and(|owed| purchase.paid(payment.task_id) + payment.amount > owed);
    if too_much && !account.options.quirks.accepts_overpayment {
        problems.add("Amount exceeds the balance of the invoice");
    }
    check_account(account, &purchase.currency, &payment.account, &mut problems);
    problems.settle()?;
    check_lock_date(account, "DatePaid", payment.date_paid)
}
