//! The business: a FreshBooks account, a Cin7 account, and the connector between them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use cin7_stand_in as cin7;
use clock::SharedClock;
use freshbooks_stand_in as freshbooks;
use poller::Task;
use sync::Options;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::plant::not;
use crate::serve::listen;
use crate::{NotStarted, Plant, Row, Site, connection_file, rows};

/// The key of the callback that the day's webhooks are signed with.
pub(super) const VERIFIER: &str = "Qw8ErTy2UiOp5AsDf7GhJk3LzXc9VbNm1";

const SETTINGS: &str = include_str!("settings.toml");

pub(super) struct Office {
    pub(super) freshbooks: freshbooks::StandIn,
    pub(super) account: freshbooks::Account,
    pub(super) cin7: cin7::StandIn,
    pub(super) keys: cin7::Keys,
    pub(super) plant: Arc<Plant>,
    address: SocketAddr,
    _stop: watch::Sender<bool>,
}

impl Office {
    /// Opens both accounts, starts the connector, and connects them.
    pub(super) async fn open(clock: SharedClock) -> Result<Self, NotStarted> {
        let theirs = freshbooks::Options::loopback(clock.clone());
        let freshbooks = freshbooks::StandIn::start(theirs)
            .await
            .map_err(not("the FreshBooks stand-in"))?;
        let account = freshbooks.new_account(freshbooks::AccountOptions::default());
        let app = freshbooks.new_app();
        let refresh_token = freshbooks.consent(&app, &account);

        let theirs = cin7::Options {
            clock: clock.clone(),
            ..cin7::Options::default()
        };
        let cin7 = cin7::StandIn::start(theirs)
            .await
            .map_err(not("the Cin7 stand-in"))?;
        let keys = cin7.new_account(cin7::AccountOptions::default());

        let plant = Plant::start(Site {
            clock,
            data: None,
            freshbooks: freshbooks
                .url()
                .parse()
                .map_err(not("the FreshBooks stand-in"))?,
            cin7: cin7.url().parse().map_err(not("the Cin7 stand-in"))?,
            options: Options {
                lease: Duration::from_secs(600),
                ..Options::default()
            },
            invocation: Duration::from_secs(900),
            timeouts: sync::http::Timeouts::default(),
        })
        .await?;
        let file = format!(
            "id = \"acme\"\n[freshbooks]\nclient_id = \"{}\"\nclient_secret = \"{}\"\nrefresh_token = \"{refresh_token}\"\n\
             account_id = \"{}\"\nbusiness_uuid = \"{}\"\n[freshbooks.verifiers]\ninvoice = \"{VERIFIER}\"\n\
             [cin7]\naccount_id = \"{}\"\napplication_key = \"{}\"\n{SETTINGS}",
            app.client_id,
            app.client_secret,
            account.account_id,
            account.business_uuid,
            keys.account_id,
            keys.application_key,
        );
        plant
            .connect(&connection_file::parse(&file).map_err(not("the connection"))?)
            .await?;

        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(not("the listen address"))?;
        let address = listener.local_addr().map_err(not("the listen address"))?;
        let plant = Arc::new(plant);
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(listen(listener, plant.clone(), stopped));
        let office = Self {
            freshbooks,
            account,
            cin7,
            keys,
            plant,
            address,
            _stop: stop,
        };
        let uri = format!("{}/freshbooks/acme/invoice", office.url());
        office
            .freshbooks
            .register_callback(&office.account, "invoice", &uri, VERIFIER);
        Ok(office)
    }

    /// Where webhooks come in.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A customer that stood in Cin7 before the connector came.
    pub(super) async fn known_customer(&self, name: &str, email: &str) -> Result<(), NotStarted> {
        let body = serde_json::json!({
            "Name": name, "Status": "Active", "Currency": "USD", "PaymentTerm": "30 days",
            "AccountReceivable": "610", "RevenueAccount": "200", "TaxRule": "Tax on Sales",
            "Contacts": [{ "Name": name, "Email": email, "Default": true }],
        });
        let http =
            sync::http::client(sync::http::Timeouts::default()).map_err(not("the HTTP client"))?;
        let answer = http
            .post(format!("{}customer", self.cin7.url()))
            .header("api-auth-accountid", &self.keys.account_id)
            .header("api-auth-applicationkey", &self.keys.application_key)
            .json(&body)
            .send()
            .await
            .and_then(reqwest::Response::error_for_status);
        answer
            .map(|_| ())
            .map_err(not("a customer in the Cin7 stand-in"))
    }

    /// Delivers every waiting webhook and works until nothing is queued. Returns the answers' statuses.
    pub(super) async fn deliver(&self) -> Vec<u16> {
        let delivered = self.freshbooks.deliver_all().await;
        self.work().await;
        delivered
            .into_iter()
            .filter_map(|delivery| delivery.status)
            .collect()
    }

    /// Works until nothing is queued.
    pub(super) async fn work(&self) {
        while self
            .plant
            .process(Duration::ZERO)
            .await
            .is_ok_and(|taken| taken > 0)
        {}
    }

    /// Lets the poller sweep and the processor work until nothing is due any more; then confirms.
    pub(super) async fn settle(&self) {
        for _ in 0..50 {
            self.work().await;
            let Ok(Some(due)) = self.plant.ledger().next_due().await else {
                break;
            };
            let clock = self.plant.clock();
            let wait = clock::until(clock.now(), due);
            // What waits for a person is looked at again every hour; the day ends before that.
            if wait > Duration::from_secs(1800) {
                break;
            }
            clock.sleep(wait).await;
            if self.plant.poll(Task::Sweep).await.is_err() {
                break;
            }
        }
        // What cannot be confirmed now stays posted, which the table shows.
        let _ = self.plant.poll(Task::Confirm { connection: None }).await;
    }

    pub(super) async fn row(&self, id: i64) -> Option<Row> {
        let all = rows(self.plant.ledger()).await.unwrap_or_default();
        all.into_iter().find(|row| row.id == id.to_string())
    }
}
