//! The marks under which what was posted is found again in Cin7.
//!
//! A document whose posting was voided and that crosses again is of the next generation: the voided
//! one keeps its mark in Cin7. Generations 0 and 1 are both the first.

/// What marks call a journal entry; every other document is called as its record is.
const JOURNAL: &str = "journal";

/// The mark of an invoice's sale (`ExternalID`).
#[must_use]
pub fn sale_mark(account_id: &str, invoice_id: &str, generation: u32) -> String {
    mark(account_id, "invoice", invoice_id, generation)
}

/// The mark of a payment (`Reference`); generations are of payments that were taken back.
#[must_use]
pub fn payment_mark(account_id: &str, payment_id: &str, generation: u32) -> String {
    mark(account_id, "payment", payment_id, generation)
}

/// The mark of a bill's purchase, first word of its note; the number of its invoice where the vendor
/// has none.
#[must_use]
pub fn bill_mark(account_id: &str, bill_id: &str, generation: u32) -> String {
    mark(account_id, "bill", bill_id, generation)
}

/// The mark of a bill payment (`Reference`).
#[must_use]
pub fn bill_payment_mark(account_id: &str, payment_id: &str, generation: u32) -> String {
    mark(account_id, "bill_payment", payment_id, generation)
}

/// The mark of an expense: of its purchase and of the purchase's payment, or of its money operation
/// (`Reference`).
#[must_use]
pub fn expense_mark(account_id: &str, expense_id: &str, generation: u32) -> String {
    mark(account_id, "expense", expense_id, generation)
}

/// The mark of a journal entry (`Narration`).
#[must_use]
pub fn journal_mark(account_id: &str, entry_id: &str, generation: u32) -> String {
    mark(account_id, JOURNAL, entry_id, generation)
}

/// What a mark names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The kind of record.
    pub kind: String,
    /// FreshBooks' id of the document.
    pub id: String,
    /// Which of the record's documents: 1 for the first.
    pub generation: u32,
}

/// What the first mark of this FreshBooks account in a text names; `None` where there is none, or only
/// those of other accounts. People write beside it, so it is looked for among the words.
#[must_use]
pub fn read_mark(account_id: &str, text: &str) -> Option<Marked> {
    text.split_whitespace()
        .find_map(|word| read_word(account_id, word))
}

fn read_word(account_id: &str, word: &str) -> Option<Marked> {
    let mut parts = word.strip_prefix("freshbooks:")?.split(':');
    if account_id.is_empty() || parts.next()? != account_id {
        return None;
    }
    let (noun, id) = (parts.next()?, parts.next()?);
    let generation = match parts.next() {
        None => 1,
        Some(digits) => digits.parse().ok().filter(|generation| *generation >= 2)?,
    };
    if noun.is_empty() || id.is_empty() || parts.next().is_some() {
        return None;
    }
    let kind = if noun == JOURNAL {
        "journal_entry"
    } else {
        noun
    };
    Some(Marked {
        kind: kind.to_owned(),
        id: id.to_owned(),
        generation,
    })
}

/// The mark of other income's money operation (`Reference`).
#[must_use]
pub fn other_income_mark(account_id: &str, income_id: &str, generation: u32) -> String {
    mark(account_id, "other_income", income_id, generation)
}

fn mark(account_id: &str, noun: &str, id: &str, generation: u32) -> String {
    let first = format!("freshbooks:{account_id}:{noun}:{id}");
    if generation < 2 {
        return first;
    }
    format!("{first}:{generation}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<(String, String, u32)> {
        read_mark("AbC123", text).map(|marked| (marked.kind, marked.id, marked.generation))
    }

    #[test]
    fn every_mark_names_the_record_that_it_was_made_for() {
        type Make = fn(&str, &str, u32) -> String;
        let all: [(&str, Make); 7] = [
            ("invoice", sale_mark),
            ("payment", payment_mark),
            ("bill", bill_mark),
            ("bill_payment", bill_payment_mark),
            ("expense", expense_mark),
            ("other_income", other_income_mark),
            ("journal_entry", journal_mark),
        ];
        for (kind, make) in all {
            for generation in [1, 2, 17] {
                let read = named(&make("AbC123", "77", generation));
                assert_eq!(read, Some((kind.to_owned(), "77".to_owned(), generation)));
            }
        }
    }

    #[test]
    fn a_mark_is_read_from_among_other_words() {
        let read = named("INV-9 freshbooks:AbC123:bill:321 of Paper Mill");
        assert_eq!(read, Some(("bill".to_owned(), "321".to_owned(), 1)));
    }

    #[test]
    fn what_is_no_mark_of_this_account_names_nothing() {
        for text in [
            "",
            "INV-9",
            "freshbooks:AbC123",
            "freshbooks:AbC123:bill:",
            "freshbooks:Other:bill:321",
            "freshbooks:AbC123:bill:321:",
            "freshbooks:AbC123:bill:321:1",
            "freshbooks:AbC123:bill:321:2:3",
            "afreshbooks:AbC123:bill:321",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
        assert_eq!(read_mark("", "freshbooks::bill:321"), None);
    }
}
