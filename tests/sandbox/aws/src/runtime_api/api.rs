//! The four resources of the Runtime API, version 2018-06-01.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use clock::{Clock, SystemClock, later};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};

/// The largest answer that Lambda takes from a function: 6 MB.
const LARGEST_ANSWER_BYTES: usize = 6 * 1024 * 1024;

/// One event on its way to the function.
#[derive(Debug)]
pub(super) struct Invocation {
    pub(super) id: String,
    pub(super) event: String,
    /// Told when the function takes the event.
    pub(super) taken: oneshot::Sender<()>,
}

/// Where the answer to an invocation goes; an error is the function's own JSON report.
type Reply = oneshot::Sender<Result<String, String>>;

/// The state behind the resources: at most one invocation at a time.
#[derive(Debug)]
pub(super) struct Api {
    function_arn: String,
    timeout: Duration,
    state: Mutex<Exchange>,
    offered: Notify,
}

#[derive(Debug, Default)]
struct Exchange {
    offered: Option<Invocation>,
    awaited: Option<(String, Reply)>,
    init_error: Option<String>,
}

impl Api {
    pub(super) fn new(function_arn: String, timeout: Duration) -> Self {
        Self {
            function_arn,
            timeout,
            state: Mutex::default(),
            offered: Notify::new(),
        }
    }

    pub(super) async fn serve(self: Arc<Self>, listener: TcpListener) {
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/2018-06-01/runtime/invocation/{id}/response",
                post(response),
            )
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .layer(DefaultBodyLimit::max(LARGEST_ANSWER_BYTES))
            .with_state(self);
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the local Runtime API stopped");
        }
    }

    /// Puts an event up for the function's next request.
    pub(super) fn offer(&self, invocation: Invocation, reply: Reply) {
        self.with(|state| {
            state.awaited = Some((invocation.id.clone(), reply));
            state.offered = Some(invocation);
        });
        self.offered.notify_one();
    }

    /// What the function reported when it could not start up.
    pub(super) fn init_error(&self) -> Option<String> {
        self.with(|state| state.init_error.clone())
    }

    fn answer(&self, id: &str, answer: Result<String, String>) -> Response {
        let reply = self.with(|state| state.awaited.take_if(|(awaited, _)| awaited == id));
        let Some((_, reply)) = reply else {
            let unknown =
                json!({ "errorType": "InvalidRequestID", "errorMessage": "Invalid request ID" });
            return (StatusCode::BAD_REQUEST, Json(unknown)).into_response();
        };
        // Nobody waits any more where the invocation was given up; the function cannot know.
        let _ = reply.send(answer);
        accepted()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Exchange) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn accepted() -> Response {
    (StatusCode::ACCEPTED, Json(json!({ "status": "OK" }))).into_response()
}

async fn next(State(api): State<Arc<Api>>) -> Response {
    let invocation = loop {
        match api.with(|state| state.offered.take()) {
            Some(invocation) => break invocation,
            None => api.offered.notified().await,
        }
    };
    let deadline = later(SystemClock.now(), api.timeout).as_millisecond();
    let headers = [
        ("lambda-runtime-aws-request-id", invocation.id.clone()),
        ("lambda-runtime-deadline-ms", deadline.to_string()),
        (
            "lambda-runtime-invoked-function-arn",
            api.function_arn.clone(),
        ),
        (
            "lambda-runtime-trace-id",
            format!("Root=1-{}", invocation.id),
        ),
        ("content-type", "application/json".to_owned()),
    ];
    let _ = invocation.taken.send(());
    (headers, invocation.event).into_response()
}

async fn response(State(api): State<Arc<Api>>, Path(id): Path<String>, body: String) -> Response {
    api.answer(&id, Ok(body))
}

async fn error(State(api): State<Arc<Api>>, Path(id): Path<String>, body: String) -> Response {
    api.answer(&id, Err(body))
}

async fn init_error(State(api): State<Arc<Api>>, body: String) -> Response {
    api.with(|state| state.init_error = Some(body));
    accepted()
}
