//! The business: a FreshBooks account, a Cin7 account, and the connector between them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use cin7_stand_in as cin7;
use clock::SharedClock;
use freshbooks_stand_in as freshbooks;
use sync::Options;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::plant::not;
use crate::serve::{Token, listen};
use crate::{NotStarted, Plant, Site, connection_file};

/// The callbacks of the day, by noun, each with the key that its webhooks are signed with.
pub(super) const VERIFIERS: [(&str, &str); 2] = [
    ("invoice", "Qw8ErTy2UiOp5AsDf7GhJk3LzXc9VbNm1"),
    ("payment", "Mn4BvCx7ZaQ2WsEd9RfTg5YhUj8IkOl3P"),
];

const SETTINGS: &str = include_str!("settings.toml");

pub(super) struct Office {
    pub(super) freshbooks: freshbooks::StandIn,
    pub(super) account: freshbooks::Account,
    pub(super) cin7: cin7::StandIn,
    /// The connector's keys.
    pub(super) keys: cin7::Keys,
    /// What the people of the business use in Cin7: their calls are not the connector's.
    pub(super) people: cin7::Keys,
    pub(super) plant: Arc<Plant>,
    pub(super) http: reqwest::Client,
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
        let site = site(clock, &freshbooks, &cin7, address)?;
        let plant = Plant::start_with(site, http.clone()).await?;
        let file = file(&freshbooks, &account, &keys);
        plant
            .connect(&connection_file::parse(&file).map_err(not("the connection"))?)
            .await?;

        let plant = Arc::new(plant);
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(listen(listener, plant.clone(), Token::new(), stopped));
        let office = Self {
            freshbooks,
            account,
            cin7,
            keys,
            people,
            plant,
            http,
            address,
            _stop: stop,
        };
        for (noun, verifier) in VERIFIERS {
            let uri = office.callback(noun);
            office
                .freshbooks
                .register_callback(&office.account, noun, &uri, verifier);
        }
        Ok(office)
    }

    /// Where webhooks, records and replays are.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the webhooks of a noun come in.
    pub(super) fn callback(&self, noun: &str) -> String {
        format!("{}/freshbooks/acme/{noun}", self.url())
    }
}

fn site(
    clock: SharedClock,
    freshbooks: &freshbooks::StandIn,
    cin7: &cin7::StandIn,
    address: SocketAddr,
) -> Result<Site, NotStarted> {
    let here = format!("http://{address}");
    Ok(Site {
        clock,
        data: None,
        public: here.parse().map_err(not("the listen address"))?,
        freshbooks: freshbooks
            .url()
            .parse()
            .map_err(not("the FreshBooks stand-in"))?,
        freshbooks_auth: freshbooks
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
}

/// The connection file that the business's owner would write.
fn file(
    freshbooks: &freshbooks::StandIn,
    account: &freshbooks::Account,
    keys: &cin7::Keys,
) -> String {
    let app = freshbooks.new_app();
    let refresh_token = freshbooks.consent(&app, account);
    let verifiers = VERIFIERS.map(|(noun, verifier)| format!("{noun} = \"{verifier}\"\n"));
    format!(
        "id = \"acme\"\n[freshbooks]\nclient_id = \"{}\"\nclient_secret = \"{}\"\nrefresh_token = \"{refresh_token}\"\n\
         account_id = \"{}\"\nbusiness_uuid = \"{}\"\n[freshbooks.verifiers]\n{}\
         [cin7]\naccount_id = \"{}\"\napplication_key = \"{}\"\n{SETTINGS}",
        app.client_id,
        app.client_secret,
        account.account_id,
        account.business_uuid,
        verifiers.concat(),
        keys.account_id,
        keys.application_key,
    )
}
