//! The sandbox as a process of its own: started, asked, stopped, killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus};
use std::thread::JoinHandle;

use serde_json::Value;
use tokio::sync::mpsc;

use crate::business::Business;
use crate::process::{Ended, PATIENCE, eventually, piped, reading};

/// A process that said it was ready. Dropping it kills it.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: Value,
    stdout: Option<JoinHandle<String>>,
    stderr: Option<JoinHandle<String>>,
    pub(crate) http: reqwest::Client,
}

impl Served {
    /// Starts it and waits for its line of addresses.
    pub(crate) async fn start(mut command: Command) -> Self {
        let mut child = piped(&mut command);
        let (tell, mut first) = mpsc::unbounded_channel();
        let stdout = child.stdout.take().unwrap();
        let stdout = std::thread::spawn(move || {
            let mut all = String::new();
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                all.push_str(&line);
                all.push('\n');
                let _ = tell.send(line);
            }
            all
        });
        let stderr = reading(child.stderr.take().unwrap());
        let line = tokio::time::timeout(PATIENCE, first.recv()).await;
        let line = line.ok().flatten().unwrap_or_default();
        let Ok(address) = serde_json::from_str(&line) else {
            child.kill().unwrap();
            panic!("it never was ready: {}", stderr.join().unwrap());
        };
        Self {
            child,
            address,
            stdout: Some(stdout),
            stderr: Some(stderr),
            http: sync::http::client(sync::http::Timeouts::default()).unwrap(),
        }
    }

    pub(crate) fn url(&self) -> &str {
        self.address["url"].as_str().unwrap()
    }

    /// Delivers a webhook of invoices; the status and text of the answer.
    pub(crate) async fn receive(
        &self,
        connection: &str,
        delivery: (String, String),
    ) -> (u16, String) {
        self.receive_at(connection, "invoice", delivery).await
    }

    /// The same at the callback of any noun.
    pub(crate) async fn receive_at(
        &self,
        connection: &str,
        noun: &str,
        (body, signature): (String, String),
    ) -> (u16, String) {
        let answer = self
            .http
            .post(format!("{}/freshbooks/{connection}/{noun}", self.url()))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("X-FreshBooks-Hmac-SHA256", signature)
            .body(body)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Delivers the genuine webhook of an invoice.
    pub(crate) async fn deliver(&self, business: &Business, id: &str) {
        let (status, _) = self.receive(business.name, business.delivery(id)).await;
        assert_eq!(status, 200);
    }

    /// Delivers the genuine webhook of an event, such as `payment.delete`.
    pub(crate) async fn tell(&self, business: &Business, event: &str, id: &str) {
        let noun = event.split('.').next().unwrap_or_default();
        let delivery = business.delivery_of(event, id);
        let (status, _) = self.receive_at(business.name, noun, delivery).await;
        assert_eq!(status, 200);
    }

    pub(crate) async fn records(&self) -> Vec<Value> {
        let answer = self.http.get(self.address["records"].as_str().unwrap());
        answer.send().await.unwrap().json().await.unwrap()
    }

    /// The trail of an invoice, and what the answer says of it.
    pub(crate) async fn trail(&self, connection: &str, id: &str) -> (u16, String, String) {
        self.trail_of(connection, "invoice", id).await
    }

    /// The trail of a document of any kind, and what the answer says of it.
    pub(crate) async fn trail_of(
        &self,
        connection: &str,
        kind: &str,
        id: &str,
    ) -> (u16, String, String) {
        let url = self.address["audit"].as_str().unwrap();
        let url = url
            .replace("{connection}", connection)
            .replace("{kind}", kind)
            .replace("{id}", id);
        let answer = self.http.get(url).send().await.unwrap();
        let verified = answer.headers().get("x-audit-verified");
        let verified = verified.map_or("", |value| value.to_str().unwrap());
        let (status, verified) = (answer.status().as_u16(), verified.to_owned());
        (status, verified, answer.text().await.unwrap())
    }

    /// Asks until an invoice's record is in this state; the record.
    pub(crate) async fn until(&self, business: &Business, id: &str, state: &str) -> Value {
        let mut seen = Value::Null;
        let asked = eventually(async || {
            let mut records = self.records().await.into_iter();
            seen = records
                .find(|record| record["connection"] == business.name && record["id"] == id)
                .unwrap_or_default();
            seen["state"] == state
        });
        assert!(asked.await, "it is not {state}: {seen}");
        seen
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end, which has to come; what it left.
    pub(crate) async fn end(mut self) -> Ended {
        let mut status = None;
        let ended = eventually(async || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        assert!(ended.await, "it does not end");
        self.left(status.unwrap())
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) -> Ended {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        self.left(status)
    }

    fn left(&mut self, status: ExitStatus) -> Ended {
        Ended {
            status,
            stdout: self.stdout.take().unwrap().join().unwrap(),
            stderr: self.stderr.take().unwrap().join().unwrap(),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
