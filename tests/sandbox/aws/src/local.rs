//! Starting and stopping the services, and the SDK clients that reach them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_sqs::config::retry::{RetryPartition, TokenBucket};
use aws_sdk_sqs::config::{Credentials, SharedCredentialsProvider};
use clock::{SharedClock, SystemClock};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::dynamodb::DynamoDb;
use crate::kms::Kms;
use crate::place::{self, Place};
use crate::scheduler::{Due, Scheduler};
use crate::server::{self, Call, CallLog, Fault, Service, Services};
use crate::sqs::Sqs;
use crate::{Error, REGION};

/// What the stores are called.
const DYNAMODB: &str = "dynamodb";
const SQS: &str = "sqs";
const KMS: &str = "kms";
const SCHEDULER: &str = "scheduler";

/// How to start a [`LocalAws`]. The default keeps everything in memory, on the machine's clock, on
/// any free port.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder of the SQLite files; without one, everything is in memory.
    ///
    /// KMS key material lies there in the clear: it protects nothing but local test data.
    pub data: Option<PathBuf>,
    /// Without a data folder: one that [`LocalAws::copy_to`] filled, all of which is there from the start.
    pub copy_of: Option<PathBuf>,
    /// The time of SQS, KMS and Scheduler, and of DynamoDB when it is in memory. DynamoDB on a file reads the
    /// machine's clock, because its engine takes a clock only in memory; that matters to
    /// [`LocalAws::sweep_ttl`] alone.
    pub clock: SharedClock,
    /// Loopback port to listen on; 0 takes a free one. A fixed port keeps queue URLs valid across
    /// restarts on a data folder.
    pub port: u16,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            data: None,
            copy_of: None,
            clock: Arc::new(SystemClock),
            port: 0,
        }
    }
}

/// One client of each service, cloned for whoever asks: making one takes longer than a call.
#[derive(Debug)]
struct Clients {
    dynamodb: aws_sdk_dynamodb::Client,
    sqs: aws_sdk_sqs::Client,
    kms: aws_sdk_kms::Client,
    scheduler: aws_sdk_scheduler::Client,
}

impl Clients {
    /// Each emulator has a retry budget of its own, as each process has: the SDK's is one for the
    /// whole process, so that tests would use up each other's.
    fn new(sdk: &SdkConfig) -> Self {
        let budget = RetryPartition::custom("local-aws")
            .token_bucket(TokenBucket::default())
            .build();
        let dynamodb = aws_sdk_dynamodb::config::Builder::from(sdk).retry_partition(budget.clone());
        let sqs = aws_sdk_sqs::config::Builder::from(sdk).retry_partition(budget.clone());
        let kms = aws_sdk_kms::config::Builder::from(sdk).retry_partition(budget.clone());
        let scheduler = aws_sdk_scheduler::config::Builder::from(sdk).retry_partition(budget);
        Self {
            dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb.build()),
            sqs: aws_sdk_sqs::Client::from_conf(sqs.build()),
            kms: aws_sdk_kms::Client::from_conf(kms.build()),
            scheduler: aws_sdk_scheduler::Client::from_conf(scheduler.build()),
        }
    }
}

/// DynamoDB, SQS, KMS and Scheduler on one loopback port. Dropping it stops it.
#[derive(Debug)]
pub struct LocalAws {
    address: SocketAddr,
    services: Arc<Services>,
    clients: Clients,
    stopping: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl LocalAws {
    /// Opens the stores and starts to serve; ready when it returns. With a data folder, messages
    /// that were in flight are visible again at once: their consumer died with the process.
    ///
    /// # Errors
    /// [`Error::Listen`], [`Error::DataFolder`] or [`Error::Store`].
    pub async fn start(options: Options) -> Result<Self, Error> {
        let place = |store| Place::of(&options, store);
        let Options { clock, port, .. } = options.clone();
        if let Some(path) = &options.data {
            std::fs::create_dir_all(path).map_err(|source| Error::DataFolder {
                path: path.clone(),
                source,
            })?;
        }
        let listen = |source| Error::Listen { port, source };
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let (stopping, stopped) = watch::channel(false);

        let services = Arc::new(Services {
            calls: CallLog::default(),
            dynamodb: DynamoDb::open(&place(DYNAMODB), &clock)?,
            sqs: Sqs::open(
                &place(SQS),
                Arc::clone(&clock),
                format!("http://{address}"),
                stopped.clone(),
            )?,
            kms: Kms::open(&place(KMS), Arc::clone(&clock))?,
            scheduler: Scheduler::open(&place(SCHEDULER), clock)?,
        });
        let server = tokio::spawn(server::serve(listener, Arc::clone(&services), stopped));
        Ok(Self {
            address,
            services,
            clients: Clients::new(&sdk_config(address)),
            stopping,
            server,
        })
    }

    /// A DynamoDB client.
    #[must_use]
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        self.clients.dynamodb.clone()
    }

    /// An SQS client.
    #[must_use]
    pub fn sqs(&self) -> aws_sdk_sqs::Client {
        self.clients.sqs.clone()
    }

    /// A KMS client.
    #[must_use]
    pub fn kms(&self) -> aws_sdk_kms::Client {
        self.clients.kms.clone()
    }

    /// A client of EventBridge Scheduler.
    #[must_use]
    pub fn scheduler(&self) -> aws_sdk_scheduler::Client {
        self.clients.scheduler.clone()
    }

    /// What Scheduler would have started since this was last asked, each schedule once. It starts nothing
    /// by itself: whoever holds the functions does.
    ///
    /// # Errors
    /// [`Error::Store`] when the store cannot be read or written.
    pub fn due_schedules(&self) -> Result<Vec<Due>, Error> {
        self.services.scheduler.due()
    }

    /// Endpoint of DynamoDB, for `AWS_ENDPOINT_URL_DYNAMODB`.
    #[must_use]
    pub fn dynamodb_url(&self) -> String {
        self.url()
    }

    /// Endpoint of SQS, for `AWS_ENDPOINT_URL_SQS`.
    #[must_use]
    pub fn sqs_url(&self) -> String {
        self.url()
    }

    /// Endpoint of KMS, for `AWS_ENDPOINT_URL_KMS`.
    #[must_use]
    pub fn kms_url(&self) -> String {
        self.url()
    }

    /// Endpoint of EventBridge Scheduler, for `AWS_ENDPOINT_URL_SCHEDULER`.
    #[must_use]
    pub fn scheduler_url(&self) -> String {
        self.url()
    }

    /// The environment that points any program's AWS SDK here: endpoints, region, dummy keys, and
    /// no instance metadata.
    #[must_use]
    pub fn environment(&self) -> Vec<(String, String)> {
        [
            ("AWS_ENDPOINT_URL_DYNAMODB", self.dynamodb_url()),
            ("AWS_ENDPOINT_URL_SQS", self.sqs_url()),
            ("AWS_ENDPOINT_URL_KMS", self.kms_url()),
            ("AWS_ENDPOINT_URL_SCHEDULER", self.scheduler_url()),
            ("AWS_REGION", REGION.to_owned()),
            ("AWS_ACCESS_KEY_ID", "local".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "local".to_owned()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    /// Every call since the start or the last [`Self::reset_calls`], in order of arrival. Attempts
    /// count one by one: a call that the SDK repeats is there twice.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.services.calls.calls()
    }

    /// Forgets the calls so far and every fault still waiting.
    pub fn reset_calls(&self) {
        self.services.calls.reset();
    }

    /// Fails call number `n`, counted from 0 like the index in [`Self::calls`].
    pub fn fail_call(&self, n: usize, fault: Fault) {
        self.services.calls.fail_call(n, fault);
    }

    /// Fails the next call of `operation`, once; called twice, it fails the next two.
    pub fn fail_next(&self, service: Service, operation: &str, fault: Fault) {
        self.services.calls.fail_next(service, operation, fault);
    }

    /// Lets `decide` say what befalls each call as it arrives, before any other fault. For one who
    /// follows several services at once and counts in its own way.
    pub fn decide(&self, decide: impl Fn(&Call) -> Option<Fault> + Send + Sync + 'static) {
        self.services.calls.decide(Box::new(decide));
    }

    /// Completes when a call hangs ([`Fault::HangBefore`], [`Fault::HangAfter`]), or at once where
    /// one did since this was last asked. Whoever made the call can be dropped then, exactly there.
    pub async fn hanging(&self) {
        self.services.calls.hanging().await;
    }

    /// Deletes the DynamoDB items whose time to live has passed, and says how many. AWS does this
    /// by itself some time after the moment; here it happens when it is called.
    ///
    /// # Errors
    /// [`Error::Store`] when the store cannot be written.
    pub fn sweep_ttl(&self) -> Result<usize, Error> {
        self.services.dynamodb.sweep_ttl()
    }

    /// Writes a copy of all that the services hold into a folder without one, for [`Options::copy_of`].
    ///
    /// # Errors
    /// [`Error::Store`] when a store cannot be written.
    pub fn copy_to(&self, folder: &Path) -> Result<(), Error> {
        let Services {
            dynamodb,
            sqs,
            kms,
            scheduler,
            calls: _,
        } = &*self.services;
        dynamodb.copy_to(&place::file(folder, DYNAMODB))?;
        sqs.copy_to(&place::file(folder, SQS))?;
        kms.copy_to(&place::file(folder, KMS))?;
        scheduler.copy_to(&place::file(folder, SCHEDULER))
    }

    /// Stops and waits until the port is closed. Long polls end at once, with no messages.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        // A client that holds a half-sent request open must not hold up the stop.
        let _ = tokio::time::timeout(Duration::from_secs(1), &mut self.server).await;
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for LocalAws {
    fn drop(&mut self) {
        self.stopping.send_replace(true);
    }
}

/// The SDK's standard retries with a back-off of milliseconds, so that a test of a fault takes no
/// time; nothing is read from the machine's own AWS profile.
fn sdk_config(address: SocketAddr) -> SdkConfig {
    let retries = RetryConfig::standard()
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_backoff(Duration::from_millis(5));
    let keys = Credentials::new("local", "local", None, None, "local-aws");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(SharedCredentialsProvider::new(keys))
        .endpoint_url(format!("http://{address}"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(retries)
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_secs(5))
                .build(),
        )
        .build()
}
