//! Checks a FreshBooks delivery's signature and puts one message on the queue.
//!
//! What is not verified cannot reach the queue: [`queue::Queue::send_delivery`] takes only a
//! `Delivery<Verified>`, and only a verifier makes one. An unknown connection is answered like a bad
//! signature, after the same work and at the same moment.

mod refusal;

use std::sync::Arc;
use std::time::Duration;

use clock::{SharedClock, later, until};
use freshbooks::webhook::{Delivery, Offer, Unverified, Verified};
use jiff::Timestamp;
use lambda_http::http::{Method, header};
use lambda_http::{Body, Error, Request, RequestExt, Response};
use ledger::ConnectionId;
use queue::Queue;
use vault::{NotVerified, OfferVault, SignedBy, VerifierVault, Verifiers};

use crate::refusal::Refusal;

/// A genuine delivery is some 150 bytes.
const LONGEST_BODY: usize = 64 * 1024;
const SIGNATURE: &str = "x-freshbooks-hmac-sha256";
/// Refused deliveries are answered no earlier than this after they arrived, so that the look-ups a
/// known connection may need do not show in the time.
const REFUSED_AFTER: Duration = Duration::from_millis(150);

/// The webhook function.
#[derive(Debug)]
pub struct Webhook {
    vault: VerifierVault,
    offers: OfferVault,
    queue: Queue,
    clock: SharedClock,
}

impl Webhook {
    /// A webhook on these clients; nothing is read.
    #[must_use]
    pub fn new(vault: VerifierVault, offers: OfferVault, queue: Queue, clock: SharedClock) -> Self {
        Self {
            vault,
            offers,
            queue,
            clock,
        }
    }

    /// Answers one request: 200 once the queue has the message, 4xx for what is not a genuine
    /// delivery, 503 where FreshBooks should send it again.
    ///
    /// # Errors
    /// The answer could not be built; this does not happen.
    pub async fn receive(&self, request: Request) -> Result<Response<Body>, Error> {
        let arrived = self.clock.now();
        let answer = match self.accept(&request, arrived).await {
            Ok(()) => Response::builder().status(200).body(Body::Empty),
            Err(refusal) => {
                if refusal == Refusal::NotGenuine {
                    let earliest = later(arrived, REFUSED_AFTER);
                    self.clock.sleep(until(self.clock.now(), earliest)).await;
                }
                Response::builder()
                    .status(refusal.status())
                    .body(Body::from(refusal.sentence()))
            }
        };
        Ok(answer?)
    }

    async fn accept(&self, request: &Request, arrived: Timestamp) -> Result<(), Refusal> {
        let sent = read(request)?;
        let parameters = request.path_parameters();
        let noun = parameters.first("noun").unwrap_or_default();
        let connection: Option<ConnectionId> = parameters
            .first("connection")
            .filter(|_| noun.parse::<ledger::Kind>().is_ok())
            .and_then(|name| name.parse().ok());
        if let (Some(connection), Some(offer)) = (&connection, sent.delivery.offer())
            && self.keep_offer(connection, noun, &offer).await?
        {
            return Ok(());
        }
        let (connection, delivery) = self.verify(connection, noun, &sent).await?;
        if delivery.has_verifier() {
            tracing::info!(connection = %connection, noun, "a callback asked to be verified again; nothing was changed");
            return Ok(());
        }
        if delivery.event().noun() != noun {
            return Err(Refusal::WrongCallback);
        }
        let id = request_id(request);
        let sent = self
            .queue
            .send_delivery(&connection, &delivery, &id, arrived)
            .await;
        match sent {
            Ok(message) => {
                tracing::info!(
                    connection = %connection, kind = %message.key.kind, id = %message.key.id, delivery = %id,
                    name = message.event, duration_ms = duration_ms(&*self.clock, arrived), "a delivery was queued"
                );
                Ok(())
            }
            Err(queue::Error::NotAName(_)) => Err(Refusal::Malformed),
            Err(error) => {
                tracing::error!(connection = %connection, delivery = %id, error = %error, "a delivery could not be queued");
                Err(Refusal::Unavailable)
            }
        }
    }

    /// Keeps the verifier of a handshake where a callback waits for one. It opens nothing until the
    /// callback was read with the connection's own token, so whoever sent it is let in to nothing.
    async fn keep_offer(
        &self,
        connection: &ConnectionId,
        noun: &str,
        offer: &Offer,
    ) -> Result<bool, Refusal> {
        let Offer {
            callback_id,
            verifier,
        } = offer;
        let kept = self
            .offers
            .offer(connection, noun, callback_id, verifier)
            .await;
        let kept = kept.map_err(|error| {
            tracing::error!(connection = %connection, noun, error = %error, "a handshake could not be kept");
            Refusal::Unavailable
        })?;
        if kept {
            tracing::info!(connection = %connection, noun, "a handshake was kept");
        }
        Ok(kept)
    }

    /// Checks the signature with the callback's verifiers. A name that is no connection's costs the
    /// same look-up and the same HMAC as one that is.
    async fn verify(
        &self,
        connection: Option<ConnectionId>,
        noun: &str,
        sent: &Sent<'_>,
    ) -> Result<(ConnectionId, Delivery<Verified>), Refusal> {
        let (verifiers, verified) = self.checked(connection.as_ref(), noun, sent).await?;
        match (connection, verified) {
            (Some(connection), Ok((delivery, signed_by))) => {
                self.forget(&connection, noun, &verifiers, signed_by).await;
                Ok((connection, delivery))
            }
            (connection, refused) => {
                let fields = shown(sent.delivery.field_names());
                let why = refused.err().map(|why| why.to_string()).unwrap_or_default();
                let connection = connection.map(String::from).unwrap_or_default();
                tracing::warn!(
                    event = "delivery_refused",
                    connection,
                    noun,
                    why,
                    ?fields,
                    "a delivery was refused"
                );
                Err(Refusal::NotGenuine)
            }
        }
    }

    /// Checks with the verifiers in memory, and where none of them signed it with those that are stored
    /// now: the callback may have been registered since.
    async fn checked(
        &self,
        connection: Option<&ConnectionId>,
        noun: &str,
        sent: &Sent<'_>,
    ) -> Result<(Arc<Verifiers>, Checked), Refusal> {
        let check = |verifiers: &Verifiers| verifiers.verify(sent.body, sent.signature);
        let Some(connection) = connection else {
            let none = Arc::<Verifiers>::default();
            let refused = check(&none);
            return Ok((none, refused));
        };
        let not_had = |error| {
            tracing::error!(connection = %connection, noun, error = %error, "a verifier could not be had");
            Refusal::Unavailable
        };
        let known = self.vault.verifiers(connection, noun).await;
        let known = known.map_err(not_had)?;
        let checked = check(&known);
        if checked.is_ok() {
            return Ok((known, checked));
        }
        let newer = self.vault.newer_than(connection, noun, &known).await;
        Ok(match newer.map_err(not_had)? {
            Some(newer) => {
                let checked = check(&newer);
                (newer, checked)
            }
            None => (known, checked),
        })
    }

    /// Once the newest verifier has signed a delivery, FreshBooks has done with the one before.
    async fn forget(
        &self,
        connection: &ConnectionId,
        noun: &str,
        verifiers: &Verifiers,
        signed_by: SignedBy,
    ) {
        if signed_by != SignedBy::Newest {
            return;
        }
        let forgotten = self.vault.forget_previous(connection, noun, verifiers);
        // It is tried again with the next delivery.
        if let Err(error) = forgotten.await {
            tracing::warn!(connection = %connection, noun, error = %error, "a verifier that is done with was kept");
        }
    }
}

/// Whether a verifier signed a delivery, and which.
type Checked = Result<(Delivery<Verified>, SignedBy), NotVerified>;

/// A delivery as it was sent.
struct Sent<'a> {
    body: &'a [u8],
    signature: Option<&'a str>,
    delivery: Delivery<Unverified>,
}

/// The order of the fields, which is what a signature that does not match is usually about; a stranger
/// chooses the names, so only so much of them.
fn shown<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names
        .take(10)
        .map(|name| name.chars().take(32).collect())
        .collect()
}

/// Reads what is refused without knowing any secret.
fn read(request: &Request) -> Result<Sent<'_>, Refusal> {
    if request.method() != Method::POST {
        return Err(Refusal::NotPost);
    }
    let form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| {
            kind.trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        });
    if !form {
        return Err(Refusal::NotAForm);
    }
    // The gateway hands a form over in base64; by here it is decoded.
    let body: &[u8] = request.body();
    if body.len() > LONGEST_BODY {
        return Err(Refusal::TooLong);
    }
    let signature = request
        .headers()
        .get(SIGNATURE)
        .and_then(|value| value.to_str().ok());
    let delivery = Delivery::parse(body, signature).map_err(|why| {
        tracing::warn!(event = "delivery_refused", why = %why, "a delivery could not be read");
        Refusal::Malformed
    })?;
    Ok(Sent {
        body,
        signature,
        delivery,
    })
}

/// The gateway's id of this request: unique, and in its access log too.
fn request_id(request: &Request) -> String {
    use lambda_http::request::RequestContext;
    match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone(),
        _ => None,
    }
    .or_else(|| {
        request
            .lambda_context_ref()
            .map(|context| context.request_id.clone())
    })
    .unwrap_or_default()
}

fn duration_ms(clock: &dyn clock::Clock, since: Timestamp) -> i64 {
    i64::try_from(clock.now().duration_since(since).as_millis()).unwrap_or(i64::MAX)
}
