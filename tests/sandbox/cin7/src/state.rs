//! Everything behind the one lock, and the way of a call through it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clock::SharedClock;
use tokio::sync::Notify;

use crate::account::AccountState;
use crate::calls::CallLog;
use crate::faults::{Fault, Faults, INCORRECT_CREDENTIALS};
use crate::http::{self, Ask, Reply};

/// What the server and the test's handle share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) clock: SharedClock,
    /// Hears of each call that hangs.
    pub(crate) hanging: Notify,
    state: Mutex<State>,
}

/// The accounts by id, the log and the faults.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) accounts: BTreeMap<String, AccountState>,
    pub(crate) log: CallLog,
    pub(crate) faults: Faults,
}

/// What becomes of a call.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The answer; `None` cuts the connection.
    pub(crate) reply: Option<Reply>,
    /// How long the answer is held back.
    pub(crate) wait: Option<Duration>,
    /// Whether it is held back for ever.
    pub(crate) hangs: bool,
}

impl Shared {
    /// A stand-in without accounts.
    pub(crate) fn new(clock: SharedClock) -> Self {
        Self {
            clock,
            hanging: Notify::new(),
            state: Mutex::default(),
        }
    }

    /// The state, for one call or one look from a test.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Logs a call, carries it out unless a fault prevents it, and lets the fault disturb the answer.
    pub(crate) fn serve(&self, ask: &Ask) -> Outcome {
        let mut state = self.lock();
        let call = state.log.note(ask);
        let fault = state.faults.take(&call, ask);
        let reply = match fault {
            Some(fault) if !fault.applies() => fault.disturb(not_carried_out()),
            Some(fault) => fault.disturb(state.carry_out(ask)),
            None => Some(state.carry_out(ask)),
        };
        state.log.answered(reply.as_ref().map(|reply| reply.status));
        Outcome {
            reply,
            wait: fault.and_then(Fault::wait),
            hangs: matches!(fault, Some(Fault::Hang { .. })),
        }
    }
}

impl State {
    fn carry_out(&mut self, ask: &Ask) -> Reply {
        let account_id = ask
            .account_id
            .as_deref()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let key = ask
            .application_key
            .as_deref()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let account = self
            .accounts
            .get_mut(&account_id)
            .filter(|account| account.knows(&key));
        let Some(account) = account else {
            return Reply::error(403, INCORRECT_CREDENTIALS);
        };
        if !account.admits(&key, ask.at) {
            return account.options.limit.answer.reply();
        }
        http::answer(account, ask)
    }
}

/// What a disturbed answer is made from when nothing was carried out.
fn not_carried_out() -> Reply {
    Reply::bare_error(200, "The call was not carried out.")
}
