//! Webhooks that come in, and what `/sandbox` shows of them.

use serde_json::Value;

use crate::business::{Business, Services};
use crate::folder::Folder;
use crate::served::Served;

async fn running() -> (Services, Business, Folder, Served) {
    let services = Services::start().await;
    let business = services.open("acme");
    let folder = Folder::new();
    let served = Served::start(folder.serve(&services, &[&business])).await;
    (services, business, folder, served)
}

#[tokio::test]
async fn a_signed_webhook_ends_as_a_confirmed_sale_with_its_trail() {
    let (services, acme, _folder, served) = running().await;
    let id = services.invoice(&acme, 12_345);
    served.deliver(&acme, &id).await;

    let record = served.until(&acme, &id, "confirmed").await;
    assert_eq!(record["total"], "123.45");
    assert_eq!(record["cin7"]["total"], "123.45");
    assert!(record["cin7"]["sale_id"].is_string(), "{record}");
    assert_eq!(
        services.held(&acme, &id),
        [Some("123.45".parse().unwrap())],
        "one sale, to the cent"
    );

    let (status, verified, trail) = served.trail("acme", &id).await;
    assert_eq!((status, verified.as_str()), (200, "true"));
    let trail: Vec<Value> = serde_json::from_str(&trail).unwrap();
    let told: Vec<&str> = trail
        .iter()
        .filter_map(|entry| entry["what"].as_str())
        .collect();
    assert_eq!(told.first(), Some(&"received"));
    assert_eq!(told.last(), Some(&"confirmed"));
    let written = told.iter().filter(|what| **what == "outcome").count();
    assert_eq!(
        written, 4,
        "customer, sale, order and invoice each: {told:?}"
    );
}

#[tokio::test]
async fn a_forged_webhook_is_answered_like_one_for_an_unknown_connection_and_leaves_no_record() {
    let (services, acme, _folder, served) = running().await;
    let id = services.invoice(&acme, 100);
    let (body, signature) = acme.delivery(&id);
    let forged = served
        .receive("acme", (format!("{body}&x=1"), signature.clone()))
        .await;
    let unknown = served.receive("nobody", (body, signature)).await;
    assert_eq!(forged.0, 401);
    assert_eq!(unknown, forged);
    assert_eq!(served.records().await, Vec::<Value>::new());
    assert_eq!(served.trail("acme", &id).await.0, 404);
    assert_eq!(
        services.freshbooks.calls(),
        [],
        "nothing was asked on its word"
    );
}

#[tokio::test]
async fn the_same_webhook_twice_is_one_sale() {
    let (services, acme, _folder, served) = running().await;
    let id = services.invoice(&acme, 4200);
    served.deliver(&acme, &id).await;
    served.deliver(&acme, &id).await;
    served.until(&acme, &id, "confirmed").await;
    assert_eq!(services.held(&acme, &id), [Some("42.00".parse().unwrap())]);
}

#[tokio::test]
async fn two_connections_are_served_apart() {
    let services = Services::start().await;
    let (acme, birch) = (services.open("acme"), services.open("birch"));
    let folder = Folder::new();
    let served = Served::start(folder.serve(&services, &[&acme, &birch])).await;
    // Ids begin alike in both accounts: a mix-up would look right.
    let (ours, theirs) = (
        services.invoice(&acme, 1000),
        services.invoice(&birch, 2000),
    );
    assert_eq!(ours, theirs);
    served.deliver(&acme, &ours).await;
    served.deliver(&birch, &theirs).await;
    let crossed = served.receive("birch", acme.delivery(&ours)).await;
    assert_eq!(crossed.0, 401, "a verifier opens its own callback only");

    let of_acme = served.until(&acme, &ours, "confirmed").await;
    let of_birch = served.until(&birch, &theirs, "confirmed").await;
    assert_eq!(
        (&of_acme["total"], &of_birch["total"]),
        (&"10.00".into(), &"20.00".into())
    );
    assert_eq!(
        services.held(&acme, &ours),
        [Some("10.00".parse().unwrap())]
    );
    assert_eq!(
        services.held(&birch, &theirs),
        [Some("20.00".parse().unwrap())]
    );
    assert_eq!(
        (
            services.cin7.sales(&acme.keys).len(),
            services.cin7.sales(&birch.keys).len()
        ),
        (1, 1)
    );
}

#[tokio::test]
async fn an_invoice_of_which_no_webhook_came_is_caught_up_with() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let served = Served::start(folder.serve_catching_up(&services, &[&acme], "1s")).await;
    let untold = services.invoice(&acme, 7_000);
    served.until(&acme, &untold, "confirmed").await;
    assert_eq!(services.cin7.sales(&acme.keys).len(), 1);
}
