//! The processor function: builds its clients once and hands over.

// Runtime layers around a look around SDK calls: one future, deeper than the default of 128.
#![recursion_limit = "256"]

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use clock::{SharedClock, SystemClock};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use ledger::Ledger;
use processor::Processor;
use startup::{setting, setting_or};
use sync::{Cin7Access, Cin7WriteAccess, Engine, Options};
use url::Url;
use vault::{KeyVault, TokenVault};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    startup::log_as_json();
    let aws = startup::aws().await;
    let clock: SharedClock = Arc::new(SystemClock);
    let http = sync::http::client(sync::http::Timeouts::default())?;
    let options = Options {
        retry: setting_or("RETRY_SCHEDULE", Options::default().retry)?,
        ..Options::default()
    };
    let freshbooks: Url = setting("FRESHBOOKS_URL")?;
    let ledger = Ledger::new(
        aws_sdk_dynamodb::Client::new(&aws),
        setting::<String>("TABLE_NAME")?,
        clock,
    );
    let kms = aws_sdk_kms::Client::new(&aws);
    let keys = KeyVault::new(ledger.clone(), kms.clone());
    let key_id: String = setting("KEY_ID")?;
    let tokens = TokenVault::new(
        ledger.clone(),
        kms,
        key_id,
        http.clone(),
        freshbooks.clone(),
    );
    let pace = sync::pace(
        setting_or("CIN7_LIMIT", 60)?,
        &setting_or("CIN7_WINDOW", "60s".to_owned())?,
    )?;
    let cin7 = Cin7Access::new(
        ledger.clone(),
        keys,
        http.clone(),
        setting("CIN7_URL")?,
        pace,
    );
    let api = freshbooks::Api::new(http, freshbooks);
    let engine = Engine::new(
        ledger.clone(),
        api,
        tokens,
        Cin7WriteAccess::new(cin7),
        options,
    );
    let sqs = aws_sdk_sqs::Client::new(&aws);
    let processor = Processor::new(engine, ledger, sqs, setting::<String>("QUEUE_URL")?);
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let deadline = event.context.deadline();
        processor
            .process(
                event.payload,
                &event.context.request_id,
                deadline.try_into()?,
            )
            .await
    }))
    .await
}
