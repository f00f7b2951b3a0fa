//! `POST`, `PUT` and `DELETE` of `/journal`.

use rust_decimal::Decimal;

use super::{Journal, JournalLine, LIST, LedgerStatus};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::paging::only;
use crate::quirks::Completion;
use crate::refusal::{Problems, Refusal};
use crate::sales::check_lock_date;

const REQUIRED: &[&str] = &[
    "Status",
    "Currency",
    "CurrencyConversionRate",
    "EffectiveDate",
];

/// `POST /journal`.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut journal = read_journal(account, &fields)?;
    let completion = account.options.quirks.ledger.journal_completion;
    journal.status = read_completion(&fields, Some(completion))?;
    check(account, &journal)?;
    journal.task_id = account.next_id("journal");
    journal.journal_number = format!("JR-{:05}", account.next_number("journal number"));
    Ok(put(account, ask, journal))
}

/// `PUT /journal`: the whole of a draft again, with its `TaskID`.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let before = fields
        .guid("TaskID")?
        .and_then(|id| account.journals.newest(id));
    let Some(before) = before.cloned() else {
        return Err(not_found());
    };
    if before.status != LedgerStatus::Draft {
        return Err(Refusal::invalid("Journal status must be DRAFT"));
    }
    let journal = Journal {
        task_id: before.task_id,
        journal_number: before.journal_number,
        status: read_completion(&fields, None)?,
        ..read_journal(account, &fields)?
    };
    check(account, &journal)?;
    Ok(put(account, ask, journal))
}

/// `DELETE /journal`: back to draft, or void where `Void` is true.
pub(crate) fn undo_or_void(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.required_guid("ID")?;
    let Some(mut journal) = account.journals.newest(id).cloned() else {
        return Err(not_found());
    };
    if journal.status == LedgerStatus::Voided {
        return Err(Refusal::invalid("Journal is already VOIDED"));
    }
    check_lock_date(account, "EffectiveDate", journal.effective_date)?;
    journal.status = match ask.truth("Void")?.unwrap_or(false) {
        true => LedgerStatus::Voided,
        false => LedgerStatus::Draft,
    };
    if journal.status == LedgerStatus::Voided {
        // As the sample of the reference shows a voided one.
        journal.lines.clear();
    }
    Ok(put(account, ask, journal))
}

fn put(account: &mut AccountState, ask: &Ask, journal: Journal) -> Reply {
    let reply = only(LIST, &journal);
    account.put_journal(journal, ask.at);
    reply
}

/// The status that is asked for; `at_once` says what becomes of `COMPLETED` in a POST.
pub(crate) fn read_completion(
    fields: &Fields,
    at_once: Option<Completion>,
) -> Result<LedgerStatus, Refusal> {
    let sent = fields.text("Status", 50)?.unwrap_or_default();
    match (sent.to_ascii_uppercase().as_str(), at_once) {
        ("DRAFT", _) | ("COMPLETED", Some(Completion::AsDraft)) => Ok(LedgerStatus::Draft),
        ("COMPLETED", Some(Completion::Refused)) => {
            Err(Refusal::invalid("Status must be DRAFT for a new task"))
        }
        ("COMPLETED", _) => Ok(LedgerStatus::Completed),
        _ => Err(Refusal::invalid("Status must be DRAFT or COMPLETED.")),
    }
}

/// A journal as it was sent, without id, number and status.
fn read_journal(account: &AccountState, fields: &Fields) -> Result<Journal, Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, REQUIRED);
    problems.settle()?;
    let quirks = &account.options.quirks.ledger;
    if account.options.attached_accounting.is_some() && !quirks.journals_beside_attached_accounting
    {
        return Err(Refusal::invalid(
            "Manual journals are not available while an accounting system is attached",
        ));
    }
    let Some(effective_date) = fields.date("EffectiveDate")? else {
        return Err(Refusal::invalid(
            "Required attribute EffectiveDate is not provided.",
        ));
    };
    let sent = fields.objects("Lines")?.unwrap_or_default();
    let rate = fields.number("CurrencyConversionRate", 5)?;
    Ok(Journal {
        task_id: uuid::Uuid::nil(),
        journal_number: String::new(),
        status: LedgerStatus::Draft,
        currency: fields.text("Currency", 3)?.unwrap_or_default(),
        currency_conversion_rate: rate.unwrap_or_default(),
        effective_date,
        narration: fields.text("Narration", 256)?.unwrap_or_default(),
        notes: fields.text("Notes", 1024)?.unwrap_or_default(),
        lines: sent.iter().map(read_line).collect::<Result<_, _>>()?,
        attachments: [],
    })
}

fn read_line(fields: &Fields) -> Result<JournalLine, Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, &["Debit", "Credit", "Amount", "BaseAmount"]);
    problems.settle()?;
    Ok(JournalLine {
        debit: fields.text("Debit", 50)?.unwrap_or_default(),
        credit: fields.text("Credit", 50)?.unwrap_or_default(),
        amount: fields.number("Amount", 2)?.unwrap_or_default(),
        base_amount: fields.number("BaseAmount", 2)?.unwrap_or_default(),
        reference: fields.text("Reference", 256)?.unwrap_or_default(),
    })
}

fn check(account: &AccountState, journal: &Journal) -> Result<(), Refusal> {
    let options = &account.options;
    let mut problems = Problems::default();
    if !options.currencies.contains(&journal.currency) {
        problems.add(format!("Currency '{}' was not found", journal.currency));
    }
    let foreign = journal.currency != options.base_currency;
    if foreign && !options.quirks.ledger.journals_in_foreign_currency {
        problems.add("Manual journals are handled in the base currency");
    }
    if journal.currency_conversion_rate <= Decimal::ZERO {
        problems.add("CurrencyConversionRate must be above 0.");
    }
    if journal.lines.is_empty() && journal.status == LedgerStatus::Completed {
        problems.add("Journal without lines cannot be completed");
    }
    for line in &journal.lines {
        check_line(account, journal, line, &mut problems);
    }
    problems.settle()?;
    check_lock_date(account, "EffectiveDate", journal.effective_date)
}

fn check_line(
    account: &AccountState,
    journal: &Journal,
    line: &JournalLine,
    problems: &mut Problems,
) {
    for code in [&line.debit, &line.credit] {
        check_account(account, code, problems);
    }
    if line.amount <= Decimal::ZERO {
        problems.add("Amount must be above 0.");
    }
    // Which way Cin7 rounds a half is not known, so that a cent more or less passes.
    let expected = line.amount * journal.currency_conversion_rate;
    if (line.base_amount - expected).abs() > Decimal::new(1, 2) {
        problems.add("BaseAmount doesn't match Amount and CurrencyConversionRate");
    }
}

fn check_account(account: &AccountState, code: &str, problems: &mut Problems) {
    let quirks = &account.options.quirks.ledger;
    let books = &account.options.books;
    let Some(named) = books.account(code).filter(|named| named.is_active()) else {
        problems.add("Account with specified ID not found");
        return;
    };
    let owed = named.is_receivable() || named.is_payable();
    let other_system = named.system_account.is_some() && !owed;
    if owed && !quirks.journals_reach_receivable_and_payable
        || other_system && quirks.journals_stay_off_system_accounts
    {
        problems.add(format!(
            "Account '{code}' is a system account and cannot be used in a manual journal"
        ));
    }
}

fn not_found() -> Refusal {
    Refusal::invalid("Journal with specified ID not found")
}
