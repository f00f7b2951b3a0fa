//! The bodies of money operations (docs/cin7-api.md, expenses).

use serde::Serialize;

use super::journal::status_words;
use super::{LINE_COMMENT, NOTE, json};
use crate::day::Day;
use crate::limit::cut;
use crate::number::Number;
use crate::{MoneyKind, MoneyLine, MoneyLineNames, NewMoneyOperation};

const NAME: usize = 256;

/// The body of `POST /moneyOperation`. The mark is sent whole.
#[must_use]
pub fn money_operation_request(operation: &NewMoneyOperation) -> String {
    json(&body(None, operation))
}

/// The body of `PUT /moneyOperation`: the whole draft again, under its id.
#[must_use]
pub fn money_operation_update_request(task_id: &str, operation: &NewMoneyOperation) -> String {
    json(&body(Some(task_id), operation))
}

fn body<'a>(task_id: Option<&'a str>, operation: &'a NewMoneyOperation) -> OperationBody<'a> {
    OperationBody {
        task_id,
        task_type: match operation.kind {
            MoneyKind::Spend => "Spend Money",
            MoneyKind::Receive => "Receive Money",
        },
        status: status_words(operation.status),
        bank_account: &operation.bank_account,
        date: Day(operation.date),
        currency_conversion_rate: Number(operation.currency_rate),
        supplier_id: operation.supplier_id.as_deref(),
        customer_id: operation.customer_id.as_deref(),
        reference: &operation.reference,
        note: cut(&operation.note, NOTE),
        tax_inclusive: false,
        lines: operation
            .lines
            .iter()
            .map(|line| line_body(line, operation.line_names))
            .collect(),
    }
}

fn line_body(line: &MoneyLine, names: MoneyLineNames) -> LineBody<'_> {
    let as_samples = names == MoneyLineNames::Samples;
    let (rule, account) = (line.tax_rule.as_str(), line.account.as_str());
    LineBody {
        name: cut(&line.name, NAME),
        comment: cut(&line.comment, LINE_COMMENT),
        quantity: Number(line.quantity),
        price: Number(line.price),
        discount: 0,
        tax: Number(line.tax),
        total: Number(line.total),
        tax_rule_name: as_samples.then_some(rule),
        account_code: as_samples.then_some(account),
        tax_rule: (!as_samples).then_some(rule),
        account: (!as_samples).then_some(account),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OperationBody<'a> {
    #[serde(rename = "TaskID", skip_serializing_if = "Option::is_none")]
    task_id: Option<&'a str>,
    task_type: &'static str,
    status: &'static str,
    bank_account: &'a str,
    date: Day,
    currency_conversion_rate: Number,
    #[serde(rename = "SupplierID", skip_serializing_if = "Option::is_none")]
    supplier_id: Option<&'a str>,
    #[serde(rename = "CustomerID", skip_serializing_if = "Option::is_none")]
    customer_id: Option<&'a str>,
    reference: &'a str,
    note: &'a str,
    tax_inclusive: bool,
    lines: Vec<LineBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct LineBody<'a> {
    name: &'a str,
    comment: &'a str,
    quantity: Number,
    price: Number,
    discount: u8,
    tax: Number,
    total: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_rule_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
}
