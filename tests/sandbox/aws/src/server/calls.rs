//! The log of calls, and the faults waiting for one.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use crate::scheduler::Asked;

/// One of the services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Amazon DynamoDB, API version 2012-08-10.
    DynamoDb,
    /// Amazon SQS, JSON protocol.
    Sqs,
    /// AWS KMS.
    Kms,
    /// Amazon EventBridge Scheduler.
    Scheduler,
}

/// One call as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The service that was called.
    pub service: Service,
    /// The operation by its API name, for example `PutItem`.
    pub operation: String,
}

impl Call {
    pub(super) fn from_target(target: &str) -> Option<Self> {
        let (prefix, operation) = target.split_once('.')?;
        let service = match prefix {
            "DynamoDB_20120810" => Service::DynamoDb,
            "AmazonSQS" => Service::Sqs,
            "TrentService" => Service::Kms,
            _ => return None,
        };
        Some(Self {
            service,
            operation: operation.to_owned(),
        })
    }

    pub(super) fn from_address(asked: &Asked) -> Self {
        Self {
            service: Service::Scheduler,
            operation: asked.operation.to_owned(),
        }
    }
}

/// What befalls a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The service's throttling error; nothing is done. The SDK tries again.
    ThrottledNotApplied,
    /// Status 500; nothing is done. The SDK tries again.
    Error500NotApplied,
    /// Status 500 after the work was done. The SDK tries again.
    Error500Applied,
    /// The connection is cut without an answer; nothing is done. The SDK tries again.
    CutBefore,
    /// The connection is cut without an answer after the work was done. The SDK tries again.
    CutAfter,
    /// DynamoDB's transaction conflict (throttling for the other services); nothing is done. The
    /// SDK hands it to the caller.
    ConflictNotApplied,
    /// DynamoDB's failed condition (throttling for the other services), whatever the table holds;
    /// nothing is done. The SDK hands it to the caller.
    ConditionFailedNotApplied,
    /// Nothing is done and nothing is answered, until the caller goes away.
    HangBefore,
    /// The work is done and nothing is answered, until the caller goes away.
    HangAfter,
}

/// Decides what befalls a call as it arrives.
pub(crate) type Decide = Box<dyn Fn(&Call) -> Option<Fault> + Send + Sync>;

/// Calls so far, faults not yet used, and a word about each call that hangs.
#[derive(Debug, Default)]
pub(crate) struct CallLog {
    state: Mutex<State>,
    hanging: Notify,
}

#[derive(Default)]
struct State {
    calls: Vec<Call>,
    by_number: HashMap<usize, Fault>,
    by_operation: Vec<(Call, Fault)>,
    decide: Option<Decide>,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("calls", &self.calls)
            .field("by_number", &self.by_number)
            .field("by_operation", &self.by_operation)
            .finish_non_exhaustive()
    }
}

impl CallLog {
    /// Logs `call` and takes the fault that waits for it; what is decided goes first, then what is
    /// named by number.
    pub(super) fn arrived(&self, call: &Call) -> Option<Fault> {
        self.with(|state| {
            let number = state.calls.len();
            state.calls.push(call.clone());
            let decided = state.decide.as_ref().and_then(|decide| decide(call));
            if decided.is_some() {
                return decided;
            }
            if let Some(fault) = state.by_number.remove(&number) {
                return Some(fault);
            }
            let waiting = state
                .by_operation
                .iter()
                .position(|(named, _)| named == call)?;
            Some(state.by_operation.remove(waiting).1)
        })
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.with(|state| state.calls.clone())
    }

    pub(crate) fn reset(&self) {
        self.with(|state| {
            state.calls.clear();
            state.by_number.clear();
            state.by_operation.clear();
        });
    }

    pub(crate) fn decide(&self, decide: Decide) {
        self.with(|state| state.decide = Some(decide));
    }

    /// Says that a call hangs, and never comes back.
    pub(super) async fn hang(&self) {
        self.hanging.notify_one();
        std::future::pending().await
    }

    /// Completes when a call hangs, or at once where one did since this was last asked.
    pub(crate) async fn hanging(&self) {
        self.hanging.notified().await;
    }

    pub(crate) fn fail_call(&self, number: usize, fault: Fault) {
        self.with(|state| state.by_number.insert(number, fault));
    }

    pub(crate) fn fail_next(&self, service: Service, operation: &str, fault: Fault) {
        let call = Call {
            service,
            operation: operation.to_owned(),
        };
        self.with(|state| state.by_operation.push((call, fault)));
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
