//! The totals on both sides, and what explains their difference.

use std::collections::BTreeMap;

use money::Decimal;

use super::books::Entry;
use super::document::Document;

/// What was invoiced, or paid, in one currency.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Total {
    pub(super) paid: bool,
    pub(super) currency: String,
    pub(super) freshbooks: Decimal,
    pub(super) cin7: Decimal,
    /// What a record explains of the difference, and in which words.
    pub(super) explained: Vec<(Decimal, String)>,
    /// Documents that differ and that no record explains.
    pub(super) unexplained: Vec<(Decimal, String)>,
}

/// Adds up both sides. `explain` has the sentence of a document's record, if that does not claim that
/// both sides agree.
pub(super) fn totals(
    freshbooks: &[Entry],
    cin7: &[Entry],
    explain: impl Fn(Document) -> Option<String>,
) -> Vec<Total> {
    let mut totals: BTreeMap<(bool, &str), Total> = BTreeMap::new();
    for (side, entries) in [(true, freshbooks), (false, cin7)] {
        for entry in entries {
            let total = totals
                .entry((entry.paid, &entry.currency))
                .or_insert_with(|| Total::of(entry));
            let sum = if side {
                &mut total.freshbooks
            } else {
                &mut total.cin7
            };
            *sum += entry.amount;
        }
    }
    for (name, currency, paid, document, difference) in differences(freshbooks, cin7) {
        let Some(total) = totals.get_mut(&(paid, currency)) else {
            continue;
        };
        match document.and_then(&explain) {
            Some(why) => total.explained.push((difference, why)),
            None => total.unexplained.push((difference, name)),
        }
    }
    totals.into_values().collect()
}

impl Total {
    fn of(entry: &Entry) -> Self {
        Self {
            paid: entry.paid,
            currency: entry.currency.clone(),
            freshbooks: Decimal::ZERO,
            cin7: Decimal::ZERO,
            explained: Vec::new(),
            unexplained: Vec::new(),
        }
    }
}

type Difference<'a> = (String, &'a str, bool, Option<Document>, Decimal);

/// Every document that comes to something else on one side than on the other, however often it stands.
fn differences<'a>(freshbooks: &'a [Entry], cin7: &'a [Entry]) -> Vec<Difference<'a>> {
    let mut known: BTreeMap<(Document, &str), (String, bool, Decimal)> = BTreeMap::new();
    let mut found = Vec::new();
    let theirs = freshbooks.iter().map(|entry| (entry, entry.amount));
    for (entry, amount) in theirs.chain(cin7.iter().map(|entry| (entry, -entry.amount))) {
        let (currency, paid) = (entry.currency.as_str(), entry.paid);
        match entry.document {
            Some(document) => {
                let first = || (entry.name.clone(), paid, Decimal::ZERO);
                known.entry((document, currency)).or_insert_with(first).2 += amount;
            }
            None => found.push((entry.name.clone(), currency, paid, None, amount)),
        }
    }
    let differing = known.into_iter().filter(|(_, known)| !known.2.is_zero());
    found.extend(
        differing.map(|((document, currency), (name, paid, difference))| {
            (name, currency, paid, Some(document), difference)
        }),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(document: Option<Document>, amount: &str) -> Entry {
        Entry {
            document,
            paid: false,
            name: "it".to_owned(),
            currency: "USD".to_owned(),
            amount: amount.parse().unwrap(),
        }
    }

    fn unexplained(freshbooks: &[Entry], cin7: &[Entry]) -> Vec<String> {
        let held_back = |document| (document == Document::Invoice(9)).then(|| "held".to_owned());
        let totals = totals(freshbooks, cin7, held_back);
        let all = totals.into_iter().flat_map(|total| total.unexplained);
        all.map(|(amount, _)| amount.to_string()).collect()
    }

    #[test]
    fn what_agrees_and_what_a_record_explains_leaves_nothing_unexplained() {
        let (one, nine) = (Some(Document::Invoice(1)), Some(Document::Invoice(9)));
        let freshbooks = [entry(one, "10.00"), entry(nine, "7.00")];
        assert!(unexplained(&freshbooks, &[entry(one, "10.0")]).is_empty());
        let totals = totals(&freshbooks, &[entry(one, "10.00")], |_| {
            Some("held".to_owned())
        });
        let [total] = totals.as_slice() else {
            panic!("{totals:?}");
        };
        assert_eq!(total.freshbooks - total.cin7, total.explained[0].0);
    }

    #[test]
    fn a_document_that_is_missing_doubled_or_different_is_unexplained() {
        let one = Some(Document::Invoice(1));
        let ten = [entry(one, "10.00")];
        assert_eq!(unexplained(&ten, &[]), ["10.00"]);
        assert_eq!(unexplained(&[], &ten), ["-10.00"]);
        let twice = [entry(one, "10.00"), entry(one, "10.00")];
        assert_eq!(unexplained(&ten, &twice), ["-10.00"]);
        assert_eq!(unexplained(&ten, &[entry(one, "9.99")]), ["0.01"]);
    }

    #[test]
    fn differences_that_cancel_out_are_unexplained_all_the_same() {
        let (one, two) = (Some(Document::Invoice(1)), Some(Document::Invoice(2)));
        let freshbooks = [entry(one, "10.00"), entry(two, "20.00")];
        let cin7 = [entry(one, "20.00"), entry(two, "10.00")];
        assert_eq!(unexplained(&freshbooks, &cin7), ["-10.00", "10.00"]);
    }

    #[test]
    fn a_sale_with_nobodys_mark_is_unexplained() {
        assert_eq!(unexplained(&[], &[entry(None, "5.00")]), ["-5.00"]);
    }
}
