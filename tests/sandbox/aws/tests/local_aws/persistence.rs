//! What a data folder keeps.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_kms::primitives::Blob;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clock::ManualClock;
use local_aws::{Error, LocalAws, Options};

use crate::dynamodb::{is_there, table, text};
use crate::support::{bodies, clock, example, fifo, receive, send};

async fn start_on(folder: &Path, clock: &Arc<ManualClock>) -> LocalAws {
    let options = Options {
        data: Some(folder.to_owned()),
        clock: clock.clone(),
        ..Options::default()
    };
    LocalAws::start(options).await.unwrap()
}

#[tokio::test]
async fn a_copy_begins_with_all_that_there_was_and_goes_its_own_way() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let begin = async |copy_of| {
        let options = Options {
            copy_of,
            clock: clock.clone(),
            ..Options::default()
        };
        LocalAws::start(options).await.unwrap()
    };
    let put = async |aws: &LocalAws, key: &str| {
        let put = aws.dynamodb().put_item().table_name("table");
        put.item("pk", text(key)).send().await.unwrap();
    };
    let first = begin(None).await;
    table(&first.dynamodb()).await;
    put(&first, "a").await;
    let queue = fifo(&first.sqs(), "q.fifo").await;
    send(&first.sqs(), &queue, "a", "1").await;
    let made = first.kms().create_key().send().await.unwrap();
    let key = made.key_metadata.unwrap().key_id;
    let sealing = first.kms().encrypt().key_id(&key);
    let sealed = sealing.plaintext(Blob::new("secret")).send().await.unwrap();
    first.copy_to(folder.path()).unwrap();
    put(&first, "b").await;

    for _ in 0..2 {
        let copy = begin(Some(folder.path().to_owned())).await;
        assert!(is_there(&copy.dynamodb(), "a").await);
        assert!(!is_there(&copy.dynamodb(), "b").await);
        let received = receive(&copy.sqs(), &queue_url(&copy), 10).await;
        assert_eq!(bodies(&received), ["1"]);
        let opening = copy.kms().decrypt();
        let blob = sealed.ciphertext_blob.clone().unwrap();
        let opened = opening.ciphertext_blob(blob).send().await.unwrap();
        assert_eq!(opened.plaintext.unwrap().as_ref(), b"secret");
        put(&copy, "c").await;
        assert!(!is_there(&first.dynamodb(), "c").await);
    }
}

#[tokio::test]
async fn items_messages_and_keys_survive_a_restart() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let aws = start_on(folder.path(), &clock).await;
    table(&aws.dynamodb()).await;
    aws.dynamodb()
        .put_item()
        .table_name("table")
        .item("pk", text("a"))
        .send()
        .await
        .unwrap();
    let queue = fifo(&aws.sqs(), "q.fifo").await;
    send(&aws.sqs(), &queue, "a", "1").await;
    let kms = aws.kms();
    let key = kms
        .create_key()
        .send()
        .await
        .unwrap()
        .key_metadata
        .unwrap()
        .key_id;
    let request = kms.encrypt().key_id(&key).plaintext(Blob::new("secret"));
    let blob = request.send().await.unwrap().ciphertext_blob.unwrap();
    aws.stop().await;

    let aws = start_on(folder.path(), &clock).await;
    assert!(is_there(&aws.dynamodb(), "a").await);
    // The URL names another port; the queue is found by its name.
    assert_eq!(
        bodies(&receive(&aws.sqs(), &queue_url(&aws), 10).await),
        ["1"]
    );
    let opened = aws
        .kms()
        .decrypt()
        .ciphertext_blob(blob)
        .send()
        .await
        .unwrap();
    assert_eq!(opened.plaintext.unwrap().as_ref(), b"secret");
}

#[tokio::test]
async fn nothing_that_was_answered_is_lost_when_the_process_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut doomed = Command::new(example("doomed_store"))
        .arg(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ciphertext = String::new();
    BufReader::new(doomed.stdout.take().unwrap())
        .read_line(&mut ciphertext)
        .unwrap();
    doomed.kill().unwrap(); // SIGKILL
    doomed.wait().unwrap();

    // The killed process stamped its messages by the machine's clock.
    let data = Some(folder.path().to_owned());
    let aws = LocalAws::start(Options {
        data,
        ..Options::default()
    })
    .await
    .unwrap();
    assert!(is_there(&aws.dynamodb(), "a").await);
    assert_eq!(
        bodies(&receive(&aws.sqs(), &queue_url(&aws), 10).await),
        ["1", "2"]
    );
    let blob = Blob::new(BASE64_STANDARD.decode(ciphertext.trim()).unwrap());
    let opened = aws
        .kms()
        .decrypt()
        .ciphertext_blob(blob)
        .send()
        .await
        .unwrap();
    assert_eq!(opened.plaintext.unwrap().as_ref(), b"secret");
}

#[tokio::test]
async fn messages_that_were_in_flight_are_visible_at_once_and_still_counted() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let aws = start_on(folder.path(), &clock).await;
    let queue = fifo(&aws.sqs(), "q.fifo").await;
    send(&aws.sqs(), &queue, "a", "1").await;
    send(&aws.sqs(), &queue, "a", "2").await;
    receive(&aws.sqs(), &queue, 1).await;
    aws.stop().await;

    let aws = start_on(folder.path(), &clock).await;
    let again = receive(&aws.sqs(), &queue_url(&aws), 10).await;
    assert_eq!(bodies(&again), ["1", "2"]);
    let count = aws_sdk_sqs::types::MessageSystemAttributeName::ApproximateReceiveCount;
    assert_eq!(crate::support::system(&again[0], count), "2");
}

#[tokio::test]
async fn a_duplicate_is_known_after_a_restart() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let aws = start_on(folder.path(), &clock).await;
    let queue = fifo(&aws.sqs(), "q.fifo").await;
    let first = send(&aws.sqs(), &queue, "a", "1").await;
    aws.stop().await;
    clock.advance(Duration::from_secs(60));

    let aws = start_on(folder.path(), &clock).await;
    assert_eq!(send(&aws.sqs(), &queue_url(&aws), "a", "1").await, first);
}

#[tokio::test]
async fn stopping_frees_the_port_and_cuts_long_polls_short() {
    let aws = LocalAws::start(Options::default()).await.unwrap();
    let port: u16 = aws.sqs_url().rsplit(':').next().unwrap().parse().unwrap();
    let sqs = aws.sqs();
    let queue = fifo(&sqs, "q.fifo").await;
    let taken = LocalAws::start(Options {
        port,
        ..Options::default()
    })
    .await;
    assert!(matches!(taken, Err(Error::Listen { .. })));

    let poll = sqs
        .receive_message()
        .queue_url(&queue)
        .wait_time_seconds(20)
        .send();
    let poll = tokio::spawn(poll);
    while aws.calls().len() < 2 {
        tokio::task::yield_now().await;
    }
    aws.stop().await;
    assert!(poll.await.unwrap().unwrap().messages().is_empty());
    LocalAws::start(Options {
        port,
        ..Options::default()
    })
    .await
    .unwrap();
}

fn queue_url(aws: &LocalAws) -> String {
    format!("{}/{}/q.fifo", aws.sqs_url(), local_aws::ACCOUNT)
}
