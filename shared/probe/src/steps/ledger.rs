//! Whether what goes to the ledger is booked at once (docs/cin7-api.md, journals and expenses).

use cin7::{
    EntryStatus, JournalLine, MoneyKind, MoneyLine, MoneyLineNames, NewJournal, NewMoneyOperation,
};
use money::{Decimal, cents};

use super::Found;
use crate::account::Account;
use crate::progress::{Finding, ThingKind};
use crate::sitting::{Sitting, Stop, Tried};

/// The accounts that a journal and an operation move money between: neither of customers nor of suppliers.
fn accounts(account: &Account) -> Result<[String; 2], Stop> {
    account.ordinary.clone().ok_or_else(|| {
        Stop::Unsettled(
            "Cin7 has no two active accounts that are neither for payments nor those of customers and suppliers; \
             add them there."
                .to_owned(),
        )
    })
}

pub(super) async fn journal(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let account = at.account()?;
    let [debit, credit] = accounts(&account)?;
    let mut refusals = Vec::new();
    for status in [EntryStatus::Completed, EntryStatus::Draft] {
        let name = at.about_to_make(ThingKind::Journal, step).await?;
        let pair = JournalLine {
            debit: debit.clone(),
            credit: credit.clone(),
            amount: Decimal::ONE,
            base_amount: Decimal::ONE,
            reference: String::new(),
        };
        let journal = NewJournal {
            status,
            currency: account.currency,
            currency_rate: Decimal::ONE,
            date: at.today(),
            narration: name.clone(),
            notes: "Made by the connector's probe.".to_owned(),
            lines: vec![pair],
        };
        let answered = at.writer.create_journal(&journal).await;
        let id = |made: &cin7::Journal| made.task_id.clone();
        let made = at.made(&name, id, answered).await?;
        match made.map(|journal| journal.is_completed()) {
            Ok(completed) => {
                return Ok(said(
                    "journals_completed",
                    "a journal",
                    completed,
                    &refusals,
                ));
            }
            Err(words) => refusals.push(words),
        }
    }
    Ok(neither("journal", &refusals))
}

pub(super) async fn spend(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let account = at.account()?;
    let [code, _] = accounts(&account)?;
    let (Some(bank), Some((rule, percent))) = (&account.payment_account, &account.purchase_rule)
    else {
        return Ok(Found::nothing(
            "Cin7 has no account for payments in the base currency, or no active tax rule for purchases; add them there."
                .to_owned(),
        ));
    };
    // Which name is the account's is only settled by one that works: a refusal may have another cause.
    let numbered = at.bank_number.clone().filter(|number| number != bank);
    let named = [
        Some((bank.clone(), "code")),
        numbered.map(|it| (it, "number")),
    ];
    let mut refusals = Vec::new();
    for (bank, word) in named.into_iter().flatten() {
        let mut refused = Vec::new();
        for status in [EntryStatus::Completed, EntryStatus::Draft] {
            let line = MoneyLine {
                name: "ZZ-PROBE".to_owned(),
                comment: String::new(),
                quantity: Decimal::ONE,
                price: Decimal::ONE,
                tax: cents(percent / Decimal::ONE_HUNDRED),
                total: Decimal::ONE,
                tax_rule: rule.clone(),
                account: code.clone(),
            };
            match operation(step, at, (status, &bank), line).await? {
                Ok(completed) => {
                    let what = "a money operation";
                    let mut found = said("money_completed", what, completed, &refused);
                    let evidence = format!("It took the {word} of the bank account, {bank}.");
                    let finding = Finding::new("bank_account_as", word, evidence);
                    found.findings.push(finding);
                    return Ok(found);
                }
                Err(words) => refused.push(words),
            }
        }
        refusals.extend(refused);
    }
    let mut found = neither("money operation", &refusals);
    found.why.push_str(
        " If it wants the bank's number of the account, write that as `expense` under `[settings.payments]` and \
         run the step again.",
    );
    Ok(found)
}

/// Makes an operation of one line; whether Cin7 booked it at once, or why it refused.
async fn operation(
    step: &str,
    at: &mut Sitting<'_>,
    (status, bank_account): (EntryStatus, &str),
    line: MoneyLine,
) -> Tried<bool> {
    let name = at.about_to_make(ThingKind::MoneyOperation, step).await?;
    let operation = NewMoneyOperation {
        kind: MoneyKind::Spend,
        status,
        bank_account: bank_account.to_owned(),
        date: at.today(),
        currency_rate: Decimal::ONE,
        supplier_id: None,
        customer_id: None,
        reference: name.clone(),
        note: "Made by the connector's probe.".to_owned(),
        line_names: MoneyLineNames::default(),
        lines: vec![line],
    };
    let answered = at.writer.create_money_operation(&operation).await;
    let id = |made: &cin7::MoneyOperation| made.task_id.clone();
    let made: Tried<cin7::MoneyOperation> = at.made(&name, id, answered).await;
    Ok(made?.map(|operation| operation.is_completed()))
}

fn said(setting: &str, what: &str, completed: bool, refusals: &[String]) -> Found {
    let evidence = match (completed, refusals) {
        (true, _) => format!("Cin7 booked {what} at once."),
        (false, []) => format!("Cin7 made a draft of {what} that was to be booked at once."),
        (false, [words, ..]) => format!(
            "Cin7 refused {what} that was to be booked at once (\u{201c}{words}\u{201d}), and took a draft of it."
        ),
    };
    Found::one(Finding::new(setting, completed, evidence))
}

fn neither(what: &str, refusals: &[String]) -> Found {
    let words = refusals.last().map(String::as_str).unwrap_or_default();
    Found::nothing(format!(
        "Cin7 took no {what}, not even a draft: \u{201c}{words}\u{201d}."
    ))
}
