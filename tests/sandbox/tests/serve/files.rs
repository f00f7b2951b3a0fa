//! Connection files that cannot be used, and the example that can.

use crate::business::{Business, Services};
use crate::folder::Folder;
use crate::process::{Ended, run};
use crate::served::Served;

const EXAMPLE: &str = include_str!("../../../../connection.example.toml");
/// Services that are not asked anything in these tests.
const NOWHERE: &str = "http://127.0.0.1:9";

/// Starts with a file that cannot be used; the one sentence of the refusal.
fn refused(business: &Business, text: &str) -> String {
    let folder = Folder::new();
    let file = folder.file("the-file.toml", text);
    let Ended {
        status,
        stdout,
        stderr,
    } = run(folder.command(NOWHERE, NOWHERE, &[&file]));
    assert_eq!(status.code(), Some(2), "{stderr}");
    assert_eq!(stdout, "");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.contains(file.to_str().unwrap()), "{stderr}");
    let secrets = [
        &business.app.client_secret,
        &business.refresh_token,
        &business.verifier,
        &business.payment_verifier,
        &business.keys.account_id,
        &business.keys.application_key,
    ];
    assert!(!secrets.iter().any(|secret| stderr.contains(*secret)));
    stderr
}

async fn business() -> Business {
    Services::start().await.open("acme")
}

#[tokio::test]
async fn a_key_that_nobody_knows_is_named() {
    let acme = business().await;
    let text = acme.file().replace("client_id =", "client_name =");
    let why = refused(&acme, &text);
    assert!(
        why.contains("client_name") && why.contains("line 3"),
        "{why}"
    );
}

#[tokio::test]
async fn a_key_that_is_missing_is_named() {
    let acme = business().await;
    for key in ["application_key", "client_secret", "refresh_token", "id"] {
        let line = |line: &&str| !line.starts_with(&format!("{key} ="));
        let text: Vec<String> = acme
            .file()
            .lines()
            .filter(line)
            .map(str::to_owned)
            .collect();
        let why = refused(&acme, &text.join("\n"));
        assert!(why.contains(&format!("`{key}`")), "{key}: {why}");
    }
}

#[tokio::test]
async fn a_secret_of_the_wrong_type_is_not_repeated() {
    let acme = business().await;
    let secret = format!("\"{}\"", acme.app.client_secret);
    for value in ["8152639407", "[\"8152639407\"]", "8152639407.5", "true"] {
        let why = refused(&acme, &acme.file().replace(&secret, value));
        assert!(!why.contains("8152639407"), "{why}");
    }
    let unclosed = secret.trim_end_matches('"');
    refused(&acme, &acme.file().replace(&secret, unclosed));
}

#[tokio::test]
async fn a_connection_name_that_cannot_stand_in_an_address_is_refused() {
    let acme = business().await;
    let why = refused(&acme, &acme.file().replace("\"acme\"", "\"ac me/#\""));
    assert!(why.contains("id"), "{why}");
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_named() {
    let acme = business().await;
    for (line, problem) in [
        ("locaton = \"Main Warehouse\"", "locaton"),
        ("create_customers = \"perhaps\"", "create_customers"),
    ] {
        let text = acme
            .file()
            .replace("[settings]", &format!("[settings]\n{line}"));
        let why = refused(&acme, &text);
        assert!(why.contains(problem), "{why}");
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named() {
    let folder = Folder::new();
    let missing = folder.desk().join("missing.toml");
    let ended = run(folder.command(NOWHERE, NOWHERE, &[&missing]));
    assert_eq!(ended.status.code(), Some(2));
    assert!(
        ended.stderr.contains("missing.toml") && ended.stderr.lines().count() == 1,
        "{}",
        ended.stderr
    );
}

#[tokio::test]
async fn two_files_that_give_the_same_name_are_refused() {
    let acme = business().await;
    let folder = Folder::new();
    let files = ["a.toml", "b.toml"].map(|name| folder.file(name, &acme.file()));
    let ended = run(folder.command(NOWHERE, NOWHERE, &files));
    assert_eq!(ended.status.code(), Some(2));
    assert!(ended.stderr.contains("the id acme"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_cin7_elsewhere_needs_a_folder_for_the_state() {
    let acme = business().await;
    let folder = Folder::new();
    let file = folder.file("acme.toml", &acme.file());
    let ended = run(folder.command(NOWHERE, "https://cin7.invalid/", &[file]));
    assert_eq!(ended.status.code(), Some(2));
    assert!(ended.stderr.contains("--data"), "{}", ended.stderr);
}

/// The example with every option that stands in a comment switched on.
fn with_every_option() -> String {
    let uncommented = |line: &str| {
        let option = line.strip_prefix("# ").filter(|rest| {
            let key = rest.split(" = ").next().unwrap_or_default();
            rest.contains(" = ") && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        });
        option.unwrap_or(line).to_owned()
    };
    let lines: Vec<String> = EXAMPLE.lines().map(uncommented).collect();
    lines.join("\n")
}

#[tokio::test]
async fn the_example_is_accepted_as_it_stands_and_with_every_option_switched_on() {
    let every = with_every_option();
    let switched = every
        .lines()
        .zip(EXAMPLE.lines())
        .filter(|(a, b)| a != b)
        .count();
    assert!(switched >= 8, "only {switched} options stand in comments");
    for text in [EXAMPLE, &every] {
        let folder = Folder::new();
        let file = folder.file("acme.toml", text);
        let served = Served::start(folder.command(NOWHERE, NOWHERE, &[file])).await;
        assert_eq!(served.address["ready"], true);
    }
}
