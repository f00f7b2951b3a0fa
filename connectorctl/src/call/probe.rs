//! The calls of the probe.

use reqwest::Method;
use serde_json::json;

use super::Call;
use crate::arguments::{ProbeCommand, ProbeRun};
use crate::failure::Failure;

/// The call of a command; a run begins by asking what there is to run.
pub(super) fn of(command: &ProbeCommand) -> Call {
    match command {
        ProbeCommand::Run(ProbeRun { connection, .. }) | ProbeCommand::Show { connection } => {
            Call::on(Method::GET, connection, "/probe")
        }
        ProbeCommand::Clean { connection } => Call::on(Method::DELETE, connection, "/probe"),
        ProbeCommand::Apply { connection } => Call::on(Method::POST, connection, "/probe/apply"),
    }
}

/// The call that runs one step.
pub(crate) fn step(run: &ProbeRun, name: &str) -> Result<Call, Failure> {
    let mut order = json!({ "confirmed": true });
    if let Some(company) = &run.even_though {
        order["even_though"] = json!(company);
    }
    Call::on(Method::POST, &run.connection, &format!("/probe/{name}")).with(&order)
}
