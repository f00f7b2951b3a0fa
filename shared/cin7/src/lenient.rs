//! Reading single values the way Cin7 writes them: booleans, numbers and rates come bare or as
//! text, depending on the endpoint, and anything may be null (docs/cin7-api.md, numbers).

use money::Decimal;
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::value::RawValue;

/// A text; null is the empty text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Text(pub(crate) String);

impl Text {
    /// The text, unless there is nothing in it.
    pub(crate) fn filled(self) -> Option<String> {
        Some(self.0).filter(|text| !text.trim().is_empty())
    }

    /// Whether this status is `Active`, or none is stated.
    pub(crate) fn is_active_status(&self) -> bool {
        let status = self.0.trim();
        status.is_empty() || status.eq_ignore_ascii_case("active")
    }
}

/// A decimal with the digits that were sent; null and the empty text are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Amount(pub(crate) Option<Decimal>);

/// A boolean; null and the empty text are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flag(pub(crate) Option<bool>);

impl Flag {
    /// Whether it is stated and true.
    pub(crate) fn is_set(self) -> bool {
        self.0 == Some(true)
    }

    /// Whether it is stated and false. What a row leaves out forbids nothing: Cin7 refuses by
    /// itself what it does not want (docs/cin7-api.md, reference books).
    pub(crate) fn is_denied(self) -> bool {
        self.0 == Some(false)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(single_value(deserializer)?.unwrap_or_default()))
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = single_value(deserializer)?.unwrap_or_default();
        match text.trim() {
            "" => Ok(Self(None)),
            digits => decimal(digits)
                .map(|number| Self(Some(number)))
                .ok_or_else(|| D::Error::custom("a number is not one")),
        }
    }
}

/// The number that a text writes, with the digits it has there; blanks around it do not count.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    match text.trim() {
        digits if digits.contains(['e', 'E']) => Decimal::from_scientific(digits).ok(),
        digits => digits.parse().ok(),
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = single_value(deserializer)?.unwrap_or_default();
        match text.trim().to_ascii_lowercase().as_str() {
            "" => Ok(Self(None)),
            "true" | "1" => Ok(Self(Some(true))),
            "false" | "0" => Ok(Self(Some(false))),
            _ => Err(D::Error::custom("a boolean is neither true nor false")),
        }
    }
}

/// The text of a single value, or the digits of a bare one; none for null.
fn single_value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    match raw.get().as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw.get())
            .map(Some)
            .map_err(D::Error::custom),
        Some(b'{' | b'[') => Err(D::Error::custom(
            "a list or object stands for a single value",
        )),
        Some(b'n') => Ok(None),
        _ => Ok(Some(raw.get().to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_bare_or_as_text_and_keeps_its_digits() {
        for (json, digits) in [
            ("150.00", "150.00"),
            ("\"10.0000000000\"", "10.0000000000"),
            ("1e-2", "0.01"),
            ("\" 7 \"", "7"),
            ("100.0", "100.0"),
            ("\"100.00\"", "100.00"),
            ("1E+2", "100"),
            ("\"1e2\"", "100"),
            ("100.00000000000001", "100.00000000000001"),
            ("0.1234567890123456789", "0.1234567890123456789"),
        ] {
            let Amount(amount) = serde_json::from_str(json).unwrap();
            assert_eq!(amount.unwrap().to_string(), digits, "{json}");
        }
        for json in ["null", "\"\""] {
            assert_eq!(serde_json::from_str::<Amount>(json).unwrap(), Amount(None));
        }
        assert!(serde_json::from_str::<Amount>("\"many\"").is_err());
        assert!(serde_json::from_str::<Amount>("[1]").is_err());
    }

    #[test]
    fn a_boolean_is_read_bare_or_as_text() {
        for (json, flag) in [
            ("true", Some(true)),
            ("\"True\"", Some(true)),
            ("1", Some(true)),
            ("\"0\"", Some(false)),
            ("\"false\"", Some(false)),
            ("null", None),
        ] {
            assert_eq!(
                serde_json::from_str::<Flag>(json).unwrap(),
                Flag(flag),
                "{json}"
            );
        }
        assert!(serde_json::from_str::<Flag>("\"perhaps\"").is_err());
    }

    #[test]
    fn a_text_may_be_a_number_or_null() {
        assert_eq!(serde_json::from_str::<Text>("200").unwrap().0, "200");
        assert_eq!(serde_json::from_str::<Text>("null").unwrap().filled(), None);
    }
}
