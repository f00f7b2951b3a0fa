//! A tie-out as a table for a terminal.

use money::Decimal;

use crate::{KindTotals, TieOut};

const HEADINGS: [&str; 6] = [
    "KIND",
    "CURRENCY",
    "FRESHBOOKS",
    "CIN7",
    "DIFFERENCE",
    "BECAUSE",
];
/// Columns of figures, which stand to the right.
const FIGURES: std::ops::RangeInclusive<usize> = 2..=4;
/// So many records are named in a line; the others are counted.
const NAMED: usize = 3;

type Line = [String; HEADINGS.len()];

/// A line for each kind, and below it one for each cause; what is not explained comes last.
#[must_use]
pub fn table(tied: &TieOut) -> String {
    let mut lines = vec![HEADINGS.map(str::to_owned)];
    lines.extend(tied.kinds.iter().flat_map(of_kind));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
    let widths: [usize; HEADINGS.len()] =
        std::array::from_fn(|column| width(column).unwrap_or_default());
    let mut text = String::new();
    for line in &lines {
        let cells = line.iter().zip(widths).enumerate();
        let cells = cells.map(|(column, (cell, width))| {
            if FIGURES.contains(&column) {
                format!("{cell:>width$}")
            } else {
                format!("{cell:<width$}")
            }
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    for unread in &tied.unread {
        text.push_str(&format!(
            "{} is not in it: {}\n",
            unread.kind,
            plain(&unread.why)
        ));
    }
    text.push_str(&verdict(tied));
    text
}

fn of_kind(totals: &KindTotals) -> Vec<Line> {
    let nothing = String::new;
    let mut lines = vec![[
        totals.kind.to_string(),
        plain(&totals.currency),
        totals.freshbooks.to_string(),
        totals.cin7.to_string(),
        totals.difference.to_string(),
        nothing(),
    ]];
    let because = |amount: Decimal, why: String| {
        let [kind, currency, freshbooks, cin7] = std::array::from_fn(|_| nothing());
        [kind, currency, freshbooks, cin7, amount.to_string(), why]
    };
    for cause in &totals.causes {
        let why = format!("{}: {}", plain(&cause.meaning), named(&cause.records));
        lines.push(because(cause.amount, why));
    }
    if !totals.is_explained() {
        let records = totals.unexplained_documents.iter();
        let records: Vec<_> = records.map(|document| document.record.clone()).collect();
        let why = format!("NOT EXPLAINED: {}", named(&records));
        lines.push(because(totals.unexplained, why));
    }
    lines
}

fn named(records: &[String]) -> String {
    let first: Vec<_> = records
        .iter()
        .take(NAMED)
        .map(|record| plain(record))
        .collect();
    let first = first.join(", ");
    match records.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn verdict(tied: &TieOut) -> String {
    let month = tied.month;
    match (tied.is_explained(), tied.kinds.is_empty()) {
        (true, true) => format!("Neither side has anything dated in {month}.\n"),
        (true, false) => format!("Every cent of {month} is explained: unexplained 0.00.\n"),
        (false, _) => format!(
            "{} of {month} is NOT explained; docs/month-end.md says what to do.\n",
            tied.unexplained()
        ),
    }
}

/// Without what would steer a terminal: numbers and sentences come from other people's systems.
fn plain(text: &str) -> String {
    let shown = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(shown).collect()
}
