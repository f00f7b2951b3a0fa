//! The rate limit: so many calls in a rolling window, per key.

use std::collections::VecDeque;
use std::time::Duration;

use clock::later;
use jiff::Timestamp;

use crate::http::Reply;

/// The limit of each key of an account (docs/cin7-api.md, limits).
#[derive(Debug, Clone)]
pub struct Limit {
    /// Calls taken in one window; 60 on the live API.
    pub calls: usize,
    /// The length of the rolling window; 60 s on the live API.
    pub window: Duration,
    /// How a call over the limit is refused.
    pub answer: LimitAnswer,
}

impl Default for Limit {
    fn default() -> Self {
        Self {
            calls: 60,
            window: Duration::from_mins(1),
            answer: LimitAnswer::Json429,
        }
    }
}

/// The three refusals that were reported, by endpoint and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitAnswer {
    /// 429 with the error shape: the current reference, seen live.
    Json429,
    /// 503 with the sentence as plain text: older references.
    Text503,
    /// 400 with the error shape, as reported of the purchase family.
    Json400,
}

const SENTENCE: &str = "You have reached 60 calls per 60 seconds API limit.";

impl LimitAnswer {
    /// The refusal, with the headers that only refusals carry.
    pub(crate) fn reply(self) -> Reply {
        let reply = match self {
            Self::Json429 => Reply::error(429, SENTENCE),
            Self::Text503 => Reply::text(503, SENTENCE),
            Self::Json400 => Reply::error(400, SENTENCE),
        };
        // docs/cin7-api.md, limits: the wait is digits, a space and a word, no valid HTTP value.
        reply
            .with_header("x-ratelimit-limit", "60")
            .with_header("x-ratelimit-remaining", "0")
            .with_header("x-ratelimit-reset", "60")
            .with_header("retry-after", "60 Seconds")
    }
}

/// The recent calls of one key.
#[derive(Debug, Default)]
pub(crate) struct Window(VecDeque<Timestamp>);

impl Window {
    /// Counts a call at `at` and tells whether the limit lets it through.
    pub(crate) fn admits(&mut self, at: Timestamp, limit: &Limit, refused_count: bool) -> bool {
        while self
            .0
            .front()
            .is_some_and(|first| later(*first, limit.window) <= at)
        {
            self.0.pop_front();
        }
        let admitted = self.0.len() < limit.calls;
        if admitted || refused_count {
            self.0.push_back(at);
        }
        admitted
    }
}
