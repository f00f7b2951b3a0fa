//! What rows of a list say of a record's document.

use ledger::{Doubt, Record};
use money::{Decimal, cents};

use super::family::Family;
use super::shown::Shown;
use super::words;

/// What Cin7 says of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Right(Seen),
    /// What was seen does not tell.
    NotYet,
    Wrong(Finding),
}

/// What was seen of a document that is right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Seen {
    pub(super) number: Option<String>,
    pub(super) invoice_number: Option<String>,
    pub(super) status: String,
    /// What the list shows as its amount.
    pub(super) listed: Option<Decimal>,
    /// What the list shows as paid on it.
    pub(super) paid: Option<Decimal>,
}

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) doubt: Doubt,
    /// For people.
    pub(super) sentence: String,
    /// Whether a list that lags could show the same for something that we wrote ourselves.
    pub(super) may_lag: bool,
}

impl Verdict {
    pub(super) fn wrong(doubt: Doubt, sentence: String) -> Self {
        Self::Wrong(Finding {
            doubt,
            sentence,
            may_lag: true,
        })
    }

    /// Nothing that we write looks like this.
    fn wrong_at_once(doubt: Doubt, sentence: String) -> Self {
        Self::Wrong(Finding {
            doubt,
            sentence,
            may_lag: false,
        })
    }
}

/// Judges a record by the rows that are of it.
pub(super) fn compare(record: &Record, family: Family, rows: &[&Shown]) -> Verdict {
    let standing: Vec<&Shown> = rows
        .iter()
        .copied()
        .filter(|row| !row.is_voided())
        .collect();
    match standing.as_slice() {
        [] => voided(record, family, rows),
        // Without its own, nothing is known of it but that there is another.
        [row] if !row.is_own(record, family) => Verdict::NotYet,
        [row] => compare_row(record, family, row),
        rows => doubled(record, family, rows),
    }
}

/// Only the record's own document counts: earlier ones were voided by us.
fn voided(record: &Record, family: Family, rows: &[&Shown]) -> Verdict {
    match rows.iter().any(|row| row.is_own(record, family)) {
        true => Verdict::wrong_at_once(Doubt::Voided, words::voided(record, family)),
        false => Verdict::NotYet,
    }
}

fn doubled(record: &Record, family: Family, rows: &[&Shown]) -> Verdict {
    let sentence = words::doubled(record, family, rows);
    // Of an earlier generation, or known by its number alone: it may be one that we just voided.
    let same_mark = |row: &&Shown| {
        let marked = row.marked.as_ref();
        marked.is_some_and(|marked| marked.generation == record.generation)
    };
    if family == Family::Sales && rows.iter().all(same_mark) {
        return Verdict::wrong_at_once(Doubt::Doubled, sentence);
    }
    Verdict::wrong(Doubt::Doubled, sentence)
}

fn compare_row(record: &Record, family: Family, row: &Shown) -> Verdict {
    if row.currency.is_some() && row.currency != record.currency {
        let sentence = words::other_currency(record, family, row);
        return Verdict::wrong_at_once(Doubt::Different, sentence);
    }
    if row.is_draft {
        return Verdict::NotYet;
    }
    let wanted = wanted(record, family);
    match row.amount.map(cents) {
        // The header shows before its invoice does.
        None => Verdict::NotYet,
        Some(amount) if wanted == Some(amount) || listed(record) == Some(amount) => {
            Verdict::Right(seen(row))
        }
        Some(amount) if amount.is_zero() => Verdict::NotYet,
        Some(amount) => {
            let held = format!("holds {amount}");
            Verdict::wrong(Doubt::Different, words::different(record, family, &held))
        }
    }
}

fn seen(row: &Shown) -> Seen {
    let number = Some(row.number.clone());
    Seen {
        number: number.filter(|number| !number.is_empty()),
        invoice_number: row.invoice_number.clone(),
        status: row.status.clone(),
        listed: row.amount.map(cents),
        paid: row.paid.map(cents),
    }
}

/// What the document should come to. A journal's pairs may come to less than its entry's debits, so what
/// was posted counts.
pub(super) fn wanted(record: &Record, family: Family) -> Option<Decimal> {
    let posted = decimal(record.cin7.total.as_deref());
    match family {
        Family::Journals => posted.or_else(|| decimal(record.total.as_deref())),
        _ => decimal(record.total.as_deref()),
    }
}

/// What the list showed when the document itself was found right.
fn listed(record: &Record) -> Option<Decimal> {
    decimal(record.cin7.listed.as_deref())
}

/// Money from decimal text, in cents.
pub(super) fn decimal(text: Option<&str>) -> Option<Decimal> {
    text?.parse().ok().map(cents)
}

#[cfg(test)]
mod tests {
    use cin7::PurchaseRow;
    use ledger::RecordKey;

    use super::*;

    fn bill() -> Record {
        let key = RecordKey::parse("acme", "bill", "321").unwrap();
        let mut record = Record::new(key, jiff::Timestamp::UNIX_EPOCH);
        record.total = Some("88.00".to_owned());
        record.currency = Some("USD".to_owned());
        record.cin7.purchase_id = Some("p-1".to_owned());
        record.cin7.supplier_id = Some("s-1".to_owned());
        record.cin7.invoice_number = Some("INV-9".to_owned());
        record
    }

    fn row(change: impl FnOnce(&mut PurchaseRow)) -> Shown {
        let mut row = PurchaseRow {
            purchase_id: "P-1".to_owned(),
            order_number: "PO-1".to_owned(),
            status: "INVOICED".to_owned(),
            invoice_status: Some("AUTHORISED".to_owned()),
            supplier_id: Some("s-1".to_owned()),
            invoice_number: Some("inv-9".to_owned()),
            invoice_date: None,
            invoice_amount: Some(Decimal::new(88, 0)),
            paid_amount: None,
            currency: Some("USD".parse().unwrap()),
            updated: None,
        };
        change(&mut row);
        Shown::purchase(row, "AbC123")
    }

    /// `right`, `not yet`, or what is wrong.
    fn judged(rows: &[Shown]) -> &'static str {
        let record = bill();
        let of_it: Vec<&Shown> = rows
            .iter()
            .filter(|row| row.is_of(&record, Family::Purchases))
            .collect();
        match compare(&record, Family::Purchases, &of_it) {
            Verdict::Right(_) => "right",
            Verdict::NotYet => "not yet",
            Verdict::Wrong(finding) => finding.doubt.name(),
        }
    }

    #[test]
    fn a_row_is_right_with_its_amount_whatever_status_nobody_listed() {
        assert_eq!(judged(&[row(|_| {})]), "right");
        for status in ["COMPLETED / CREDIT NOTE CLOSED", "partially received", ""] {
            assert_eq!(
                judged(&[row(|row| row.status = status.to_owned())]),
                "right"
            );
        }
        let other = row(|row| row.invoice_amount = Some(Decimal::new(87, 0)));
        assert_eq!(judged(&[other]), "different");
        let currency = row(|row| row.currency = Some("EUR".parse().unwrap()));
        assert_eq!(judged(&[currency]), "different");
    }

    #[test]
    fn half_an_answer_and_an_invoice_that_does_not_count_tell_nothing() {
        assert_eq!(judged(&[]), "not yet");
        assert_eq!(judged(&[row(|row| row.invoice_amount = None)]), "not yet");
        assert_eq!(
            judged(&[row(|row| row.invoice_amount = Some(Decimal::ZERO))]),
            "not yet"
        );
        let draft = row(|row| row.invoice_status = Some("Draft".to_owned()));
        assert_eq!(judged(&[draft]), "not yet");
    }

    #[test]
    fn another_of_the_same_supplier_and_number_doubles_it_and_one_of_another_supplier_does_not() {
        let other = |supplier: &str| {
            row(|row| {
                row.purchase_id = "p-2".to_owned();
                row.supplier_id = Some(supplier.to_owned());
            })
        };
        assert_eq!(judged(&[row(|_| {}), other("S-1")]), "doubled");
        assert_eq!(judged(&[row(|_| {}), other("s-2")]), "right");
        assert_eq!(
            judged(&[other("s-1")]),
            "not yet",
            "its own is not in the list"
        );
    }

    #[test]
    fn what_was_voided_counts_only_where_it_is_the_records_own() {
        let voided = |id: &str| {
            row(|row| {
                row.purchase_id = id.to_owned();
                row.status = "Voided".to_owned();
            })
        };
        assert_eq!(judged(&[voided("p-1")]), "voided");
        assert_eq!(judged(&[voided("p-2")]), "not yet");
        assert_eq!(judged(&[row(|_| {}), voided("p-2")]), "right");
    }
}
