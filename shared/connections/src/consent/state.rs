//! The state that goes to FreshBooks with a browser: signed, bound to that browser, and good for once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use freshbooks::oauth::App;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use ledger::{ConnectionId, ConsentStage};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::Answered;
use crate::{Desk, Error};

/// A state that was signed here, taken apart.
struct State<'a> {
    connection: ConnectionId,
    nonce: &'a str,
    ends: Timestamp,
    /// What the signature covers.
    signed: &'a str,
    signature: Vec<u8>,
}

impl Desk {
    /// Whose answer this is, if the state is ours, unused, in time, and from the browser it was made for.
    pub(super) async fn genuine(&self, answered: &Answered) -> Result<(ConnectionId, App), Error> {
        let now = self.clock().now();
        let state = read(&answered.state).ok_or_else(no_state)?;
        // The signature first: who cannot sign learns nothing of which connections there are.
        let app = self
            .app(&state.connection)
            .await
            .map_err(|error| match error {
                unavailable @ Error::Unavailable(_) => unavailable,
                _ => no_state(),
            })?;
        let mac = state_mac(&app, state.signed)?;
        if mac.verify_slice(&state.signature).is_err() || state.ends <= now {
            return Err(no_state());
        }
        let nonce = digest(state.nonce);
        let taken = self
            .ledger
            .take_consent(&state.connection, &nonce, now)
            .await?;
        let cookie = answered
            .cookie
            .as_ref()
            .map(|cookie| digest(cookie.expose_secret()));
        let is_its_browser = taken.is_some_and(|consent| {
            consent.stage == ConsentStage::State && Some(consent.browser) == cookie
        });
        if !is_its_browser {
            return Err(no_state());
        }
        Ok((state.connection, app))
    }
}

/// What is stored of a nonce: who reads the table cannot use it.
pub(super) fn digest(nonce: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(nonce.as_bytes()))
}

/// A state for FreshBooks to bring back, which ends at `ends`.
pub(super) fn signed(
    app: &App,
    id: &ConnectionId,
    nonce: &str,
    ends: Timestamp,
) -> Result<String, Error> {
    let text = format!("{id}.{nonce}.{}", ends.as_second());
    let signature = state_mac(app, &text)?.finalize().into_bytes();
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// The app's secret signs: FreshBooks and we have it, and nobody who could use a state otherwise.
fn state_mac(app: &App, text: &str) -> Result<Hmac<Sha256>, Error> {
    let key = app.client_secret.expose_secret().as_bytes();
    // HMAC takes keys of any length; the error exists for other algorithms.
    let mac = Hmac::<Sha256>::new_from_slice(key);
    let mut mac =
        mac.map_err(|_| Error::Invalid("The FreshBooks app has no secret.".to_owned()))?;
    mac.update(b"freshbooks-cin7 consent state\n");
    mac.update(text.as_bytes());
    Ok(mac)
}

fn read(state: &str) -> Option<State<'_>> {
    let (signed, signature) = state.rsplit_once('.')?;
    let mut parts = signed.splitn(3, '.');
    let connection = parts.next()?.parse().ok()?;
    let nonce = parts.next()?;
    let ends = parts.next()?.parse().ok()?;
    Some(State {
        connection,
        nonce,
        ends: Timestamp::from_second(ends).ok()?,
        signed,
        signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
    })
}

fn no_state() -> Error {
    Error::Invalid(
        "This consent was not begun in this browser in the last quarter of an hour, or was used already; \
         begin it again."
            .to_owned(),
    )
}
