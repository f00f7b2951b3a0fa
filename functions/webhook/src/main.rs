//! The webhook function: builds its clients once and hands over.

use std::sync::Arc;

use clock::{SharedClock, SystemClock};
use lambda_http::{Error, Request, run, service_fn};
use ledger::Ledger;
use queue::Queue;
use startup::setting;
use vault::{OfferVault, VerifierVault};
use webhook::Webhook;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    startup::log_as_json();
    let aws = startup::aws().await;
    let clock: SharedClock = Arc::new(SystemClock);
    let table: String = setting("TABLE_NAME")?;
    let queue: String = setting("QUEUE_URL")?;
    let ledger = Ledger::new(aws_sdk_dynamodb::Client::new(&aws), table, clock.clone());
    let kms = aws_sdk_kms::Client::new(&aws);
    let vault = VerifierVault::new(ledger.clone(), kms.clone());
    let offers = OfferVault::new(ledger, kms, setting::<String>("KEY_ID")?);
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws), queue);
    let webhook = Webhook::new(vault, offers, queue, clock);
    run(service_fn(async |request: Request| {
        webhook.receive(request).await
    }))
    .await
}
