//! DynamoDB, as far as this project leans on it.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, Put,
    ScalarAttributeType, TimeToLiveSpecification, TransactWriteItem,
};
use local_aws::{Fault, Service};

use crate::support::start;

pub(crate) async fn table(dynamodb: &Client) {
    let key = AttributeDefinition::builder().attribute_name("pk");
    let key = key.attribute_type(ScalarAttributeType::S).build().unwrap();
    let schema = KeySchemaElement::builder()
        .attribute_name("pk")
        .key_type(KeyType::Hash);
    let request = dynamodb
        .create_table()
        .table_name("table")
        .attribute_definitions(key);
    let request = request.key_schema(schema.build().unwrap());
    request
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
}

pub(crate) fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

pub(crate) async fn is_there(dynamodb: &Client, key: &str) -> bool {
    let request = dynamodb.get_item().table_name("table").key("pk", text(key));
    request.send().await.unwrap().item.is_some()
}

#[tokio::test]
async fn a_condition_holds_and_a_failed_one_is_named() {
    let (aws, _) = start().await;
    let dynamodb = aws.dynamodb();
    table(&dynamodb).await;
    let put = dynamodb
        .put_item()
        .table_name("table")
        .item("pk", text("a"));
    let put = put.condition_expression("attribute_not_exists(pk)");
    put.clone().send().await.unwrap();
    let error = put.send().await.unwrap_err().into_service_error();
    assert!(error.is_conditional_check_failed_exception());
}

#[tokio::test]
async fn a_transaction_writes_all_or_nothing() {
    let (aws, _) = start().await;
    let dynamodb = aws.dynamodb();
    table(&dynamodb).await;
    let put = |key: &str| {
        let put = Put::builder().table_name("table").item("pk", text(key));
        let put = put
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .unwrap();
        TransactWriteItem::builder().put(put).build()
    };
    let write = |items| {
        dynamodb
            .transact_write_items()
            .set_transact_items(Some(items))
            .send()
    };
    write(vec![put("a"), put("b")]).await.unwrap();
    let error = write(vec![put("c"), put("a")])
        .await
        .unwrap_err()
        .into_service_error();
    assert!(error.is_transaction_canceled_exception());
    assert!(!is_there(&dynamodb, "c").await);
}

#[tokio::test]
async fn a_transaction_conflict_can_be_injected_with_a_reason_per_item() {
    let (aws, _) = start().await;
    let dynamodb = aws.dynamodb();
    table(&dynamodb).await;
    aws.fail_next(
        Service::DynamoDb,
        "TransactWriteItems",
        Fault::ConflictNotApplied,
    );
    let put = Put::builder()
        .table_name("table")
        .item("pk", text("a"))
        .build()
        .unwrap();
    let item = TransactWriteItem::builder().put(put).build();
    let request = dynamodb.transact_write_items().transact_items(item);
    let error = request
        .clone()
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(
        cancelled,
    ) = error
    else {
        panic!("another error: {error}");
    };
    assert_eq!(
        cancelled.cancellation_reasons()[0].code(),
        Some("TransactionConflict")
    );
    request.send().await.unwrap();
}

#[tokio::test]
async fn an_item_past_its_time_to_live_goes_with_the_next_sweep() {
    let (aws, clock) = start().await;
    let dynamodb = aws.dynamodb();
    table(&dynamodb).await;
    let setting = TimeToLiveSpecification::builder()
        .attribute_name("ttl")
        .enabled(true);
    let request = dynamodb.update_time_to_live().table_name("table");
    request
        .time_to_live_specification(setting.build().unwrap())
        .send()
        .await
        .unwrap();
    // 2026-03-02T10:00:00Z, an hour from now on the test's clock.
    let put = dynamodb
        .put_item()
        .table_name("table")
        .item("pk", text("a"));
    put.item("ttl", AttributeValue::N("1772445600".into()))
        .send()
        .await
        .unwrap();
    assert_eq!(aws.sweep_ttl().unwrap(), 0);
    clock.advance(Duration::from_hours(2));
    assert_eq!(aws.sweep_ttl().unwrap(), 1);
    assert!(!is_there(&dynamodb, "a").await);
}
