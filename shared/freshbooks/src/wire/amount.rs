//! Money on the wire: `{"amount": "101.70", "code": "USD"}`.

use money::{Currency, Decimal, Money};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Breach;
use super::scalar::Scalar;

/// An amount and its code; both blank where FreshBooks gives null, nothing or `""`.
#[derive(Debug, Default)]
pub(super) struct Amount {
    amount: Scalar,
    code: Scalar,
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Parts {
            amount: Scalar,
            code: Scalar,
        }
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        if matches!(raw.get(), "null" | "\"\"") {
            return Ok(Self::default());
        }
        let Parts { amount, code } = serde_json::from_str(raw.get()).map_err(D::Error::custom)?;
        Ok(Self { amount, code })
    }
}

impl Amount {
    /// The currency, where one is given.
    pub(super) fn currency(&self, what: &str) -> Result<Option<Currency>, Breach> {
        currency(&self.code, &format!("currency of {what}"))
    }

    /// The amount, where there is one, after checking that it is in `expected`: a line in another
    /// currency than its document would be added up as if it were the same money.
    pub(super) fn in_currency(
        &self,
        expected: Currency,
        what: &str,
    ) -> Result<Option<Decimal>, Breach> {
        match self.currency(what)? {
            Some(found) if found != expected => Err(Breach::new(format_args!(
                "the {what} is in {found}, the document in {expected}"
            ))),
            _ => self.amount.decimal(what),
        }
    }

    /// The same where the amount must be there.
    pub(super) fn required_in(&self, expected: Currency, what: &str) -> Result<Decimal, Breach> {
        self.in_currency(expected, what)?
            .ok_or_else(|| Breach::missing(what))
    }

    /// The amount of a record that says its currency nowhere else.
    pub(super) fn with_its_currency(&self, what: &str) -> Result<Money, Breach> {
        let currency = self
            .currency(what)?
            .ok_or_else(|| Breach::missing("currency"))?;
        Ok(Money::new(self.required_in(currency, what)?, currency))
    }
}

/// A currency code, where there is one.
pub(super) fn currency(code: &Scalar, what: &str) -> Result<Option<Currency>, Breach> {
    let Some(text) = code.filled() else {
        return Ok(None);
    };
    text.parse()
        .map(Some)
        .map_err(|_| Breach::odd(what, text, "a currency code"))
}
