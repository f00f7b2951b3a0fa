//! What must not be readable anywhere: output, errors, trails, and the files of the state.

use std::path::Path;

use cin7_stand_in as cin7;
use freshbooks_stand_in as freshbooks;

use crate::business::{Business, Services};
use crate::folder::Folder;
use crate::served::Served;

/// How every access token of the stand-in begins: the header of a JWT.
const ACCESS_TOKEN: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9";

fn secrets<'a>(business: &'a Business, rotated: &'a str) -> [(&'static str, &'a str); 8] {
    [
        ("the client secret", &business.app.client_secret),
        ("the refresh token of the file", &business.refresh_token),
        ("the rotated refresh token", rotated),
        ("an access token", ACCESS_TOKEN),
        ("the verifier of invoices", &business.verifier),
        ("the verifier of payments", &business.payment_verifier),
        ("Cin7's account id", &business.keys.account_id),
        ("Cin7's application key", &business.keys.application_key),
    ]
}

fn holds(bytes: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(text)
}

/// Name and content of every file of a state folder but the key service's own.
fn state(data: &Path) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(data).unwrap().map(Result::unwrap);
    let named = files.map(|file| {
        let name = file.file_name().into_string().unwrap();
        (name, std::fs::read(file.path()).unwrap())
    });
    named
        .filter(|(name, _)| !name.starts_with("kms."))
        .collect()
}

/// An invoice that meets every kind of refusal on its way, so that errors are written about.
async fn troubled(services: &Services, acme: &Business, served: &Served) -> String {
    let id = services.invoice(acme, 7700);
    let documents = format!("/accounting/account/{}", acme.account.account_id);
    services.freshbooks.fail(
        freshbooks::Matcher::new("GET", documents),
        freshbooks::Fault::Unauthorized401,
    );
    let sale = || cin7::Matcher::new("POST", "sale");
    services.cin7.fail(sale(), cin7::Fault::Unauthorized403);
    services.cin7.fail(sale(), cin7::Fault::LostAfter);
    served.deliver(acme, &id).await;
    let (body, signature) = acme.delivery(&id);
    let forged = (format!("{body}&x=1"), signature);
    assert_eq!(served.receive("acme", forged).await.0, 401);
    served.until(acme, &id, "confirmed").await;
    id
}

#[tokio::test]
async fn no_secret_stands_in_output_errors_trails_or_the_files_of_the_state() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let mut command = folder.serve(&services, &[&acme]);
    command.arg("--data").arg(folder.data());
    // The deepest log that anybody can ask for, that of every library included.
    command.env("RUST_LOG", "trace");
    let served = Served::start(command).await;
    let id = troubled(&services, &acme, &served).await;
    let (_, _, trail) = served.trail("acme", &id).await;
    let records = serde_json::to_vec(&served.records().await).unwrap();
    let rotated = services.live_refresh_token(&acme);
    let live = state(&folder.data());
    served.signal("TERM");
    let ended = served.end().await;

    let mut places = state(&folder.data());
    let dynamodb = places.iter().find(|(name, _)| name == "dynamodb.sqlite");
    let mark = format!("freshbooks:{}:invoice:{id}", acme.account.account_id);
    assert!(
        holds(&dynamodb.unwrap().1, &mark),
        "the files can be searched"
    );
    assert!(places.iter().any(|(name, _)| name == "sqs.sqlite"));
    assert!(ended.stderr.contains("TRACE"), "the log is that deep");
    places.extend(live);
    places.push(("standard output".into(), ended.stdout.into_bytes()));
    places.push(("standard error".into(), ended.stderr.into_bytes()));
    places.push(("the trail".into(), trail.into_bytes()));
    places.push(("the records".into(), records));
    for (place, bytes) in &places {
        for (what, secret) in secrets(&acme, &rotated) {
            // The secret itself stays out of the message too.
            assert!(!holds(bytes, secret), "{what} stands in {place}");
        }
    }
}
