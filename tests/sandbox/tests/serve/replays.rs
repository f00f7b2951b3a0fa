//! Replays over HTTP: one record or a set, by whom and why, and what cannot be read.

use cin7_stand_in::{Fault, Matcher};
use serde_json::{Value, json};

use crate::business::{Business, Services};
use crate::folder::Folder;
use crate::served::Served;

const WHY: &str = "the product is unlocked";

impl Served {
    /// Asks for a replay; the status and text of the answer.
    async fn replay(&self, asked: &Value) -> (u16, String) {
        let url = self.address["replay"].as_str().unwrap();
        let answer = self.http.post(url).json(asked).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

async fn running() -> (Services, Business, Folder, Served) {
    let services = Services::start().await;
    let business = services.open("acme");
    let folder = Folder::new();
    let served = Served::start(folder.serve(&services, &[&business])).await;
    (services, business, folder, served)
}

/// An invoice that Cin7 refused once.
async fn refused(services: &Services, acme: &Business, served: &Served, cents: i64) -> String {
    let invoice = Matcher::new("POST", "sale/invoice");
    services.cin7.fail(invoice, Fault::Refused400);
    let id = services.invoice(acme, cents);
    served.deliver(acme, &id).await;
    served.until(acme, &id, "attention").await;
    id
}

#[tokio::test]
async fn one_record_is_replayed_and_its_trail_says_by_whom_and_why() {
    let (services, acme, _folder, served) = running().await;
    let id = refused(&services, &acme, &served, 5_000).await;
    let left = refused(&services, &acme, &served, 6_000).await;
    let asked = json!({
        "connection": "acme", "kind": "invoice", "id": id, "by": "Dana Reyes", "why": WHY,
    });
    let answer = served.replay(&asked).await;
    assert_eq!(answer, (200, json!({ "replayed": 1 }).to_string()));
    served.until(&acme, &id, "confirmed").await;
    assert_eq!(services.held(&acme, &id), [Some("50.00".parse().unwrap())]);
    served.until(&acme, &left, "attention").await;

    let (_, verified, trail) = served.trail("acme", &id).await;
    assert_eq!(verified, "true");
    let trail: Vec<Value> = serde_json::from_str(&trail).unwrap();
    let asked: Vec<_> = trail
        .iter()
        .filter(|entry| entry["what"] == "replayed")
        .map(|entry| entry.to_string())
        .collect();
    let [asked] = asked.as_slice() else {
        panic!("{trail:?}");
    };
    assert!(
        asked.contains("Dana Reyes") && asked.contains(WHY),
        "{asked}"
    );
}

#[tokio::test]
async fn a_set_is_replayed_and_what_stands_in_cin7_is_not_written_again() {
    let (services, acme, _folder, served) = running().await;
    let held = [
        refused(&services, &acme, &served, 5_000).await,
        refused(&services, &acme, &served, 6_000).await,
    ];
    let asked = json!({
        "connection": "acme", "kind": "invoice", "state": "attention",
        "since": "2026-01-01T00:00:00Z", "by": "Dana Reyes", "why": WHY,
    });
    let (status, answer) = served.replay(&asked).await;
    assert_eq!((status, answer.as_str()), (200, r#"{"replayed":2}"#));
    for id in &held {
        served.until(&acme, id, "confirmed").await;
    }
    services.cin7.reset_calls();
    let all = json!({ "connection": "acme", "by": "Dana Reyes", "why": "to be sure" });
    assert_eq!(served.replay(&all).await.1, r#"{"replayed":2}"#);
    for id in &held {
        let looked = crate::process::eventually(async || {
            served.trail("acme", id).await.2.contains("unchanged")
        });
        assert!(looked.await, "it was never looked at again");
    }
    assert_eq!(services.cin7.calls(&acme.keys), [], "nothing changed");
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_400_with_one_sentence() {
    let (_services, _acme, _folder, served) = running().await;
    let whole = json!({
        "connection": "acme", "kind": "invoice", "id": "1", "state": "attention",
        "since": "2026-01-01T00:00:00Z", "by": "Dana Reyes", "why": WHY,
    });
    let with = |name: &str, value: Value| {
        let mut asked = whole.clone();
        asked[name] = value;
        asked
    };
    let without = |name: &str| {
        let mut asked = whole.clone();
        asked.as_object_mut().unwrap().remove(name);
        asked
    };
    for (asked, word) in [
        (without("by"), "`by`"),
        (without("why"), "`why`"),
        (without("connection"), "`connection`"),
        (without("kind"), "kind"),
        (with("by", json!(" ")), "say by"),
        (with("why", json!("")), "say why"),
        (with("state", json!("lost")), "`lost`"),
        (with("since", json!("yesterday")), "yesterday"),
        (with("sate", json!("attention")), "`sate`"),
        (with("connection", json!("a b")), "a b"),
        (json!("acme"), "acme"),
    ] {
        let (status, sentence) = served.replay(&asked).await;
        assert_eq!(status, 400, "{asked}: {sentence}");
        assert!(sentence.contains(word), "{asked}: {sentence}");
        assert!(
            sentence.ends_with('.') && sentence.lines().count() == 1,
            "{sentence}"
        );
    }
}

#[tokio::test]
async fn what_does_not_exist_is_answered_404_and_strangers_get_no_answer_at_all() {
    let (_services, _acme, _folder, served) = running().await;
    let ask = |connection: &str| {
        json!({
            "connection": connection, "kind": "invoice", "id": "1", "by": "Dana Reyes", "why": WHY,
        })
    };
    let unknown = (404, "There is no connection birch.".to_owned());
    assert_eq!(served.replay(&ask("birch")).await, unknown);
    let missing = (404, "There is no record of invoice 1.".to_owned());
    assert_eq!(served.replay(&ask("acme")).await, missing);

    let url = served.address["replay"].as_str().unwrap();
    for (name, value) in [
        ("host", "connector.example"),
        ("x-forwarded-for", "192.0.2.1"),
    ] {
        let asked = served
            .http
            .post(url)
            .header(name, value)
            .json(&ask("birch"));
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.text().await.unwrap(), "", "as if there were nothing");
    }
    // What a page in a browser can send without asking.
    let asked = served.http.post(url).body(ask("acme").to_string());
    let asked = asked.header("content-type", "text/plain");
    assert_eq!(asked.send().await.unwrap().status(), 400);
}
