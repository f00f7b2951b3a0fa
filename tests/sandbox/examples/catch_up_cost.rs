//! What catching up costs with 100, 1,000 and 10,000 stored records and the same number of changes: calls of
//! FreshBooks, and reads and writes of the ledger.
//!
//! ```sh
//! cargo run -p sandbox --example catch_up_cost
//! ```

// A function inside a batch inside a loop, each around SDK calls: deeper than the default of 128.
#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use cin7_stand_in as cin7;
use clock::ManualClock;
use freshbooks_stand_in as freshbooks;
use freshbooks_stand_in::{Account, App, NewClient, NewInvoice, NewLine};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use ledger::audit::Draft;
use ledger::{Record, RecordKey, State};
use local_aws::Service;
use poller::{Done, Task};
use sandbox::{Plant, Site, connection_file};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const CHANGES: usize = 20;
const DAY: Duration = Duration::from_hours(24);

/// One business whose invoices all crossed long ago.
struct Business {
    clock: Arc<ManualClock>,
    freshbooks: freshbooks::StandIn,
    account: Account,
    plant: Plant,
    client: i64,
    invoices: Vec<i64>,
    // Stops when dropped.
    _cin7: cin7::StandIn,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    println!(
        "{:>8}  {:<30} {:>6} {:>17} {:>7} {:>7}",
        "records", "pass", "asked", "FreshBooks calls", "reads", "writes"
    );
    for size in SIZES {
        let business = Business::with(size).await?;
        // The first pass has no memory of what is deleted, and the first full one none of the lists.
        business.pass(true).await?;
        business.clock.advance(9 * DAY);
        business.pass(true).await?;
        business.clock.advance(Duration::from_mins(15));
        business.pass(false).await?;
        business.clock.advance(Duration::from_mins(15));
        business.measure("nothing changed", false).await?;
        business.change()?;
        business.clock.advance(Duration::from_mins(15));
        business.measure("twenty changes", false).await?;
        business.clock.advance(Duration::from_mins(15));
        business.measure("everything, once a night", true).await?;
    }
    Ok(())
}

impl Business {
    async fn with(size: usize) -> Outcome<Self> {
        let clock = Arc::new(ManualClock::new("2026-01-05T14:00:00Z".parse()?));
        let options = freshbooks::Options::loopback(clock.clone());
        let freshbooks = freshbooks::StandIn::start(options).await?;
        let options = cin7::Options {
            clock: clock.clone(),
            ..cin7::Options::default()
        };
        let cin7 = cin7::StandIn::start(options).await?;
        let site = Site::between(clock.clone(), &freshbooks, &cin7, "https://connector.test")?;
        let plant = Plant::start(site).await?;
        let account = freshbooks.new_account(freshbooks::AccountOptions::default());
        let app = freshbooks.new_app();
        let keys = cin7.new_account(cin7::AccountOptions::default());
        let client = freshbooks.create_client(
            &account,
            NewClient {
                organization: "Harbour Studio".to_owned(),
                ..NewClient::default()
            },
        );
        let mut business = Self {
            clock,
            freshbooks,
            account,
            plant,
            client,
            invoices: Vec::new(),
            _cin7: cin7,
        };
        for _ in 0..size {
            let id = business.invoice()?;
            business.invoices.push(id);
        }
        business.record_all(&app).await?;
        business.connect(&app, &keys).await?;
        Ok(business)
    }

    fn invoice(&self) -> Outcome<i64> {
        let form = NewInvoice {
            client_id: self.client,
            lines: vec![NewLine::new("Consulting", 1.into(), 10.into())],
            ..NewInvoice::default()
        };
        let id = self.freshbooks.create_invoice(&self.account, form);
        self.freshbooks.send_invoice(&self.account, id)?;
        self.freshbooks.take_pending();
        Ok(id)
    }

    async fn connect(&self, app: &App, keys: &cin7::Keys) -> Outcome<()> {
        let file = format!(
            "id = \"acme\"\n[freshbooks]\nclient_id = \"{}\"\nclient_secret = \"{}\"\nrefresh_token = \"{}\"\n\
             account_id = \"{}\"\nbusiness_uuid = \"{}\"\n[freshbooks.verifiers]\n\
             [cin7]\naccount_id = \"{}\"\napplication_key = \"{}\"\n{}",
            app.client_id,
            app.client_secret,
            self.freshbooks.consent(app, &self.account),
            self.account.account_id,
            self.account.business_uuid,
            keys.account_id,
            keys.application_key,
            include_str!("../src/day/settings.toml"),
        );
        self.plant.connect(&connection_file::parse(&file)?).await?;
        Ok(())
    }

    /// Makes the records as looks would have left them.
    async fn record_all(&self, app: &App) -> Outcome<()> {
        let token = self.token(app).await?;
        let base = self.freshbooks.url().parse()?;
        let http = sync::http::client(sync::http::Timeouts::default())?;
        let api = ::freshbooks::Api::new(http, base);
        let wanted = ::freshbooks::Wanted::Standing;
        let listing = api
            .invoices(&token, &self.account.account_id, wanted)
            .await?;
        let ledger = self.plant.ledger();
        let writing = listing.rows.into_iter().map(|invoice| async move {
            let key = RecordKey::parse("acme", "invoice", &invoice.id)?;
            let mut record = Record::new(key, ledger.clock().now());
            record.seen = Some(mapping::content_hash(&invoice));
            record.day = Some(invoice.issued_on);
            for state in [State::Working, State::Confirmed] {
                record.state = state;
                let draft = Draft::new(state.name());
                ledger.commit(&mut record, vec![draft], "bench").await?;
            }
            Ok::<_, Box<dyn Error + Send + Sync>>(())
        });
        let writing = stream::iter(writing).buffer_unordered(16);
        writing.try_collect::<Vec<()>>().await?;
        Ok(())
    }

    /// An access token of a consent of its own.
    async fn token(&self, app: &App) -> Outcome<secrecy::SecretString> {
        let asked = serde_json::json!({
            "grant_type": "refresh_token",
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "refresh_token": self.freshbooks.consent(app, &self.account),
            "redirect_uri": "https://connector.test/oauth/callback",
        });
        let address = format!("{}/auth/oauth/token", self.freshbooks.url());
        let http = sync::http::client(sync::http::Timeouts::default())?;
        let answer = http.post(address).json(&asked);
        let answer = answer.send().await?.error_for_status()?.text().await?;
        let pair: serde_json::Value = serde_json::from_str(&answer)?;
        let token = pair["access_token"].as_str().ok_or("no access token")?;
        Ok(token.to_owned().into())
    }

    /// Some are changed, some are new, some are deleted.
    fn change(&self) -> Outcome<()> {
        let account = &self.account;
        for id in self.invoices.iter().rev().take(CHANGES / 2) {
            let edit = |form: &mut NewInvoice| {
                form.lines = vec![NewLine::new("Consulting", 1.into(), 12.into())];
            };
            self.freshbooks.update_invoice(account, *id, edit)?;
        }
        for id in self.invoices.iter().take(CHANGES / 4) {
            self.freshbooks.delete_invoice(account, *id)?;
        }
        for _ in 0..CHANGES / 4 {
            self.invoice()?;
        }
        self.freshbooks.take_pending();
        Ok(())
    }

    async fn pass(&self, full: bool) -> Outcome<Done> {
        let connection = "acme".parse()?;
        self.plant.poll(Task::Poll { connection, full }).await
    }

    async fn measure(&self, what: &str, full: bool) -> Outcome<()> {
        self.plant.aws().reset_calls();
        self.freshbooks.reset_calls();
        let done = self.pass(full).await?;
        let calls = self.plant.aws().calls();
        let count = |operations: &[&str]| {
            let is_one = |operation: &str| operations.contains(&operation);
            let of_ledger = calls
                .iter()
                .filter(|call| call.service == Service::DynamoDb);
            of_ledger.filter(|call| is_one(&call.operation)).count()
        };
        println!(
            "{:>8}  {what:<30} {:>6} {:>17} {:>7} {:>7}",
            self.invoices.len(),
            done.caught_up,
            self.freshbooks.calls().len(),
            count(&["GetItem", "Query"]),
            count(&["PutItem", "UpdateItem", "TransactWriteItems"]),
        );
        Ok(())
    }
}
