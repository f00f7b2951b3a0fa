//! `POST`, `PUT` and `DELETE` of `/moneyOperation`.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::record::{MoneyLine, MoneyOperation, TaskType};
use super::{answer, newest};
use crate::LedgerStatus;
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::journals::read_completion;
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};
use crate::sales::check_lock_date;
use crate::sales::lines::{Amounts, check_ranges, check_total, net};

const REQUIRED: &[&str] = &["TaskType", "Status", "BankAccount", "Date"];

/// `POST /moneyOperation`.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut operation = read_operation(account, &fields)?;
    let completion = account.options.quirks.ledger.money_completion;
    operation.status = read_completion(&fields, Some(completion))?;
    check(account, &operation)?;
    operation.task_id = account.next_id("money operation");
    Ok(put(account, ask, operation))
}

/// `PUT /moneyOperation`: the whole of a draft again, with its `TaskID`.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let before = newest(account, fields.guid("TaskID")?)?;
    if before.status != LedgerStatus::Draft {
        return Err(Refusal::invalid("Money task status must be DRAFT"));
    }
    let operation = MoneyOperation {
        task_id: before.task_id,
        status: read_completion(&fields, None)?,
        ..read_operation(account, &fields)?
    };
    check(account, &operation)?;
    Ok(put(account, ask, operation))
}

/// `DELETE /moneyOperation`: back to draft, or void where `Void` is true.
pub(crate) fn undo_or_void(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let mut operation = newest(account, Some(ask.required_guid("ID")?))?;
    if operation.status == LedgerStatus::Voided {
        return Err(Refusal::invalid("Money task is already VOIDED"));
    }
    check_lock_date(account, "Date", operation.date)?;
    operation.status = match ask.truth("Void")?.unwrap_or(false) {
        true => LedgerStatus::Voided,
        false => LedgerStatus::Draft,
    };
    if operation.status == LedgerStatus::Voided {
        // As the sample of the reference shows a voided one.
        operation.lines.clear();
    }
    Ok(put(account, ask, operation))
}

fn put(account: &mut AccountState, ask: &Ask, operation: MoneyOperation) -> Reply {
    let reply = answer::operation(account, &operation);
    account.put_money_operation(operation, ask.at);
    reply
}

/// An operation as it was sent, without id and status.
fn read_operation(account: &AccountState, fields: &Fields) -> Result<MoneyOperation, Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, REQUIRED);
    problems.settle()?;
    let Some(date) = fields.date("Date")? else {
        return Err(Refusal::invalid("Required attribute Date is not provided."));
    };
    let (supplier_id, customer_id) = (fields.guid("SupplierID")?, fields.guid("CustomerID")?);
    let bank_account = fields.text("BankAccount", 50)?.unwrap_or_default();
    let (bank_account_code, currency) = read_bank_account(account, &bank_account)?;
    let rate = fields.number("CurrencyConversionRate", 5)?;
    let tax_inclusive = fields.truth("TaxInclusive")?.unwrap_or(false);
    let sent = fields.objects("Lines")?.unwrap_or_default();
    Ok(MoneyOperation {
        task_id: Uuid::nil(),
        task_type: read_task_type(fields)?,
        status: LedgerStatus::Draft,
        bank_account,
        bank_account_code,
        date,
        currency_rate: rate.unwrap_or_else(|| account.own_rate(&currency)),
        supplier_id,
        customer_id,
        supplier_customer: read_other_side(account, supplier_id, customer_id)?,
        reference: fields.text("Reference", 256)?.unwrap_or_default(),
        note: fields.text("Note", 1024)?.unwrap_or_default(),
        tax_inclusive,
        lines: sent
            .iter()
            .map(|line| read_line(account, line))
            .collect::<Result<_, _>>()?,
    })
}

fn read_task_type(fields: &Fields) -> Result<TaskType, Refusal> {
    let sent = fields.text("TaskType", 50)?.unwrap_or_default();
    match sent.to_ascii_lowercase().as_str() {
        "spend money" => Ok(TaskType::Spend),
        "receive money" => Ok(TaskType::Receive),
        _ => Err(Refusal::invalid(
            "TaskType must be Spend Money or Receive Money.",
        )),
    }
}

/// Code and currency of the bank account, which is named by its code or, by a quirk, its number.
fn read_bank_account(account: &AccountState, sent: &str) -> Result<(String, String), Refusal> {
    let options = &account.options;
    let by_number = options.quirks.ledger.bank_account_by_number;
    let mut banks = options.books.bank_accounts.iter();
    let bank = banks.find(|bank| match by_number {
        true => bank.account_number == sent,
        false => bank.account_code == sent,
    });
    bank.map(|bank| (bank.account_code.clone(), bank.currency.clone()))
        .ok_or_else(|| Refusal::invalid(format!("Bank account '{sent}' was not found")))
}

/// The name of the supplier or of the customer; only one of them may be there.
fn read_other_side(
    account: &AccountState,
    supplier_id: Option<Uuid>,
    customer_id: Option<Uuid>,
) -> Result<String, Refusal> {
    match (supplier_id, customer_id) {
        (Some(_), Some(_)) => Err(Refusal::invalid(
            "SupplierID and CustomerID cannot be specified together",
        )),
        (Some(id), None) => account
            .suppliers
            .newest(id)
            .map(|supplier| supplier.name.clone())
            .ok_or_else(|| Refusal::invalid("Supplier with specified ID not found")),
        (None, Some(id)) => account
            .customers
            .newest(id)
            .map(|customer| customer.name.clone())
            .ok_or_else(|| Refusal::invalid("Customer with specified ID not found")),
        (None, None) => Ok(String::new()),
    }
}

fn read_line(account: &AccountState, fields: &Fields) -> Result<MoneyLine, Refusal> {
    let quirks = &account.options.quirks;
    let (rule_name, account_name) = match quirks.ledger.money_lines_named_by_the_table {
        true => ("TaxRule", "Account"),
        false => ("TaxRuleName", "AccountCode"),
    };
    let mut problems = Problems::default();
    problems.require(
        fields,
        &["Name", "Quantity", "Total", rule_name, account_name],
    );
    problems.settle()?;
    let amount = |name, places| fields.number(name, places).map(Option::unwrap_or_default);
    let mut amounts = Amounts {
        quantity: amount("Quantity", 4)?,
        price: amount("Price", 4)?,
        discount: amount("Discount", 2)?,
        tax: amount("Tax", 4)?,
        total: Decimal::ZERO,
        tax_rule: fields.text(rule_name, 50)?.unwrap_or_default(),
        account: None,
    };
    check_ranges(quirks, &amounts)?;
    amounts.total = net(&amounts);
    check_total(quirks, fields.number("Total", 4)?, amounts.total)?;
    Ok(MoneyLine {
        name: fields.text("Name", 256)?.unwrap_or_default(),
        comment: fields.text("Comment", 256)?.unwrap_or_default(),
        quantity: amounts.quantity,
        price: amounts.price,
        discount: amounts.discount,
        tax: amounts.tax,
        total: amounts.total,
        tax_rule: amounts.tax_rule,
        account: fields.text(account_name, 50)?.unwrap_or_default(),
    })
}

fn check(account: &AccountState, operation: &MoneyOperation) -> Result<(), Refusal> {
    let books = &account.options.books;
    let mut problems = Problems::default();
    if operation.currency_rate <= Decimal::ZERO {
        problems.add("CurrencyConversionRate must be above 0.");
    }
    if operation.lines.is_empty() && operation.status == LedgerStatus::Completed {
        problems.add("Money task without lines cannot be completed");
    }
    for line in &operation.lines {
        let rule = match operation.task_type {
            TaskType::Spend => books.purchase_tax(&line.tax_rule),
            TaskType::Receive => books.sale_tax(&line.tax_rule),
        };
        if rule.is_none() {
            problems.add(format!("Tax rule '{}' was not found", line.tax_rule));
        }
        if !books.is_active_account(&line.account) {
            problems.add(format!("Account '{}' was not found", line.account));
        }
    }
    problems.settle()?;
    check_lock_date(account, "Date", operation.date)
}
