//! Running a process, and waiting for what another process does.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a process may take over what it does at once on an idle machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

/// What a process left when it had ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
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

pub(crate) fn piped(command: &mut Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub(crate) fn reading(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut all = Vec::new();
        from.read_to_end(&mut all).unwrap();
        String::from_utf8_lossy(&all).into_owned()
    })
}
