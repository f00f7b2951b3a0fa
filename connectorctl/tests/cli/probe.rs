//! Which requests the probe's commands send, and how its state is shown.

use serde_json::json;

use crate::connector::Connector;

fn probe(state: &str) -> serde_json::Value {
    let step = |name: &str, state: &str| {
        json!({ "name": name, "makes": "a sale", "state": state, "settles": [], "sentence": "", "at": null,
            "findings": [{ "setting": "settings.cin7.undo", "value": "sale", "evidence": "Cin7 said so." }] })
    };
    json!({ "company": "Example Pty", "sentence": "undo_invoice: Cin7 said so.", "leftovers": [],
        "steps": [step("service_sale", "settled"), step("undo_invoice", state)] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_the_probe_is_a_request_for_each_step_that_is_not_settled() {
    let connector = Connector::answering(200, &probe("open")).await;
    let run = [
        "probe",
        "run",
        "acme",
        "--yes",
        "--even-though",
        "Example Pty",
    ];
    let ran = connector.run(&run).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("Cin7 said so."), "{}", ran.out);
    let heard = connector.heard();
    let sent: Vec<_> = heard
        .iter()
        .map(|got| (got.path.as_str(), got.body.as_str()))
        .collect();
    let order = r#"{"confirmed":true,"even_though":"Example Pty"}"#;
    assert_eq!(
        sent,
        [
            ("/connections/acme/probe", ""),
            ("/connections/acme/probe/undo_invoice", order)
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_made_without_a_yes_and_no_step_is_invented() {
    let connector = Connector::answering(200, &probe("open")).await;
    for run in [
        vec!["probe", "run", "acme"],
        vec!["probe", "run", "acme", "--yes", "--step", "nonsense"],
    ] {
        let ran = connector.run(&run).await;
        assert_eq!(ran.code, 2, "{ran:?}");
    }
    assert!(connector.heard().iter().all(|got| got.method == "GET"));
    let settled = ["probe", "run", "acme", "--yes", "--step", "service_sale"];
    assert_eq!(connector.run(&settled).await.code, 0);
    let last = connector.heard().pop().unwrap();
    assert_eq!(last.path, "/connections/acme/probe/service_sale");
}

#[tokio::test(flavor = "multi_thread")]
async fn showing_cleaning_and_applying_are_one_request_each() {
    let mut left = probe("unsettled");
    left["leftovers"] = json!([{ "what": "sale", "name": "ZZ-PROBE acme undo_invoice", "id": null,
        "sentence": "Cin7 does not show this yet." }]);
    let connector = Connector::answering(200, &left).await;
    let shown = connector.run(&["probe", "show", "acme"]).await;
    for words in [
        "Example Pty",
        "Cin7 does not show this yet.",
        "probe clean acme",
        "probe apply acme",
    ] {
        assert!(shown.out.contains(words), "{words}: {}", shown.out);
    }
    assert_eq!(connector.run(&["probe", "clean", "acme"]).await.code, 0);
    let stored = Connector::answering(200, &json!({ "version": 3, "document": "" })).await;
    let applied = stored.run(&["probe", "apply", "acme"]).await;
    assert_eq!(
        applied.out,
        "Version 3 of the settings of acme is stored.\n"
    );
    let mut heard = connector.heard();
    heard.extend(stored.heard());
    let sent: Vec<_> = heard
        .iter()
        .map(|got| format!("{} {}", got.method, got.path))
        .collect();
    assert_eq!(
        sent,
        [
            "GET /connections/acme/probe",
            "DELETE /connections/acme/probe",
            "POST /connections/acme/probe/apply"
        ]
    );
}
