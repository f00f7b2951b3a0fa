//! The poller function: builds its clients once and hands over.

// Runtime layers around a pass around SDK calls: one future, deeper than the default of 128.
#![recursion_limit = "256"]

use std::sync::Arc;

use clock::{SharedClock, SystemClock};
use connections::{Addresses, Desk, Parts, Upkeep};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use ledger::Ledger;
use poller::{Poller, Task};
use queue::Queue;
use schedules::{Place, Schedules};
use startup::{setting, setting_or};
use sync::{Backfills, CatchUps, Cin7Access, Options, TieOuts, Watch};
use vault::{KeyVault, TokenVault, Vault};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    startup::log_as_json();
    let aws = startup::aws().await;
    let clock: SharedClock = Arc::new(SystemClock);
    let http = sync::http::client(sync::http::Timeouts::default())?;
    let ledger = Ledger::new(
        aws_sdk_dynamodb::Client::new(&aws),
        setting::<String>("TABLE_NAME")?,
        clock,
    );
    let kms = aws_sdk_kms::Client::new(&aws);
    let keys = KeyVault::new(ledger.clone(), kms.clone());
    let pace = sync::pace(
        setting_or("CIN7_LIMIT", 60)?,
        &setting_or("CIN7_WINDOW", "60s".to_owned())?,
    )?;
    let cin7_url = setting("CIN7_URL")?;
    let cin7 = Cin7Access::new(ledger.clone(), keys, http.clone(), cin7_url, pace);
    let addresses = Addresses {
        freshbooks: setting("FRESHBOOKS_URL")?,
        // The poller sends nobody to consent.
        freshbooks_auth: setting("FRESHBOOKS_URL")?,
        public: setting("PUBLIC_URL")?,
    };
    let key_id: String = setting("KEY_ID")?;
    let freshbooks = addresses.freshbooks.clone();
    let api = freshbooks::Api::new(http.clone(), freshbooks.clone());
    let tokens = TokenVault::new(
        ledger.clone(),
        kms.clone(),
        &key_id,
        http.clone(),
        freshbooks,
    );
    let renewing = tokens.clone();
    let tie_outs = TieOuts::new(ledger.clone(), api.clone(), tokens.clone(), cin7.clone());
    let vault = Vault::new(ledger.clone(), kms, key_id);
    let place = Place {
        group: setting("SCHEDULE_GROUP")?,
        poller: setting("POLLER_ARN")?,
        role: setting("SCHEDULER_ROLE_ARN")?,
    };
    let desk = Desk::new(Parts {
        ledger: ledger.clone(),
        vault,
        tokens,
        cin7: cin7.clone(),
        schedules: Schedules::new(aws_sdk_scheduler::Client::new(&aws), place),
        http,
        addresses,
        random: startup::random,
    });
    let queue = Queue::new(
        aws_sdk_sqs::Client::new(&aws),
        setting::<String>("QUEUE_URL")?,
    );
    let catch_ups = CatchUps::new(ledger.clone(), api.clone(), renewing.clone());
    let backfills = Backfills::new(ledger.clone(), queue.clone(), api, renewing, pace);
    let watch = Watch::new(ledger, queue, cin7, Options::default());
    let poller = Poller::new(watch, Upkeep::new(desk), backfills, catch_ups, tie_outs);
    run(service_fn(async |event: LambdaEvent<Task>| {
        let deadline = event.context.deadline();
        poller
            .poll(
                event.payload,
                &event.context.request_id,
                deadline.try_into()?,
            )
            .await
    }))
    .await
}
