//! The calls that the functions make, numbered, and the faults that strike some of them.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use local_aws as aws;

use tokio::sync::Notify;

use super::kinds::Kind;
use crate::world::World;

/// Whom the functions call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Service {
    Freshbooks,
    Cin7,
    Dynamodb,
    Sqs,
    Kms,
}

impl Service {
    pub(super) const ALL: [Self; 5] = [
        Self::Freshbooks,
        Self::Cin7,
        Self::Dynamodb,
        Self::Sqs,
        Self::Kms,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Freshbooks => "freshbooks",
            Self::Cin7 => "cin7",
            Self::Dynamodb => "dynamodb",
            Self::Sqs => "sqs",
            Self::Kms => "kms",
        }
    }
}

/// One call of a run, in the order of the whole run.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) service: Service,
    /// Counted from 1 among the calls of this service.
    pub(super) number: usize,
    /// Method and path, or the operation.
    pub(super) name: String,
    /// Whether it can change anything there.
    pub(super) writes: bool,
    /// Which of the functions that take turns made it; 0 where one runs alone.
    pub(super) by: usize,
    pub(super) struck: Option<Kind>,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{} {}", self.service.name(), self.number, self.name)?;
        if self.by > 0 {
            write!(f, " by function {}", self.by)?;
        }
        self.struck.map_or(Ok(()), |kind| write!(f, "  <== {kind}"))
    }
}

/// A fault at one call, written `cin7#7=lost-after`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Fault {
    pub(super) service: Service,
    pub(super) number: usize,
    pub(super) kind: Kind,
}

impl Fault {
    pub(super) fn at(call: &Call, kind: Kind) -> Self {
        Self {
            service: call.service,
            number: call.number,
            kind,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}={}", self.service.name(), self.number, self.kind)
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no fault such as cin7#7=lost-after");
        let (place, kind) = text.trim().split_once('=').ok_or_else(wrong)?;
        let (service, number) = place.split_once('#').ok_or_else(wrong)?;
        let mut services = Service::ALL.into_iter();
        Ok(Self {
            service: services
                .find(|known| known.name() == service)
                .ok_or_else(wrong)?,
            number: number.parse().map_err(|_| wrong())?,
            kind: kind.parse()?,
        })
    }
}

/// The SDK makes a call this often in all.
const TRIES_OF_THE_SDK: usize = 3;

/// Follows every call of a world while functions run, and strikes those that are to be struck. What
/// the test itself reads in between is not counted.
#[derive(Debug, Default)]
pub(super) struct Follower {
    state: Mutex<State>,
    arrival: Notify,
}

#[derive(Debug, Default)]
struct State {
    follows: bool,
    at_work: usize,
    made: Vec<Call>,
    planned: Vec<Fault>,
    repeats: Option<Repeats>,
}

/// The SDK's repeats of a struck call.
#[derive(Debug)]
struct Repeats {
    by: usize,
    service: Service,
    operation: String,
    kind: Kind,
    left: usize,
}

impl Follower {
    /// Follows the calls in `world`; the faults are those to come.
    pub(super) fn of(world: &World, planned: &[Fault]) -> Arc<Self> {
        let follower = Arc::new(Self::default());
        follower.state().planned = planned.to_vec();
        let follows = || Arc::clone(&follower);
        let at = follows();
        world.freshbooks.decide(move |call| {
            let name = format!("{} {}", call.method, call.path);
            let kind = at.meet(Service::Freshbooks, name, call.method != "GET");
            kind.and_then(Kind::at_freshbooks)
        });
        let at = follows();
        world.cin7.decide(move |call| {
            let name = format!("{} {}", call.method, call.path);
            let kind = at.meet(Service::Cin7, name, call.method != "GET");
            kind.and_then(Kind::at_cin7)
        });
        let at = follows();
        world.plant.aws().decide(move |call| {
            let service = match call.service {
                aws::Service::DynamoDb => Service::Dynamodb,
                aws::Service::Sqs => Service::Sqs,
                aws::Service::Kms => Service::Kms,
                // No scenario sets up a connection, and only that and its upkeep know of schedules.
                aws::Service::Scheduler => return None,
            };
            let reads = ["Get", "BatchGet", "Query", "Scan", "Decrypt", "Generate"];
            let writes = !reads.iter().any(|verb| call.operation.starts_with(verb));
            let kind = at.meet(service, call.operation.clone(), writes);
            kind.and_then(Kind::at_aws)
        });
        follower
    }

    /// From here on calls are a function's, or are not.
    pub(super) fn follow(&self, follows: bool) {
        self.state().follows = follows;
    }

    /// From here on calls are made by this one of the functions that take turns.
    pub(super) fn at_work(&self, number: usize) {
        self.state().at_work = number;
    }

    /// Completes when a call that is followed has arrived, or at once where one did since this was
    /// last asked.
    pub(super) async fn arrived(&self) {
        self.arrival.notified().await;
    }

    /// The calls so far.
    pub(super) fn made(&self) -> Vec<Call> {
        self.state().made.clone()
    }

    /// The faults that no call has met.
    pub(super) fn left(&self) -> Vec<Fault> {
        self.state().planned.clone()
    }

    fn meet(&self, service: Service, name: String, writes: bool) -> Option<Kind> {
        let mut state = self.state();
        if !state.follows {
            return None;
        }
        let before = state.made.iter().filter(|call| call.service == service);
        let number = before.count() + 1;
        let struck = state.strike(service, number, &name);
        let by = state.at_work;
        state.made.push(Call {
            service,
            number,
            name,
            writes,
            by,
            struck,
        });
        self.arrival.notify_one();
        struck
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn strike(&mut self, service: Service, number: usize, name: &str) -> Option<Kind> {
        let by = self.at_work;
        let here = |fault: &Fault| fault.service == service && fault.number == number;
        if let Some(at) = self.planned.iter().position(here) {
            let kind = self.planned.remove(at).kind;
            self.repeats = kind.of_repeats().map(|kind| Repeats {
                by,
                service,
                operation: name.to_owned(),
                kind,
                left: TRIES_OF_THE_SDK - 1,
            });
            return Some(kind);
        }
        // A repeat follows at once: any other call of the same function says that there are no more.
        let repeats = self.repeats.take_if(|repeats| repeats.by == by)?;
        if (repeats.service, repeats.operation.as_str()) != (service, name) {
            return None;
        }
        let kind = repeats.kind;
        if repeats.left > 1 {
            let left = repeats.left - 1;
            self.repeats = Some(Repeats { left, ..repeats });
        }
        Some(kind)
    }
}
