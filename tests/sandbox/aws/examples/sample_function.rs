//! A function for the tests of the Runtime API. Its event says what it does.

use std::time::Duration;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<(), Error> {
    if std::env::var_os("REFUSE_TO_START").is_some() {
        std::process::exit(3);
    }
    run(service_fn(handle)).await
}

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    match event.payload["do"].as_str() {
        Some("fail") => Err("as asked".into()),
        Some("die") => std::process::exit(7),
        Some("hang") => {
            tokio::time::sleep(Duration::from_hours(1)).await;
            Ok(Value::Null)
        }
        _ => Ok(json!({
            "event": event.payload,
            "request_id": event.context.request_id,
            "function_arn": event.context.invoked_function_arn,
            "variable": std::env::var("GIVEN").ok(),
            "home": std::env::var("HOME").ok(),
        })),
    }
}
