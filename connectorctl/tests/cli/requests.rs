//! Which request each command sends.

use serde_json::json;

use crate::connector::{Connector, TOKEN, run};

/// Commands whose parts hold no spaces.
const COMMANDS: &[&str] = &[
    "connection list",
    "connection show acme",
    "connection connect acme",
    "connection businesses acme",
    "connection pick acme lbZ4Kq",
    "connection callbacks acme",
    "connection callbacks acme --register",
    "connection schedule acme",
    "connection settings get acme",
    "connection settings get acme --version 3",
    "connection check acme",
    "connection pause acme",
    "connection resume acme",
    "connection remove acme --yes",
    "backfill start acme --from 2026-01-01",
    "backfill start acme --from 2026-01-01 --to 2026-01-31 --kind invoice",
    "backfill show acme",
    "backfill pause acme",
    "backfill resume acme",
    "backfill stop acme",
    "records list acme",
    "records list acme --state attention --kind invoice --since 2026-01-05T09:00:00Z --limit 5",
    "records show acme invoice 7",
    "audit acme invoice 7",
    "verify acme invoice 7",
    "replay acme --why because",
    "replay acme --kind invoice --id 7 --why because",
    "replay acme --state waiting --since 2026-01-05T09:00:00Z --why because",
    "preview acme invoice 7",
    "preview acme --from 2026-01-01 --to 2026-01-31",
    "secrets",
    "secrets --rewrap",
];

const CRON: &[&str] = &["cron(0 6 * * ? *)", "--timezone", "America/Toronto"];

#[tokio::test(flavor = "multi_thread")]
async fn each_command_is_one_request() {
    let connector = Connector::answering(200, &json!({})).await;
    let settings = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(settings.path(), "[settings]\n").unwrap();
    let file = settings.path().to_str().unwrap();
    let words = |line: &'static str| line.split(' ').collect();
    let commands: Vec<Vec<&str>> = COMMANDS.iter().copied().map(words).collect();
    let with_spaces = [
        vec!["connection", "settings", "set", "acme", file],
        vec!["connection", "settings", "compare", "acme", file],
        vec!["connection", "schedule", "acme", "rate(1 hour)"],
        [&["connection", "schedule", "acme"], CRON].concat(),
    ];
    let commands = [commands, with_spaces.into()].concat();
    for command in &commands {
        // What the answer looks like is another test's: with --json only verify reads it.
        let ran = connector
            .run(&[command.as_slice(), &["--json"]].concat())
            .await;
        let code = if command[0] == "verify" { 3 } else { 0 };
        assert_eq!(ran.code, code, "{command:?}: {ran:?}");
    }
    let mut sent = String::new();
    for got in connector.heard() {
        assert_eq!(got.headers["authorization"], format!("Bearer {TOKEN}"));
        sent.push_str(format!("{} {} {}", got.method, got.path, got.body).trim_end());
        sent.push('\n');
    }
    insta::assert_snapshot!(sent, @r#"
    GET /connections
    GET /connections/acme
    POST /connections/acme/consent
    GET /connections/acme/businesses
    PUT /connections/acme/business {"account_id":"lbZ4Kq"}
    GET /connections/acme/callbacks
    POST /connections/acme/callbacks
    GET /connections/acme
    GET /connections/acme/settings
    GET /connections/acme/settings?version=3
    POST /connections/acme/settings/check {}
    POST /connections/acme/pause
    POST /connections/acme/resume
    DELETE /connections/acme
    POST /connections/acme/backfill {"from":"2026-01-01"}
    POST /connections/acme/backfill {"from":"2026-01-01","kinds":["invoice"],"to":"2026-01-31"}
    GET /connections/acme/backfill
    POST /connections/acme/backfill/pause
    POST /connections/acme/backfill/resume
    DELETE /connections/acme/backfill
    GET /connections/acme/records?limit=100
    GET /connections/acme/records?limit=5&state=attention&kind=invoice&since=2026-01-05T09%3A00%3A00Z
    GET /connections/acme/records/invoice/7
    GET /connections/acme/records/invoice/7/audit
    GET /connections/acme/records/invoice/7/verify
    POST /connections/acme/replay {"why":"because"}
    POST /connections/acme/replay {"id":"7","kind":"invoice","why":"because"}
    POST /connections/acme/replay {"since":"2026-01-05T09:00:00Z","state":"waiting","why":"because"}
    POST /connections/acme/preview {"id":"7","kind":"invoice"}
    POST /connections/acme/preview {"from":"2026-01-01","to":"2026-01-31"}
    GET /secrets
    POST /secrets/rewrap
    POST /connections/acme/settings/check {"document":"[settings]\n"}
    PUT /connections/acme/settings {"document":"[settings]\n"}
    POST /connections/acme/settings/compare {"document":"[settings]\n"}
    PUT /connections/acme/schedule {"expression":"rate(1 hour)","timezone":"UTC"}
    PUT /connections/acme/schedule {"expression":"cron(0 6 * * ? *)","timezone":"America/Toronto"}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_a_request_is_signed_with_the_engineers_aws_credentials() {
    let connector = Connector::answering(200, &json!({ "connections": [] })).await;
    let aws = [
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "sEcReT"),
        ("AWS_SESSION_TOKEN", "session"),
        ("AWS_REGION", "eu-west-1"),
    ];
    let ran = connector.run_with(&["connection", "list"], &aws, "").await;
    assert_eq!(ran.code, 0, "{ran:?}");
    let got = connector.only();
    let authorization = got.headers["authorization"].to_str().unwrap();
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"),
        "{authorization}"
    );
    assert!(
        authorization.contains("/eu-west-1/execute-api/aws4_request"),
        "{authorization}"
    );
    assert!(
        authorization.contains("SignedHeaders=host;x-amz-date;x-amz-security-token"),
        "{authorization}"
    );
    assert_eq!(got.headers["x-amz-security-token"], "session");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_with_a_path_keeps_it() {
    let connector = Connector::answering(200, &json!({ "connections": [] })).await;
    let url = format!("{}/stage/", connector.url());
    let environment = [("CONNECTOR_URL", url.as_str()), ("CONNECTOR_TOKEN", TOKEN)];
    let ran = run(&["connection", "list"], &environment, "").await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(connector.only().path, "/stage/connections");
}
