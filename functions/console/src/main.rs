//! The console function: builds its clients once and hands over.

// Runtime layers around the desk around SDK calls: one future, deeper than the default of 128.
#![recursion_limit = "256"]

use std::sync::Arc;
use std::time::Duration;

use clock::{SharedClock, SystemClock};
use connections::{Addresses, Desk, Parts};
use console::{Callers, Console};
use lambda_http::{Error, Request, run, service_fn};
use ledger::Ledger;
use probe::Prober;
use schedules::{Place, Schedules};
use startup::{setting, setting_or};
use sync::{Cin7Access, Cin7WriteAccess};
use vault::{KeyVault, TokenVault, Vault};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    startup::log_as_json();
    let aws = startup::aws().await;
    let clock: SharedClock = Arc::new(SystemClock);
    let http = sync::http::client(sync::http::Timeouts::default())?;
    let addresses = addresses()?;
    let table: String = setting("TABLE_NAME")?;
    let key_id: String = setting("KEY_ID")?;
    let ledger = Ledger::new(aws_sdk_dynamodb::Client::new(&aws), table, clock);
    let kms = aws_sdk_kms::Client::new(&aws);
    let vault = Vault::new(ledger.clone(), kms.clone(), &key_id);
    let tokens = TokenVault::new(
        ledger.clone(),
        kms.clone(),
        &key_id,
        http.clone(),
        addresses.freshbooks.clone(),
    );
    let pace = sync::pace(
        setting_or("CIN7_LIMIT", 60)?,
        &setting_or("CIN7_WINDOW", "60s".to_owned())?,
    )?;
    let keys = KeyVault::new(ledger.clone(), kms);
    let access = |http| -> Result<Cin7Access, Error> {
        let base = setting("CIN7_URL")?;
        Ok(Cin7Access::new(
            ledger.clone(),
            keys.clone(),
            http,
            base,
            pace,
        ))
    };
    let cin7 = access(http.clone())?;
    // A step of the probe is several calls, and the gateway waits for 30 s.
    let hasty = sync::http::client(sync::http::Timeouts {
        whole: Duration::from_secs(10),
        ..sync::http::Timeouts::default()
    })?;
    let probing = Cin7WriteAccess::new(access(hasty)?);
    let public = addresses.public.clone();
    let scheduler = aws_sdk_scheduler::Client::new(&aws);
    let desk = Desk::new(Parts {
        ledger: ledger.clone(),
        vault: vault.clone(),
        tokens,
        cin7,
        schedules: Schedules::new(scheduler, place()?),
        http,
        addresses,
        random: startup::random,
    });
    let prober = Prober::new(desk.clone(), ledger.clone(), probing);
    let console = Console::new(
        desk,
        prober,
        ledger,
        vault,
        key_id,
        &public,
        Callers::NamedByGateway,
    );
    run(service_fn(async |request: Request| {
        console.receive(request).await
    }))
    .await
}

fn addresses() -> Result<Addresses, Error> {
    Ok(Addresses {
        freshbooks: setting("FRESHBOOKS_URL")?,
        freshbooks_auth: setting("FRESHBOOKS_AUTH_URL")?,
        public: setting("PUBLIC_URL")?,
    })
}

/// Where the connections' schedules are kept, and what they start.
fn place() -> Result<Place, Error> {
    Ok(Place {
        group: setting("SCHEDULE_GROUP")?,
        poller: setting("POLLER_ARN")?,
        role: setting("SCHEDULER_ROLE_ARN")?,
    })
}
