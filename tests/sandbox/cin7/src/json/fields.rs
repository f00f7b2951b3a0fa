//! Reading a JSON object attribute by attribute.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::refusal::Refusal;

/// No amount of a small business is larger, and arithmetic on smaller ones cannot overflow.
const LARGEST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0); // 10^12

/// The attributes of one JSON object, not yet read.
///
/// Attributes nobody asks for are dropped without a word, as Cin7 does. `null` reads as absent. A
/// value of the wrong type makes the body unreadable: status 500.
#[derive(Debug)]
pub(crate) struct Fields(BTreeMap<String, Box<RawValue>>);

impl Fields {
    /// Reads a request body.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(body)
            .map(Self)
            .map_err(|error| Refusal::unreadable(format!("Request body is not valid: {error}")))
    }

    /// Whether the attribute is there, and neither `null` nor the empty text.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.given(name).is_some_and(|value| value.get() != "\"\"")
    }

    /// Whether the attribute is there, possibly as the empty text.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.given(name).is_some()
    }

    /// A text of at most `longest` characters.
    pub(crate) fn text(&self, name: &str, longest: usize) -> Result<Option<String>, Refusal> {
        let Some(text) = self.value::<String>(name)? else {
            return Ok(None);
        };
        if text.chars().count() > longest {
            let sentence = format!("Attribute {name} is longer than {longest} characters.");
            return Err(Refusal::invalid(sentence));
        }
        Ok(Some(text))
    }

    /// A number with at most `places` decimals; the samples send some as text, so both are read.
    pub(crate) fn number(&self, name: &str, places: u32) -> Result<Option<Decimal>, Refusal> {
        let Some(value) = self.given(name) else {
            return Ok(None);
        };
        let digits = value.get().trim_matches('"');
        let number = Decimal::from_str_exact(digits)
            .or_else(|_| Decimal::from_scientific(digits))
            .map_err(|_| self.unreadable(name))?;
        if number.normalize().scale() > places {
            let sentence = format!("Attribute {name} has more than {places} decimal places.");
            return Err(Refusal::invalid(sentence));
        }
        if number.abs() > LARGEST {
            return Err(Refusal::invalid(format!("Attribute {name} is too large.")));
        }
        Ok(Some(number))
    }

    /// A truth value, as such or as text.
    pub(crate) fn truth(&self, name: &str) -> Result<Option<bool>, Refusal> {
        let Some(value) = self.given(name) else {
            return Ok(None);
        };
        match value.get().trim_matches('"').to_ascii_lowercase().as_str() {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(self.unreadable(name)),
        }
    }

    /// A GUID.
    pub(crate) fn guid(&self, name: &str) -> Result<Option<Uuid>, Refusal> {
        let Some(text) = self.value::<String>(name)?.filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        Uuid::from_str(&text)
            .map(Some)
            .map_err(|_| self.unreadable(name))
    }

    /// A calendar date: the time of day and a final `Z` are read over, nothing is shifted.
    pub(crate) fn date(&self, name: &str) -> Result<Option<Date>, Refusal> {
        let Some(text) = self.value::<String>(name)?.filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        DateTime::from_str(text.trim_end_matches('Z'))
            .map(|moment| Some(moment.date()))
            .map_err(|_| self.unreadable(name))
    }

    /// A nested object.
    pub(crate) fn object(&self, name: &str) -> Result<Option<Self>, Refusal> {
        Ok(self.value(name)?.map(Self))
    }

    /// A list of objects.
    pub(crate) fn objects(&self, name: &str) -> Result<Option<Vec<Self>>, Refusal> {
        let list: Option<Vec<_>> = self.value(name)?;
        Ok(list.map(|list| list.into_iter().map(Self).collect()))
    }

    fn given(&self, name: &str) -> Option<&RawValue> {
        self.0
            .get(name)
            .map(AsRef::as_ref)
            .filter(|value| value.get() != "null")
    }

    fn value<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Refusal> {
        let Some(value) = self.given(name) else {
            return Ok(None);
        };
        serde_json::from_str(value.get())
            .map(Some)
            .map_err(|_| self.unreadable(name))
    }

    fn unreadable(&self, name: &str) -> Refusal {
        Refusal::unreadable(format!("Could not convert the value of attribute {name}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Fields {
        Fields::parse(body.as_bytes()).unwrap()
    }

    #[test]
    fn the_largest_amount_is_a_million_millions() {
        assert_eq!(LARGEST, Decimal::from(1_000_000_000_000_i64));
    }

    #[test]
    fn a_number_keeps_every_digit_it_was_sent_with() {
        let fields = read(r#"{"Price": 0.1000, "Rate": "1.10"}"#);
        assert_eq!(
            fields.number("Price", 4).unwrap().unwrap().to_string(),
            "0.1000"
        );
        assert_eq!(
            fields.number("Rate", 5).unwrap().unwrap().to_string(),
            "1.10"
        );
    }

    #[test]
    fn a_document_date_is_the_day_it_says_with_or_without_a_zone() {
        let fields = read(r#"{"A": "2026-03-01T23:59:59.999Z", "B": "2026-03-01"}"#);
        assert_eq!(fields.date("A").unwrap(), fields.date("B").unwrap());
    }

    #[test]
    fn a_value_of_the_wrong_type_makes_the_body_unreadable() {
        let fields = read(r#"{"Price": [1], "Name": 7}"#);
        assert_eq!(fields.number("Price", 4).unwrap_err().reply().status, 500);
        assert_eq!(fields.text("Name", 9).unwrap_err().reply().status, 500);
    }
}
