//! The console with all it needs, and ways to ask it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use ::connections::{Addresses, Desk, Parts};
use clock::{Clock as _, ManualClock};
use console::{Callers, Console};
use jiff::Timestamp;
use lambda_http::http::{Method, Request, StatusCode};
use lambda_http::{Body, Response};
use ledger::{ConnectionId, Ledger, Record, RecordKey, State};
use local_aws::{LocalAws, Options, gateway};
use probe::Prober;
use serde_json::{Value, json};
use sync::{Cin7Access, Cin7WriteAccess};
use url::Url;
use vault::{KeyVault, TokenVault, Vault};

use crate::openapi;

/// Who asks, as the gateway names her.
pub(crate) const ALICE: &str = "arn:aws:sts::000000000000:assumed-role/Engineer/alice";
pub(crate) const PUBLIC: &str = "http://127.0.0.1:9";

pub(crate) struct Bench {
    pub(crate) aws: LocalAws,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ledger: Ledger,
    pub(crate) console: Console,
    pub(crate) freshbooks: freshbooks_stand_in::StandIn,
    pub(crate) cin7: cin7_stand_in::StandIn,
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
        ledger::table::create(&aws.dynamodb(), "ledger")
            .await
            .unwrap();
        let alias = "alias/credentials";
        new_key(&aws, alias).await;
        let ledger = Ledger::new(aws.dynamodb(), "ledger", clock.clone());
        let options = freshbooks_stand_in::Options::loopback(clock.clone());
        let freshbooks = freshbooks_stand_in::StandIn::start(options).await.unwrap();
        let options = cin7_stand_in::Options {
            clock: clock.clone(),
            ..Default::default()
        };
        let cin7 = cin7_stand_in::StandIn::start(options).await.unwrap();
        let base: Url = freshbooks.url().parse().unwrap();
        let addresses = Addresses {
            freshbooks: base.clone(),
            freshbooks_auth: base.clone(),
            public: PUBLIC.parse().unwrap(),
        };
        let http = sync::http::client(sync::http::Timeouts::default()).unwrap();
        let vault = Vault::new(ledger.clone(), aws.kms(), alias);
        let tokens = TokenVault::new(ledger.clone(), aws.kms(), alias, http.clone(), base);
        let keys = KeyVault::new(ledger.clone(), aws.kms());
        let pace = sync::pace(60, "60s").unwrap();
        let cin7_url = cin7.url().parse().unwrap();
        let access = Cin7Access::new(ledger.clone(), keys, http.clone(), cin7_url, pace);
        let public = addresses.public.clone();
        let place = schedules::Place {
            group: "connector".to_owned(),
            poller: "arn:aws:lambda:us-east-1:000000000000:function:poller".to_owned(),
            role: "arn:aws:iam::000000000000:role/scheduler".to_owned(),
        };
        let scheduler = aws.scheduler();
        let group = scheduler.create_schedule_group().name(&place.group);
        group.send().await.unwrap();
        let desk = Desk::new(Parts {
            ledger: ledger.clone(),
            vault: vault.clone(),
            tokens,
            cin7: access.clone(),
            schedules: schedules::Schedules::new(scheduler, place),
            http,
            addresses,
            random: startup::random,
        });
        let prober = Prober::new(desk.clone(), ledger.clone(), Cin7WriteAccess::new(access));
        let callers = Callers::NamedByGateway;
        let console = Console::new(desk, prober, ledger.clone(), vault, alias, &public, callers);
        Self {
            aws,
            clock,
            ledger,
            console,
            freshbooks,
            cin7,
        }
    }

    /// Asks the API as Alice; the answer is held against the document.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = self.send(method, path, &body, Some(ALICE)).await;
        answered(method, path, answer)
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.ask("GET", path, Value::Null).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Sends any request through the gateway into the function.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        body: &str,
        by: Option<&str>,
    ) -> Response<Body> {
        let request = Request::builder()
            .method(method.parse::<Method>().unwrap())
            .uri(path)
            .header("content-type", "application/json")
            .body(body.as_bytes().to_vec());
        self.receive(request.unwrap(), by).await
    }

    pub(crate) async fn receive(
        &self,
        request: Request<Vec<u8>>,
        by: Option<&str>,
    ) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let route = "ANY /{proxy+}".parse().unwrap();
        let from = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
        let mut event = gateway::event(&route, &parts, &body, from, self.clock.now()).unwrap();
        if let Some(by) = by {
            event["requestContext"]["authorizer"] = json!({ "iam": { "userArn": by } });
        }
        let request = lambda_http::request::from_str(&event.to_string()).unwrap();
        let answer = self.console.receive(request).await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        answer
    }

    /// A connection `acme` with an app of FreshBooks' portal; and that app.
    pub(crate) async fn acme(&self) -> freshbooks_stand_in::App {
        let app = self.freshbooks.new_app();
        let redirect = format!("{PUBLIC}/oauth/callback");
        self.freshbooks.add_redirect_uri(&app, &redirect).unwrap();
        let scopes = freshbooks::scopes::names(|_| true);
        self.freshbooks.enable_scopes(&app, &scopes);
        let new =
            json!({ "id": "acme", "client_id": app.client_id, "client_secret": app.client_secret });
        let (status, made) = self.ask("POST", "/connections", new).await;
        assert_eq!(status, 201, "{made}");
        app
    }

    /// A record of acme in a state, with a trail of one entry.
    pub(crate) async fn record(&self, kind: &str, id: &str, state: State) -> RecordKey {
        let key = RecordKey::parse("acme", kind, id).unwrap();
        let mut record = Record::new(key.clone(), self.clock.now());
        record.state = State::Working;
        let heard = ledger::audit::Draft::new("received").with("event", "invoice.create");
        self.ledger
            .commit(&mut record, vec![heard], "test")
            .await
            .unwrap();
        record.enter(state, "The tax \"<HST>\" has no rule.");
        let stopped = ledger::audit::Draft::new("stopped");
        self.ledger
            .commit(&mut record, vec![stopped], "test")
            .await
            .unwrap();
        key
    }
}

/// Status and JSON of an answer of the API, held against the document.
pub(crate) fn answered(method: &str, path: &str, answer: Response<Body>) -> (u16, Value) {
    let status = answer.status().as_u16();
    assert_eq!(answer.headers()["content-type"], "application/json");
    let body: Value = serde_json::from_slice(answer.body()).unwrap();
    let path = path.split('?').next().unwrap();
    openapi::check(method, path, status, &body);
    (status, body)
}

/// Makes a KMS key and lets `alias` name it.
pub(crate) async fn new_key(aws: &LocalAws, alias: &str) {
    let made = aws.kms().create_key().send().await.unwrap();
    let id = made.key_metadata.unwrap().key_id;
    let kms = aws.kms();
    let known = kms.describe_key().key_id(alias).send().await.is_ok();
    if known {
        kms.update_alias()
            .alias_name(alias)
            .target_key_id(id)
            .send()
            .await
            .unwrap();
    } else {
        kms.create_alias()
            .alias_name(alias)
            .target_key_id(id)
            .send()
            .await
            .unwrap();
    }
}

pub(crate) fn is_page(answer: &Response<Body>) -> bool {
    let headers = answer.headers();
    let policy = headers["content-security-policy"].to_str().unwrap();
    policy.starts_with("default-src 'none'")
        && headers["referrer-policy"] == "no-referrer"
        && (answer.status() == StatusCode::FOUND
            || headers["content-type"] == "text/html; charset=utf-8")
}

pub(crate) fn acme() -> ConnectionId {
    "acme".parse().unwrap()
}
