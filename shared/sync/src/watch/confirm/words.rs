//! What people are told: both figures, and what to do. What was confirmed before was changed by a person.

use ledger::Record;

use super::family::Family;
use super::shown::Shown;
use crate::work::name_of;

/// Whether what stands in Cin7 was seen there with the right figures since it was posted.
fn was_confirmed(record: &Record) -> bool {
    match (record.confirmed_at, record.posted_at) {
        (Some(confirmed), Some(posted)) => confirmed >= posted,
        (confirmed, _) => confirmed.is_some(),
    }
}

/// Other figures; `held` goes on after the document's name, such as `holds 12.00`.
pub(super) fn different(record: &Record, family: Family, held: &str) -> String {
    let (name, total, document) = (name_of(record), total(record), document(record, family));
    if was_confirmed(record) {
        return format!(
            "{name} was changed in Cin7 after it was confirmed there: FreshBooks says {total}, {document} \
             {held} now. Nothing was overwritten; correct whichever is wrong."
        );
    }
    format!(
        "{name}: FreshBooks says {total}, {document} in Cin7 {held}. Correct whichever is wrong."
    )
}

pub(super) fn other_currency(record: &Record, family: Family, row: &Shown) -> String {
    let partner = match family {
        Family::Purchases => "supplier",
        _ => "customer",
    };
    format!(
        "{}: FreshBooks says {}, {} {} in Cin7 is in {}. Correct the {partner} in Cin7.",
        name_of(record),
        total(record),
        family.noun(),
        row.number,
        row.currency.as_deref().unwrap_or_default()
    )
}

pub(super) fn voided(record: &Record, family: Family) -> String {
    let since = if was_confirmed(record) {
        " after it was confirmed"
    } else {
        ""
    };
    format!(
        "{} crossed with {}, but {} was voided in Cin7{since}. It is not written again; enter it by hand if \
         it should stand there.",
        name_of(record),
        total(record),
        document(record, family)
    )
}

pub(super) fn doubled(record: &Record, family: Family, rows: &[&Shown]) -> String {
    let called = |row: &&Shown| match row.number.as_str() {
        "" => row.id.clone(),
        number => number.to_owned(),
    };
    let numbers: Vec<String> = rows.iter().map(called).collect();
    format!(
        "{} stands {} times in Cin7: {}. Void all but {}.",
        name_of(record),
        rows.len(),
        numbers.join(", "),
        document(record, family)
    )
}

pub(super) fn missing(record: &Record, family: Family) -> String {
    let (name, total, document) = (name_of(record), total(record), document(record, family));
    if was_confirmed(record) {
        return format!(
            "{name} crossed with {total} and was confirmed, and Cin7 does not show {document} any more. \
             Look for it in Cin7; it is not written again."
        );
    }
    format!(
        "{name} was posted to Cin7 as {document}, FreshBooks says {total}, and Cin7's lists do not show it. \
         Look for it in Cin7."
    )
}

/// A payment that its sale or purchase does not show.
pub(super) fn payment_missing(record: &Record, family: Family) -> String {
    let (name, total, noun) = (name_of(record), total(record), family.noun());
    if was_confirmed(record) {
        return format!(
            "{name} of {total} was confirmed, and its {noun} in Cin7 does not show it any more: somebody \
             deleted it there. It is not written again; enter it by hand if it should stand."
        );
    }
    format!(
        "{name} of {total} was posted to Cin7, and its {noun} does not show it. If somebody deleted it there, \
         enter it by hand if it should stand."
    )
}

pub(super) fn payment_different(record: &Record, amount: &str) -> String {
    let (name, total) = (name_of(record), total(record));
    if was_confirmed(record) {
        return format!(
            "{name} was changed in Cin7 after it was confirmed there: FreshBooks says {total}, Cin7 holds \
             {amount} now. Nothing was overwritten; correct whichever is wrong."
        );
    }
    format!("{name}: FreshBooks says {total}, Cin7 holds {amount}. Correct whichever is wrong.")
}

pub(super) fn payment_doubled(record: &Record, count: usize) -> String {
    format!(
        "{} of {} stands {count} times in Cin7. Delete all but one.",
        name_of(record),
        total(record)
    )
}

/// How people call the Cin7 document of a record.
pub(super) fn document(record: &Record, family: Family) -> String {
    let number = record.cin7.order_number.as_deref();
    let number = number.or(family.id_of(record));
    format!("{} {}", family.noun(), number.unwrap_or("without a number"))
}

fn total(record: &Record) -> String {
    let amount = record.total.as_deref().unwrap_or("an unknown total");
    format!(
        "{amount} {}",
        record.currency.as_deref().unwrap_or_default()
    )
}
