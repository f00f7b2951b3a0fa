//! A plant that serves: webhooks come in over HTTP, and the functions run as they would in AWS.

mod api;
mod http;
mod replay;

pub(crate) use api::Token;
pub(crate) use http::listen;

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clock::SystemClock;
use poller::Task;
use serde_json::json;
use sync::{NewConnection, Options, Schedule};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::{Host, Url};

use crate::plant::not;
use crate::{NotStarted, Plant, Site, connection_file};

/// Invocations at the same time, as a concurrency limit on the event source would allow.
const WORKERS: usize = 4;
/// Longer than the longest call to either service; shorter than anybody waits after a crash.
const LEASE: Duration = Duration::from_secs(30);
/// A handshake that was asked for has come by then.
const KEEP_EVERY: Duration = Duration::from_secs(10);
const INVOCATION: Duration = Duration::from_secs(120);

/// What to serve and where.
#[derive(Debug, Clone)]
pub struct Serve {
    /// Where webhooks come in; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Connection files.
    pub connections: Vec<PathBuf>,
    /// FreshBooks' API.
    pub freshbooks: Url,
    /// FreshBooks' consent page; where the API is, unless said.
    pub freshbooks_auth: Option<Url>,
    /// Cin7's API.
    pub cin7: Url,
    /// Where FreshBooks and browsers reach this; the listen address, unless said.
    pub public: Option<Url>,
    /// How often the poller runs.
    pub poll_every: Duration,
    /// How often it asks both services what changed that nothing told of, and no oftener than it runs.
    pub catch_up_every: Duration,
    /// When failed looks are tried again.
    pub retry: Schedule,
    /// Where the state is kept; in memory without one.
    pub data: Option<PathBuf>,
}

/// Serves until SIGTERM or Ctrl-C, then lets what is running come to its end. When ready, prints one
/// line of JSON with the addresses.
///
/// # Errors
/// What could not be started.
pub async fn serve(serve: Serve) -> Result<(), NotStarted> {
    if serve.data.is_none() && !is_loopback(&serve.cin7) {
        return Err(not("not started")(
            "--data is needed: a ledger in memory would forget what crossed into this Cin7",
        ));
    }
    let files = read(&serve.connections)?;
    let listener = TcpListener::bind(serve.listen)
        .await
        .map_err(not("the listen address"))?;
    let address = listener.local_addr().map_err(not("the listen address"))?;
    let here = format!("http://{address}");
    let here = here.parse().map_err(not("the listen address"))?;
    let plant = Plant::start(Site {
        clock: Arc::new(SystemClock),
        data: serve.data,
        copy_of: None,
        freshbooks_auth: serve
            .freshbooks_auth
            .unwrap_or_else(|| serve.freshbooks.clone()),
        freshbooks: serve.freshbooks,
        public: serve.public.unwrap_or(here),
        cin7: serve.cin7,
        options: Options {
            retry: serve.retry,
            lease: LEASE,
            ..Options::default()
        },
        invocation: INVOCATION,
        timeouts: sync::http::Timeouts::default(),
    })
    .await?;
    for (path, file) in serve.connections.iter().zip(&files) {
        plant.connect(file).await.map_err(|error| {
            not("not started")(format!("the connection file {}: {error}", path.display()))
        })?;
    }
    let plant = Arc::new(plant);
    let (stop, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    for _ in 0..WORKERS {
        tasks.spawn(work(plant.clone(), stopped.clone()));
    }
    let times = (serve.poll_every, serve.catch_up_every);
    tasks.spawn(poll(plant.clone(), times, stopped.clone()));
    tasks.spawn(keep(plant.clone(), stopped.clone()));
    let token = Token::new();
    let shown = token.shown();
    tasks.spawn(listen(listener, plant.clone(), token, stopped));
    // Whoever reads the line may ask to stop at once.
    let asked = asked_to_stop()?;
    announce(address, &plant, &shown);
    asked.await;
    tracing::info!("stopping");
    // Everybody may have gone already; then there is nobody left to tell.
    let _ = stop.send(true);
    let ended = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(Duration::from_secs(20), ended)
        .await
        .is_err()
    {
        tracing::warn!(
            "stopped before everything running had ended; the ledger knows where it was"
        );
    }
    Ok(())
}

/// The connection files, none of which may be there twice.
fn read(paths: &[PathBuf]) -> Result<Vec<NewConnection>, NotStarted> {
    let files = paths.iter().map(|path| connection_file::read(path));
    let files: Vec<_> = files
        .collect::<Result<_, _>>()
        .map_err(not("not started"))?;
    let mut ids = HashSet::new();
    if let Some(twice) = files.iter().find(|file| !ids.insert(&file.id)) {
        let why = format!(
            "two connection files have the id {}; give each its own",
            twice.id
        );
        return Err(not("not started")(why));
    }
    Ok(files)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The one line that scripts wait for.
#[expect(clippy::print_stdout, reason = "this line is the interface")]
fn announce(address: SocketAddr, plant: &Plant, token: &str) {
    let url = format!("http://{address}");
    let line = json!({
        "ready": true,
        "url": url,
        "webhooks": format!("{url}/freshbooks/{{connection}}/{{noun}}"),
        "records": format!("{url}/sandbox/records"),
        "audit": format!("{url}/sandbox/audit/{{connection}}/{{kind}}/{{id}}"),
        "replay": format!("{url}/sandbox/replay"),
        "tie_out": format!("{url}/sandbox/tie-out/{{connection}}?month={{month}}"),
        "console": url,
        "token": token,
        "aws": plant.addresses()["aws"],
    });
    println!("{line}");
}

async fn work(plant: Arc<Plant>, stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(error) = plant.process(Duration::from_secs(1)).await {
            tracing::error!(error = %error, "the queue could not be read");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

async fn poll(
    plant: Arc<Plant>,
    (every, catch_up_every): (Duration, Duration),
    mut stopped: watch::Receiver<bool>,
) {
    let mut caught_up = Instant::now();
    loop {
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            _ = stopped.changed() => return,
        }
        let confirm = Task::Confirm { connection: None };
        for task in [Task::Sweep, Task::Backfill, confirm] {
            if let Err(error) = plant.poll(task).await {
                tracing::warn!(error = %error, "a poll ended early; the next goes on");
            }
        }
        if caught_up.elapsed() >= catch_up_every {
            catch_up(&plant).await;
            caught_up = Instant::now();
        }
    }
}

/// Does for every connection what its own schedule would, which nobody who tries things out waits for.
async fn catch_up(plant: &Plant) {
    let connections = match plant.ledger().connections().await {
        Ok(connections) => connections,
        Err(error) => {
            tracing::warn!(error = %error, "the connections could not be read; the next poll goes on");
            return;
        }
    };
    for connection in connections {
        let poll = Task::Poll {
            connection,
            full: false,
        };
        if let Err(error) = plant.poll(poll).await {
            tracing::warn!(error = %error, "a poll ended early; the next goes on");
        }
    }
}

/// Keeps connections alive, beginning at once: that registers the callbacks of those that have none.
async fn keep(plant: Arc<Plant>, mut stopped: watch::Receiver<bool>) {
    loop {
        let keep = Task::Keep { connection: None };
        if let Err(error) = plant.poll(keep).await {
            tracing::warn!(error = %error, "connections could not be kept alive; the next pass goes on");
        }
        tokio::select! {
            () = tokio::time::sleep(KEEP_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Listens for both signals from now on; what comes back ends with the first.
fn asked_to_stop() -> Result<impl Future<Output = ()>, NotStarted> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(not("the signal handler"))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(not("the signal handler"))?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
