//! Debits and credits as pairs: a line of a Cin7 journal moves one amount from one account to another
//! (docs/cin7-api.md, journals).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use money::Decimal;

/// One amount that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    /// The account that receives.
    pub debit: String,
    /// The account that gives.
    pub credit: String,
    /// Above nothing.
    pub amount: Decimal,
}

/// Pairs that give every account its sum: what is left of the largest debit against what is left of
/// the largest credit, by account among equals. Every pair settles one account at least and the last
/// settles two, so there is one pair less than accounts at most. `None` where the sums are not nothing
/// together.
pub(super) fn pairs(sums: &BTreeMap<String, Decimal>) -> Option<Vec<Pair>> {
    let largest_first = |sign: Decimal| {
        let mut side: Vec<(&str, Decimal)> = sums
            .iter()
            .map(|(account, sum)| (account.as_str(), sum * sign))
            .filter(|(_, amount)| *amount > Decimal::ZERO)
            .collect();
        side.sort_by_key(|&(account, amount)| (Reverse(amount), account));
        side.into_iter()
    };
    let mut debits = largest_first(Decimal::ONE);
    let mut credits = largest_first(Decimal::NEGATIVE_ONE);
    let (mut debit, mut credit) = (debits.next(), credits.next());
    let mut pairs = Vec::new();
    while let (Some((receiving, wanted)), Some((giving, given))) = (debit, credit) {
        let amount = wanted.min(given);
        pairs.push(Pair {
            debit: receiving.to_owned(),
            credit: giving.to_owned(),
            amount,
        });
        debit = left(receiving, wanted - amount).or_else(|| debits.next());
        credit = left(giving, given - amount).or_else(|| credits.next());
    }
    (debit.is_none() && credit.is_none()).then_some(pairs)
}

fn left(account: &str, amount: Decimal) -> Option<(&str, Decimal)> {
    (!amount.is_zero()).then_some((account, amount))
}
