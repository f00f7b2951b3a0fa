//! The table at the end, and the totals below it.

use std::collections::BTreeMap;

use ledger::{State, audit};
use money::Decimal;

use super::books::{self, Entry, Side};
use super::office::Office;
use super::story::{Case, Story, mark, say};
use super::totals::{Total, totals};
use crate::plant::not;
use crate::{NotStarted, Row};

/// Cin7 calls in any 60 s (docs/cin7-api.md, limits).
const LIMIT: usize = 60;

/// Prints the table and the totals. `true` if the whole day went as it should: every document ended in
/// its state, once in Cin7 or not at all, to the cent; the records explain every difference of the
/// totals; every trail verifies; Cin7's limit was kept.
///
/// # Errors
/// One of the services could not be asked.
pub(super) async fn show(story: &Story<'_>) -> Result<bool, NotStarted> {
    let (office, cases) = (story.office, &story.cases);
    let (freshbooks, cin7) = (books::freshbooks(office).await?, books::cin7(office));
    say("");
    say(&format!(
        "{:<16} {:<9} {:>12} {:>12}     {:<10} {:>5}  {}",
        "document", "sale", "FreshBooks", "Cin7", "state", "calls", "what"
    ));
    // Whatever does not claim that both sides agree may explain that they do not.
    let mut open_records = BTreeMap::new();
    let mut wrong = 0;
    for case in cases {
        let row = office.row(case.document).await;
        let of_case = |entry: &&Entry| entry.document == Some(case.document);
        let figures = Figures {
            freshbooks: freshbooks.iter().filter(of_case).collect(),
            cin7: cin7.iter().filter(of_case).collect(),
        };
        let right = is_right(case, row.as_ref(), &figures);
        wrong += usize::from(!right);
        let name = office.name(case.document);
        say(&line(&name, case, row.as_ref(), &figures, right));
        let open = row.filter(|row| !matches!(row.state, State::Posted | State::Confirmed));
        let why = |row: Row| format!("{name} ({}): {}", row.state.name(), case.what);
        open_records.extend(open.map(|row| (case.document, why(row))));
    }
    let sums = totals(&freshbooks, &cin7, |document| {
        open_records.get(&document).cloned()
    });
    let explained = show_totals(&sums);
    let (trails, broken) = trails(office).await?;
    let most = office.cin7.max_calls_in_any_window(&office.keys);
    say("");
    say(&format!(
        "{} of {} documents ended where they should; {} of {trails} trails verify; at most {most} Cin7 \
         calls in any 60 s.",
        cases.len() - wrong,
        cases.len(),
        trails - broken,
    ));
    Ok(wrong == 0 && explained && broken == 0 && most <= LIMIT && story.as_it_should)
}

/// How many records there are, and how many have a trail that does not verify.
async fn trails(office: &Office) -> Result<(usize, usize), NotStarted> {
    let unread = not("the ledger");
    let ledger = office.plant.ledger();
    let records = ledger.every_record().await.map_err(&unread)?;
    let mut broken = 0;
    for record in &records {
        let trail = ledger.trail(&record.key).await.map_err(&unread)?;
        broken += usize::from(audit::verify(record, &trail).is_err());
    }
    Ok((records.len(), broken))
}

/// What both services count of one document.
struct Figures<'a> {
    freshbooks: Vec<&'a Entry>,
    cin7: Vec<&'a Entry>,
}

/// By what they count towards, and to how much.
fn sorted(entries: &[&Entry]) -> Vec<(Side, Decimal)> {
    let mut figures: Vec<_> = entries
        .iter()
        .map(|entry| (entry.side, entry.amount))
        .collect();
    figures.sort();
    figures
}

fn is_right(case: &Case, row: Option<&Row>, figures: &Figures<'_>) -> bool {
    let Some(row) = row.filter(|row| row.state == case.ends) else {
        return false;
    };
    let held: Vec<Decimal> = figures.cin7.iter().map(|entry| entry.amount).collect();
    if case.ends == State::Confirmed {
        let theirs = sorted(&figures.freshbooks);
        return !theirs.is_empty() && sorted(&figures.cin7) == theirs;
    }
    !row.sentence.is_empty() && held == case.left.into_iter().collect::<Vec<_>>()
}

fn line(name: &str, case: &Case, row: Option<&Row>, figures: &Figures<'_>, right: bool) -> String {
    let amount = |entry: Option<&&Entry>| {
        entry.map_or_else(|| "–".to_owned(), |entry| format!("{:.2}", entry.amount))
    };
    let (theirs, ours) = (figures.freshbooks.first(), figures.cin7.first());
    let currency = theirs.or(ours);
    // One for each figure: an expense is bought and paid on one purchase.
    let mut sales: Vec<&str> = figures.cin7.iter().map(|sale| sale.name.as_str()).collect();
    sales.dedup();
    format!(
        "{name:<16} {:<9} {:>12} {:>12} {:<3} {:<10} {:>5}  {}{}",
        if sales.is_empty() {
            "–".to_owned()
        } else {
            sales.join(",")
        },
        amount(theirs),
        amount(ours),
        currency.map_or("", |entry| entry.currency.as_str()),
        row.map_or("unknown", |row| row.state.name()),
        row.map_or(0, |row| row.calls),
        case.what,
        mark(right),
    )
}

/// Prints the totals; `true` where the records explain every difference.
fn show_totals(sums: &[Total]) -> bool {
    say("");
    say(&format!(
        "{:<16} {:>14} {:>14} {:>14} {:>14} {:>14}",
        "total", "FreshBooks", "Cin7", "difference", "explained", "unexplained"
    ));
    for total in sums {
        let what = total.side.name();
        let sum = |parts: &[(Decimal, String)]| parts.iter().map(|(amount, _)| *amount).sum();
        let (explained, unexplained): (Decimal, Decimal) =
            (sum(&total.explained), sum(&total.unexplained));
        say(&format!(
            "{:<16} {:>14.2} {:>14.2} {:>14.2} {explained:>14.2} {unexplained:>14.2}",
            format!("{what}, {}", total.currency),
            total.freshbooks,
            total.cin7,
            total.freshbooks - total.cin7,
        ));
        for (amount, why) in &total.explained {
            say(&format!("  {amount:.2} for {why}"));
        }
        for (amount, name) in &total.unexplained {
            say(&format!(
                "  {amount:.2} of {name} unexplained{}",
                mark(false)
            ));
        }
    }
    sums.iter().all(|total| total.unexplained.is_empty())
}
