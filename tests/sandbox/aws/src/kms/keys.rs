//! Keys: making, finding, switching off, rotating.

use ring::rand::SecureRandom;
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::KmsError;
use super::seal::MATERIAL_BYTES;
use super::{Context, aliases};
use crate::{ACCOUNT, REGION};

/// One key.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) id: Uuid,
    description: String,
    created_at: i64,
    enabled: bool,
    rotates: bool,
}

impl Key {
    /// By id, key ARN, alias or alias ARN.
    pub(super) fn find(context: &Context<'_>, named: &str) -> Result<Self, KmsError> {
        let local = named.strip_prefix(&arn_of("")).unwrap_or(named);
        let id = match local.strip_prefix("key/") {
            Some(id) => Uuid::parse_str(id).ok(),
            None if local.starts_with("alias/") => aliases::target(context, local)?,
            None => Uuid::parse_str(local).ok(),
        };
        let key = match id {
            Some(id) => Self::by_id(context, id)?,
            None => None,
        };
        key.ok_or_else(|| KmsError::NotFound(named.to_owned()))
    }

    pub(super) fn by_id(context: &Context<'_>, id: Uuid) -> Result<Option<Self>, KmsError> {
        let sql = "SELECT description, created_at, enabled, rotates FROM key WHERE id = ?1";
        let mut statement = context.database.prepare_cached(sql)?;
        let key = statement.query_row([id.to_string()], |row| {
            Ok(Self {
                id,
                description: row.get(0)?,
                created_at: row.get(1)?,
                enabled: row.get(2)?,
                rotates: row.get(3)?,
            })
        });
        Ok(key.optional()?)
    }

    /// A disabled key does no cryptography at all, decryption included.
    pub(super) fn usable(self) -> Result<Self, KmsError> {
        if self.enabled {
            Ok(self)
        } else {
            Err(KmsError::Disabled(self.arn()))
        }
    }

    pub(super) fn arn(&self) -> String {
        arn_of(&format!("key/{}", self.id))
    }

    /// The material that seals now, with its version.
    pub(super) fn newest_material(
        &self,
        context: &Context<'_>,
    ) -> Result<(u32, Vec<u8>), KmsError> {
        let sql =
            "SELECT version, bytes FROM material WHERE key = ?1 ORDER BY version DESC LIMIT 1";
        let mut statement = context.database.prepare_cached(sql)?;
        Ok(statement.query_row([self.id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The material that sealed under `version`.
    pub(super) fn material(
        &self,
        context: &Context<'_>,
        version: u32,
    ) -> Result<Option<Vec<u8>>, KmsError> {
        let sql = "SELECT bytes FROM material WHERE key = ?1 AND version = ?2";
        let mut statement = context.database.prepare_cached(sql)?;
        Ok(statement
            .query_row(params![self.id.to_string(), version], |row| row.get(0))
            .optional()?)
    }

    fn add_material(&self, context: &Context<'_>, version: u32) -> Result<(), KmsError> {
        let mut material = [0; MATERIAL_BYTES];
        context.random.fill(&mut material)?;
        context.database.execute(
            "INSERT INTO material (key, version, bytes) VALUES (?1, ?2, ?3)",
            params![self.id.to_string(), version, material],
        )?;
        Ok(())
    }

    fn metadata(&self) -> Value {
        json!({
            "AWSAccountId": ACCOUNT,
            "KeyId": self.id.to_string(),
            "Arn": self.arn(),
            "CreationDate": self.created_at,
            "Enabled": self.enabled,
            "Description": self.description,
            "KeyUsage": "ENCRYPT_DECRYPT",
            "KeyState": if self.enabled { "Enabled" } else { "Disabled" },
            "Origin": "AWS_KMS",
            "KeyManager": "CUSTOMER",
            "KeySpec": "SYMMETRIC_DEFAULT",
            "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
            "MultiRegion": false,
        })
    }
}

/// ARN of a KMS resource, `key/…` or `alias/…`.
pub(super) fn arn_of(resource: &str) -> String {
    format!("arn:aws:kms:{REGION}:{ACCOUNT}:{resource}")
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateKey {
    #[serde(default)]
    description: String,
    key_spec: Option<String>,
}

pub(super) fn create(context: &Context<'_>, request: CreateKey) -> Result<Value, KmsError> {
    if request
        .key_spec
        .is_some_and(|spec| spec != "SYMMETRIC_DEFAULT")
    {
        return Err(KmsError::Validation(
            "only SYMMETRIC_DEFAULT keys exist here".to_owned(),
        ));
    }
    let key = Key {
        id: Uuid::new_v4(),
        description: request.description,
        created_at: context.now,
        enabled: true,
        rotates: false,
    };
    context.database.execute(
        "INSERT INTO key (id, description, created_at) VALUES (?1, ?2, ?3)",
        params![key.id.to_string(), key.description, key.created_at],
    )?;
    key.add_material(context, 1)?;
    Ok(json!({ "KeyMetadata": key.metadata() }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ByKey {
    key_id: String,
}

pub(super) fn describe(context: &Context<'_>, request: ByKey) -> Result<Value, KmsError> {
    Ok(json!({ "KeyMetadata": Key::find(context, &request.key_id)?.metadata() }))
}

#[derive(Deserialize)]
pub(super) struct ListKeys {}

pub(super) fn list(context: &Context<'_>, _: ListKeys) -> Result<Value, KmsError> {
    let mut statement = context
        .database
        .prepare_cached("SELECT id FROM key ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        let id: String = row.get(0)?;
        Ok(json!({ "KeyArn": arn_of(&format!("key/{id}")), "KeyId": id }))
    })?;
    Ok(json!({ "Keys": rows.collect::<Result<Vec<_>, _>>()?, "Truncated": false }))
}

pub(super) fn enable(context: &Context<'_>, request: ByKey) -> Result<Value, KmsError> {
    set(
        context,
        &request,
        "UPDATE key SET enabled = 1 WHERE id = ?1",
    )
}

pub(super) fn disable(context: &Context<'_>, request: ByKey) -> Result<Value, KmsError> {
    set(
        context,
        &request,
        "UPDATE key SET enabled = 0 WHERE id = ?1",
    )
}

pub(super) fn enable_rotation(context: &Context<'_>, request: ByKey) -> Result<Value, KmsError> {
    set(
        context,
        &request,
        "UPDATE key SET rotates = 1 WHERE id = ?1",
    )
}

pub(super) fn disable_rotation(context: &Context<'_>, request: ByKey) -> Result<Value, KmsError> {
    set(
        context,
        &request,
        "UPDATE key SET rotates = 0 WHERE id = ?1",
    )
}

fn set(context: &Context<'_>, request: &ByKey, sql: &str) -> Result<Value, KmsError> {
    let key = Key::find(context, &request.key_id)?;
    context.database.execute(sql, [key.id.to_string()])?;
    Ok(json!({}))
}

pub(super) fn rotation_status(context: &Context<'_>, request: ByKey) -> Result<Value, KmsError> {
    let key = Key::find(context, &request.key_id)?;
    Ok(json!({ "KeyId": key.id.to_string(), "KeyRotationEnabled": key.rotates }))
}

/// New material from now on. AWS finishes a rotation in the background; here it is done at once.
pub(super) fn rotate(context: &Context<'_>, request: ByKey) -> Result<Value, KmsError> {
    let key = Key::find(context, &request.key_id)?.usable()?;
    let (version, _) = key.newest_material(context)?;
    key.add_material(context, version + 1)?;
    Ok(json!({ "KeyId": key.id.to_string() }))
}
