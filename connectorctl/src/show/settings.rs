//! What is found about settings, for people.

use crate::answer::{Checked, Compared, ComparedSettings, Finding, LeftToAccount, Move, ReadBooks};
use crate::table::{plain, table};

/// Problems first, each with the line to add; then what may be meant, and what is left to Cin7.
pub(crate) fn checked(answer: Checked) -> String {
    let mut text = findings("PROBLEMS", answer.problems);
    text.push_str(&findings("WARNINGS", answer.warnings));
    if !answer.defaults.is_empty() {
        let row = |left: LeftToAccount| [left.setting, left.value, left.what];
        let rows = answer.defaults.into_iter().map(row).collect();
        text.push_str(&table(["LEFT TO CIN7", "VALUE", ""], rows));
        text.push('\n');
    }
    if let Some(read) = &answer.read {
        text.push_str(&looked_at(read));
    }
    text
}

/// The documents that would not post as they stand, and the money that would move.
pub(crate) fn compared(answer: ComparedSettings) -> String {
    let mut text = String::new();
    if !answer.records.is_empty() {
        let row = |one: Compared| [one.outcome, one.kind, one.id, one.sentence];
        let rows = answer.records.into_iter().map(row).collect();
        text.push_str(&table(["OUTCOME", "KIND", "ID", ""], rows));
        text.push('\n');
    }
    if !answer.moves.is_empty() {
        let row = |one: Move| {
            let total = format!("{} {}", one.total, one.currency);
            let count = one.count.to_string();
            [one.what, one.from, one.to, one.kind, count, total]
        };
        let rows = answer.moves.into_iter().map(row).collect();
        let headings = ["WHAT", "FROM", "TO", "KIND", "COUNT", "TOTAL"];
        text.push_str(&table(headings, rows));
        text.push('\n');
    }
    let compared = answer.compared;
    text.push_str(&format!(
        "{compared} documents that stand in Cin7 were compared. Nothing was written.\n"
    ));
    text
}

fn findings(heading: &str, found: Vec<Finding>) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut text = format!("{heading}\n");
    for Finding { what, add } in found {
        text.push_str(&format!("- {}\n", plain(&what).replace('\n', " ")));
        for line in add.iter().flat_map(|add| add.lines()) {
            text.push_str(&format!("    {}\n", plain(line)));
        }
    }
    text.push('\n');
    text
}

fn looked_at(read: &ReadBooks) -> String {
    let ReadBooks {
        cin7_at,
        freshbooks_at,
        invoices,
        invoices_from,
        more_invoices,
        bills,
        expenses,
    } = read;
    let which = if *more_invoices { "the newest" } else { "all" };
    plain(&format!(
        "Compared with Cin7 as of {cin7_at} and FreshBooks as of {freshbooks_at}; {which} {invoices} invoices \
         since {invoices_from}, {bills} bills and {expenses} expenses were looked at.\n"
    ))
}
