//! Spreading an amount over shares by largest remainder.

use rust_decimal::{Decimal, RoundingStrategy};

/// Rounds `exact` shares to cents so that they add up to `total`, itself in whole cents.
///
/// Every share starts at its own value rounded down; the cents still missing go, one each, to the
/// largest remainders, earlier shares first among equals. Only shares with `exact != 0` take part,
/// so that an untaxed line never receives a cent of tax. Where the shares fall further from `total`
/// than a cent each, the rounds repeat: the caller decides beforehand how much it tolerates.
///
/// `None` where there is something to spread and nobody to take it.
#[must_use]
pub fn spread(total: Decimal, exact: &[Decimal]) -> Option<Vec<Decimal>> {
    let cent = Decimal::new(1, 2);
    let mut shares: Vec<Decimal> = exact
        .iter()
        .map(|share| share.round_dp_with_strategy(2, RoundingStrategy::ToNegativeInfinity))
        .collect();
    let mut missing = total - shares.iter().sum::<Decimal>();
    let mut takers: Vec<usize> = (0..exact.len())
        .filter(|&at| !exact[at].is_zero())
        .collect();
    takers.sort_by_key(|&at| (std::cmp::Reverse(exact[at] - shares[at]), at));
    if takers.is_empty() {
        return missing.is_zero().then_some(shares);
    }
    if missing < Decimal::ZERO {
        takers.reverse();
    }
    for &at in takers.iter().cycle() {
        if missing.abs() < cent {
            break;
        }
        let step = if missing > Decimal::ZERO { cent } else { -cent };
        shares[at] += step;
        missing -= step;
    }
    missing.is_zero().then_some(shares)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_third_each_gives_the_odd_cent_to_the_first() {
        let third = dec("33.333333");
        assert_eq!(
            spread(dec("100.00"), &[third, third, third]),
            Some(vec![dec("33.34"), dec("33.33"), dec("33.33")])
        );
    }

    #[test]
    fn a_share_of_nothing_takes_no_cent() {
        assert_eq!(
            spread(dec("0.02"), &[dec("0"), dec("0.01")]),
            Some(vec![dec("0"), dec("0.02")])
        );
        assert_eq!(spread(dec("0.01"), &[dec("0")]), None);
    }

    proptest! {
        #[test]
        fn shares_always_add_up_and_stay_within_a_cent_of_their_value(
            mills in prop::collection::vec(1_i64..10_000_000, 1..50)
        ) {
            let exact: Vec<Decimal> = mills.iter().map(|&mill| Decimal::new(mill, 4)).collect();
            let total = crate::cents(exact.iter().sum());
            let shares = spread(total, &exact).unwrap();
            prop_assert_eq!(shares.iter().sum::<Decimal>(), total);
            for (share, exact) in shares.iter().zip(&exact) {
                prop_assert!((share - exact).abs() <= Decimal::new(1, 2));
            }
        }
    }
}
