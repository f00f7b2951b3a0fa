//! The tie-out of a month over HTTP.

use serde_json::{Value, json};

use crate::business::Services;
use crate::folder::Folder;
use crate::served::Served;

impl Served {
    /// The status and JSON of a month's tie-out; no JSON where the answer is a sentence.
    async fn tie_out(&self, connection: &str, query: &str) -> (u16, Value) {
        let url = format!("{}/sandbox/tie-out/{connection}{query}", self.url());
        let answer = self.http.get(url).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }
}

#[tokio::test]
async fn a_month_is_tied_out_with_every_cent_under_a_cause() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let served = Served::start(folder.serve(&services, &[&acme])).await;
    let id = services.invoice(&acme, 5_000);
    let untold = services.invoice(&acme, 7_000);
    served.deliver(&acme, &id).await;
    served.until(&acme, &id, "confirmed").await;

    // The day on which an invoice is written is one of US-Eastern.
    let today = jiff::Timestamp::now().in_tz("America/New_York").unwrap();
    let month = today.strftime("?month=%Y-%m").to_string();
    let (status, tied) = served.tie_out("acme", &month).await;
    assert_eq!(status, 200, "{tied}");
    let kinds = tied["kinds"].as_array().unwrap();
    let invoices = kinds
        .iter()
        .find(|totals| totals["kind"] == "invoice")
        .unwrap();
    assert_eq!(invoices["freshbooks"], "120.00", "{tied}");
    assert_eq!(invoices["cin7"], "50.00");
    assert_eq!(invoices["difference"], "70.00");
    assert_eq!(invoices["unexplained"], "0.00");
    let [cause] = invoices["causes"].as_array().unwrap().as_slice() else {
        panic!("one cause: {tied}");
    };
    assert_eq!(cause["cause"], "not_heard_of");
    assert_eq!(cause["amount"], "70.00");
    assert_eq!(cause["records"], json!([format!("invoice/{untold}")]));
}

#[tokio::test]
async fn what_cannot_be_tied_out_is_refused() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let served = Served::start(folder.serve(&services, &[&acme])).await;
    assert_eq!(served.tie_out("nobody", "?month=2026-01").await.0, 404);
    assert_eq!(served.tie_out("acme", "?month=January").await.0, 400);
    assert_eq!(served.tie_out("acme", "").await.0, 400);
}
