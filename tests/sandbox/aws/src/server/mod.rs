//! One HTTP server in front of the services: names the call, lets faults act, answers.

mod answer;
mod calls;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use test_support::Connection;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub(crate) use answer::Answer;
pub(crate) use calls::CallLog;
pub use calls::{Call, Fault, Service};

use crate::dynamodb::DynamoDb;
use crate::kms::Kms;
use crate::scheduler::{Asked, Scheduler};
use crate::sqs::Sqs;

/// The largest request of any of them: a DynamoDB batch write.
const LARGEST_BODY_BYTES: usize = 16 * 1024 * 1024;

/// What answers.
#[derive(Debug)]
pub(crate) struct Services {
    pub(crate) calls: CallLog,
    pub(crate) dynamodb: DynamoDb,
    pub(crate) sqs: Sqs,
    pub(crate) kms: Kms,
    pub(crate) scheduler: Scheduler,
}

impl Services {
    /// `asked` is what the address says, for the one service whose calls have an address.
    async fn run(&self, call: &Call, asked: Option<&Asked>, body: &Bytes) -> Answer {
        match call.service {
            Service::DynamoDb => self.dynamodb.answer(&call.operation, body.clone()).await,
            Service::Sqs => self.sqs.answer(&call.operation, body).await,
            Service::Kms => self.kms.answer(&call.operation, body),
            Service::Scheduler => match asked {
                Some(asked) => self.scheduler.answer(asked, body),
                None => Answer::unknown_operation(),
            },
        }
    }
}

/// Serves until `stopped` turns true or its sender is gone.
pub(crate) async fn serve(
    listener: TcpListener,
    services: Arc<Services>,
    mut stopped: watch::Receiver<bool>,
) {
    let router = Router::new()
        .fallback(handle)
        .layer(DefaultBodyLimit::max(LARGEST_BODY_BYTES))
        .with_state(services);
    let until_stopped = async move {
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    if let Err(error) = test_support::serve(listener, router, until_stopped).await {
        tracing::error!(%error, "the local AWS server stopped");
    }
}

async fn handle(
    State(services): State<Arc<Services>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    let asked = Asked::read(&method, &uri).filter(|_| target.is_none());
    let named = target.and_then(Call::from_target);
    let Some(call) = named.or_else(|| asked.as_ref().map(Call::from_address)) else {
        return Answer::unknown_operation().into_response(Service::DynamoDb);
    };
    let answer = match services.calls.arrived(&call) {
        None => services.run(&call, asked.as_ref(), &body).await,
        Some(Fault::CutBefore) => {
            connection.cut();
            Answer::ok(&serde_json::json!({}))
        }
        Some(Fault::CutAfter) => {
            let answer = services.run(&call, asked.as_ref(), &body).await;
            connection.cut();
            answer
        }
        Some(Fault::Error500Applied) => {
            services.run(&call, asked.as_ref(), &body).await;
            call.service.internal_error()
        }
        Some(Fault::Error500NotApplied) => call.service.internal_error(),
        Some(Fault::ThrottledNotApplied) => call.service.throttled(),
        Some(Fault::ConflictNotApplied) => call.conflict(&body),
        Some(Fault::ConditionFailedNotApplied) => call.condition_failed(&body),
        Some(Fault::HangBefore) => {
            services.calls.hang().await;
            Answer::unknown_operation()
        }
        Some(Fault::HangAfter) => {
            let answer = services.run(&call, asked.as_ref(), &body).await;
            services.calls.hang().await;
            answer
        }
    };
    answer.into_response(call.service)
}
