//! The probe by HTTP.

use serde_json::{Value, json};

use crate::bench::Bench;

const PROBE: &str = "/connections/acme/probe";

impl Bench {
    async fn with_keys() -> Self {
        let bench = Self::start().await;
        bench.acme().await;
        let keys = bench
            .cin7
            .new_account(cin7_stand_in::AccountOptions::default());
        let body =
            json!({ "account_id": keys.account_id, "application_key": keys.application_key });
        let stored = bench.ask("PUT", "/connections/acme/keys", body).await;
        assert_eq!(stored.0, 200);
        let settings = json!({ "document": "location = \"Main Warehouse\"\n" });
        let stored = bench
            .ask("PUT", "/connections/acme/settings", settings)
            .await;
        assert_eq!(stored.0, 200);
        bench
    }
}

#[tokio::test]
async fn the_probe_is_run_step_by_step_applied_and_cleaned() {
    let bench = Bench::with_keys().await;
    let open = bench.get(PROBE).await;
    let steps = open["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["state"] == "open"), "{open}");
    let path = format!("{PROBE}/invoice_task");
    let (status, told) = bench.ask("POST", &path, json!({})).await;
    assert_eq!((status, &told["leftovers"]), (200, &json!([])), "{told}");
    let (status, ran) = bench.ask("POST", &path, json!({ "confirmed": true })).await;
    assert_eq!(status, 200, "{ran}");
    assert_eq!(ran["company"], "Example Pty");
    let steps = ran["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["name"] == "invoice_task");
    assert_eq!(step.unwrap()["findings"][0]["value"], "sale", "{ran}");
    let (status, stored) = bench
        .ask("POST", &format!("{PROBE}/apply"), Value::Null)
        .await;
    assert_eq!((status, &stored["version"]), (200, &json!(3)), "{stored}");
    let document = stored["document"].as_str().unwrap();
    assert!(document.contains("invoice_task = \"sale\""), "{document}");
    let (status, cleaned) = bench.ask("DELETE", PROBE, Value::Null).await;
    assert_eq!(
        (status, &cleaned["leftovers"]),
        (200, &json!([])),
        "{cleaned}"
    );
}

#[tokio::test]
async fn a_probe_that_cannot_be_run_makes_nothing() {
    let bench = Bench::with_keys().await;
    let before = bench.cin7.all_calls().len();
    let confirmed = json!({ "confirmed": true });
    for (path, body, expected) in [
        ("/connections/nobody/probe/invoice_task", &confirmed, 404),
        ("/connections/acme/probe/nonsense", &confirmed, 404),
        (
            "/connections/acme/probe/invoice_task",
            &json!({ "confirmed": "yes" }),
            400,
        ),
        (
            "/connections/acme/probe/invoice_task",
            &json!({ "sure": true }),
            400,
        ),
        ("/connections/acme/probe/apply", &Value::Null, 400),
    ] {
        let (status, refused) = bench.ask("POST", path, body.clone()).await;
        assert_eq!(status, expected, "{path} {body}: {refused}");
    }
    assert_eq!(bench.cin7.all_calls().len(), before);
}

#[tokio::test]
async fn without_keys_the_probe_says_so() {
    let bench = Bench::start().await;
    bench.acme().await;
    let path = format!("{PROBE}/invoice_task");
    let (status, refused) = bench.ask("POST", &path, json!({ "confirmed": true })).await;
    assert_eq!(status, 400, "{refused}");
}
