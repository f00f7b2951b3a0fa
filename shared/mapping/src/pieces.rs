//! Quantity, price and discount for a line that has to come to a given amount.
//!
//! Cin7 recomputes `round(quantity × price × (1 − discount/100), 2)` and refuses a line whose
//! total differs (docs/cin7-api.md, line totals), so the price has to give the amount exactly.

use money::{Decimal, cents, round};

/// Decimals that Cin7 keeps of quantities and prices (docs/cin7-api.md, numbers).
pub(crate) const PLACES: u32 = 4;

/// One Cin7 line, as far as figures go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub quantity: Decimal,
    pub price: Decimal,
    pub discount: Decimal,
    pub total: Decimal,
    /// Whether quantity and price are not FreshBooks' and have to be told in words.
    pub in_words: bool,
}

/// What Cin7 makes of a line.
pub(crate) fn line_total(quantity: Decimal, price: Decimal, discount: Decimal) -> Decimal {
    let hundred = Decimal::ONE_HUNDRED;
    cents(quantity * price * (hundred - discount) / hundred)
}

/// One of a thing at the amount itself.
pub(crate) fn lump(amount: Decimal) -> Piece {
    Piece {
        quantity: Decimal::ONE,
        price: amount,
        discount: Decimal::ZERO,
        total: amount,
        in_words: true,
    }
}

/// The quantity at the price nearest to `unit_cost` that comes to `amount`: with the discount, else
/// with the price discounted. `None` where no price does, which takes a quantity of 100 or more.
pub(crate) fn priced(
    quantity: Decimal,
    unit_cost: Decimal,
    discount: Decimal,
    amount: Decimal,
) -> Option<Piece> {
    let hundred = Decimal::ONE_HUNDRED;
    let adjusted = (amount * hundred).checked_div(quantity * (hundred - discount));
    let candidates = [
        Some((unit_cost, discount)),
        adjusted.map(|price| (price, discount)),
        amount
            .checked_div(quantity)
            .map(|price| (price, Decimal::ZERO)),
    ];
    candidates
        .into_iter()
        .flatten()
        .map(|(price, discount)| Piece {
            quantity: quantity.normalize(),
            price: round(price, PLACES).normalize(),
            discount,
            total: amount,
            in_words: false,
        })
        .find(|piece| line_total(piece.quantity, piece.price, piece.discount) == amount)
}

/// All but one at a common price and the last at the rest, so that goods keep their count. The
/// common price is rounded down, so that the rest is never less than nothing.
pub(crate) fn split(quantity: Decimal, amount: Decimal) -> [Piece; 2] {
    let most = quantity - Decimal::ONE;
    let price = (amount / quantity).trunc_with_scale(PLACES);
    let total = line_total(most, price, Decimal::ZERO);
    let common = Piece {
        quantity: most.normalize(),
        price: price.normalize(),
        discount: Decimal::ZERO,
        total,
        in_words: true,
    };
    [common, lump(amount - total)]
}

/// The whole quantity at the highest price that does not come to more than `amount`, so that the rest
/// is never less than nothing.
pub(crate) fn short_of(quantity: Decimal, amount: Decimal) -> Piece {
    let price = (amount / quantity).trunc_with_scale(PLACES);
    Piece {
        quantity: quantity.normalize(),
        price: price.normalize(),
        discount: Decimal::ZERO,
        total: line_total(quantity, price, Decimal::ZERO),
        in_words: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn shown(piece: &Piece) -> String {
        let Piece {
            quantity,
            price,
            discount,
            total,
            ..
        } = piece;
        format!("{quantity} × {price} - {discount} % = {total}")
    }

    #[test]
    fn the_price_stays_where_it_gives_the_amount_and_moves_least_where_it_does_not() {
        let priced = |amount: &str| {
            let piece = priced(dec("2"), dec("50.00"), dec("10"), dec(amount));
            piece.as_ref().map(shown)
        };
        assert_eq!(priced("90.00").as_deref(), Some("2 × 50 - 10 % = 90.00"));
        assert_eq!(
            priced("90.01").as_deref(),
            Some("2 × 50.0056 - 10 % = 90.01")
        );
    }

    #[test]
    fn a_discount_of_everything_gives_way_to_a_cent_that_is_left() {
        let piece = priced(dec("2"), dec("50.00"), dec("100"), dec("0.01")).unwrap();
        assert_eq!(shown(&piece), "2 × 0.005 - 0 % = 0.01");
    }

    #[test]
    fn a_large_quantity_may_have_no_price_for_an_amount() {
        assert_eq!(
            priced(dec("300"), dec("0.3333"), dec("0"), dec("100.01")),
            None
        );
    }

    #[test]
    fn the_last_of_goods_that_are_split_never_costs_less_than_nothing() {
        let [common, last] = split(dec("865"), dec("2.50"));
        assert_eq!(shown(&common), "864 × 0.0028 - 0 % = 2.42");
        assert_eq!(shown(&last), "1 × 0.08 - 0 % = 0.08");
    }
}
