//! Callbacks: registrations for webhooks (docs/freshbooks-api.md, management endpoints).

mod endpoints;
mod failure;
mod request;

pub(crate) use endpoints::routes;
pub(crate) use request::raises_events;

use jiff::Timestamp;

use crate::account::Account;
use crate::stand_in::StandIn;

/// One registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// `callbackid`, and the `object_id` of the handshake.
    pub id: i64,
    /// `invoice` hears every verb, `invoice.create` only that one.
    pub event: String,
    /// Where webhooks go.
    pub uri: String,
    /// Whether the handshake was completed; nothing is sent before.
    pub verified: bool,
    /// The code of the handshake, and the key of every signature.
    pub verifier: String,
    /// When it last changed.
    pub updated: Timestamp,
}

impl StandIn {
    /// Registers a callback that is already verified; its id. `event` is a noun or a full event.
    pub fn register_callback(
        &self,
        account: &Account,
        event: &str,
        uri: &str,
        verifier: &str,
    ) -> i64 {
        let now = self.shared.now();
        let mut world = self.shared.lock();
        let books = world.books_mut(account);
        let id = books.next_id();
        let callback = Callback {
            id,
            event: event.to_owned(),
            uri: uri.to_owned(),
            verified: true,
            verifier: verifier.to_owned(),
            updated: now,
        };
        books.callbacks.insert(id, callback);
        id
    }

    /// The callbacks of an account, oldest first.
    #[must_use]
    pub fn callbacks(&self, account: &Account) -> Vec<Callback> {
        self.shared
            .lock()
            .books_mut(account)
            .callbacks
            .values()
            .cloned()
            .collect()
    }

    /// Takes the verification away, as FreshBooks does with an address that fails for long. How that
    /// shows in the list is unconfirmed; here as `verified:false`.
    pub fn disable_callback(&self, account: &Account, id: i64) {
        if let Some(callback) = self.shared.lock().books_mut(account).callbacks.get_mut(&id) {
            callback.verified = false;
        }
    }
}
