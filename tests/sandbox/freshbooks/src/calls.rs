//! The log of every call that arrived.

use jiff::Timestamp;

/// One call, in the order of arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `GET`, `POST`, ….
    pub method: String,
    /// The path without its query.
    pub path: String,
    /// The query as it stood in the request line, empty where there was none.
    pub query: String,
    /// What was answered; `None` while under way and where the connection was cut.
    pub status: Option<u16>,
    /// When it arrived, on the stand-in's clock.
    pub at: Timestamp,
}

/// Names one call of the log until it is answered, also across a reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticket(u64);

/// Calls and the tickets under which they are answered.
#[derive(Debug, Default)]
pub(crate) struct CallLog {
    entries: Vec<(Ticket, Call)>,
    tickets: u64,
}

impl CallLog {
    /// Notes an arrival.
    pub(crate) fn arrive(&mut self, call: Call) -> Ticket {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        self.entries.push((ticket, call));
        ticket
    }

    /// Notes what was answered.
    pub(crate) fn depart(&mut self, ticket: Ticket, status: u16) {
        let entry = self
            .entries
            .iter_mut()
            .rev()
            .find(|(entry, _)| *entry == ticket);
        if let Some((_, call)) = entry {
            call.status = Some(status);
        }
    }

    /// How many calls there are since the start or the last reset.
    pub(crate) fn count(&self) -> usize {
        self.entries.len()
    }

    /// All calls, oldest first.
    pub(crate) fn all(&self) -> Vec<Call> {
        self.entries.iter().map(|(_, call)| call.clone()).collect()
    }

    /// Forgets them.
    pub(crate) fn reset(&mut self) {
        self.entries.clear();
    }
}
