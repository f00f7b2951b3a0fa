//! The operations.

use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::SchedulerError;
use super::expression::Expression;
use super::{Asked, Context, store};
use crate::{ACCOUNT, REGION};

/// The body that creates or replaces a schedule. A member that this does not know is one that nothing here
/// would act on, and refused for that.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Body {
    client_token: Option<String>,
    #[serde(default)]
    description: String,
    group_name: Option<String>,
    schedule_expression: String,
    schedule_expression_timezone: Option<String>,
    state: Option<String>,
    flexible_time_window: Value,
    target: Target,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Target {
    arn: String,
    role_arn: String,
    input: Option<String>,
    retry_policy: Option<RetryPolicy>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct RetryPolicy {
    maximum_event_age_in_seconds: Option<i64>,
    maximum_retry_attempts: Option<i64>,
}

pub(super) fn create_group(
    context: &Context<'_>,
    asked: &Asked,
    _body: &[u8],
) -> Result<Value, SchedulerError> {
    is_name("Name", &asked.name)?;
    if store::has_group(context.database, &asked.name)? {
        return Err(SchedulerError::Exists(format!(
            "Schedule group {}",
            asked.name
        )));
    }
    let insert = "INSERT INTO schedule_group (name) VALUES (?1)";
    context.database.execute(insert, [&asked.name])?;
    let arn = format!(
        "arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule-group/{}",
        asked.name
    );
    Ok(json!({ "ScheduleGroupArn": arn }))
}

pub(super) fn create(
    context: &Context<'_>,
    asked: &Asked,
    body: &[u8],
) -> Result<Value, SchedulerError> {
    let (group, token, body) = read(context, asked, body)?;
    if let Some(stands) = store::find(context.database, &group, &asked.name)? {
        // The answer to the same request was lost: the SDK repeats it under the same token.
        if token.is_some() && stands.token == token {
            return Ok(made(&group, &asked.name));
        }
        return Err(SchedulerError::Exists(format!("Schedule {}", asked.name)));
    }
    let now = context.now.as_millisecond();
    context.database.execute(
        "INSERT INTO schedule (group_name, name, body, token, created_at, begun, asked)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5 - 1)",
        params![group, asked.name, body.to_string(), token, now],
    )?;
    Ok(made(&group, &asked.name))
}

pub(super) fn update(
    context: &Context<'_>,
    asked: &Asked,
    body: &[u8],
) -> Result<Value, SchedulerError> {
    let (group, _, body) = read(context, asked, body)?;
    let now = context.now.as_millisecond();
    let changed = context.database.execute(
        "UPDATE schedule SET body = ?3, begun = ?4, asked = ?4 - 1 WHERE group_name = ?1 AND name = ?2",
        params![group, asked.name, body.to_string(), now],
    )?;
    if changed == 0 {
        return Err(SchedulerError::NoSchedule(asked.name.clone()));
    }
    Ok(made(&group, &asked.name))
}

pub(super) fn get(context: &Context<'_>, asked: &Asked) -> Result<Value, SchedulerError> {
    let group = asked.group.as_deref().unwrap_or("default");
    let stands = store::find(context.database, group, &asked.name)?;
    let stands = stands.ok_or_else(|| SchedulerError::NoSchedule(asked.name.clone()))?;
    let mut shown: Value = serde_json::from_str(&stands.body)
        .map_err(|error| SchedulerError::Internal(error.to_string()))?;
    shown["Name"] = json!(asked.name);
    shown["GroupName"] = json!(group);
    shown["Arn"] = json!(arn(group, &asked.name));
    // Whole seconds, as this service writes them.
    shown["CreationDate"] = json!(stands.created_at.div_euclid(1000));
    shown["LastModificationDate"] = json!(stands.begun.as_second());
    Ok(shown)
}

pub(super) fn delete(context: &Context<'_>, asked: &Asked) -> Result<Value, SchedulerError> {
    let group = asked.group.as_deref().unwrap_or("default");
    let delete = "DELETE FROM schedule WHERE group_name = ?1 AND name = ?2";
    if context.database.execute(delete, [group, &asked.name])? == 0 {
        return Err(SchedulerError::NoSchedule(asked.name.clone()));
    }
    Ok(json!({}))
}

fn arn(group: &str, name: &str) -> String {
    format!("arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/{group}/{name}")
}

fn made(group: &str, name: &str) -> Value {
    json!({ "ScheduleArn": arn(group, name) })
}

/// Group, token and what is kept of a body that the service would take.
fn read(
    context: &Context<'_>,
    asked: &Asked,
    body: &[u8],
) -> Result<(String, Option<String>, Value), SchedulerError> {
    let body: Body = serde_json::from_slice(body)
        .map_err(|error| SchedulerError::Validation(error.to_string()))?;
    is_name("Name", &asked.name)?;
    let group = body
        .group_name
        .clone()
        .unwrap_or_else(|| "default".to_owned());
    is_name("GroupName", &group)?;
    if !store::has_group(context.database, &group)? {
        return Err(SchedulerError::NoGroup(group));
    }
    let zone = body.schedule_expression_timezone.as_deref();
    Expression::parse(&body.schedule_expression, zone)?;
    let state = body.state.as_deref().unwrap_or("ENABLED");
    if !["ENABLED", "DISABLED"].contains(&state) {
        return refused("State", "[DISABLED, ENABLED]");
    }
    if body.flexible_time_window != json!({ "Mode": "OFF" }) {
        return refused("FlexibleTimeWindow", "{Mode: OFF}, the only one known here");
    }
    if body.description.len() > 512 {
        return refused("Description", "at most 512 characters");
    }
    let target = checked(&body.target)?;
    let kept = json!({
        "Description": body.description,
        "ScheduleExpression": body.schedule_expression,
        "ScheduleExpressionTimezone": zone.unwrap_or("UTC"),
        "State": state,
        "FlexibleTimeWindow": body.flexible_time_window,
        "Target": target,
    });
    Ok((group, body.client_token, kept))
}

fn checked(target: &Target) -> Result<Value, SchedulerError> {
    if !target.arn.starts_with("arn:aws:lambda:") {
        return refused(
            "Target.Arn",
            "the ARN of a function, the only target known here",
        );
    }
    if !target.role_arn.starts_with("arn:aws:iam::") || !target.role_arn.contains(":role/") {
        return refused("Target.RoleArn", "the ARN of a role");
    }
    let retry = target.retry_policy.as_ref();
    let attempts = retry
        .and_then(|retry| retry.maximum_retry_attempts)
        .unwrap_or(185);
    let age = retry
        .and_then(|retry| retry.maximum_event_age_in_seconds)
        .unwrap_or(86_400);
    if !(0..=185).contains(&attempts) || !(60..=86_400).contains(&age) {
        return refused(
            "Target.RetryPolicy",
            "0 to 185 attempts within 60 to 86400 seconds",
        );
    }
    let mut kept = json!({
        "Arn": target.arn,
        "RoleArn": target.role_arn,
        "RetryPolicy": { "MaximumEventAgeInSeconds": age, "MaximumRetryAttempts": attempts },
    });
    if let Some(input) = &target.input {
        kept["Input"] = json!(input);
    }
    Ok(kept)
}

fn is_name(member: &str, name: &str) -> Result<(), SchedulerError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if (1..=64).contains(&name.len()) && name.bytes().all(allowed) {
        return Ok(());
    }
    refused(member, "^[0-9a-zA-Z-_.]+$ of length 1 to 64")
}

fn refused<T>(member: &str, constraint: &str) -> Result<T, SchedulerError> {
    Err(SchedulerError::Validation(format!(
        "1 validation error detected: Value at '{member}' failed to satisfy constraint: {constraint}"
    )))
}
