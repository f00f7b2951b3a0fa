//! From a change to the webhooks about it.

use super::{PostOffice, sign};
use crate::account::{DeliveryFields, HandshakeName, Quirks};
use crate::callback::{self, Callback};
use crate::world::Books;

/// Queues one webhook for every verified callback of this event. Nothing in it names the callback,
/// the time or the content. Some kinds have no events (docs/freshbooks-api.md, events).
pub(crate) fn announce(post: &mut PostOffice, books: &Books, noun: &str, verb: &str, id: i64) {
    if !callback::raises_events(noun) {
        return;
    }
    let event = format!("{noun}.{verb}");
    let hears = |callback: &&Callback| {
        callback.verified && (callback.event == noun || callback.event == event)
    };
    for callback in books.callbacks.values().filter(hears) {
        post.queue(callback.uri.clone(), signed(books, callback, &event, id));
    }
}

fn signed(books: &Books, callback: &Callback, event: &str, id: i64) -> (String, String) {
    let object_id = id.to_string();
    let business_id = books.account.business_id.to_string();
    let identity_id = books.account.identity_id.to_string();
    let name = ("name", event);
    let object = ("object_id", object_id.as_str());
    let account = ("account_id", books.account.account_id.as_str());
    let business = ("business_id", business_id.as_str());
    let identity = ("identity_id", identity_id.as_str());
    let user = ("user_id", "1");
    match books.quirks.delivery_fields {
        DeliveryFields::Documented => sign(
            &callback.verifier,
            &[name, object, account, business, identity, user],
        ),
        DeliveryFields::Observed => sign(
            &callback.verifier,
            &[name, object, user, identity, business, account],
        ),
        DeliveryFields::Older => sign(&callback.verifier, &[name, object, user, account]),
    }
}

/// Queues the webhook that asks a new callback's owner to prove that it listens. If it is signed, then
/// with the verifier that stands in it, which proves nothing about the sender.
pub(crate) fn handshake(
    post: &mut PostOffice,
    account_id: &str,
    quirks: &Quirks,
    callback: &Callback,
) {
    let id = callback.id.to_string();
    let name = match quirks.handshake_name {
        HandshakeName::CallbackVerify => "callback.verify",
        HandshakeName::RegisteredEvent => callback.event.as_str(),
    };
    let fields = [
        ("name", name),
        ("object_id", id.as_str()),
        ("account_id", account_id),
        ("verifier", callback.verifier.as_str()),
    ];
    let (body, signature) = sign(&callback.verifier, &fields);
    let signature = if quirks.signs_handshake {
        signature
    } else {
        String::new()
    };
    post.queue(callback.uri.clone(), (body, signature));
}
