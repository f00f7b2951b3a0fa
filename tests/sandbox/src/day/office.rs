//! The business: a FreshBooks account, a Cin7 account, and the connector between them.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use cin7_stand_in as cin7;
use clock::ManualClock;
use freshbooks_stand_in as freshbooks;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::plant::not;
use crate::serve::{Token, listen};
use crate::{NotStarted, Plant, Site};

pub(super) struct Office {
    pub(super) clock: Arc<ManualClock>,
    pub(super) freshbooks: freshbooks::StandIn,
    pub(super) account: freshbooks::Account,
    pub(super) cin7: cin7::StandIn,
    /// The connector's keys.
    pub(super) keys: cin7::Keys,
    /// What the people of the business use in Cin7: their calls are not the connector's.
    pub(super) people: cin7::Keys,
    pub(super) plant: Arc<Plant>,
    pub(super) http: reqwest::Client,
    /// What opens the console's API.
    pub(super) token: String,
    address: SocketAddr,
    /// FreshBooks' ids of clients, vendors and categories, by name.
    ids: Mutex<BTreeMap<String, i64>>,
    _stop: watch::Sender<bool>,
}

impl Office {
    /// Opens both accounts and starts the connector, which knows neither yet.
    pub(super) async fn open(clock: Arc<ManualClock>) -> Result<Self, NotStarted> {
        let theirs = freshbooks::Options::loopback(clock.clone());
        let freshbooks = freshbooks::StandIn::start(theirs)
            .await
            .map_err(not("the FreshBooks stand-in"))?;
        let account = freshbooks.new_account(freshbooks::AccountOptions::default());
        let theirs = cin7::Options {
            clock: clock.clone(),
            ..cin7::Options::default()
        };
        let cin7 = cin7::StandIn::start(theirs)
            .await
            .map_err(not("the Cin7 stand-in"))?;
        let keys = cin7.new_account(cin7::AccountOptions::default());
        let people = cin7
            .new_key(&keys)
            .ok_or_else(|| not("the Cin7 stand-in")("it has no such account"))?;

        let http =
            sync::http::client(sync::http::Timeouts::default()).map_err(not("the HTTP client"))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(not("the listen address"))?;
        let address = listener.local_addr().map_err(not("the listen address"))?;
        let site = Site::between(
            clock.clone(),
            &freshbooks,
            &cin7,
            &format!("http://{address}"),
        )?;
        let plant = Plant::start_with(site, http.clone()).await?;
        let plant = Arc::new(plant);
        let (stop, stopped) = watch::channel(false);
        let token = Token::new();
        let shown = token.shown();
        tokio::spawn(listen(listener, plant.clone(), token, stopped));
        Ok(Self {
            clock,
            freshbooks,
            account,
            cin7,
            keys,
            people,
            plant,
            http,
            token: shown,
            address,
            ids: Mutex::default(),
            _stop: stop,
        })
    }

    /// Where webhooks, records and replays are.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The id of a client, a vendor or a category, if one of this name was made.
    pub(super) fn numbered(&self, name: &str) -> Option<i64> {
        let ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.get(name).copied()
    }

    /// Remembers the id of one.
    pub(super) fn number(&self, name: &str, id: i64) {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.insert(name.to_owned(), id);
    }

    /// The callback that was registered for a noun.
    pub(super) fn callback(&self, noun: &str) -> Option<freshbooks::Callback> {
        let callbacks = self.freshbooks.callbacks(&self.account).into_iter();
        callbacks
            .into_iter()
            .find(|callback| callback.event == noun)
    }
}
