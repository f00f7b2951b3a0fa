//! What the template declares, made on embedded AWS: table, queues, key, schedule group.

use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_sdk_sqs::types::QueueAttributeName;
use clock::SharedClock;
use local_aws::{ACCOUNT, LocalAws, Options};
use schedules::Place;

use super::{NotStarted, not};

const TABLE: &str = "connector";
const KEY_ALIAS: &str = "alias/connector-credentials";
const GROUP: &str = "connector";
/// What the schedules of connections start.
pub(super) const POLLER: &str = "arn:aws:lambda:us-east-1:000000000000:function:connector-poller";

/// Embedded AWS with everything in place, for a [`Plant`](crate::Plant) or for the functions' own
/// binaries.
#[derive(Debug)]
pub struct Aws {
    /// The services.
    pub aws: LocalAws,
    /// `TABLE_NAME` of the functions.
    pub table: &'static str,
    /// `QUEUE_URL` of the functions.
    pub queue_url: String,
    /// `KEY_ID` of the functions.
    pub key_id: String,
    /// `SCHEDULE_GROUP`, `POLLER_ARN` and `SCHEDULER_ROLE_ARN` of the functions.
    pub place: Place,
}

impl Aws {
    /// Starts the services, on a data folder or with a copy of one in memory, and makes what is not there
    /// yet. `invocation` is the longest time that a
    /// function keeps a message.
    ///
    /// # Errors
    /// What could not be started or made.
    pub async fn start(
        data: Option<PathBuf>,
        copy_of: Option<PathBuf>,
        clock: SharedClock,
        invocation: Duration,
    ) -> Result<Self, NotStarted> {
        if let Some(folder) = &data {
            keep_to_ourselves(folder).map_err(not("the data folder"))?;
        }
        let options = Options {
            data,
            copy_of,
            clock,
            ..Options::default()
        };
        let aws = LocalAws::start(options)
            .await
            .map_err(not("embedded AWS"))?;
        ledger::table::create(&aws.dynamodb(), TABLE)
            .await
            .map_err(not("the table"))?;
        let queue_url = queues(&aws.sqs(), invocation).await?;
        key(&aws.kms()).await?;
        group(&aws.scheduler()).await?;
        Ok(Self {
            aws,
            table: TABLE,
            queue_url,
            key_id: KEY_ALIAS.to_owned(),
            place: Place {
                group: GROUP.to_owned(),
                poller: POLLER.to_owned(),
                role: format!("arn:aws:iam::{ACCOUNT}:role/connector-scheduler"),
            },
        })
    }
}

/// Makes the folder, for this user alone: embedded KMS keeps its key material there in the clear.
fn keep_to_ourselves(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::create_dir_all(folder)?;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

/// The FIFO queue and its dead-letter queue, as in the template.
async fn queues(sqs: &aws_sdk_sqs::Client, invocation: Duration) -> Result<String, NotStarted> {
    let dead = queue(sqs, "connector-dead.fifo", vec![]).await?;
    let arn = sqs
        .get_queue_attributes()
        .queue_url(&dead)
        .attribute_names(QueueAttributeName::QueueArn)
        .send()
        .await
        .map_err(|error| not("the dead-letter queue")(error.into_service_error()))?;
    let arn = arn
        .attributes()
        .and_then(|all| all.get(&QueueAttributeName::QueueArn))
        .cloned()
        .unwrap_or_default();
    let redrive = format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":"10"}}"#);
    // Longer than an invocation; AWS advises six times as long, which nobody would wait for here.
    let visibility = (invocation.as_secs() + 30).to_string();
    let attributes = vec![
        (QueueAttributeName::RedrivePolicy, redrive),
        (QueueAttributeName::VisibilityTimeout, visibility),
    ];
    queue(sqs, "connector.fifo", attributes).await
}

async fn queue(
    sqs: &aws_sdk_sqs::Client,
    name: &str,
    attributes: Vec<(QueueAttributeName, String)>,
) -> Result<String, NotStarted> {
    let known = sqs.get_queue_url().queue_name(name).send().await;
    if let Some(url) = known.ok().and_then(|known| known.queue_url) {
        return Ok(url);
    }
    let mut create = sqs
        .create_queue()
        .queue_name(name)
        .attributes(QueueAttributeName::FifoQueue, "true");
    for (attribute, value) in attributes {
        create = create.attributes(attribute, value);
    }
    let made = create
        .send()
        .await
        .map_err(|error| not("the queue")(error.into_service_error()))?;
    made.queue_url
        .ok_or_else(|| not("the queue")("it has no address"))
}

/// The key behind the alias; made once, found again on the same data.
async fn key(kms: &aws_sdk_kms::Client) -> Result<(), NotStarted> {
    if kms.describe_key().key_id(KEY_ALIAS).send().await.is_ok() {
        return Ok(());
    }
    let made = kms
        .create_key()
        .send()
        .await
        .map_err(|error| not("the key")(error.into_service_error()))?;
    let id = made.key_metadata.map(|key| key.key_id).unwrap_or_default();
    let named = kms
        .create_alias()
        .alias_name(KEY_ALIAS)
        .target_key_id(id)
        .send()
        .await;
    named
        .map(|_| ())
        .map_err(|error| not("the key's alias")(error.into_service_error()))
}

/// The group that connections' schedules stand in; made once, found again on the same data.
async fn group(scheduler: &aws_sdk_scheduler::Client) -> Result<(), NotStarted> {
    let made = scheduler.create_schedule_group().name(GROUP).send().await;
    match made.map_err(|error| error.into_service_error()) {
        Err(error) if !error.is_conflict_exception() => Err(not("the schedule group")(error)),
        _ => Ok(()),
    }
}
