//! A tie-out as CSV, for a spreadsheet.

use money::Decimal;

use crate::{Difference, KindTotals, TieOut};

const HEADINGS: [&str; 10] = [
    "month",
    "kind",
    "currency",
    "line",
    "cause",
    "freshbooks",
    "cin7",
    "difference",
    "record",
    "number",
];

/// A line after its month, kind and currency.
#[derive(Default)]
struct Line<'a> {
    line: &'static str,
    cause: &'a str,
    freshbooks: Option<Decimal>,
    cin7: Option<Decimal>,
    difference: Decimal,
    record: &'a str,
    number: &'a str,
}

/// RFC 4180 with a line of headings. Of each kind a `total`, a `cause` for each cause with a `document` for
/// each document behind it, and one `unexplained`, which has to be 0.00: the causes and what is unexplained
/// add up to the total's difference.
#[must_use]
pub fn csv(tied: &TieOut) -> String {
    let mut text = joined(HEADINGS.map(str::to_owned));
    let month = tied.month.to_string();
    for totals in &tied.kinds {
        for line in lines(totals) {
            let amount =
                |amount: Option<Decimal>| amount.map_or_else(String::new, |it| it.to_string());
            text.push_str(&joined([
                month.clone(),
                totals.kind.to_string(),
                cell(&totals.currency),
                line.line.to_owned(),
                cell(line.cause),
                amount(line.freshbooks),
                amount(line.cin7),
                line.difference.to_string(),
                cell(line.record),
                cell(line.number),
            ]));
        }
    }
    text
}

fn lines(totals: &KindTotals) -> Vec<Line<'_>> {
    let mut lines = vec![Line {
        line: "total",
        freshbooks: Some(totals.freshbooks),
        cin7: Some(totals.cin7),
        difference: totals.difference,
        ..Line::default()
    }];
    for cause in &totals.causes {
        lines.push(Line {
            line: "cause",
            cause: &cause.cause,
            difference: cause.amount,
            ..Line::default()
        });
        lines.extend(cause.documents.iter().map(|one| of(&cause.cause, one)));
    }
    lines.push(Line {
        line: "unexplained",
        difference: totals.unexplained,
        ..Line::default()
    });
    let unexplained = totals.unexplained_documents.iter();
    lines.extend(unexplained.map(|one| of("unexplained", one)));
    lines
}

fn of<'a>(cause: &'a str, document: &'a Difference) -> Line<'a> {
    Line {
        line: "document",
        cause,
        freshbooks: Some(document.freshbooks),
        cin7: Some(document.cin7),
        difference: document.freshbooks - document.cin7,
        record: &document.record,
        number: document.number.as_deref().unwrap_or_default(),
    }
}

fn joined(cells: [String; HEADINGS.len()]) -> String {
    format!("{}\r\n", cells.join(","))
}

/// A cell of text: quoted where it has to be, and never one that a spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let shown = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut text: String = text.chars().map(shown).collect();
    if text.trim_start().starts_with(['=', '+', '-', '@']) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}
