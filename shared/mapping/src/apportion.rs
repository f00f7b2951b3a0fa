//! Spreading an amount over lines without turning any line's sign.

use money::{Decimal, cents, spread};

/// Rounds `exact` to cents that add up to `total`: each on its own where that gives the total, so
/// that every line has the cents that Cin7 would compute for it, else by largest remainder.
///
/// Shares of one sign are first brought to the total in proportion, since what is missing may be
/// more than a cent a line: currencies without cents are rounded to whole units, and handing
/// that out cent by cent would take small lines below nothing. Shares of both signs are left as
/// they are, for their sum says nothing of their size. `None` where nobody can take a share.
pub(crate) fn apportion(total: Decimal, exact: &[Decimal]) -> Option<Vec<Decimal>> {
    let rounded: Vec<Decimal> = exact.iter().copied().map(cents).collect();
    if rounded.iter().sum::<Decimal>() == total {
        return Some(rounded);
    }
    let sum: Decimal = exact.iter().sum();
    let mixed = exact.iter().any(|share| *share < Decimal::ZERO);
    if mixed || sum.is_zero() {
        return spread(total, exact);
    }
    let scaled: Vec<Decimal> = exact.iter().map(|share| share * total / sum).collect();
    spread(total, &scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apportioned(total: &str, exact: &[&str]) -> Option<String> {
        let exact: Vec<Decimal> = exact.iter().map(|share| share.parse().unwrap()).collect();
        let shares = apportion(total.parse().unwrap(), &exact)?;
        Some(
            shares
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    #[test]
    fn a_rounding_of_whole_units_leaves_small_shares_above_nothing() {
        let shares = apportioned("100.00", &["100.40", "0.02", "0"]);
        assert_eq!(shares.as_deref(), Some("99.98 0.02 0"));
    }

    #[test]
    fn shares_that_add_up_rounded_on_their_own_are_left_at_that() {
        let shares = apportioned("0.04", &["0.016", "0.016", "0.004"]);
        assert_eq!(shares.as_deref(), Some("0.02 0.02 0.00"));
    }

    #[test]
    fn shares_of_both_signs_are_not_stretched() {
        let shares = apportioned("0.02", &["13.00", "-12.99"]);
        assert_eq!(shares.as_deref(), Some("13.01 -12.99"));
    }

    #[test]
    fn nobody_to_take_a_share_is_said() {
        assert_eq!(apportioned("0.01", &["0"]), None);
        assert_eq!(apportioned("0", &[]).as_deref(), Some(""));
    }
}
