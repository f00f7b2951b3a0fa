//! The desk, and what it needs to know.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clock::SharedClock;
use freshbooks::Callbacks;
use ledger::{Connection, ConnectionId, Ledger, Status};
use schedules::Schedules;
use secrecy::SecretString;
use sync::Cin7Access;
use url::Url;
use vault::{TokenVault, Vault};

use crate::Error;

/// How often a row is read and written again that somebody else keeps writing.
pub(crate) const TRIES: u32 = 10;

/// Where things are reached.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// FreshBooks' API, usually `https://api.freshbooks.com`.
    pub freshbooks: Url,
    /// Where people consent, usually `https://auth.freshbooks.com`.
    pub freshbooks_auth: Url,
    /// Where FreshBooks and browsers reach this deployment.
    pub public: Url,
}

impl Addresses {
    /// Where FreshBooks sends a browser back to after consent; registered for the app there.
    #[must_use]
    pub fn redirect(&self) -> Url {
        self.here("oauth/callback")
    }

    /// Where FreshBooks delivers what happens to one noun of one connection.
    #[must_use]
    pub fn delivery(&self, connection: &ConnectionId, noun: &str) -> Url {
        self.here(&format!("freshbooks/{connection}/{noun}"))
    }

    pub(crate) fn here(&self, path: &str) -> Url {
        let mut address = self.public.clone();
        let base = address.path().trim_end_matches('/').to_owned();
        address.set_path(&format!("{base}/{path}"));
        address
    }
}

/// What the console works on. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Desk {
    pub(crate) ledger: Ledger,
    pub(crate) vault: Vault,
    pub(crate) tokens: TokenVault,
    pub(crate) cin7: Cin7Access,
    pub(crate) schedules: Schedules,
    pub(crate) http: reqwest::Client,
    pub(crate) freshbooks: freshbooks::Api,
    pub(crate) callbacks: Callbacks,
    pub(crate) addresses: Addresses,
    pub(crate) random: fn() -> [u8; 32],
}

/// What a desk is made of.
#[derive(Debug)]
pub struct Parts {
    /// The ledger.
    pub ledger: Ledger,
    /// Everything that is sealed.
    pub vault: Vault,
    /// FreshBooks' tokens.
    pub tokens: TokenVault,
    /// Cin7, to read.
    pub cin7: Cin7Access,
    /// When connections are polled.
    pub schedules: Schedules,
    /// The HTTP client towards FreshBooks.
    pub http: reqwest::Client,
    /// Where things are reached.
    pub addresses: Addresses,
    /// Gives bytes that nobody can guess.
    pub random: fn() -> [u8; 32],
}

impl Desk {
    /// A desk made of these parts; nothing is read.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts {
            ledger,
            vault,
            tokens,
            cin7,
            schedules,
            http,
            addresses,
            random,
        } = parts;
        let freshbooks = freshbooks::Api::new(http.clone(), addresses.freshbooks.clone());
        let callbacks = Callbacks::new(http.clone(), addresses.freshbooks.clone());
        Self {
            ledger,
            vault,
            tokens,
            cin7,
            schedules,
            http,
            freshbooks,
            callbacks,
            addresses,
            random,
        }
    }

    /// The connection, unless it never was or was removed.
    pub(crate) async fn connection(&self, id: &ConnectionId) -> Result<Connection, Error> {
        let known = self.ledger.connection(id).await?;
        known
            .filter(|connection| connection.status != Status::Removed)
            .ok_or_else(|| Error::NotFound(format!("There is no connection {id}.")))
    }

    /// Changes a connection, whatever else changes it at the same moment: then `change` is asked
    /// again. Returns it as it is stored now.
    pub(crate) async fn change(
        &self,
        id: &ConnectionId,
        change: impl Fn(&mut Connection) -> Result<(), Error>,
    ) -> Result<Connection, Error> {
        for _ in 0..TRIES {
            let stored = self.connection(id).await?;
            let mut next = stored.clone();
            change(&mut next)?;
            if next == stored {
                return Ok(stored);
            }
            match self.ledger.put_connection(&mut next).await {
                Ok(()) => return Ok(next),
                Err(ledger::Error::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ledger::Error::Conflict(format!("connection {id}")).into())
    }

    pub(crate) async fn token(
        &self,
        id: &ConnectionId,
        refused: Option<&SecretString>,
    ) -> Result<SecretString, Error> {
        // A lease is its owner's to take again, so that no two requests may share a name.
        let owner = format!("console {}", self.nonce());
        Ok(self.tokens.access_token(id, refused, &owner).await?)
    }

    /// A name or key that nobody can guess.
    pub(crate) fn nonce(&self) -> String {
        URL_SAFE_NO_PAD.encode((self.random)())
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        self.ledger.clock()
    }
}

/// Asks FreshBooks with the connection's token; a 401 renews it once.
macro_rules! ask {
    ($desk:expr, $id:expr, |$token:ident| $call:expr) => {{
        let $token = $desk.token($id, None).await?;
        match $call.await {
            Err(freshbooks::Error::Unauthenticated) => {
                let refused = $token;
                let $token = $desk.token($id, Some(&refused)).await?;
                $call.await
            }
            answer => answer,
        }
    }};
}
pub(crate) use ask;
