//! The console's API on this machine, and callbacks that register themselves.

use serde_json::{Value, json};

use crate::business::Services;
use crate::folder::Folder;
use crate::process::eventually;
use crate::served::Served;

/// The status of a question to the API, and its answer.
async fn asked(served: &Served, headers: &[(&str, &str)]) -> (u16, Value) {
    let mut request = served.http.get(format!("{}/connections", served.url()));
    for &(name, value) in headers {
        request = request.header(name, value);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or_default())
}

#[tokio::test]
async fn the_api_opens_with_the_token_that_was_printed_and_on_this_machine_only() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let served = Served::start(Folder::new().serve(&services, &[&acme])).await;
    let token = format!("Bearer {}", served.address["token"].as_str().unwrap());
    assert_eq!(asked(&served, &[]).await.0, 401);
    assert_eq!(
        asked(&served, &[("authorization", "Bearer guess")]).await.0,
        401
    );
    let through_a_tunnel = [("authorization", &*token), ("x-forwarded-for", "192.0.2.7")];
    assert_eq!(asked(&served, &through_a_tunnel).await.0, 404);
    let (status, all) = asked(&served, &[("authorization", &token)]).await;
    assert_eq!(status, 200);
    let connections = all["connections"].as_array().unwrap();
    assert_eq!(connections.len(), 1, "{all}");
    assert_eq!(connections[0]["id"], json!("acme"));
    assert_eq!(connections[0]["status"], json!("active"));
}

#[tokio::test]
async fn a_file_without_verifiers_has_its_callbacks_registered_and_hears_of_invoices() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let text = acme.file();
    let (before, rest) = text.split_once("[freshbooks.verifiers]").unwrap();
    let (_, after) = rest.split_once("[cin7]").unwrap();
    let file = folder.file("acme.toml", &format!("{before}[cin7]{after}"));
    let urls = (services.freshbooks.url(), services.cin7.url());
    let served = Served::start(folder.command(&urls.0, &urls.1, &[file])).await;

    let verified = eventually(async || {
        services.freshbooks.deliver_all().await;
        let callbacks = services.freshbooks.callbacks(&acme.account);
        callbacks.len() == 5 && callbacks.iter().all(|callback| callback.verified)
    });
    assert!(
        verified.await,
        "{:?}",
        services.freshbooks.callbacks(&acme.account)
    );
    let id = services.invoice(&acme, 4200);
    services.freshbooks.deliver_all().await;
    served.until(&acme, &id, "confirmed").await;
    assert_eq!(services.held(&acme, &id).len(), 1);
}
