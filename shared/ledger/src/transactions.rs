//! Writes that happen together or not at all.
//!
//! The SDK gives each transaction a token of its own, so one whose answer was lost is not taken for
//! somebody else's when it is sent again.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{ConditionCheck, Put, TransactWriteItem, Update};

use crate::conditions::{Change, Condition};
use crate::error::describe;
use crate::store::{Item, text};
use crate::{Error, Ledger};

impl Ledger {
    /// Runs a transaction; `what` names it where a condition does not hold.
    pub(crate) async fn transact(
        &self,
        writes: Vec<TransactWriteItem>,
        what: &str,
    ) -> Result<(), Error> {
        let written = self
            .client
            .transact_write_items()
            .set_transact_items(Some(writes))
            .send()
            .await;
        written.map(|_| ()).map_err(|error| refusal(&error, what))
    }

    /// Changes one item under its condition and, where given, a condition on another item of the same
    /// partition. `false` where one of them does not hold; nothing is written then.
    pub(crate) async fn flip(
        &self,
        pk: &str,
        sk: &str,
        change: Change,
        also: Option<(&str, Change)>,
    ) -> Result<bool, Error> {
        let mut writes = vec![self.one_update(pk, sk, change)?];
        if let Some((sk, check)) = also {
            writes.push(self.one_check(pk, sk, check)?);
        }
        match self.transact(writes, pk).await {
            Ok(()) => Ok(true),
            Err(Error::Conflict(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn one_put(
        &self,
        item: Item,
        condition: Option<Condition>,
    ) -> Result<TransactWriteItem, Error> {
        let (expression, values) = condition.map(Condition::into_parts).unzip();
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .set_condition_expression(expression.map(str::to_owned))
            .set_expression_attribute_values(values.flatten())
            .build()
            .map_err(|error| Error::corrupt("transaction", error))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    fn one_update(&self, pk: &str, sk: &str, change: Change) -> Result<TransactWriteItem, Error> {
        let update = Update::builder()
            .table_name(&self.table)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .update_expression(change.expression)
            .condition_expression(change.condition)
            .set_expression_attribute_names(change.names)
            .set_expression_attribute_values(Some(change.values))
            .build()
            .map_err(|error| Error::corrupt("transaction", error))?;
        Ok(TransactWriteItem::builder().update(update).build())
    }

    fn one_check(&self, pk: &str, sk: &str, check: Change) -> Result<TransactWriteItem, Error> {
        let check = ConditionCheck::builder()
            .table_name(&self.table)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .condition_expression(check.condition)
            .set_expression_attribute_names(check.names)
            .set_expression_attribute_values(Some(check.values))
            .build()
            .map_err(|error| Error::corrupt("transaction", error))?;
        Ok(TransactWriteItem::builder().condition_check(check).build())
    }
}

/// A transaction is cancelled for a failed condition or for load; only the first is a conflict.
fn refusal<R: std::fmt::Debug>(error: &SdkError<TransactWriteItemsError, R>, what: &str) -> Error {
    let conflicts = |code: Option<&str>| matches!(code, Some("ConditionalCheckFailed"));
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled))
            if cancelled
                .cancellation_reasons()
                .iter()
                .any(|reason| conflicts(reason.code())) =>
        {
            Error::Conflict(what.to_owned())
        }
        _ => Error::Unavailable(describe(error)),
    }
}
