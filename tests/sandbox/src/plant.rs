//! Embedded AWS and the functions, wired as the template wires them.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use clock::{SharedClock, later};
use connections::{Addresses, Desk};
use ledger::{ConnectionId, Ledger};
use local_aws::LocalAws;
use local_aws::event_source::SqsEventSource;
use local_aws::gateway::{self, Route};
use poller::{Done, Task};
use probe::Prober;
use sync::{NewConnection, NotTied, Options};
use tieout::{Month, TieOut};
use url::Url;
use vault::Vault;

mod aws;
mod functions;

pub use aws::Aws;
use functions::{Blueprint, Functions};

/// Where a plant stands and what it talks to.
#[derive(Debug, Clone)]
pub struct Site {
    /// The time of everything in it.
    pub clock: SharedClock,
    /// Folder of its state; in memory without one.
    pub data: Option<PathBuf>,
    /// In memory: a folder that [`LocalAws::copy_to`] filled, all of which is there from the start.
    pub copy_of: Option<PathBuf>,
    /// FreshBooks' API.
    pub freshbooks: Url,
    /// Where people consent.
    pub freshbooks_auth: Url,
    /// Where FreshBooks and browsers reach the plant.
    pub public: Url,
    /// Cin7's API.
    pub cin7: Url,
    /// What the engine is told.
    pub options: Options,
    /// How long one invocation of the processor or the poller may take, on the plant's clock.
    pub invocation: Duration,
    /// Time-outs of calls to both services, on the machine's clock.
    pub timeouts: sync::http::Timeouts,
}

impl Site {
    /// A plant between the stand-ins, in memory, where an invocation may take a quarter of an hour.
    ///
    /// # Errors
    /// One of the addresses is none.
    pub fn between(
        clock: SharedClock,
        freshbooks: &freshbooks_stand_in::StandIn,
        cin7: &cin7_stand_in::StandIn,
        public: &str,
    ) -> Result<Self, NotStarted> {
        let address = |text: &str| text.parse::<Url>().map_err(not("an address"));
        let freshbooks = address(&freshbooks.url())?;
        Ok(Self {
            clock,
            data: None,
            copy_of: None,
            freshbooks_auth: freshbooks.clone(),
            freshbooks,
            public: address(public)?,
            cin7: address(&cin7.url())?,
            options: Options {
                lease: Duration::from_secs(600),
                ..Options::default()
            },
            invocation: Duration::from_secs(900),
            timeouts: sync::http::Timeouts::default(),
        })
    }
}

/// A plant that could not be started, or a connection that could not be made.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {why}")]
pub struct NotStarted {
    what: &'static str,
    why: String,
}

pub(crate) fn not<E: std::fmt::Display>(what: &'static str) -> impl Fn(E) -> NotStarted {
    move |error| NotStarted {
        what,
        why: error.to_string(),
    }
}

/// Embedded AWS and the functions. Dropping it stops it, as a crash would.
#[derive(Debug)]
pub struct Plant {
    clock: SharedClock,
    invocation: Duration,
    aws: LocalAws,
    ledger: Ledger,
    vault: Vault,
    route: Route,
    console_routes: [Route; 3],
    source: SqsEventSource,
    blueprint: Blueprint,
    functions: Mutex<Arc<Functions>>,
}

impl Plant {
    /// Starts embedded AWS, makes what the template declares, and builds the functions.
    ///
    /// # Errors
    /// What could not be started.
    pub async fn start(site: Site) -> Result<Self, NotStarted> {
        let http = sync::http::client(site.timeouts).map_err(not("the HTTP client"))?;
        Self::start_with(site, http).await
    }

    /// The same with an HTTP client made by [`sync::http::client`] before: making one takes longer
    /// than everything else here.
    ///
    /// # Errors
    /// What could not be started.
    pub async fn start_with(site: Site, http: reqwest::Client) -> Result<Self, NotStarted> {
        let Site {
            clock,
            data,
            copy_of,
            freshbooks,
            freshbooks_auth,
            public,
            cin7,
            options,
            invocation,
            timeouts: _,
        } = site;
        let Aws {
            aws,
            table,
            queue_url,
            key_id,
            place,
        } = Aws::start(data, copy_of, clock.clone(), invocation).await?;
        let ledger = Ledger::new(aws.dynamodb(), table, clock.clone());
        let vault = Vault::new(ledger.clone(), aws.kms(), &key_id);
        let source = SqsEventSource::new(aws.sqs(), &queue_url, 10);
        let blueprint = Blueprint {
            ledger: ledger.clone(),
            kms: aws.kms(),
            sqs: aws.sqs(),
            scheduler: aws.scheduler(),
            place,
            http,
            key_id,
            queue_url,
            addresses: Addresses {
                freshbooks,
                freshbooks_auth,
                public,
            },
            cin7,
            options,
        };
        let route = |key: &str| key.parse().map_err(not("the route"));
        Ok(Self {
            route: route("POST /freshbooks/{connection}/{noun}")?,
            console_routes: [
                route("GET /consent/{ticket}")?,
                route("GET /oauth/callback")?,
                route("ANY /{proxy+}")?,
            ],
            functions: Mutex::new(Arc::new(blueprint.build())),
            source,
            blueprint,
            vault,
            clock,
            invocation,
            aws,
            ledger,
        })
    }

    /// Builds the functions anew, as AWS starts a new one in place of one that was killed: nothing
    /// that they kept in memory is left.
    pub fn restart(&self) {
        *self.running() = Arc::new(self.blueprint.build());
    }

    fn running(&self) -> MutexGuard<'_, Arc<Functions>> {
        self.functions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn functions(&self) -> Arc<Functions> {
        Arc::clone(&self.running())
    }

    /// Makes a connection, or brings one up to date with what is given.
    ///
    /// # Errors
    /// One sentence on what is wrong with it.
    pub async fn connect(&self, new: &NewConnection) -> Result<(), NotStarted> {
        sync::connect(&self.ledger, &self.vault, new)
            .await
            .map(|_| ())
            .map_err(not("the connection"))
    }

    /// What the console works on.
    #[must_use]
    pub fn desk(&self) -> Desk {
        self.functions().desk.clone()
    }

    /// The probe, as the console runs it.
    #[must_use]
    pub fn prober(&self) -> Prober {
        self.functions().prober.clone()
    }

    /// Ties out a month of a connection as the poller does, and stores it; `None` where there is no such
    /// connection.
    ///
    /// # Errors
    /// Something could not be read.
    pub async fn tie_out(
        &self,
        connection: &ConnectionId,
        month: Month,
    ) -> Result<Option<TieOut>, NotTied> {
        let deadline = later(self.clock.now(), self.invocation);
        let tie_outs = self.functions().tie_outs.clone();
        let owner = self.invocation_id("tie-out");
        tie_outs.one(connection, month, (&owner, deadline)).await
    }

    /// Sends an HTTP request through the gateway into the webhook function.
    pub async fn receive(&self, parts: &Parts, body: &[u8], from: IpAddr) -> Response<Bytes> {
        let Some(event) = gateway::event(&self.route, parts, body, from, self.clock.now()) else {
            return plain(StatusCode::NOT_FOUND, r#"{"message":"Not Found"}"#);
        };
        let Ok(request) = lambda_http::request::from_str(&event.to_string()) else {
            return failed();
        };
        answered(self.functions().webhook.receive(request).await)
    }

    /// Sends a webhook into the webhook function, as FreshBooks does; the answer's status.
    pub async fn deliver(&self, uri: &str, signature: &str, body: &str) -> StatusCode {
        let request = axum::http::Request::post(uri)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("X-FreshBooks-Hmac-SHA256", signature)
            .body(());
        let Ok(request) = request else {
            return StatusCode::BAD_REQUEST;
        };
        let (parts, ()) = request.into_parts();
        let from = Ipv4Addr::LOCALHOST.into();
        self.receive(&parts, body.as_bytes(), from).await.status()
    }

    /// Sends an HTTP request through the gateway into the console function. Whoever calls this has
    /// checked who asks, where the gateway would have.
    pub async fn ask(&self, parts: &Parts, body: &[u8], from: IpAddr) -> Response<Bytes> {
        let mut routes = self.console_routes.iter();
        let now = self.clock.now();
        let event = routes.find_map(|route| gateway::event(route, parts, body, from, now));
        let Some(event) = event else {
            return plain(StatusCode::NOT_FOUND, r#"{"message":"Not Found"}"#);
        };
        let Ok(request) = lambda_http::request::from_str(&event.to_string()) else {
            return failed();
        };
        answered(self.functions().console.receive(request).await)
    }

    /// Gives the processor one batch, waiting up to `wait` for it. Returns how many messages it had.
    ///
    /// # Errors
    /// The queue could not be read.
    pub async fn process(&self, wait: Duration) -> Result<usize, local_aws::Error> {
        let Some(batch) = self.source.take(wait).await? else {
            return Ok(0);
        };
        let deadline = later(self.clock.now(), self.invocation);
        let invocation = self.invocation_id("process");
        let answer = self
            .functions()
            .processor
            .process(batch.event(), &invocation, deadline)
            .await;
        self.source.settle(batch, answer).await
    }

    /// Gives the poller one task.
    ///
    /// # Errors
    /// The pass ended early; the next goes on.
    pub async fn poll(&self, task: Task) -> Result<Done, Box<dyn StdError + Send + Sync>> {
        let deadline = later(self.clock.now(), self.invocation);
        self.functions()
            .poller
            .poll(task, &self.invocation_id("poll"), deadline)
            .await
    }

    /// Starts what connections' own schedules would have started by now. One that fails keeps none of the
    /// others back. Returns how many were started.
    pub async fn start_what_is_scheduled(&self) -> usize {
        let due = match self.aws.due_schedules() {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(error = %error, "the schedules could not be read");
                return 0;
            }
        };
        let ours = due.iter().filter(|due| due.target == aws::POLLER);
        let mut started = 0;
        for due in ours {
            let polled = match serde_json::from_str(&due.input) {
                Ok(task) => self.poll(task).await.map(|_| ()),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = polled {
                tracing::warn!(schedule = due.name, error = %error, "a poll ended early; the next goes on");
            }
            started += 1;
        }
        started
    }

    /// Unique in this process; the clock makes it unique across restarts.
    fn invocation_id(&self, what: &str) -> String {
        use std::sync::atomic::{AtomicU64, Ordering};
        static COUNT: AtomicU64 = AtomicU64::new(0);
        format!(
            "{what}-{}-{}",
            self.clock.now().as_millisecond(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        )
    }

    /// The ledger, for looking.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The embedded AWS, for looking, counting and breaking.
    #[must_use]
    pub fn aws(&self) -> &LocalAws {
        &self.aws
    }

    /// The clock of everything in the plant.
    #[must_use]
    pub fn clock(&self) -> &SharedClock {
        &self.clock
    }

    /// Where the queue stands, by name.
    #[must_use]
    pub fn addresses(&self) -> HashMap<&'static str, String> {
        HashMap::from([("aws", self.aws.dynamodb_url())])
    }
}

fn answered(answer: Result<Response<lambda_http::Body>, lambda_http::Error>) -> Response<Bytes> {
    answer.map_or_else(
        |_| failed(),
        |answer| answer.map(|body| Bytes::copy_from_slice(&body)),
    )
}

fn failed() -> Response<Bytes> {
    plain(
        StatusCode::INTERNAL_SERVER_ERROR,
        r#"{"message":"Internal Server Error"}"#,
    )
}

fn plain(status: StatusCode, body: &'static str) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from_static(body.as_bytes()));
    *answer.status_mut() = status;
    answer
}
