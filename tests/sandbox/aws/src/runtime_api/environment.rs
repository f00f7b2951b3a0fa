//! One process of a function, with the Runtime API that it talks to.

use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::api::{Api, Invocation};
use super::{Function, InvokeError};
use crate::{ACCOUNT, REGION};

/// How long Lambda waits for a function's first request for an event.
const INIT_LIMIT: Duration = Duration::from_secs(10);

/// A running function; dropping it kills the process.
#[derive(Debug)]
pub(super) struct Environment {
    child: Child,
    api: Arc<Api>,
    server: JoinHandle<()>,
    timeout: Duration,
}

impl Environment {
    pub(super) async fn start(function: &Function) -> Result<Self, InvokeError> {
        let failed = |source| InvokeError::Start {
            binary: function.binary.clone(),
            source,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let name = function
            .binary
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy();
        let child = Command::new(&function.binary)
            .env_clear()
            .envs([
                ("AWS_REGION", REGION),
                ("AWS_LAMBDA_FUNCTION_NAME", &name),
                ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
                ("AWS_LAMBDA_LOG_GROUP_NAME", "local"),
                ("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
            ])
            .envs(function.variables.iter().map(|(name, value)| (name, value)))
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let arn = format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}");
        let api = Arc::new(Api::new(arn, function.timeout));
        let server = tokio::spawn(Arc::clone(&api).serve(listener));
        Ok(Self {
            child,
            api,
            server,
            timeout: function.timeout,
        })
    }

    /// Itself, unless its process has ended since the last invocation.
    pub(super) fn if_alive(mut self) -> Option<Self> {
        matches!(self.child.try_wait(), Ok(None)).then_some(self)
    }

    pub(super) fn process_id(&self) -> Option<u32> {
        self.child.id()
    }

    /// The timeout runs from the moment the function takes the event, as in Lambda.
    pub(super) async fn invoke(&mut self, event: &str) -> Result<String, InvokeError> {
        let (taken, mut was_taken) = oneshot::channel();
        let (reply, mut answer) = oneshot::channel();
        let id = Uuid::new_v4().to_string();
        self.api.offer(
            Invocation {
                id,
                event: event.to_owned(),
                taken,
            },
            reply,
        );

        tokio::select! {
            biased;
            _ = &mut was_taken => {}
            status = self.child.wait() => return Err(self.died(status)),
            () = tokio::time::sleep(INIT_LIMIT) => {
                return Err(InvokeError::NeverReady { limit: INIT_LIMIT });
            }
        }
        let timeout = self.timeout;
        tokio::select! {
            biased;
            Ok(answer) = &mut answer => answer.map_err(InvokeError::Function),
            status = self.child.wait() => Err(self.died(status)),
            () = tokio::time::sleep(timeout) => Err(InvokeError::TimedOut { timeout }),
        }
    }

    fn died(&self, status: std::io::Result<ExitStatus>) -> InvokeError {
        if let Some(report) = self.api.init_error() {
            return InvokeError::Initialise(report);
        }
        InvokeError::Died {
            status: status.unwrap_or_default(),
        }
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        self.server.abort();
    }
}
