//! `kill -9` in the middle of posting, and a restart on the same folder.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher};
use freshbooks_stand_in as freshbooks;

use crate::business::{Business, Services};
use crate::folder::Folder;
use crate::process::eventually;
use crate::served::Served;

/// Longer than the process lives.
const STUCK: Fault = Fault::Slow(Duration::from_secs(600));

/// Delivers an invoice and waits until Cin7 has carried out its call to `path`, whose answer never
/// comes.
async fn stuck_at(
    path: &str,
    services: &Services,
    business: &Business,
    served: &Served,
    cents: i64,
) -> String {
    let id = services.invoice(business, cents);
    services.cin7.fail(Matcher::new("POST", path), STUCK);
    served.deliver(business, &id).await;
    let under_way = eventually(async || {
        let calls = services.cin7.calls(&business.keys);
        calls
            .iter()
            .any(|call| call.method == "POST" && call.path == path)
    });
    assert!(under_way.await, "{path} was never called");
    id
}

#[tokio::test]
async fn a_kill_at_any_of_the_three_writes_leaves_exactly_one_sale_after_a_restart() {
    let services = Services::start().await;
    let businesses = ["acme", "birch", "cedar"].map(|name| services.open(name));
    let [acme, birch, cedar] = &businesses;
    let all = [acme, birch, cedar];
    let folder = Folder::new();
    let command = || {
        let mut command = folder.serve(&services, &all);
        command.arg("--data").arg(folder.data());
        command
    };
    let served = Served::start(command()).await;
    let ids = [
        stuck_at("sale", &services, acme, &served, 1000).await,
        stuck_at("sale/order", &services, birch, &served, 2000).await,
        stuck_at("sale/invoice", &services, cedar, &served, 3000).await,
    ];
    let left = served.kill();
    assert_eq!(left.stdout.lines().count(), 1, "{}", left.stdout);

    let served = Served::start(command()).await;
    let due = ["10.00", "20.00", "30.00"];
    for ((business, id), total) in all.into_iter().zip(&ids).zip(due) {
        served.until(business, id, "confirmed").await;
        let total = Some(total.parse().unwrap());
        assert_eq!(services.held(business, id), [total], "{}", business.name);
        assert_eq!(services.cin7.sales(&business.keys).len(), 1);
        let (_, verified, _) = served.trail(business.name, id).await;
        assert_eq!(verified, "true", "{}", business.name);
    }
}

#[tokio::test]
async fn after_a_restart_the_rotated_refresh_token_is_used_and_not_the_spent_one_of_the_file() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let command = || {
        let mut command = folder.serve(&services, &[&acme]);
        command.arg("--data").arg(folder.data());
        command
    };
    let served = Served::start(command()).await;
    let first = services.invoice(&acme, 500);
    served.deliver(&acme, &first).await;
    served.until(&acme, &first, "confirmed").await;
    let rotated = services.live_refresh_token(&acme);
    assert_ne!(rotated, acme.refresh_token, "the file's token is spent");
    served.kill();

    let served = Served::start(command()).await;
    let documents = format!("/accounting/account/{}", acme.account.account_id);
    services.freshbooks.fail(
        freshbooks::Matcher::new("GET", documents),
        freshbooks::Fault::Unauthorized401,
    );
    let second = services.invoice(&acme, 600);
    served.deliver(&acme, &second).await;
    served.until(&acme, &second, "confirmed").await;
    assert_ne!(services.live_refresh_token(&acme), rotated);
    assert_eq!(
        services.token_answers(),
        [Some(200), Some(200)],
        "one rotation before the restart, one after, neither with a spent token"
    );
    let records = served.records().await;
    assert_eq!(
        records.len(),
        2,
        "the first record is still there: {records:?}"
    );
}
