//! From received messages to the event that Lambda would send.

use std::collections::HashMap;

use aws_lambda_events::encodings::Base64Data;
use aws_lambda_events::sqs::{SqsEvent, SqsMessage, SqsMessageAttribute};
use aws_sdk_sqs::types::{Message, MessageAttributeValue};

use crate::{ACCOUNT, REGION};

pub(super) fn event(messages: &[Message], queue_url: &str) -> SqsEvent {
    let queue = queue_url.rsplit('/').next().unwrap_or(queue_url);
    let arn = format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}");
    let mut event = SqsEvent::default();
    event.records = messages
        .iter()
        .map(|message| record(message, &arn))
        .collect();
    event
}

fn record(message: &Message, queue_arn: &str) -> SqsMessage {
    let mut record = SqsMessage::default();
    record.message_id = message.message_id.clone();
    record.receipt_handle = message.receipt_handle.clone();
    record.body = message.body.clone();
    record.md5_of_body = message.md5_of_body.clone();
    record.md5_of_message_attributes = message.md5_of_message_attributes.clone();
    record.attributes = texts(message);
    record.message_attributes = attributes(message);
    record.event_source_arn = Some(queue_arn.to_owned());
    record.event_source = Some("aws:sqs".to_owned());
    record.aws_region = Some(REGION.to_owned());
    record
}

fn texts(message: &Message) -> HashMap<String, String> {
    let attributes = message.attributes.iter().flatten();
    attributes
        .map(|(name, value)| (name.as_str().to_owned(), value.clone()))
        .collect()
}

fn attributes(message: &Message) -> HashMap<String, SqsMessageAttribute> {
    let attributes = message.message_attributes.iter().flatten();
    attributes
        .map(|(name, value)| (name.clone(), attribute(value)))
        .collect()
}

fn attribute(value: &MessageAttributeValue) -> SqsMessageAttribute {
    let mut attribute = SqsMessageAttribute::default();
    attribute.string_value = value.string_value.clone();
    attribute.binary_value = value.binary_value.as_ref().map(|blob| {
        let mut data = Base64Data::default();
        data.0 = blob.as_ref().to_vec();
        data
    });
    attribute.data_type = Some(value.data_type.clone());
    attribute
}
