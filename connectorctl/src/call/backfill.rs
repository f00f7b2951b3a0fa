//! The calls about backfills.

use reqwest::Method;
use serde_json::json;

use super::Call;
use crate::arguments::{BackfillCommand, Name};
use crate::failure::Failure;

const PATH: &str = "/backfill";

/// The call of a command about a backfill.
pub(super) fn of(command: &BackfillCommand) -> Result<Call, Failure> {
    use BackfillCommand as B;
    Ok(match command {
        B::Start {
            connection,
            from,
            to,
            kinds,
        } => {
            let mut wanted = json!({ "from": from.to_string() });
            if let Some(to) = to {
                wanted["to"] = json!(to.to_string());
            }
            if !kinds.is_empty() {
                wanted["kinds"] = kinds.iter().map(Name::to_string).collect();
            }
            Call::on(Method::POST, connection, PATH).with(&wanted)?
        }
        B::Show { connection } => Call::on(Method::GET, connection, PATH),
        B::Pause { connection } => Call::on(Method::POST, connection, "/backfill/pause"),
        B::Resume { connection } => Call::on(Method::POST, connection, "/backfill/resume"),
        B::Stop { connection } => Call::on(Method::DELETE, connection, PATH),
    })
}
