//! Previews for people.

use crate::answer::{Previewed, Previews, Total};
use crate::table::{plain, table};

/// A line for each document, its writes where they are wanted, then what all come to.
pub(crate) fn all(answer: Previews, writes: bool) -> String {
    if answer.records.is_empty() {
        return "FreshBooks has no document there.\n".to_owned();
    }
    let mut bodies = String::new();
    if writes {
        answer
            .records
            .iter()
            .for_each(|one| bodies += &written(one));
    }
    let rows = answer.records.into_iter().map(row).collect();
    let headings = [
        "OUTCOME", "KIND", "ID", "NUMBER", "DATE", "TOTAL", "CUSTOMER", "WRITES", "",
    ];
    let documents = table(headings, rows);
    let row = |sum: Total| {
        let total = format!("{} {}", sum.total, sum.currency);
        [
            sum.month,
            sum.kind,
            sum.outcome,
            sum.count.to_string(),
            total,
        ]
    };
    let rows = answer.totals.into_iter().map(row).collect();
    let totals = table(["MONTH", "KIND", "OUTCOME", "COUNT", "TOTAL"], rows);
    format!("{documents}{bodies}\n{totals}\nNothing was written.\n")
}

fn row(one: Previewed) -> [String; 9] {
    let customer = one
        .customer
        .map(|customer| format!("{} ({})", customer.name, customer.how));
    let total = [one.total, one.currency].map(Option::unwrap_or_default);
    [
        one.outcome,
        one.kind,
        one.id,
        one.number.unwrap_or_default(),
        one.date.unwrap_or_default(),
        total.join(" ").trim().to_owned(),
        customer.unwrap_or_default(),
        one.writes.len().to_string(),
        one.sentence,
    ]
}

fn written(one: &Previewed) -> String {
    let mut text = String::new();
    for write in &one.writes {
        let name = one.number.as_ref().unwrap_or(&one.id);
        let line = format!("{} {name}: {} {}", one.kind, write.call, write.body);
        text.push_str(&format!("\n{}\n", plain(line.trim_end())));
    }
    text
}
