//! The sandbox's command line.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use sandbox::{NotStarted, day, serve};
use sync::{Schedule, wait};
use tracing_subscriber::EnvFilter;
use url::Url;

/// Runs the whole connector on this machine: embedded AWS, the functions and, unless --serve is
/// given, stand-ins of FreshBooks and Cin7 with a day in a small business.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    /// End after the day; the exit status says whether every document ended where it should and the
    /// totals of both services agree but for what is explained.
    #[arg(long, conflicts_with = "serve")]
    once: bool,

    /// Start no stand-ins and no day: serve connections with the services named, those of files and those that
    /// are made with connectorctl.
    #[arg(long, requires_all = ["freshbooks_url", "cin7_url"])]
    serve: bool,

    /// Where webhooks come in; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8787", value_name = "ADDRESS")]
    listen: SocketAddr,

    /// A connection file (see connection.example.toml); may be repeated.
    #[arg(long, value_name = "FILE", requires = "serve")]
    connection: Vec<PathBuf>,

    /// FreshBooks' API: https://api.freshbooks.com
    #[arg(long, value_name = "URL", requires = "serve")]
    freshbooks_url: Option<Url>,

    /// FreshBooks' consent page: https://auth.freshbooks.com. Where its API is, unless said.
    #[arg(long, value_name = "URL", requires = "serve")]
    freshbooks_auth_url: Option<Url>,

    /// Where FreshBooks and browsers reach this, such as a tunnel's https address. The listen address,
    /// unless said.
    #[arg(long, value_name = "URL", requires = "serve")]
    public_url: Option<Url>,

    /// Cin7's API: https://inventory.dearsystems.com/ExternalApi/v2/
    #[arg(long, value_name = "URL", requires = "serve")]
    cin7_url: Option<Url>,

    /// How often the poller runs, such as 5s or 1m.
    #[arg(long, default_value = "5s", value_parser = wait, value_name = "SPAN")]
    poll_every: Duration,

    /// How often it asks both services what changed that no webhook told of, such as 20s; no oftener than the
    /// poller runs. Lists cost calls of both services.
    #[arg(long, default_value = "20s", value_parser = wait, value_name = "SPAN", requires = "serve")]
    catch_up_every: Duration,

    /// Waits between tries, such as 1s,2s,4s.
    #[arg(long, value_name = "SPANS")]
    retry_schedule: Option<Schedule>,

    /// Keep the state in this folder, across restarts.
    #[arg(long, value_name = "FOLDER", requires = "serve")]
    data: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    log(if cli.serve { "info" } else { "error" });
    match run(cli).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => complain(&error),
    }
}

async fn run(cli: Cli) -> Result<bool, NotStarted> {
    let (Some(freshbooks), Some(cin7), true) = (cli.freshbooks_url, cli.cin7_url, cli.serve) else {
        return day::run(cli.once).await;
    };
    let serve = serve::Serve {
        listen: cli.listen,
        connections: cli.connection,
        freshbooks,
        freshbooks_auth: cli.freshbooks_auth_url,
        cin7,
        public: cli.public_url,
        poll_every: cli.poll_every,
        catch_up_every: cli.catch_up_every,
        retry: cli.retry_schedule.unwrap_or_default(),
        data: cli.data,
    };
    serve::serve(serve).await.map(|()| true)
}

/// Logs go to standard error; standard output belongs to the table, or to the line of addresses.
fn log(depth: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(depth));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

#[expect(
    clippy::print_stderr,
    reason = "one plain sentence for whoever started it"
)]
fn complain(error: &NotStarted) -> ExitCode {
    eprintln!("sandbox: {error}");
    ExitCode::from(2)
}
