//! What has to hold for a write, and what it changes.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::store::{Item, number};

/// A condition on a write.
pub(crate) struct Condition {
    expression: &'static str,
    values: Option<Item>,
}

impl Condition {
    /// The item must not exist.
    pub(crate) fn absent() -> Self {
        Self {
            expression: "attribute_not_exists(pk)",
            values: None,
        }
    }

    /// The item must not exist (`version` 0) or stand at exactly this version.
    pub(crate) fn version(version: u64) -> Self {
        if version == 0 {
            return Self::absent();
        }
        Self {
            expression: "version = :seen",
            values: Some(HashMap::from([(":seen".to_owned(), number(version))])),
        }
    }

    /// The item must stand at exactly this version, or have none (0): because there is no such item, or
    /// because it was written before items of its kind had versions.
    pub(crate) fn version_or_none(version: u64) -> Self {
        if version > 0 {
            return Self::version(version);
        }
        Self {
            expression: "attribute_not_exists(version)",
            values: None,
        }
    }

    pub(crate) fn into_parts(self) -> (&'static str, Option<Item>) {
        (self.expression, self.values)
    }
}

/// A change of an item, or only a look at it, under a condition.
pub(crate) struct Change {
    pub(crate) expression: &'static str,
    pub(crate) condition: &'static str,
    pub(crate) names: Option<HashMap<String, String>>,
    pub(crate) values: Item,
}

impl Change {
    /// The update `expression` where `condition` holds.
    pub(crate) fn update(expression: &'static str, condition: &'static str) -> Self {
        Self {
            expression,
            condition,
            names: None,
            values: HashMap::new(),
        }
    }

    /// No change: only that `condition` holds.
    pub(crate) fn check(condition: &'static str) -> Self {
        Self::update("", condition)
    }

    /// What `name` stands for in the expressions. Many plain names are reserved words.
    pub(crate) fn named(mut self, name: &str, attribute: &str) -> Self {
        self.names
            .get_or_insert_default()
            .insert(name.to_owned(), attribute.to_owned());
        self
    }

    /// The value that `name` stands for.
    pub(crate) fn with(mut self, name: &str, value: AttributeValue) -> Self {
        self.values.insert(name.to_owned(), value);
        self
    }
}
