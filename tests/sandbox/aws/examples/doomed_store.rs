//! For the test of what a data folder keeps: fills the folder it is given, holds a message, prints a
//! ciphertext in base64, and then waits to be killed.

use std::error::Error;

use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType,
    ScalarAttributeType,
};
use aws_sdk_kms::primitives::Blob;
use aws_sdk_sqs::types::QueueAttributeName;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use local_aws::{LocalAws, Options};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name a folder")?;
    let options = Options {
        data: Some(folder.into()),
        ..Options::default()
    };
    let aws = LocalAws::start(options).await?;
    write_item(&aws.dynamodb()).await?;
    hold_message(&aws.sqs()).await?;

    let kms = aws.kms();
    let key = kms
        .create_key()
        .send()
        .await?
        .key_metadata
        .ok_or("no key")?
        .key_id;
    let sealed = kms
        .encrypt()
        .key_id(key)
        .plaintext(Blob::new("secret"))
        .send()
        .await?;
    println!(
        "{}",
        BASE64_STANDARD.encode(sealed.ciphertext_blob.ok_or("no ciphertext")?)
    );
    std::future::pending().await
}

async fn write_item(dynamodb: &aws_sdk_dynamodb::Client) -> Result<(), Box<dyn Error>> {
    let key = AttributeDefinition::builder().attribute_name("pk");
    let schema = KeySchemaElement::builder()
        .attribute_name("pk")
        .key_type(KeyType::Hash);
    let request = dynamodb
        .create_table()
        .table_name("table")
        .key_schema(schema.build()?);
    let request =
        request.attribute_definitions(key.attribute_type(ScalarAttributeType::S).build()?);
    request
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await?;
    let item = AttributeValue::S("a".to_owned());
    dynamodb
        .put_item()
        .table_name("table")
        .item("pk", item)
        .send()
        .await?;
    Ok(())
}

async fn hold_message(sqs: &aws_sdk_sqs::Client) -> Result<(), Box<dyn Error>> {
    let request = sqs.create_queue().queue_name("q.fifo");
    let request = request.attributes(QueueAttributeName::FifoQueue, "true");
    let queue = request.send().await?.queue_url.ok_or("no queue")?;
    for body in ["1", "2"] {
        let request = sqs.send_message().queue_url(&queue).message_body(body);
        request
            .message_group_id("a")
            .message_deduplication_id(body)
            .send()
            .await?;
    }
    sqs.receive_message().queue_url(&queue).send().await?;
    Ok(())
}
