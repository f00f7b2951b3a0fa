//! Faults that can be switched on for particular calls.

use std::fmt;
use std::time::Duration;

use crate::calls::Call;

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection is cut; nothing was applied.
    LostBefore,
    /// Applied, then the connection is cut: a refresh has rotated the token and its answer is lost.
    LostAfter,
    /// HTTP 500, not applied.
    Status500,
    /// HTTP 500, applied all the same.
    Status500Applied,
    /// HTTP 503, not applied.
    Status503,
    /// HTTP 429 with `Retry-After` in whole seconds, not applied.
    Throttled429(Duration),
    /// Applied, with half of the JSON in the answer.
    TruncatedJson,
    /// A page of HTML under HTTP 200, not applied.
    Html200,
    /// An error of the accounting family under HTTP 200, not applied.
    Error200,
    /// The 401 of the path's family, not applied.
    Unauthorized401,
    /// A 403 of the path's family, not applied.
    Forbidden403,
    /// Applied after this long on the stand-in's clock.
    Slow(Duration),
    /// Never answered, not applied: the connection stays open until the caller goes away.
    HangBefore,
    /// Never answered, applied.
    HangAfter,
}

/// Which calls a fault strikes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matcher {
    /// `GET`, `POST`, …; `None` strikes every method.
    pub method: Option<&'static str>,
    /// How the path begins; empty strikes every path.
    pub path_prefix: String,
    /// How many of the next matching calls are struck.
    pub times: u32,
}

impl Matcher {
    /// The next call, whatever it is.
    #[must_use]
    pub fn any() -> Self {
        Self {
            method: None,
            path_prefix: String::new(),
            times: 1,
        }
    }

    /// The next call of this method whose path begins like this.
    #[must_use]
    pub fn new(method: &'static str, path_prefix: impl Into<String>) -> Self {
        Self {
            method: Some(method),
            path_prefix: path_prefix.into(),
            times: 1,
        }
    }

    /// The same for the next `times` matching calls.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    fn strikes(&self, method: &str, path: &str) -> bool {
        self.times > 0
            && self.method.is_none_or(|wanted| wanted == method)
            && path.starts_with(&self.path_prefix)
    }
}

/// Decides what befalls a call as it arrives.
pub(crate) type Decide = Box<dyn Fn(&Call) -> Option<Fault> + Send + Sync>;

/// The faults still to come.
#[derive(Default)]
pub(crate) struct FaultPlan {
    matched: Vec<(Matcher, Fault)>,
    numbered: Vec<(usize, Fault)>,
    decide: Option<Decide>,
}

impl fmt::Debug for FaultPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultPlan")
            .field("matched", &self.matched)
            .field("numbered", &self.numbered)
            .finish_non_exhaustive()
    }
}

impl FaultPlan {
    /// Strikes calls that match.
    pub(crate) fn on_match(&mut self, matcher: Matcher, fault: Fault) {
        self.matched.push((matcher, fault));
    }

    /// Strikes the call of this number, counted from 1.
    pub(crate) fn on_number(&mut self, number: usize, fault: Fault) {
        self.numbered.push((number, fault));
    }

    /// Lets somebody else decide first.
    pub(crate) fn decide(&mut self, decide: Decide) {
        self.decide = Some(decide);
    }

    /// The fault of this call, used up; what is decided comes first, then a numbered one.
    pub(crate) fn strike(&mut self, number: usize, call: &Call) -> Option<Fault> {
        let decided = self.decide.as_ref().and_then(|decide| decide(call));
        if decided.is_some() {
            return decided;
        }
        if let Some(at) = self
            .numbered
            .iter()
            .position(|(wanted, _)| *wanted == number)
        {
            return Some(self.numbered.swap_remove(at).1);
        }
        let (matcher, fault) = self
            .matched
            .iter_mut()
            .find(|(matcher, _)| matcher.strikes(&call.method, &call.path))?;
        matcher.times -= 1;
        Some(*fault)
    }

    /// Switches every fault off that was switched on.
    pub(crate) fn clear(&mut self) {
        self.matched.clear();
        self.numbered.clear();
    }
}
