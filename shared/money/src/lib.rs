//! Decimal money with a currency, rounding to cents, and the spreading of cents.
//!
//! No float ever holds an amount: amounts are [`Decimal`]s, on the wire decimal text or the exact
//! digits of a JSON number.

mod spread;

use std::fmt;
use std::str::FromStr;

pub use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;
use serde::{Deserialize, Serialize};

pub use spread::spread;

/// An ISO 4217 currency code: three upper-case letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that is not a currency code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a three-letter currency code")]
pub struct NotACurrency(String);

impl Currency {
    /// The code, such as `USD`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl FromStr for Currency {
    type Err = NotACurrency;

    /// Takes three ASCII letters of either case, blanks around them ignored.
    fn from_str(text: &str) -> Result<Self, NotACurrency> {
        let refused = || NotACurrency(text.to_owned());
        let bytes: [u8; 3] = text.trim().as_bytes().try_into().map_err(|_| refused())?;
        if !bytes.iter().all(u8::is_ascii_alphabetic) {
            return Err(refused());
        }
        Ok(Self(bytes.map(|letter| letter.to_ascii_uppercase())))
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;

    fn try_from(text: String) -> Result<Self, NotACurrency> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount and its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount, in whole units of the currency; as text in JSON.
    pub amount: Decimal,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in a currency.
    #[must_use]
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }
}

impl fmt::Display for Money {
    /// At least two decimals and no more than there are: `101.70 USD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.amount.normalize();
        if amount.scale() < 2 {
            amount.rescale(2);
        }
        write!(f, "{amount} {}", self.currency)
    }
}

/// Rounds to `places` decimals, a half away from zero, as people and both services do.
#[must_use]
pub fn round(amount: Decimal, places: u32) -> Decimal {
    amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Rounds to cents.
#[must_use]
pub fn cents(amount: Decimal) -> Decimal {
    round(amount, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_shown_with_its_cents_and_currency() {
        let usd: Currency = "usd".parse().unwrap();
        assert_eq!(
            Money::new(Decimal::new(1017, 1), usd).to_string(),
            "101.70 USD"
        );
        assert_eq!(Money::new(Decimal::new(5, 0), usd).to_string(), "5.00 USD");
        assert_eq!(
            Money::new(Decimal::new(10125, 4), usd).to_string(),
            "1.0125 USD"
        );
    }

    #[test]
    fn a_currency_is_three_letters_and_nothing_else() {
        for text in ["", "US", "USDX", "U1D", "ÄÖ"] {
            assert!(text.parse::<Currency>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_half_cent_goes_away_from_zero() {
        assert_eq!(cents(Decimal::new(1005, 3)), Decimal::new(101, 2));
        assert_eq!(cents(Decimal::new(-1005, 3)), Decimal::new(-101, 2));
    }
}
