//! A table, a key, the vaults on them, and a FreshBooks, on a clock that stands still.

use std::sync::Arc;

use clock::ManualClock;
use freshbooks_stand_in::{Account, AccountOptions, App, StandIn};
use jiff::Timestamp;
use ledger::{Connection, ConnectionId, Ledger, SecretRow, Status};
use local_aws::{LocalAws, Options, Service};
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use vault::{
    Cin7Keys, Error, FreshBooksSecret, KeyVault, OfferVault, TokenVault, Vault, VerifierVault,
};

pub(crate) const TABLE: &str = "ledger";
pub(crate) const KEY: &str = "alias/credentials";
/// What counts the calls for tokens.
const TOKEN_PATH: &str = "/auth/oauth/token";

pub(crate) struct Bench {
    pub(crate) aws: LocalAws,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ledger: Ledger,
    pub(crate) vault: Vault,
    pub(crate) freshbooks: StandIn,
    pub(crate) app: App,
    pub(crate) account: Account,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        let start: Timestamp = "2026-01-05T16:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let options = Options {
            clock: clock.clone(),
            ..Options::default()
        };
        let aws = LocalAws::start(options).await.unwrap();
        ledger::table::create(&aws.dynamodb(), TABLE).await.unwrap();
        new_key(&aws, KEY).await;
        let ledger = Ledger::new(aws.dynamodb(), TABLE, clock.clone());
        let vault = Vault::new(ledger.clone(), aws.kms(), KEY);
        let options = freshbooks_stand_in::Options::loopback(clock.clone());
        // The stand-in sends webhooks by a client of its own, which needs a TLS provider too.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let freshbooks = StandIn::start(options).await.unwrap();
        let app = freshbooks.new_app();
        let account = freshbooks.new_account(AccountOptions::default());
        Self {
            aws,
            clock,
            ledger,
            vault,
            freshbooks,
            app,
            account,
        }
    }

    /// A bench whose connection was just made with a new consent; the secret it was made with.
    pub(crate) async fn connected() -> (Self, FreshBooksSecret) {
        let bench = Self::start().await;
        let secret = bench.consent();
        bench.connect(&secret).await.unwrap();
        let mut connection = Connection {
            account_id: bench.account.account_id.clone(),
            ..Connection::new(acme())
        };
        bench.ledger.put_connection(&mut connection).await.unwrap();
        bench.aws.reset_calls();
        (bench, secret)
    }

    /// A person consents; what the connection file holds then.
    pub(crate) fn consent(&self) -> FreshBooksSecret {
        FreshBooksSecret {
            client_id: self.app.client_id.clone(),
            client_secret: self.app.client_secret.as_str().into(),
            redirect_uri: None,
            refresh_token: self.freshbooks.consent(&self.app, &self.account).into(),
            access_token: None,
        }
    }

    pub(crate) async fn connect(&self, secret: &FreshBooksSecret) -> Result<(), Error> {
        self.vault.put_freshbooks(&acme(), secret).await
    }

    /// The token vault of one worker, with a cache of its own.
    pub(crate) fn tokens(&self) -> TokenVault {
        self.tokens_at(self.freshbooks.url().parse().unwrap())
    }

    pub(crate) fn tokens_at(&self, freshbooks: Url) -> TokenVault {
        let (ledger, kms) = (self.ledger.clone(), self.aws.kms());
        TokenVault::new(ledger, kms, KEY, http(), freshbooks)
    }

    pub(crate) fn offers(&self) -> OfferVault {
        OfferVault::new(self.ledger.clone(), self.aws.kms(), KEY)
    }

    pub(crate) fn verifiers(&self) -> VerifierVault {
        VerifierVault::new(self.ledger.clone(), self.aws.kms())
    }

    pub(crate) fn keys(&self) -> KeyVault {
        KeyVault::new(self.ledger.clone(), self.aws.kms())
    }

    /// How often FreshBooks was asked for tokens.
    pub(crate) fn token_requests(&self) -> usize {
        let calls = self.freshbooks.calls();
        calls.iter().filter(|call| call.path == TOKEN_PATH).count()
    }

    /// Whether FreshBooks accepts an access token.
    pub(crate) async fn accepts(&self, token: &SecretString) -> bool {
        let url = format!("{}/auth/api/v1/users/me", self.freshbooks.url());
        let request = http().get(url).bearer_auth(token.expose_secret());
        request.send().await.unwrap().status().is_success()
    }

    pub(crate) async fn status(&self) -> Status {
        self.connection().await.status
    }

    pub(crate) async fn connection(&self) -> Connection {
        self.ledger.connection(&acme()).await.unwrap().unwrap()
    }

    pub(crate) async fn row(&self, name: &str) -> SecretRow {
        self.ledger.secret(&acme(), name).await.unwrap().unwrap()
    }

    /// The refresh token that FreshBooks would take, if any.
    pub(crate) fn live(&self) -> Option<String> {
        self.freshbooks.live_refresh_token(&self.app, &self.account)
    }

    /// Operations since the last reset, by service.
    pub(crate) fn operations(&self, service: Service) -> Vec<String> {
        let calls = self.aws.calls().into_iter();
        calls
            .filter(|call| call.service == service)
            .map(|call| call.operation)
            .collect()
    }
}

/// Makes a KMS key under an alias.
pub(crate) async fn new_key(aws: &LocalAws, alias: &str) {
    let made = aws.kms().create_key().send().await.unwrap();
    let create = aws.kms().create_alias().alias_name(alias);
    let create = create.target_key_id(made.key_metadata.unwrap().key_id);
    create.send().await.unwrap();
}

pub(crate) fn acme() -> ConnectionId {
    "acme".parse().unwrap()
}

pub(crate) fn other() -> ConnectionId {
    "other".parse().unwrap()
}

pub(crate) fn cin7_keys() -> Cin7Keys {
    Cin7Keys {
        account_id: "cin7-account-7d1f".into(),
        application_key: "cin7-application-key-9b3c".into(),
    }
}

/// Both tokens are the same text.
pub(crate) fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

/// A client as the functions build it, but without trusted roots: the tests speak plain HTTP.
pub(crate) fn http() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let builder = reqwest::Client::builder().tls_backend_preconfigured(tls);
    builder.no_proxy().build().unwrap()
}
