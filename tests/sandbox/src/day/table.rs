//! Telling what happened, and the table at the end.

use ledger::State;
use money::Decimal;

use super::office::Office;
use super::script::Case;
use crate::Row;

#[expect(
    clippy::print_stdout,
    reason = "telling what happens is what the day is for"
)]
pub(super) fn say(line: &str) {
    println!("{line}");
}

/// What Cin7 holds under an invoice's mark.
struct Held {
    number: String,
    total: Option<Decimal>,
}

fn held(office: &Office, id: i64) -> Vec<Held> {
    let mark = format!("freshbooks:{}:invoice:{id}", office.account.account_id);
    let sales = office.cin7.sales(&office.keys);
    let marked = sales.iter().filter(|sale| sale.header.external_id == mark);
    let total = |sale: &cin7_stand_in::Sale| {
        sale.invoices
            .first()
            .map(|invoice| sale.invoice_total(invoice))
    };
    marked
        .map(|sale| Held {
            number: sale.order_number.clone(),
            total: total(sale),
        })
        .collect()
}

/// Prints the table. `true` if every invoice ended where it should: in its state, once in Cin7 or not
/// at all, to the cent.
pub(super) async fn show(office: &Office, cases: &[Case]) -> bool {
    say("");
    say(&format!(
        "{:<9} {:<10} {:>14} {:>14} {:<10} {:>5}  {}",
        "invoice", "sale", "FreshBooks", "Cin7", "state", "calls", "what"
    ));
    let mut wrong = 0;
    for case in cases {
        let row = office.row(case.id).await;
        let held = held(office, case.id);
        let right = is_right(case, row.as_ref(), &held);
        wrong += usize::from(!right);
        say(&line(case, row.as_ref(), &held, right));
    }
    let most = office.cin7.max_calls_in_any_window(&office.keys);
    say("");
    say(&format!(
        "{} of {} invoices ended where they should; at most {most} Cin7 calls in any 60 s.",
        cases.len() - wrong,
        cases.len()
    ));
    wrong == 0
}

fn is_right(case: &Case, row: Option<&Row>, held: &[Held]) -> bool {
    let Some(row) = row else { return false };
    if row.state != case.ends {
        return false;
    }
    if case.ends != State::Confirmed {
        return held.is_empty() && !row.sentence.is_empty();
    }
    let total: Option<Decimal> = row.total.as_deref().and_then(|total| total.parse().ok());
    matches!(held, [only] if only.total.is_some() && only.total == total)
}

fn line(case: &Case, row: Option<&Row>, held: &[Held], right: bool) -> String {
    let text = |value: Option<&String>| value.cloned().unwrap_or_else(|| "–".to_owned());
    let currency = row.and_then(|row| row.currency.clone()).unwrap_or_default();
    let theirs = row
        .and_then(|row| row.total.clone())
        .map(|total| format!("{total} {currency}"));
    let sales: Vec<&str> = held.iter().map(|sale| sale.number.as_str()).collect();
    let ours = held
        .first()
        .and_then(|sale| sale.total)
        .map(|total| format!("{total:.2} {currency}"));
    format!(
        "{:<9} {:<10} {:>14} {:>14} {:<10} {:>5}  {}{}",
        text(row.and_then(|row| row.number.as_ref())),
        if sales.is_empty() {
            "–".to_owned()
        } else {
            sales.join(",")
        },
        text(theirs.as_ref()),
        text(ours.as_ref()),
        row.map_or("unknown", |row| row.state.name()),
        row.map_or(0, |row| row.calls),
        case.what,
        if right {
            ""
        } else {
            "  ← not where it should be"
        },
    )
}
