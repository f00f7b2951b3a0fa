//! The log of every call.

use std::time::Duration;

use clock::later;
use jiff::Timestamp;

use crate::http::Ask;

/// One call as the stand-in saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its number since the start or the last reset, over all accounts; the first is 1.
    pub number: usize,
    /// When it came in.
    pub at: Timestamp,
    /// The account id that it was sent with, right or wrong.
    pub account_id: String,
    /// The method, in capitals.
    pub method: String,
    /// The path below the base URL as it was sent, such as `sale/order`.
    pub path: String,
    /// The query text as it was sent, without the question mark.
    pub query: String,
    /// The body as it was sent.
    pub body: String,
    /// The status it was answered with; `None` if the connection was cut.
    pub status: Option<u16>,
}

/// Every call, with the credentials it came with.
#[derive(Debug, Default)]
pub(crate) struct CallLog(Vec<(Caller, Call)>);

/// The account id and application key a call was sent with, right or wrong.
type Caller = (String, String);

impl CallLog {
    /// Notes a call, with its number.
    pub(crate) fn note(&mut self, ask: &Ask) -> Call {
        let number = self.0.len() + 1;
        let account_id = ask.account_id.clone().unwrap_or_default();
        let call = Call {
            number,
            at: ask.at,
            account_id: account_id.clone(),
            method: ask.method.clone(),
            path: ask.path.clone().unwrap_or_default(),
            query: ask.query.clone(),
            body: ask.text(),
            status: None,
        };
        let application_key = ask.application_key.clone().unwrap_or_default();
        self.0.push(((account_id, application_key), call.clone()));
        call
    }

    /// Notes how the call noted last was answered.
    pub(crate) fn answered(&mut self, status: Option<u16>) {
        if let Some((_, call)) = self.0.last_mut() {
            call.status = status;
        }
    }

    /// Every call.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Call> {
        self.0.iter().map(|(_, call)| call)
    }

    /// The calls made with one account's id and key.
    pub(crate) fn by(&self, account_id: &str, key: &str) -> impl Iterator<Item = &Call> {
        self.0
            .iter()
            .filter(move |((account, with), _)| account == account_id && with == key)
            .map(|(_, call)| call)
    }

    /// Starts over with number 1.
    pub(crate) fn reset(&mut self) {
        self.0.clear();
    }
}

/// The most of `instants`, which ascend, that fall into one window; its end is not part of it.
pub(crate) fn most_in_any_window(instants: &[Timestamp], window: Duration) -> usize {
    let mut most = 0;
    let mut first = 0;
    for (last, at) in instants.iter().enumerate() {
        while instants
            .get(first)
            .is_some_and(|start| later(*start, window) <= *at)
        {
            first += 1;
        }
        most = most.max(last + 1 - first);
    }
    most
}
