//! KMS: symmetric keys that really encrypt.
//!
//! What a test proves here about secrets has to hold: a ciphertext opens only under the key, the
//! material and the encryption context it was sealed with, and not at all once a bit has changed or
//! the key is disabled.

mod aliases;
mod error;
mod keys;
mod operations;
mod seal;
mod store;

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use clock::SharedClock;
use ring::rand::SystemRandom;
use rusqlite::{Connection, Transaction};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Error;
use crate::place::{self, Place};
use crate::server::Answer;
use error::KmsError;

/// All keys.
pub(crate) struct Kms {
    database: Mutex<Connection>,
    clock: SharedClock,
    random: SystemRandom,
}

impl fmt::Debug for Kms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kms")
    }
}

/// What an operation works with.
struct Context<'a> {
    database: &'a Transaction<'a>,
    /// Seconds since the Unix epoch, as KMS stamps keys.
    now: i64,
    random: &'a SystemRandom,
}

impl Kms {
    pub(crate) fn open(place: &Place, clock: SharedClock) -> Result<Self, Error> {
        let database = store::open(place).map_err(|error| Error::Store {
            store: "KMS",
            reason: error.to_string(),
        })?;
        Ok(Self {
            database: Mutex::new(database),
            clock,
            random: SystemRandom::new(),
        })
    }

    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        place::copy(&database, "KMS", path)
    }

    pub(crate) fn answer(&self, operation: &str, body: &[u8]) -> Answer {
        match self.run(operation, body) {
            Ok(response) => Answer::ok(&response),
            Err(error) => error.into_answer(),
        }
    }

    fn run(&self, operation: &str, body: &[u8]) -> Result<Value, KmsError> {
        match operation {
            "CreateKey" => self.transact(body, keys::create),
            "DescribeKey" => self.transact(body, keys::describe),
            "ListKeys" => self.transact(body, keys::list),
            "EnableKey" => self.transact(body, keys::enable),
            "DisableKey" => self.transact(body, keys::disable),
            "EnableKeyRotation" => self.transact(body, keys::enable_rotation),
            "DisableKeyRotation" => self.transact(body, keys::disable_rotation),
            "GetKeyRotationStatus" => self.transact(body, keys::rotation_status),
            "RotateKeyOnDemand" => self.transact(body, keys::rotate),
            "CreateAlias" => self.transact(body, aliases::create),
            "UpdateAlias" => self.transact(body, aliases::update),
            "DeleteAlias" => self.transact(body, aliases::delete),
            "ListAliases" => self.transact(body, aliases::list),
            "Encrypt" => self.transact(body, operations::encrypt),
            "Decrypt" => self.transact(body, operations::decrypt),
            "ReEncrypt" => self.transact(body, operations::re_encrypt),
            "GenerateDataKey" => self.transact(body, operations::generate_data_key),
            _ => Err(KmsError::UnknownOperation),
        }
    }

    fn transact<Request: DeserializeOwned>(
        &self,
        body: &[u8],
        operation: impl FnOnce(&Context<'_>, Request) -> Result<Value, KmsError>,
    ) -> Result<Value, KmsError> {
        let request = serde_json::from_slice(body)
            .map_err(|error| KmsError::Validation(error.to_string()))?;
        let mut connection = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        let database = connection.transaction()?;
        let now = self.clock.now().as_second();
        let context = Context {
            database: &database,
            now,
            random: &self.random,
        };
        let response = operation(&context, request)?;
        database.commit()?;
        Ok(response)
    }
}
