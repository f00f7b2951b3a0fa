//! Secrets in the clear: how they look inside an envelope, and only while they are written or read.

use freshbooks::oauth::App;
use jiff::Timestamp;
use ledger::ConnectionId;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Error;
use crate::envelope::{Purpose, base64};

/// Everything FreshBooks gave for one connection.
#[derive(Debug, Clone)]
pub struct FreshBooksSecret {
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret.
    pub client_secret: SecretString,
    /// The redirect address registered for the app, where it is known.
    pub redirect_uri: Option<String>,
    /// The newest refresh token: single-use.
    pub refresh_token: SecretString,
    /// The newest access token and when it ends, once there was one.
    pub access_token: Option<(SecretString, Timestamp)>,
}

/// Cin7's two API key headers: together a login and a password.
#[derive(Debug, Clone)]
pub struct Cin7Keys {
    /// Header `api-auth-accountid`.
    pub account_id: SecretString,
    /// Header `api-auth-applicationkey`.
    pub application_key: SecretString,
}

/// The plaintext of the envelope; lives only while it is written or read.
#[derive(Serialize, Deserialize)]
struct Plain {
    client_id: String,
    client_secret: Zeroizing<String>,
    redirect_uri: Option<String>,
    refresh_token: Zeroizing<String>,
    access_token: Option<Zeroizing<String>>,
    expires_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct PlainKeys {
    account_id: Zeroizing<String>,
    application_key: Zeroizing<String>,
}

#[derive(Serialize, Deserialize)]
struct PlainApp {
    client_id: String,
    client_secret: Zeroizing<String>,
    redirect_uri: Option<String>,
}

/// An app as the text that is sealed.
pub(crate) fn app_plain(app: &App) -> Result<SecretString, Error> {
    secret_json(&PlainApp {
        client_id: app.client_id.clone(),
        client_secret: Zeroizing::new(app.client_secret.expose_secret().to_owned()),
        redirect_uri: app.redirect_uri.clone(),
    })
}

pub(crate) fn read_app(plain: &SecretString, connection: &ConnectionId) -> Result<App, Error> {
    let app: PlainApp = read_json(plain, connection, Purpose::OAuth)?;
    Ok(App {
        client_id: app.client_id,
        client_secret: SecretString::from(app.client_secret.as_str()),
        redirect_uri: app.redirect_uri,
    })
}

impl FreshBooksSecret {
    /// As the text that is sealed.
    pub(crate) fn plain(&self) -> Result<SecretString, Error> {
        let exposed = |secret: &SecretString| Zeroizing::new(secret.expose_secret().to_owned());
        secret_json(&Plain {
            client_id: self.client_id.clone(),
            client_secret: exposed(&self.client_secret),
            redirect_uri: self.redirect_uri.clone(),
            refresh_token: exposed(&self.refresh_token),
            access_token: self.access_token.as_ref().map(|(token, _)| exposed(token)),
            expires_at: self.access_token.as_ref().map(|&(_, until)| until),
        })
    }

    pub(crate) fn read(plain: &SecretString, connection: &ConnectionId) -> Result<Self, Error> {
        let plain: Plain = read_json(plain, connection, Purpose::OAuth)?;
        let secret = |text: &Zeroizing<String>| SecretString::from(text.as_str());
        Ok(Self {
            client_secret: secret(&plain.client_secret),
            refresh_token: secret(&plain.refresh_token),
            access_token: plain
                .access_token
                .as_ref()
                .map(secret)
                .zip(plain.expires_at),
            client_id: plain.client_id,
            redirect_uri: plain.redirect_uri,
        })
    }
}

impl Cin7Keys {
    /// Digest of the account id: the same for every application of one Cin7 account, and no part of a
    /// login.
    #[must_use]
    pub fn account(&self) -> String {
        seed(&self.account_id)
    }

    /// As the text that is sealed.
    pub(crate) fn plain(&self) -> Result<SecretString, Error> {
        secret_json(&PlainKeys {
            account_id: Zeroizing::new(self.account_id.expose_secret().to_owned()),
            application_key: Zeroizing::new(self.application_key.expose_secret().to_owned()),
        })
    }

    pub(crate) fn read(plain: &SecretString, connection: &ConnectionId) -> Result<Self, Error> {
        let keys: PlainKeys = read_json(plain, connection, Purpose::Cin7Keys)?;
        Ok(Self {
            account_id: SecretString::from(keys.account_id.as_str()),
            application_key: SecretString::from(keys.application_key.as_str()),
        })
    }
}

fn read_json<T: serde::de::DeserializeOwned>(
    plain: &SecretString,
    connection: &ConnectionId,
    purpose: Purpose,
) -> Result<T, Error> {
    serde_json::from_str(plain.expose_secret())
        .map_err(|_| purpose.closed(connection, "what is inside does not read as it should"))
}

fn secret_json<T: Serialize>(value: &T) -> Result<SecretString, Error> {
    let text = serde_json::to_string(value);
    text.map(SecretString::from)
        .map_err(|_| Error::Kms("the secret could not be written".to_owned()))
}

/// Digest of a secret, to recognise it without keeping it. Tokens, verifiers and account ids are long and
/// random.
pub(crate) fn seed(secret: &SecretString) -> String {
    base64(Sha256::digest(secret.expose_secret().as_bytes()))
}
