//! A JSON document kept whole, its numbers digit by digit.

use std::collections::BTreeMap;

use money::Decimal;
use serde_json::value::RawValue;

use crate::lenient;

/// No document of Cin7's is nested nearly as deeply; without an end a text could exhaust the stack.
const DEEPEST: usize = 32;

/// A value of a JSON document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Null,
    /// A text, without its quotes.
    Text(String),
    /// A number or a boolean, as it was written.
    Bare(String),
    List(Vec<Node>),
    Fields(BTreeMap<String, Node>),
}

impl Node {
    /// Reads a document.
    ///
    /// # Errors
    /// When the text is no JSON, or is nested too deeply.
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
        let raw: &RawValue = serde_json::from_str(text)?;
        Self::below(raw, DEEPEST)
    }

    fn below(raw: &RawValue, levels: usize) -> Result<Self, serde_json::Error> {
        use serde::de::Error;

        let Some(levels) = levels.checked_sub(1) else {
            return Err(serde_json::Error::custom(
                "the document is nested too deeply",
            ));
        };
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'"') => Self::Text(serde_json::from_str(text)?),
            Some(b'n') => Self::Null,
            Some(b'[') => Self::List(
                serde_json::from_str::<Vec<&RawValue>>(text)?
                    .into_iter()
                    .map(|item| Self::below(item, levels))
                    .collect::<Result<_, _>>()?,
            ),
            Some(b'{') => Self::Fields(
                serde_json::from_str::<BTreeMap<String, &RawValue>>(text)?
                    .into_iter()
                    .map(|(name, value)| Ok((name, Self::below(value, levels)?)))
                    .collect::<Result<_, serde_json::Error>>()?,
            ),
            _ => Self::Bare(text.to_owned()),
        })
    }

    /// The field of that name, unless it is absent or null.
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Fields(fields) => fields.get(name).filter(|field| **field != Self::Null),
            _ => None,
        }
    }

    /// Every field, by name.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &Self)> {
        let fields = match self {
            Self::Fields(fields) => Some(fields),
            _ => None,
        };
        fields
            .into_iter()
            .flatten()
            .map(|(name, field)| (name.as_str(), field))
    }

    /// The items of a list; of anything else none.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The items of the list of that name; none where there is no such list.
    pub(crate) fn items_of(&self, name: &str) -> &[Self] {
        self.field(name).map_or(&[], Self::items)
    }

    /// A single value as text without blanks around it; empty for null, lists and objects.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Bare(text) => text.trim(),
            Self::Null | Self::List(_) | Self::Fields(_) => "",
        }
    }

    /// The field of that name as text; empty where there is none.
    pub(crate) fn text_of(&self, name: &str) -> &str {
        self.field(name).map_or("", Self::text)
    }

    /// A number, bare or as text (docs/cin7-api.md, numbers).
    pub(crate) fn number(&self) -> Option<Decimal> {
        lenient::decimal(self.text())
    }

    /// The field of that name as a number.
    pub(crate) fn number_of(&self, name: &str) -> Option<Decimal> {
        self.field(name).and_then(Self::number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_kept_with_the_digits_of_its_numbers() {
        let document = Node::read(
            r#" {"A":"x\"y","B":100.10,"C":null,"D":[1e2,"7",true],"E":{"F":0.1234567890123456789}} "#,
        )
        .unwrap();
        assert_eq!(document.text_of("A"), "x\"y");
        assert_eq!(document.number_of("B"), Some(Decimal::new(10010, 2)));
        assert_eq!(document.field("C"), None);
        let numbers: Vec<_> = document.items_of("D").iter().map(Node::number).collect();
        assert_eq!(
            numbers,
            [Some(Decimal::ONE_HUNDRED), Some(Decimal::from(7)), None]
        );
        let deep = document.field("E").unwrap();
        assert_eq!(deep.text_of("F"), "0.1234567890123456789");
        let names: Vec<&str> = document.fields().map(|(name, _)| name).collect();
        assert_eq!(names, ["A", "B", "C", "D", "E"]);
    }

    #[test]
    fn what_is_asked_of_the_wrong_kind_of_value_is_not_there() {
        let list = Node::read("[1]").unwrap();
        assert_eq!((list.text(), list.number()), ("", None));
        assert_eq!(list.field("A"), None);
        assert_eq!(list.fields().count(), 0);
        assert!(Node::read("1").unwrap().items().is_empty());
        assert!(Node::read("{}").unwrap().items_of("Lines").is_empty());
    }

    #[test]
    fn a_document_without_an_end_of_nesting_is_not_read() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(Node::read(&nested(DEEPEST)).is_ok());
        assert!(Node::read(&nested(DEEPEST + 1)).is_err());
        assert!(Node::read("{\"A\":").is_err());
    }
}
