//! The log of calls, and the faults waiting for one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// One of the three services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Amazon DynamoDB, API version 2012-08-10.
    DynamoDb,
    /// Amazon SQS, JSON protocol.
    Sqs,
    /// AWS KMS.
    Kms,
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
}

/// Calls so far, and faults not yet used.
#[derive(Debug, Default)]
pub(crate) struct CallLog(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    calls: Vec<Call>,
    by_number: HashMap<usize, Fault>,
    by_operation: Vec<(Call, Fault)>,
}

impl CallLog {
    /// Logs `call` and takes the fault that waits for it; one named by number goes first.
    pub(super) fn arrived(&self, call: &Call) -> Option<Fault> {
        self.with(|state| {
            let number = state.calls.len();
            state.calls.push(call.clone());
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
        self.with(|state| *state = State::default());
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
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
