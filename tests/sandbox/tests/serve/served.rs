//! The sandbox as a process of its own: started, asked, stopped, killed.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::mpsc;

use crate::business::{Business, Services};

/// How long a process may take over what it does at once on an idle machine.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

/// A folder for a process: its connection files, its state, and an empty place to work in.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(folder.desk()).unwrap();
        folder
    }

    /// Writes a connection file; its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// For `--data`.
    pub(crate) fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// The process's current folder, and where it would put temporary files.
    pub(crate) fn desk(&self) -> PathBuf {
        self.0.path().join("desk")
    }

    /// The command that serves these businesses, with the retry and poll times of a local run.
    pub(crate) fn serve(&self, services: &Services, businesses: &[&Business]) -> Command {
        let urls = (services.freshbooks.url(), services.cin7.url());
        let files: Vec<PathBuf> = businesses
            .iter()
            .map(|business| self.file(&format!("{}.toml", business.name), &business.file()))
            .collect();
        self.command(&urls.0, &urls.1, &files)
    }

    /// The same from parts.
    pub(crate) fn command(
        &self,
        freshbooks: &str,
        cin7: &str,
        files: &[impl AsRef<Path>],
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
        command
            .args(["--serve", "--listen", "127.0.0.1:0"])
            .args(["--freshbooks-url", freshbooks])
            .args(["--freshbooks-auth-url", freshbooks])
            .args(["--cin7-url", cin7])
            .args(["--poll-every", "200ms", "--retry-schedule", "1s,2s,4s"])
            .env_remove("RUST_LOG")
            .env("TMPDIR", self.desk())
            .current_dir(self.desk());
        for file in files {
            command.arg("--connection").arg(file.as_ref());
        }
        command
    }
}

/// What a process left when it had ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

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

    /// Delivers a webhook; the status and text of the answer.
    pub(crate) async fn receive(
        &self,
        connection: &str,
        (body, signature): (String, String),
    ) -> (u16, String) {
        let answer = self
            .http
            .post(format!("{}/freshbooks/{connection}/invoice", self.url()))
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

    pub(crate) async fn records(&self) -> Vec<Value> {
        let answer = self.http.get(self.address["records"].as_str().unwrap());
        answer.send().await.unwrap().json().await.unwrap()
    }

    /// The trail of an invoice, and what the answer says of it.
    pub(crate) async fn trail(&self, connection: &str, id: &str) -> (u16, String, String) {
        let url = self.address["audit"].as_str().unwrap();
        let url = url
            .replace("{connection}", connection)
            .replace("{kind}", "invoice")
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

/// Asks until the answer is yes, a bounded number of times; the last answer.
pub(crate) async fn eventually(mut ask: impl AsyncFnMut() -> bool) -> bool {
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        if ask().await {
            return true;
        }
        // Another process needs the time; there is nothing here to be told by.
        tokio::time::sleep(PAUSE).await;
    }
    false
}

/// Runs a command that ends by itself.
pub(crate) fn run(mut command: Command) -> Ended {
    let mut child = piped(&mut command);
    let stdout = reading(child.stdout.take().unwrap());
    let stderr = reading(child.stderr.take().unwrap());
    Ended {
        status: child.wait().unwrap(),
        stdout: stdout.join().unwrap(),
        stderr: stderr.join().unwrap(),
    }
}

fn piped(command: &mut Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn reading(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut all = Vec::new();
        from.read_to_end(&mut all).unwrap();
        String::from_utf8_lossy(&all).into_owned()
    })
}
