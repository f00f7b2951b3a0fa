//! Both services with an account each, and the connector between them, with nothing connected yet.

mod acts;
mod browser;
mod looks;

pub(crate) use browser::{again, end_of};

use std::sync::Arc;

use cin7_stand_in as cin7;
use clock::ManualClock;
use connections::{Desk, NewConnection, Overview};
use freshbooks_stand_in as freshbooks;
use jiff::Timestamp;
use ledger::ConnectionId;
use sandbox::{Plant, Site};

/// Monday, 5 January 2026, nine in the morning in Toronto.
const MORNING: &str = "2026-01-05T14:00:00Z";

/// Where FreshBooks delivers, and sends browsers back to.
const PUBLIC: &str = "https://connector.test";

/// The settings of the scripted day.
pub(crate) const SETTINGS: &str = include_str!("../../src/day/settings.toml");

/// Everything. Nothing in it is connected.
pub(crate) struct World {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) freshbooks: freshbooks::StandIn,
    pub(crate) cin7: cin7::StandIn,
    pub(crate) plant: Plant,
    pub(crate) http: reqwest::Client,
    pub(crate) account: freshbooks::Account,
    pub(crate) app: freshbooks::App,
    pub(crate) keys: cin7::Keys,
}

impl World {
    /// Two accounts and an app, and nothing in the connector.
    pub(crate) async fn start() -> Self {
        let http = sync::http::client(sync::http::Timeouts::default()).unwrap();
        let start: Timestamp = MORNING.parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let options = freshbooks::Options::loopback(clock.clone());
        let freshbooks = freshbooks::StandIn::start(options).await.unwrap();
        let options = cin7::Options {
            clock: clock.clone(),
            ..cin7::Options::default()
        };
        let cin7 = cin7::StandIn::start(options).await.unwrap();
        let site = Site::between(clock.clone(), &freshbooks, &cin7, PUBLIC).unwrap();
        let account = freshbooks.new_account(freshbooks::AccountOptions::default());
        let app = freshbooks.new_app();
        let redirect = format!("{PUBLIC}/oauth/callback");
        freshbooks.add_redirect_uri(&app, &redirect).unwrap();
        let options = cin7::AccountOptions::default();
        let lag = options.lag;
        let keys = cin7.new_account(options);
        // Whatever stood in Cin7 before has been there for long.
        clock.advance(lag);
        Self {
            plant: Plant::start_with(site, http.clone()).await.unwrap(),
            clock,
            freshbooks,
            cin7,
            http,
            account,
            app,
            keys,
        }
    }

    /// The same with the connection added, and nothing else of it.
    pub(crate) async fn with_connection() -> Self {
        let world = Self::start().await;
        world.add().await;
        world
    }

    /// The same with a connection that works and has posted an invoice; its client.
    pub(crate) async fn at_work() -> (Self, i64) {
        let world = Self::with_connection().await;
        world.consent().await;
        world.store_keys(&world.keys).await;
        world.register().await;
        let client = world.client("Harbour Studio");
        let first = world.send(client, "10.00").await;
        world.settle().await;
        world.assert_confirmed(first).await;
        (world, client)
    }

    pub(crate) async fn add(&self) -> Overview {
        self.desk().add(self.new_connection()).await.unwrap()
    }

    pub(crate) fn new_connection(&self) -> NewConnection {
        NewConnection {
            id: id(),
            client_id: self.app.client_id.clone(),
            client_secret: self.app.client_secret.clone().into(),
            settings: SETTINGS.to_owned(),
        }
    }

    pub(crate) fn desk(&self) -> Desk {
        self.plant.desk()
    }
}

/// The connection of every test.
pub(crate) fn id() -> ConnectionId {
    "acme".parse().unwrap()
}

/// The address that FreshBooks delivers one noun to.
pub(crate) fn address(noun: &str) -> String {
    format!("{PUBLIC}/freshbooks/acme/{noun}")
}
