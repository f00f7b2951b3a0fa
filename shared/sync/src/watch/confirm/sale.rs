//! What a list says of an invoice's sale.

use cin7::SaleRow;
use ledger::Record;
use money::{Decimal, cents};

use super::{Seen, Verdict, total};
use crate::work::name_of;

/// Judges a record by the rows that carry its mark.
pub(super) fn compare(record: &Record, rows: &[SaleRow]) -> Verdict {
    let Some(step) = record.step("sale") else {
        return Verdict::NotYet;
    };
    let marked: Vec<&SaleRow> = rows
        .iter()
        .filter(|row| row.external_id.as_deref() == Some(step.mark.as_str()))
        .collect();
    let standing: Vec<&SaleRow> = marked
        .iter()
        .copied()
        .filter(|row| !row.status.eq_ignore_ascii_case("VOIDED"))
        .collect();
    match standing.as_slice() {
        [] if marked.is_empty() => Verdict::NotYet,
        [] => Verdict::Wrong(format!(
            "{} crossed with {}, but {} was voided in Cin7. It is not written again; enter it by hand if \
             it should stand there.",
            name_of(record),
            total(record),
            name(record)
        )),
        [row] => compare_row(record, row),
        rows => {
            let numbers: Vec<&str> = rows.iter().map(|row| row.order_number.as_str()).collect();
            Verdict::Wrong(format!(
                "{} stands {} times in Cin7: {}. Void all but {}.",
                name_of(record),
                rows.len(),
                numbers.join(", "),
                name(record)
            ))
        }
    }
}

fn compare_row(record: &Record, row: &SaleRow) -> Verdict {
    let wanted: Option<Decimal> = record.total.as_deref().and_then(|total| total.parse().ok());
    let currency = row.currency.map(|currency| currency.to_string());
    if currency.is_some() && currency != record.currency {
        return Verdict::Wrong(format!(
            "{}: FreshBooks says {}, sale {} in Cin7 is in {}. Correct the customer in Cin7.",
            name_of(record),
            total(record),
            row.order_number,
            currency.unwrap_or_default()
        ));
    }
    match row.invoice_amount.map(cents) {
        // The header shows before its invoice does.
        None => Verdict::NotYet,
        Some(amount) if amount.is_zero() && wanted != Some(amount) => Verdict::NotYet,
        Some(amount) if wanted.map(cents) == Some(amount) => Verdict::Right(Seen {
            order_number: row.order_number.clone(),
            invoice_number: row.invoice_number.clone(),
            status: row.status.clone(),
            total: Some(amount),
        }),
        Some(amount) => Verdict::Differs(format!(
            "{}: FreshBooks says {}, sale {} in Cin7 holds {amount}. Correct whichever is wrong.",
            name_of(record),
            total(record),
            row.order_number
        )),
    }
}

/// How people call the sale of a record.
pub(super) fn name(record: &Record) -> String {
    let number = record
        .cin7
        .order_number
        .as_deref()
        .or(record.cin7.sale_id.as_deref());
    format!("sale {}", number.unwrap_or("without a number"))
}
