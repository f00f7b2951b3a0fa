//! A business with both accounts and the connector between them, on a clock that stands still.

mod acts;
mod bills;
mod checks;
mod entries;
mod forms;
mod looks;
mod money;
mod owed;
mod payments;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cin7_stand_in as cin7;
use clock::ManualClock;
use freshbooks_stand_in as freshbooks;
use jiff::Timestamp;
use sandbox::{Plant, Site, connection_file};
use sync::Options;

pub(crate) use entries::JOURNAL_SETTINGS;
pub(crate) use looks::is_of;
pub(crate) use money::expense_form;

pub(crate) use bills::bought;
pub(crate) use forms::{dec, invoice, line, plain, taxed};

/// Monday, 5 January 2026, nine in the morning in Toronto.
const MORNING: &str = "2026-01-05T14:00:00Z";

/// Where FreshBooks delivers.
const PUBLIC: &str = "https://connector.test";

/// What has a callback in each account.
pub(crate) const NOUNS: [&str; 3] = ["invoice", "payment", "bill"];

/// The key of every callback.
pub(crate) const VERIFIER: &str = "Qw8ErTy2UiOp5AsDf7GhJk3LzXc9VbNm1";

/// The settings of the scripted day.
pub(crate) const SETTINGS: &str = include_str!("../../src/day/settings.toml");

/// What a world and its connections are started with.
pub(crate) struct Setup {
    pub(crate) settings: String,
    pub(crate) cin7: cin7::AccountOptions,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) engine: Options,
    pub(crate) invocation: Duration,
    /// What AWS held when an earlier world of the same settings had been started, or a folder to be
    /// filled with that.
    pub(crate) aws: Option<PathBuf>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            settings: SETTINGS.to_owned(),
            cin7: cin7::AccountOptions::default(),
            scopes: freshbooks::ALL_SCOPES,
            engine: Options {
                lease: Duration::from_mins(10),
                ..Options::default()
            },
            invocation: Duration::from_mins(15),
            aws: None,
        }
    }
}

impl Setup {
    /// The usual settings with `from` replaced.
    pub(crate) fn settings(from: &str, to: &str) -> Self {
        assert!(SETTINGS.contains(from), "{from}");
        Self {
            settings: SETTINGS.replace(from, to),
            ..Self::default()
        }
    }

    /// The usual Cin7 account, changed.
    pub(crate) fn cin7(change: impl FnOnce(&mut cin7::AccountOptions)) -> Self {
        let mut setup = Self::default();
        change(&mut setup.cin7);
        setup
    }
}

/// One connection with its two accounts.
#[derive(Clone)]
pub(crate) struct Party {
    pub(crate) id: &'static str,
    pub(crate) account: freshbooks::Account,
    pub(crate) app: freshbooks::App,
    pub(crate) keys: cin7::Keys,
    /// For the test itself, so that the connector's own calls can be counted.
    pub(crate) other_keys: cin7::Keys,
    refresh_token: String,
}

/// Everything. Most helpers act for the first connection, `acme`.
pub(crate) struct World {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) freshbooks: freshbooks::StandIn,
    pub(crate) cin7: cin7::StandIn,
    pub(crate) plant: Plant,
    pub(crate) http: reqwest::Client,
    parties: Vec<Party>,
    queue_urls: Mutex<HashMap<String, String>>,
}

impl World {
    /// The usual world.
    pub(crate) async fn start() -> Self {
        Self::start_with(Setup::default()).await
    }

    pub(crate) async fn start_with(setup: Setup) -> Self {
        let http = sync::http::client(sync::http::Timeouts::default()).unwrap();
        Self::start_on(http, setup).await
    }

    /// The same with an HTTP client that there is already: making one takes longer than all the rest.
    pub(crate) async fn start_on(http: reqwest::Client, setup: Setup) -> Self {
        let start: Timestamp = MORNING.parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let freshbooks =
            freshbooks::StandIn::start(freshbooks::Options::loopback(clock.clone())).await;
        let freshbooks = freshbooks.unwrap();
        let options = cin7::Options {
            clock: clock.clone(),
            ..cin7::Options::default()
        };
        let cin7 = cin7::StandIn::start(options).await.unwrap();
        let folder = setup.aws.clone();
        let is_filled = |folder: &PathBuf| folder.read_dir().unwrap().next().is_some();
        let copy_of = folder.clone().filter(is_filled);
        let is_copy = copy_of.is_some();
        let site = Site {
            copy_of,
            options: setup.engine.clone(),
            invocation: setup.invocation,
            ..Site::between(clock.clone(), &freshbooks, &cin7, PUBLIC).unwrap()
        };
        let mut world = Self {
            clock,
            freshbooks,
            cin7,
            plant: Plant::start_with(site, http.clone()).await.unwrap(),
            http,
            parties: Vec::new(),
            queue_urls: Mutex::default(),
        };
        let party = world.open("acme", &setup);
        if !is_copy {
            world.connect(&party, &setup.settings).await;
            if let Some(folder) = folder {
                world.plant.aws().copy_to(&folder).unwrap();
            }
        }
        world
    }

    /// Opens two more accounts and connects them.
    pub(crate) async fn join(&mut self, id: &'static str, setup: Setup) -> Party {
        let party = self.open(id, &setup);
        self.connect(&party, &setup.settings).await;
        party
    }

    /// Opens two more accounts. What they are called and their secrets are the same in every world.
    fn open(&mut self, id: &'static str, setup: &Setup) -> Party {
        let account = self
            .freshbooks
            .new_account(freshbooks::AccountOptions::default());
        let app = self.freshbooks.new_app();
        let refresh_token = self.freshbooks.consent_to(&app, &account, setup.scopes);
        for noun in NOUNS {
            let uri = format!("{PUBLIC}/freshbooks/{id}/{noun}");
            self.freshbooks
                .register_callback(&account, noun, &uri, VERIFIER);
        }
        let lag = setup.cin7.lag;
        let keys = self.cin7.new_account(setup.cin7.clone());
        // Whatever stood in Cin7 before has been there for long.
        self.clock.advance(lag);
        let other_keys = self.cin7.new_key(&keys).unwrap();
        let party = Party {
            id,
            account,
            app,
            keys,
            other_keys,
            refresh_token,
        };
        self.parties.push(party.clone());
        party
    }

    /// Connects, or connects again with other settings, with the file that the owner has.
    pub(crate) async fn connect(&self, party: &Party, settings: &str) {
        let Party {
            id,
            account,
            app,
            keys,
            refresh_token,
            ..
        } = party;
        let verifiers: String = NOUNS
            .map(|noun| format!("{noun} = \"{VERIFIER}\"\n"))
            .concat();
        let file = format!(
            "id = \"{id}\"\n[freshbooks]\nclient_id = \"{}\"\nclient_secret = \"{}\"\nrefresh_token = \"{refresh_token}\"\n\
             account_id = \"{}\"\nbusiness_uuid = \"{}\"\n[freshbooks.verifiers]\n{verifiers}\
             [cin7]\naccount_id = \"{}\"\napplication_key = \"{}\"\n{settings}",
            app.client_id,
            app.client_secret,
            account.account_id,
            account.business_uuid,
            keys.account_id,
            keys.application_key,
        );
        let connection = connection_file::parse(&file).unwrap();
        self.plant.connect(&connection).await.unwrap();
    }

    /// The owner consents once more; the party with the new refresh token.
    pub(crate) fn consent_again(&self, party: &Party) -> Party {
        Party {
            refresh_token: self.freshbooks.consent(&party.app, &party.account),
            ..party.clone()
        }
    }

    /// The first connection.
    pub(crate) fn acme(&self) -> &Party {
        &self.parties[0]
    }

    pub(crate) fn parties(&self) -> &[Party] {
        &self.parties
    }
}
