//! Sending webhooks, when the test says so.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

use super::{Delivered, PendingDelivery};
use crate::stand_in::StandIn;

/// The receiver has this long to answer (docs/freshbooks-api.md, delivery policy).
const TIMEOUT: Duration = Duration::from_secs(10);

/// The HTTP client of the webhook sender.
#[derive(Debug)]
pub(crate) struct Sender(reqwest::Client);

impl Sender {
    /// A client without a root certificate, since the receivers are on plain http, and without
    /// redirects, since a 3xx is a failure.
    pub(crate) fn new() -> io::Result<Self> {
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .timeout(TIMEOUT)
            .no_proxy()
            .build()
            .map(Self)
            .map_err(io::Error::other)
    }

    async fn send(&self, pending: &PendingDelivery) -> Delivered {
        let mut request = self
            .0
            .post(&pending.uri)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(pending.body.clone());
        if !pending.signature.is_empty() {
            request = request.header("X-FreshBooks-Hmac-SHA256", &pending.signature);
        }
        let answer = request.send().await;
        let status = answer.ok().map(|answer| answer.status().as_u16());
        Delivered {
            uri: pending.uri.clone(),
            status,
        }
    }
}

impl StandIn {
    /// Sends what is queued, in order, one after another; what it sets off waits for the next call.
    /// What is not accepted stays queued, at most five times.
    pub async fn deliver_all(&self) -> Vec<Delivered> {
        let mut outcomes = Vec::new();
        for pending in self.pending() {
            let copies = self.shared.lock().post.copies(&pending);
            let before = outcomes.len();
            for _ in 0..copies {
                outcomes.push(self.sender.send(&pending).await);
            }
            let accepted = outcomes[before..].iter().any(Delivered::accepted);
            self.shared.lock().post.settle(&pending, accepted);
        }
        outcomes
    }

    /// Sends one webhook as it stands, queued or not, altered or not, and forgets what became of it.
    pub async fn deliver(&self, delivery: &PendingDelivery) -> Delivered {
        self.sender.send(delivery).await
    }

    /// Notes what became of a queued webhook that somebody carried by hand: accepted, it is done;
    /// otherwise it stays queued, at most five times.
    pub fn carried(&self, pending: &PendingDelivery, accepted: bool) {
        self.shared.lock().post.settle(pending, accepted);
    }

    /// What is queued, oldest first.
    #[must_use]
    pub fn pending(&self) -> Vec<PendingDelivery> {
        self.shared.lock().post.pending()
    }

    /// Loses what was queued behind the first `kept`.
    pub fn drop_pending_after(&self, kept: usize) {
        self.shared.lock().post.truncate(kept);
    }

    /// Takes everything out of the queue, to be [delivered](Self::deliver) in another order.
    pub fn take_pending(&self) -> Vec<PendingDelivery> {
        self.shared.lock().post.take()
    }

    /// What was given up after five tries.
    #[must_use]
    pub fn given_up(&self) -> Vec<PendingDelivery> {
        self.shared.lock().post.given_up()
    }

    /// The next `count` webhooks that would be sent are lost instead.
    pub fn drop_next(&self, count: u32) {
        self.shared.lock().post.drop_next(count);
    }

    /// The next webhook that is sent is sent twice.
    pub fn duplicate_next(&self) {
        self.shared.lock().post.duplicate_next();
    }
}
