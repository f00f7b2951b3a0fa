//! A small Lambda Runtime API, to run a function's real binary.
//!
//! Time is the machine's here, not a test's clock: the binary is another process, and reads its
//! deadline against its own.

mod api;
mod environment;

use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use tokio::sync::Mutex;

use environment::Environment;

/// One function. Its process is started at once, serves one invocation at a time, is replaced after
/// it died or ran out of time, and is killed when this is dropped.
#[derive(Debug)]
pub struct RuntimeApi {
    function: Function,
    /// The lock is held through an invocation: a Lambda environment does one at a time.
    environment: Mutex<Option<Environment>>,
}

/// What is run.
#[derive(Debug, Clone)]
struct Function {
    binary: PathBuf,
    variables: Vec<(String, String)>,
    timeout: Duration,
}

/// Why an invocation has no answer.
#[derive(Debug, thiserror::Error)]
pub enum InvokeError {
    /// The binary could not be started.
    #[error("cannot start {}", binary.display())]
    Start {
        /// The binary.
        binary: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The function reported that it could not start up.
    #[error("the function failed to initialise: {0}")]
    Initialise(String),
    /// The function never asked for its first event.
    #[error("the function did not ask for an event within {} s", limit.as_secs())]
    NeverReady {
        /// How long it had.
        limit: Duration,
    },
    /// The function answered with an error, the JSON object of the runtime.
    #[error("the function failed: {0}")]
    Function(String),
    /// The function took longer than its timeout and was killed.
    #[error("the function took longer than {} ms and was killed", timeout.as_millis())]
    TimedOut {
        /// The timeout.
        timeout: Duration,
    },
    /// The process ended without an answer.
    #[error("the function's process ended without an answer: {status}")]
    Died {
        /// How it ended.
        status: ExitStatus,
    },
}

impl RuntimeApi {
    /// Starts `binary` with exactly the given environment variables and those of the Lambda runtime;
    /// nothing of this process's own environment reaches it. `timeout` bounds each invocation.
    ///
    /// # Errors
    /// [`InvokeError::Start`].
    pub async fn spawn(
        binary: &Path,
        variables: impl IntoIterator<Item = (String, String)>,
        timeout: Duration,
    ) -> Result<Self, InvokeError> {
        let binary = binary.to_owned();
        let function = Function {
            binary,
            variables: variables.into_iter().collect(),
            timeout,
        };
        let environment = Environment::start(&function).await?;
        Ok(Self {
            function,
            environment: Mutex::new(Some(environment)),
        })
    }

    /// Calls the function with an event and gives its answer, both JSON.
    ///
    /// # Errors
    /// Any [`InvokeError`]. After all but [`InvokeError::Function`] the process is gone, and the
    /// next call starts a new one.
    pub async fn invoke(&self, event_json: &str) -> Result<String, InvokeError> {
        let mut slot = self.environment.lock().await;
        let mut environment = match slot.take().and_then(Environment::if_alive) {
            Some(environment) => environment,
            None => Environment::start(&self.function).await?,
        };
        let answer = environment.invoke(event_json).await;
        if matches!(answer, Ok(_) | Err(InvokeError::Function(_))) {
            *slot = Some(environment);
        }
        answer
    }

    /// Process id of the function, while it runs.
    pub async fn process_id(&self) -> Option<u32> {
        self.environment
            .lock()
            .await
            .as_ref()
            .and_then(Environment::process_id)
    }
}
