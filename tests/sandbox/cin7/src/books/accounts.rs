//! `/ref/account` and `/ref/account/bank`.

use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::exact;
use crate::paging::{page, starts_with};
use crate::refusal::Refusal;

/// An account of the chart (docs/cin7-api.md, chart of accounts).
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Account {
    /// The code, unique.
    pub code: String,
    /// The name.
    pub name: String,
    /// The type: an open list.
    #[serde(rename = "Type")]
    pub kind: String,
    /// `ACTIVE` or something else.
    pub status: String,
    /// What it is for.
    pub description: String,
    /// `ASSET`, `LIABILITY`, `EXPENSE`, `EQUITY` or `REVENUE`.
    pub class: String,
    /// The name of the system account it serves as, if any.
    pub system_account: Option<String>,
    /// The code of that system account.
    pub system_account_code: Option<String>,
    /// Whether payments may go in and out.
    pub for_payments: bool,
    /// Code and name.
    pub display_name: String,
    /// The bank account behind it.
    pub bank_account_id: Option<Uuid>,
    /// The currency, of bank accounts only.
    pub currency: Option<String>,
}

impl Account {
    /// Whether it can be used.
    pub(crate) fn is_active(&self) -> bool {
        self.status == "ACTIVE"
    }

    /// Whether it is the account of what customers owe.
    pub(crate) fn is_receivable(&self) -> bool {
        self.system_account.as_deref() == Some("Accounts receivable")
    }

    /// Whether it is the account of what suppliers are owed.
    pub(crate) fn is_payable(&self) -> bool {
        self.system_account.as_deref() == Some("Accounts payable")
    }
}

/// A bank account.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BankAccount {
    /// The id.
    #[serde(rename = "AccountID")]
    pub account_id: Uuid,
    /// The bank's name.
    pub bank: String,
    /// The account's name.
    pub account_name: String,
    /// The number at the bank.
    pub account_number: String,
    /// The code in the chart of accounts.
    pub account_code: String,
    /// The currency.
    pub currency: String,
    /// The balance of the last statement.
    #[serde(serialize_with = "exact")]
    pub statement_balance: Decimal,
    /// The balance by Cin7's books; the stand-in does not follow payments here.
    #[serde(serialize_with = "exact")]
    pub balance_in_dear: Decimal,
    /// The balance at the start.
    #[serde(serialize_with = "exact")]
    pub initial_balance: Decimal,
}

/// `GET /ref/account`.
pub(crate) fn read_accounts(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let books = &account.options.books;
    // docs/cin7-api.md, errors: an unknown code is an error, not an empty list.
    if ask
        .parameter("Code")
        .is_some_and(|code| books.account(code).is_none())
    {
        return Err(Refusal::invalid("Account with specified ID not found"));
    }
    let is = |name: &str, value: &str| {
        ask.parameter(name)
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(value))
    };
    let rows: Vec<_> = books
        .accounts
        .iter()
        .filter(|row| is("Code", &row.code) && is("Type", &row.kind) && is("Status", &row.status))
        .filter(|row| {
            ask.parameter("Name")
                .is_none_or(|name| starts_with(&row.name, name))
        })
        .collect();
    page(ask, "AccountsList", &rows)
}

/// `GET /ref/account/bank`.
pub(crate) fn read_bank_accounts(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.guid("ID")?;
    let rows: Vec<_> = account
        .options
        .books
        .bank_accounts
        .iter()
        .filter(|row| id.is_none_or(|id| row.account_id == id))
        .filter(|row| {
            ask.parameter("Name")
                .is_none_or(|name| starts_with(&row.account_name, name))
        })
        .filter(|row| {
            ask.parameter("Bank")
                .is_none_or(|bank| starts_with(&row.bank, bank))
        })
        .collect();
    page(ask, "BankAccountsList", &rows)
}
