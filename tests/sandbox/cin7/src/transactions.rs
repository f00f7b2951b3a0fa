//! `/transactions`: the ledger entries that follow from the documents, in the base currency.
//!
//! Written from the notes: every invoice, payment, journal and money operation that counts makes its
//! entries. Cost of goods and exchange gains, which Cin7 books too, are not followed here.

mod entries;

pub(crate) use entries::{Entry, of_money_operation};

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::page;
use crate::refusal::Refusal;

/// `GET /transactions`. An entry has no id of its own, and `FromDate` and `ToDate` are said to be
/// outside of the period (docs/cin7-api.md, ledger).
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let (from, to) = (ask.day("FromDate")?, ask.day("ToDate")?);
    let code = ask.parameter("Account");
    let inclusive = account
        .options
        .quirks
        .ledger
        .transaction_bounds_are_inclusive;
    let horizon = account.horizon(ask.at);
    let is_asked_for = |entry: &Entry| {
        let day = entry.effective_date;
        from.is_none_or(|from| day > from || inclusive && day == from)
            && to.is_none_or(|to| day < to || inclusive && day == to)
            && code.is_none_or(|code| {
                entry.debit_account_code == code || entry.credit_account_code == code
            })
    };
    let sales = account.sales.all_seen(horizon);
    let purchases = account.purchases.all_seen(horizon);
    let journals = account.journals.all_seen(horizon);
    let operations = account.money_operations.all_seen(horizon);
    let rows: Vec<_> = sales
        .flat_map(|sale| entries::of_sale(account, sale))
        .chain(purchases.flat_map(|purchase| entries::of_purchase(account, purchase)))
        .chain(journals.flat_map(entries::of_journal))
        .chain(operations.flat_map(|operation| of_money_operation(account, operation)))
        .filter(is_asked_for)
        .collect();
    page(ask, "Transactions", &rows)
}
