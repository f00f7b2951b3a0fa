//! The totals on both sides, and what explains their difference.

use std::collections::BTreeMap;

use money::Decimal;

use super::books::{Entry, Side};
use super::document::Document;

/// What was invoiced, or bought, or paid, in one currency.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Total {
    pub(super) side: Side,
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
    let mut totals: BTreeMap<(Side, &str), Total> = BTreeMap::new();
    for (is_theirs, entries) in [(true, freshbooks), (false, cin7)] {
        for entry in entries {
            let total = totals
                .entry((entry.side, &entry.currency))
                .or_insert_with(|| Total::of(entry));
            let sum = if is_theirs {
                &mut total.freshbooks
            } else {
                &mut total.cin7
            };
            *sum += entry.amount;
        }
    }
    for (name, currency, side, document, difference) in differences(freshbooks, cin7) {
        let Some(total) = totals.get_mut(&(side, currency)) else {
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
            side: entry.side,
            currency: entry.currency.clone(),
            freshbooks: Decimal::ZERO,
            cin7: Decimal::ZERO,
            explained: Vec::new(),
            unexplained: Vec::new(),
        }
    }
}

type Difference<'a> = (String, &'a str, Side, Option<Document>, Decimal);

/// Every document that comes to something else on one side than on the other, however often it stands.
fn differences<'a>(freshbooks: &'a [Entry], cin7: &'a [Entry]) -> Vec<Difference<'a>> {
    let mut known: BTreeMap<(Document, &str, Side), (String, Decimal)> = BTreeMap::new();
    let mut found = Vec::new();
    let theirs = freshbooks.iter().map(|entry| (entry, entry.amount));
    for (entry, amount) in theirs.chain(cin7.iter().map(|entry| (entry, -entry.amount))) {
        let (currency, side) = (entry.currency.as_str(), entry.side);
        match entry.document {
            Some(document) => {
                let first = || (entry.name.clone(), Decimal::ZERO);
                let sum = known.entry((document, currency, side));
                sum.or_insert_with(first).1 += amount;
            }
            None => found.push((entry.name.clone(), currency, side, None, amount)),
        }
    }
    let differing = known.into_iter().filter(|(_, known)| !known.1.is_zero());
    found.extend(
        differing.map(|((document, currency, side), (name, difference))| {
            (name, currency, side, Some(document), difference)
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
            side: Side::Invoiced,
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
    fn an_expense_that_was_bought_and_not_paid_is_unexplained() {
        let expense = Some(Document::Expense(1));
        let bought = Entry {
            side: Side::Bought,
            ..entry(expense, "10.00")
        };
        let paid = Entry {
            side: Side::Paid,
            ..bought.clone()
        };
        let freshbooks = [bought.clone(), paid.clone()];
        assert_eq!(unexplained(&freshbooks, &freshbooks), Vec::<String>::new());
        assert_eq!(unexplained(&freshbooks, &[bought]), ["10.00"]);
    }

    #[test]
    fn a_sale_with_nobodys_mark_is_unexplained() {
        assert_eq!(unexplained(&[], &[entry(None, "5.00")]), ["-5.00"]);
    }
}
