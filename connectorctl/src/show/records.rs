//! Records and trails for people.

use crate::answer::{Entry, Record, Records, Step, Trail};
use crate::table::{list, plain, table};

/// All of them, a line each.
pub(crate) fn all(answer: Records) -> String {
    if answer.records.is_empty() {
        return "There is no such record.\n".to_owned();
    }
    let row = |record: Record| {
        let total = money(record.total, record.currency);
        let number = record.number.unwrap_or_default();
        [
            record.state,
            record.kind,
            record.id,
            number,
            total,
            record.updated_at,
            record.sentence,
        ]
    };
    let headings = ["STATE", "KIND", "ID", "NUMBER", "TOTAL", "CHANGED", ""];
    let mut text = table(headings, answer.records.into_iter().map(row).collect());
    if answer.more {
        text.push_str("There are more; --limit, --state, --kind and --since choose.\n");
    }
    text
}

/// One, with what stands in Cin7.
pub(crate) fn one(record: Record) -> String {
    let mut text = list([
        ("record", format!("{}/{}", record.kind, record.id)),
        ("number", record.number.unwrap_or_default()),
        ("stands on", record.parent.unwrap_or_default()),
        ("state", record.state),
        ("why", record.sentence),
        ("waits for", record.waiting_for.unwrap_or_default()),
        ("due", record.due_at.unwrap_or_default()),
        ("total", money(record.total, record.currency)),
        ("changed", record.updated_at),
        ("Cin7 order", record.cin7.order_number.unwrap_or_default()),
        (
            "Cin7 invoice",
            record.cin7.invoice_number.unwrap_or_default(),
        ),
        ("Cin7 total", record.cin7.total.unwrap_or_default()),
        ("Cin7 sale", record.cin7.sale_id.unwrap_or_default()),
        ("Cin7 payment", record.cin7.payment_id.unwrap_or_default()),
    ]);
    if !record.steps.is_empty() {
        let row = |step: Step| {
            [
                step.name,
                step.status,
                step.mark,
                step.cin7_id.unwrap_or_default(),
            ]
        };
        let rows = record.steps.into_iter().map(row).collect();
        text.push_str(&format!(
            "\n{}",
            table(["STEP", "STATUS", "MARK", "CIN7 ID"], rows)
        ));
    }
    text
}

/// A trail: a line for each entry, its details indented below.
pub(crate) fn trail(answer: Trail) -> String {
    let mut text = String::new();
    for Entry {
        seq,
        at,
        what,
        by,
        detail,
    } in answer.entries
    {
        text.push_str(&plain(&format!("{seq:>4}  {at}  {what}  by {by}")).replace('\n', " "));
        text.push('\n');
        for (name, value) in detail {
            let value = plain(&value).replace('\n', " ");
            text.push_str(&format!("      {}: {value}\n", plain(&name)));
        }
    }
    text
}

fn money(total: Option<String>, currency: Option<String>) -> String {
    let total = total.unwrap_or_default();
    format!("{total} {}", currency.unwrap_or_default())
        .trim()
        .to_owned()
}
