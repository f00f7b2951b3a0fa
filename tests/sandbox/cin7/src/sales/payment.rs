//! `/sale/payment`.

use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::record::{DocumentStatus, Payment, PaymentType, Sale};
use super::{answer, check_lock_date, seen};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};

const REQUIRED: &[&str] = &[
    "TaskID",
    "Type",
    "Amount",
    "DatePaid",
    "Account",
    "CurrencyRate",
];

/// `GET /sale/payment`: a bare array.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let sale = seen(account, ask, ask.required_guid("SaleID")?)?;
    let rows: Vec<_> = sale
        .payments
        .iter()
        .map(|payment| answer::payment(sale, payment))
        .collect();
    Ok(Reply::json(&rows))
}

/// `POST /sale/payment`: one payment.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, REQUIRED);
    problems.settle()?;
    if fields.guid("CreditID")?.is_some() {
        return Err(Refusal::invalid(
            "Customer credit with specified ID not found",
        ));
    }
    let task_id = fields.guid("TaskID")?.unwrap_or_default();
    let Some(mut sale) = account
        .sales
        .all_newest()
        .find(|sale| has_task(sale, task_id))
        .cloned()
    else {
        return Err(Refusal::invalid("Task with specified ID not found"));
    };
    let (Some(date_paid), Some(currency_rate)) =
        (fields.date("DatePaid")?, fields.number("CurrencyRate", 4)?)
    else {
        return Err(Refusal::invalid(
            "Required attribute DatePaid is not provided.",
        ));
    };
    let payment = Payment {
        id: account.next_id("payment"),
        task_id,
        payment_type: read_type(account, &fields)?,
        reference: fields.text("Reference", 256)?.unwrap_or_default(),
        amount: fields.number("Amount", 2)?.unwrap_or_default(),
        date_paid,
        account: fields.text("Account", 50)?.unwrap_or_default(),
        currency_rate,
        date_created: ask.at,
    };
    check(account, &sale, &payment)?;
    sale.payments.push(payment.clone());
    let reply = Reply::json(&answer::payment(&sale, &payment));
    put(account, ask, sale);
    Ok(reply)
}

/// `PUT /sale/payment`. A prepayment cannot be changed.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let (mut sale, at) = find(account, fields.guid("ID")?.unwrap_or_default())?;
    let mut payment = sale.payments.remove(at);
    if payment.payment_type == PaymentType::Prepayment {
        return Err(Refusal::invalid("Prepayment cannot be modified"));
    }
    payment.amount = fields.number("Amount", 2)?.unwrap_or(payment.amount);
    payment.date_paid = fields.date("DatePaid")?.unwrap_or(payment.date_paid);
    payment.account = fields.text("Account", 50)?.unwrap_or(payment.account);
    payment.currency_rate = fields
        .number("CurrencyRate", 4)?
        .unwrap_or(payment.currency_rate);
    payment.reference = fields.text("Reference", 256)?.unwrap_or(payment.reference);
    check(account, &sale, &payment)?;
    sale.payments.insert(at, payment.clone());
    let reply = Reply::json(&answer::payment(&sale, &payment));
    put(account, ask, sale);
    Ok(reply)
}

/// `DELETE /sale/payment`.
pub(crate) fn delete(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Deleted {
        success: bool,
    }
    let (mut sale, at) = find(account, ask.required_guid("ID")?)?;
    let payment = sale.payments.remove(at);
    check_lock_date(account, "DatePaid", payment.date_paid)?;
    put(account, ask, sale);
    Ok(Reply::json(&Deleted { success: true }))
}

fn put(account: &mut AccountState, ask: &Ask, mut sale: Sale) {
    sale.updated = ask.at;
    account.put_sale(sale, ask.at);
}

fn has_task(sale: &Sale, task_id: Uuid) -> bool {
    sale.id == task_id
        || sale
            .invoices
            .iter()
            .any(|invoice| invoice.task_id == task_id)
}

/// The sale that holds a payment, and the payment's place in it.
fn find(account: &AccountState, id: Uuid) -> Result<(Sale, usize), Refusal> {
    let place = |sale: &Sale| sale.payments.iter().position(|payment| payment.id == id);
    let mut sales = account.sales.all_newest();
    sales
        .find_map(|sale| Some((sale.clone(), place(sale)?)))
        .ok_or_else(|| Refusal::invalid("Payment with specified ID not found"))
}

pub(crate) fn read_type(account: &AccountState, fields: &Fields) -> Result<PaymentType, Refusal> {
    let sent = fields.text("Type", 50)?.unwrap_or_default();
    let capitals_only = account.options.quirks.payment_type_in_capitals_only;
    let read = if capitals_only {
        sent
    } else {
        sent.to_ascii_uppercase()
    };
    match read.as_str() {
        "PAYMENT" => Ok(PaymentType::Payment),
        "PREPAYMENT" => Ok(PaymentType::Prepayment),
        "REFUND" => Err(Refusal::invalid("Credit Note status must be AUTHORISED")),
        _ => Err(Refusal::invalid(
            "Type must be PREPAYMENT, PAYMENT or REFUND.",
        )),
    }
}

/// Checks a payment against the sale without it.
fn check(account: &AccountState, sale: &Sale, payment: &Payment) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    let mut invoices = sale.authorised_invoices();
    let invoice = invoices.find(|invoice| invoice.task_id == payment.task_id);
    match payment.payment_type {
        PaymentType::Payment if invoice.is_none() => {
            problems.add("Invoice status must be AUTHORISED");
        }
        PaymentType::Prepayment if !may_be_prepaid(sale) => {
            problems.add("Prepayment needs an authorised quote and no authorised order or invoice");
        }
        _ => {}
    }
    if payment.amount <= Decimal::ZERO {
        problems.add("Amount must be above 0.");
    }
    if payment.currency_rate <= Decimal::ZERO {
        problems.add("CurrencyRate must be above 0.");
    }
    let balance = invoice.map(|invoice| sale.invoice_total(invoice) - sale.paid(payment.task_id));
    let too_much = balance.is_some_and(|balance| payment.amount > balance);
    if too_much && !account.options.quirks.accepts_overpayment {
        problems.add("Amount exceeds the balance of the invoice");
    }
    check_account(account, &sale.currency, &payment.account, &mut problems);
    problems.settle()?;
    check_lock_date(account, "DatePaid", payment.date_paid)
}

fn may_be_prepaid(sale: &Sale) -> bool {
    let ordered = sale.order.status == DocumentStatus::Authorised;
    sale.header.skip_quote
        && !sale.voided
        && !ordered
        && sale.authorised_invoices().next().is_none()
}

/// Checks the account that a payment in some currency goes into or comes from.
pub(crate) fn check_account(
    account: &AccountState,
    paid_in: &str,
    code: &str,
    problems: &mut Problems,
) {
    let options = &account.options;
    let Some(into) = options.books.account(code) else {
        problems.add("Account with specified ID not found");
        return;
    };
    if !into.is_active() || !into.for_payments {
        problems.add(format!(
            "Account '{}' cannot be used for payments",
            into.code
        ));
    }
    let currency = into.currency.as_ref().unwrap_or(&options.base_currency);
    if *currency != paid_in && !options.quirks.accepts_payment_into_other_currency {
        problems.add(format!("Account '{}' is not in {paid_in}", into.code));
    }
}
