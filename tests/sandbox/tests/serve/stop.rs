//! SIGTERM and Ctrl-C.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use serde_json::Value;

use crate::business::Services;
use crate::folder::Folder;
use crate::process::eventually;
use crate::served::Served;

/// Stops a process in the middle of posting: what runs comes to its end, and nothing stays behind.
async fn stops(signal: &str) {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let served = Served::start(folder.serve(&services, &[&acme])).await;
    let id = services.invoice(&acme, 900);
    let slow = Fault::Slow(Duration::from_secs(1));
    services.cin7.fail(Matcher::new("POST", "sale"), slow);
    served.deliver(&acme, &id).await;
    let posting = eventually(async || !services.held(&acme, &id).is_empty());
    assert!(posting.await, "the sale was never posted");

    let (url, http) = (served.url().to_owned(), served.http.clone());
    served.signal(signal);
    let ended = served.end().await;
    assert_eq!(ended.status.code(), Some(0), "{}", ended.stderr);
    assert_eq!(
        services.held(&acme, &id),
        [Some("9.00".parse().unwrap())],
        "the sale under way was finished"
    );
    assert!(http.get(url).send().await.is_err(), "the port is closed");
    let desk: Vec<_> = std::fs::read_dir(folder.desk()).unwrap().collect();
    assert!(desk.is_empty(), "it left {desk:?}");
    let [line] = ended.stdout.lines().collect::<Vec<_>>()[..] else {
        panic!("standard output is not one line: {}", ended.stdout);
    };
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["ready"], true);
}

#[tokio::test]
async fn sigterm_lets_the_sale_under_way_end_and_leaves_nothing_behind() {
    stops("TERM").await;
}

#[tokio::test]
async fn ctrl_c_lets_the_sale_under_way_end_and_leaves_nothing_behind() {
    stops("INT").await;
}

#[tokio::test]
async fn a_process_that_says_it_is_ready_can_be_stopped_at_once() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let served = Served::start(folder.serve(&services, &[&acme])).await;
    served.signal("TERM");
    assert_eq!(served.end().await.status.code(), Some(0));
}
