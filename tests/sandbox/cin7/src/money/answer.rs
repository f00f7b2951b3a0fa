//! Money operations as they are answered.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::record::{MoneyLine, MoneyOperation, TaskType};
use crate::LedgerStatus;
use crate::account::AccountState;
use crate::http::Reply;
use crate::json::{day, exact};
use crate::transactions::{Entry, of_money_operation};

/// The answer to everything about `/moneyOperation`: the bare document.
pub(super) fn operation(account: &AccountState, operation: &MoneyOperation) -> Reply {
    let by_the_table = account.options.quirks.ledger.money_lines_named_by_the_table;
    Reply::json(&Answer {
        task_id: operation.task_id,
        task_type: operation.task_type,
        status: operation.status,
        bank_account: &operation.bank_account,
        date: operation.date,
        currency_conversion_rate: operation.currency_rate,
        supplier_id: operation.supplier_id,
        customer_id: operation.customer_id,
        supplier_customer: &operation.supplier_customer,
        reference: &operation.reference,
        note: &operation.note,
        tax_inclusive: operation.tax_inclusive,
        lines: operation
            .lines
            .iter()
            .map(|line| line_answer(line, by_the_table))
            .collect(),
        transactions: of_money_operation(account, operation)
            .into_iter()
            .map(Transaction::from)
            .collect(),
        attachments: [],
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Answer<'a> {
    #[serde(rename = "TaskID")]
    task_id: Uuid,
    task_type: TaskType,
    status: LedgerStatus,
    bank_account: &'a str,
    #[serde(serialize_with = "day")]
    date: Date,
    #[serde(serialize_with = "exact")]
    currency_conversion_rate: Decimal,
    #[serde(rename = "SupplierID")]
    supplier_id: Option<Uuid>,
    #[serde(rename = "CustomerID")]
    customer_id: Option<Uuid>,
    supplier_customer: &'a str,
    reference: &'a str,
    note: &'a str,
    tax_inclusive: bool,
    lines: Vec<LineAnswer<'a>>,
    transactions: Vec<Transaction>,
    attachments: [u8; 0],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct LineAnswer<'a> {
    name: &'a str,
    comment: &'a str,
    #[serde(serialize_with = "exact")]
    quantity: Decimal,
    #[serde(serialize_with = "exact")]
    price: Decimal,
    #[serde(serialize_with = "exact")]
    discount: Decimal,
    #[serde(serialize_with = "exact")]
    tax: Decimal,
    #[serde(serialize_with = "exact")]
    total: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_rule_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
}

/// An entry of the ledger as the operation shows it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Transaction {
    debit: String,
    credit: String,
    #[serde(serialize_with = "exact")]
    amount: Decimal,
    #[serde(serialize_with = "day")]
    effective_date: Date,
}

impl From<Entry> for Transaction {
    fn from(entry: Entry) -> Self {
        Self {
            debit: entry.debit_account_code,
            credit: entry.credit_account_code,
            amount: entry.amount,
            effective_date: entry.effective_date,
        }
    }
}

fn line_answer(line: &MoneyLine, by_the_table: bool) -> LineAnswer<'_> {
    let (rule, account) = (line.tax_rule.as_str(), line.account.as_str());
    LineAnswer {
        name: &line.name,
        comment: &line.comment,
        quantity: line.quantity,
        price: line.price,
        discount: line.discount,
        tax: line.tax,
        total: line.total,
        tax_rule_name: (!by_the_table).then_some(rule),
        account_code: (!by_the_table).then_some(account),
        tax_rule: by_the_table.then_some(rule),
        account: by_the_table.then_some(account),
    }
}
