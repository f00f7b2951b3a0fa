//! One plain value, however FreshBooks happened to write it.

use jiff::civil::Date;
use money::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Breach;

/// A text, number or flag, kept as the characters it was written with.
///
/// FreshBooks writes ids and rates as text or as numbers, and uses null, absence and `""` for the
/// same thing (docs/freshbooks-api.md, ids and shape drift). A number is taken digit by digit from the JSON
/// text, because a float would change money.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scalar(String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        match raw.get().as_bytes() {
            b"null" => Ok(Self::default()),
            [b'"', ..] => serde_json::from_str(raw.get())
                .map(Self)
                .map_err(D::Error::custom),
            [b'{' | b'[', ..] => Err(D::Error::custom("expected one value, found several")),
            _ => Ok(Self(raw.get().to_owned())),
        }
    }
}

impl Scalar {
    /// The text as it stands; empty where FreshBooks gives none.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// The text without blanks around it.
    pub(super) fn trimmed(&self) -> &str {
        self.0.trim()
    }

    /// The trimmed text, where there is any.
    pub(super) fn filled(&self) -> Option<&str> {
        Some(self.trimmed()).filter(|text| !text.is_empty())
    }

    /// The id, where there is one: 0 stands for none (docs/freshbooks-api.md, ids and shape drift).
    pub(super) fn id(&self) -> Option<&str> {
        self.filled().filter(|&id| id != "0")
    }

    /// Whether the value is yes, in whatever spelling.
    pub(super) fn is_true(&self) -> bool {
        ["true", "yes", "1"]
            .iter()
            .any(|yes| self.trimmed().eq_ignore_ascii_case(yes))
    }

    /// The decimal number, where there is one.
    pub(super) fn decimal(&self, what: &str) -> Result<Option<Decimal>, Breach> {
        let Some(text) = self.filled() else {
            return Ok(None);
        };
        let parsed = if text.contains(['e', 'E']) {
            Decimal::from_scientific(text)
        } else {
            text.parse()
        };
        parsed
            .map(Some)
            .map_err(|_| Breach::odd(what, text, "a number"))
    }

    /// The whole number, where there is one.
    pub(super) fn whole(&self, what: &str) -> Result<Option<i64>, Breach> {
        let Some(text) = self.filled() else {
            return Ok(None);
        };
        text.parse()
            .map(Some)
            .map_err(|_| Breach::odd(what, text, "a whole number"))
    }

    /// The calendar day, where there is one. It has no zone and is never shifted
    /// (docs/freshbooks-api.md, dates and time zones).
    pub(super) fn date(&self, what: &str) -> Result<Option<Date>, Breach> {
        let Some(text) = self.filled() else {
            return Ok(None);
        };
        Date::strptime("%Y-%m-%d", text)
            .map(Some)
            .map_err(|_| Breach::odd(what, text, "a calendar day"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(json: &str) -> Scalar {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_number_keeps_every_digit_it_was_written_with() {
        for json in [
            "0.1000000000000000055",
            "9007199254740993",
            "\"0.1000000000000000055\"",
        ] {
            let digits = json.trim_matches('"');
            assert_eq!(
                scalar(json).decimal("x").unwrap().unwrap().to_string(),
                digits
            );
        }
        assert_eq!(
            scalar("1.5e2").decimal("x").unwrap(),
            Some(Decimal::from(150))
        );
    }

    #[test]
    fn null_and_empty_text_are_the_same_nothing() {
        for json in ["null", "\"\"", "\"  \""] {
            let scalar = scalar(json);
            assert_eq!(scalar.filled(), None);
            assert_eq!(scalar.decimal("x").unwrap(), None);
            assert_eq!(scalar.date("x").unwrap(), None);
        }
    }

    #[test]
    fn an_id_is_text_or_a_number_and_zero_is_none() {
        assert_eq!(scalar("202155").id(), Some("202155"));
        assert_eq!(scalar("\"202155\"").id(), Some("202155"));
        assert_eq!(scalar("0").id(), None);
        assert_eq!(scalar("\"0\"").id(), None);
    }

    #[test]
    fn a_flag_is_set_in_any_spelling_of_yes() {
        for json in ["true", "1", "\"true\"", "\"True\"", "\" YES \"", "\"1\""] {
            assert!(scalar(json).is_true(), "{json}");
        }
        for json in ["false", "0", "null", "\"\"", "\"False\"", "\"no\""] {
            assert!(!scalar(json).is_true(), "{json}");
        }
    }

    #[test]
    fn what_is_no_number_or_day_is_named_in_the_breach() {
        insta::assert_snapshot!(
            scalar("\"1,000.00\"").decimal("total").unwrap_err(),
            @r#"the total is "1,000.00", not a number"#
        );
        insta::assert_snapshot!(
            scalar("\"2026-02-30\"").date("due date").unwrap_err(),
            @r#"the due date is "2026-02-30", not a calendar day"#
        );
        insta::assert_snapshot!(
            scalar("1.5").whole("days until due").unwrap_err(),
            @r#"the days until due is "1.5", not a whole number"#
        );
    }

    #[test]
    fn an_object_is_not_one_value() {
        assert!(serde_json::from_str::<Scalar>("{}").is_err());
        assert!(serde_json::from_str::<Scalar>("[]").is_err());
    }
}
