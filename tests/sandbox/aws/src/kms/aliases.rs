//! Aliases: names that can be pointed at another key.

use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Context;
use super::error::KmsError;
use super::keys::{Key, arn_of};

/// The key an alias points at.
pub(super) fn target(context: &Context<'_>, name: &str) -> Result<Option<Uuid>, KmsError> {
    let mut statement = context
        .database
        .prepare_cached("SELECT key FROM alias WHERE name = ?1")?;
    let key: Option<String> = statement.query_row([name], |row| row.get(0)).optional()?;
    Ok(key.and_then(|key| Uuid::parse_str(&key).ok()))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PointAlias {
    alias_name: String,
    target_key_id: String,
}

pub(super) fn create(context: &Context<'_>, request: PointAlias) -> Result<Value, KmsError> {
    let PointAlias {
        alias_name: name,
        target_key_id,
    } = request;
    let stem = name.strip_prefix("alias/").unwrap_or_default();
    let is_name_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-');
    if stem.is_empty() || stem.starts_with("aws/") || !stem.chars().all(is_name_part) {
        return Err(KmsError::Validation(format!(
            "{name} is not an allowed alias"
        )));
    }
    if target(context, &name)?.is_some() {
        return Err(KmsError::AliasExists(arn_of(&name)));
    }
    let key = Key::find(context, &target_key_id)?;
    context.database.execute(
        "INSERT INTO alias (name, key, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)",
        params![name, key.id.to_string(), context.now],
    )?;
    Ok(json!({}))
}

pub(super) fn update(context: &Context<'_>, request: PointAlias) -> Result<Value, KmsError> {
    let key = Key::find(context, &request.target_key_id)?;
    let changed = context.database.execute(
        "UPDATE alias SET key = ?2, updated_at = ?3 WHERE name = ?1",
        params![request.alias_name, key.id.to_string(), context.now],
    )?;
    if changed == 0 {
        return Err(KmsError::NotFound(arn_of(&request.alias_name)));
    }
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteAlias {
    alias_name: String,
}

pub(super) fn delete(context: &Context<'_>, request: DeleteAlias) -> Result<Value, KmsError> {
    let name = request.alias_name;
    if context
        .database
        .execute("DELETE FROM alias WHERE name = ?1", [&name])?
        == 0
    {
        return Err(KmsError::NotFound(arn_of(&name)));
    }
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListAliases {
    key_id: Option<String>,
}

pub(super) fn list(context: &Context<'_>, request: ListAliases) -> Result<Value, KmsError> {
    let of = match request.key_id {
        Some(named) => Some(Key::find(context, &named)?.id.to_string()),
        None => None,
    };
    let mut statement = context.database.prepare_cached(
        "SELECT name, key, created_at, updated_at FROM alias
         WHERE ?1 IS NULL OR key = ?1 ORDER BY name",
    )?;
    let rows = statement.query_map([of], |row| {
        let name: String = row.get(0)?;
        Ok(json!({
            "AliasArn": arn_of(&name),
            "AliasName": name,
            "TargetKeyId": row.get::<_, String>(1)?,
            "CreationDate": row.get::<_, i64>(2)?,
            "LastUpdatedDate": row.get::<_, i64>(3)?,
        }))
    })?;
    Ok(json!({ "Aliases": rows.collect::<Result<Vec<_>, _>>()?, "Truncated": false }))
}
