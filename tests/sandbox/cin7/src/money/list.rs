//! `/moneyTaskList`.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::record::{MoneyOperation, TaskType};
use crate::LedgerStatus;
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::{day, exact};
use crate::paging::{contains, page};
use crate::refusal::Refusal;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Row<'a> {
    #[serde(rename = "TaskID")]
    task_id: Uuid,
    #[serde(serialize_with = "day")]
    date: Date,
    task_type: TaskType,
    status: LedgerStatus,
    supplier_customer_name: &'a str,
    #[serde(rename = "SupplierID")]
    supplier_id: Option<Uuid>,
    #[serde(rename = "CustomerID")]
    customer_id: Option<Uuid>,
    reference: &'a str,
    #[serde(serialize_with = "exact")]
    total_amount: Decimal,
}

/// `GET /moneyTaskList`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let is = |name: &str, value: &str| {
        ask.parameter(name)
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(value))
    };
    let leaves_tax_out = account.options.quirks.ledger.money_list_leaves_tax_out;
    let rows: Vec<_> = account
        .money_operations
        .all_seen(account.horizon(ask.at))
        .filter(|it| is("Status", it.status.name()) && is("TaskType", it.task_type.name()))
        .map(|operation| (operation, row(operation, leaves_tax_out)))
        .filter(|(operation, row)| {
            ask.parameter("Search")
                .is_none_or(|text| is_found(operation, row, text))
        })
        .map(|(_, row)| row)
        .collect();
    page(ask, "MoneyTasks", &rows)
}

fn row(operation: &MoneyOperation, leaves_tax_out: bool) -> Row<'_> {
    let sums = operation.sums();
    Row {
        task_id: operation.task_id,
        date: operation.date,
        task_type: operation.task_type,
        status: operation.status,
        supplier_customer_name: &operation.supplier_customer,
        supplier_id: operation.supplier_id,
        customer_id: operation.customer_id,
        reference: &operation.reference,
        total_amount: match leaves_tax_out {
            true => sums.before_tax,
            false => sums.total,
        },
    }
}

fn is_found(operation: &MoneyOperation, row: &Row<'_>, text: &str) -> bool {
    let total = row.total_amount.to_string();
    [
        row.supplier_customer_name,
        row.reference,
        &operation.bank_account_code,
        &operation.note,
        &total,
    ]
    .into_iter()
    .any(|field| contains(field, text))
}
