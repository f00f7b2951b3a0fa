//! The handle on the table and its few ways to read and write.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use clock::SharedClock;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::conditions::{Change, Condition};

/// An item as the SDK knows it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The ledger table. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Ledger {
    pub(crate) client: Client,
    pub(crate) table: String,
    pub(crate) clock: SharedClock,
}

impl Ledger {
    /// A handle on `table`; nothing is read.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>, clock: SharedClock) -> Self {
        Self {
            client,
            table: table.into(),
            clock,
        }
    }

    /// The clock that the ledger's times come from.
    #[must_use]
    pub fn clock(&self) -> &SharedClock {
        &self.clock
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Reads one item, strongly consistent.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        pk: &str,
        sk: &str,
    ) -> Result<Option<T>, Error> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| Error::unavailable(&error))?;
        answer.item.map(|item| read(item, pk, sk)).transpose()
    }

    /// Writes one item; `condition` is a DynamoDB condition with its values.
    pub(crate) async fn put<T: Serialize>(
        &self,
        pk: &str,
        sk: &str,
        value: &T,
        condition: Option<Condition>,
    ) -> Result<(), Error> {
        let mut put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item(pk, sk, value)?));
        if let Some(condition) = condition {
            let (expression, values) = condition.into_parts();
            put = put
                .condition_expression(expression)
                .set_expression_attribute_values(values);
        }
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(match error.as_service_error() {
                Some(refused) if refused.is_conditional_check_failed_exception() => {
                    Error::Conflict(format!("{pk} {sk}"))
                }
                _ => Error::unavailable(&error),
            }),
        }
    }

    /// Changes one item under a condition. `false` where the condition does not hold.
    pub(crate) async fn update(&self, pk: &str, sk: &str, change: Change) -> Result<bool, Error> {
        let updated = self
            .client
            .update_item()
            .table_name(&self.table)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .update_expression(change.expression)
            .condition_expression(change.condition)
            .set_expression_attribute_names(change.names)
            .set_expression_attribute_values(Some(change.values))
            .send()
            .await;
        match updated {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(refused) if refused.is_conditional_check_failed_exception() => Ok(false),
                _ => Err(Error::unavailable(&error)),
            },
        }
    }

    /// Deletes one item and returns what it was; none where there was none.
    pub(crate) async fn delete(&self, pk: &str, sk: &str) -> Result<Option<Item>, Error> {
        let answer = self
            .client
            .delete_item()
            .table_name(&self.table)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .return_values(ReturnValue::AllOld)
            .send()
            .await
            .map_err(|error| Error::unavailable(&error))?;
        Ok(answer.attributes.filter(|row| !row.is_empty()))
    }

    /// Reads every item of a partition whose sort key starts with `prefix`, strongly consistent.
    pub(crate) async fn query<T: DeserializeOwned>(
        &self,
        pk: &str,
        prefix: &str,
    ) -> Result<Vec<T>, Error> {
        let rows = self.rows(pk, prefix).await?;
        rows.into_iter().map(|row| read(row, pk, prefix)).collect()
    }

    /// The same items as they stand, each with what follows `prefix` in its sort key.
    pub(crate) async fn named_rows(
        &self,
        pk: &str,
        prefix: &str,
    ) -> Result<Vec<(String, Item)>, Error> {
        let rows = self.rows(pk, prefix).await?;
        let name = |row: &Item| Some(row.get("sk")?.as_s().ok()?.strip_prefix(prefix)?.to_owned());
        Ok(rows
            .into_iter()
            .filter_map(|row| Some((name(&row)?, row)))
            .collect())
    }

    async fn rows(&self, pk: &str, prefix: &str) -> Result<Vec<Item>, Error> {
        let mut pages = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(pk))
            .expression_attribute_values(":prefix", text(prefix))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut found = Vec::new();
        while let Some(item) = pages.next().await {
            found.push(item.map_err(|error| Error::unavailable(&error))?);
        }
        Ok(found)
    }
}

/// Anything as the value of an attribute.
pub(crate) fn value<T: Serialize>(value: T) -> Result<AttributeValue, Error> {
    serde_dynamo::to_attribute_value(value).map_err(|error| Error::corrupt("value", error))
}

pub(crate) fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

pub(crate) fn number(value: u64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A value as an item under its keys.
pub(crate) fn item<T: Serialize>(pk: &str, sk: &str, value: &T) -> Result<Item, Error> {
    let mut item: Item = serde_dynamo::to_item(value)
        .map_err(|error| Error::corrupt(&format!("{pk} {sk}"), error))?;
    item.insert("pk".to_owned(), text(pk));
    item.insert("sk".to_owned(), text(sk));
    Ok(item)
}

pub(crate) fn read<T: DeserializeOwned>(item: Item, pk: &str, sk: &str) -> Result<T, Error> {
    serde_dynamo::from_item(item).map_err(|error| Error::corrupt(&format!("{pk} {sk}"), error))
}
