//! Decimals as JSON numbers, digit by digit.

use money::Decimal;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

/// A decimal sent as a JSON number with exactly its digits. A float never stands in between: it
/// would send 1.1 for 1.10, and worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.to_string())
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lenient::Amount;

    proptest! {
        #[test]
        fn a_number_keeps_every_digit_both_ways(units in any::<i64>(), places in 0_u32..=10) {
            let number = Decimal::new(units, places);
            let sent = serde_json::to_string(&Number(number)).unwrap();
            prop_assert_eq!(&sent, &number.to_string());
            let read: Amount = serde_json::from_str(&sent).unwrap();
            prop_assert_eq!(read.0.map(|read| read.to_string()), Some(sent));
        }
    }
}
