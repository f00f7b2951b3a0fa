//! Running the probe: one call a step, and a question before each.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::answer;
use crate::answer::probe::{Probe, ProbeStep};
use crate::arguments::ProbeRun;
use crate::asking;
use crate::call;
use crate::client::Client;
use crate::failure::Failure;

/// A step that waits is asked again so often, with this long in between: half an hour in all.
const ASKED: usize = 90;
const BETWEEN: Duration = Duration::from_secs(20);

/// Runs the steps that are to be run; the last answer.
pub(crate) async fn walk(client: &Client, run: &ProbeRun, first: Value) -> Result<Value, Failure> {
    let mut last = first.clone();
    for step in wanted(run, answer::read(first)?)? {
        let makes = format!(
            "{} makes {}, and takes it away again.",
            step.name, step.makes
        );
        if asking::agreed(&makes, run.yes)? {
            last = ended(client, run, &step.name).await?;
        }
    }
    Ok(last)
}

fn wanted(run: &ProbeRun, probe: Probe) -> Result<Vec<ProbeStep>, Failure> {
    let mut steps = probe.steps;
    let Some(name) = &run.step else {
        steps.retain(|step| step.state != "settled");
        return Ok(steps);
    };
    let names: Vec<_> = steps.iter().map(|step| step.name.clone()).collect();
    steps.retain(|step| step.name == name.to_string());
    if steps.is_empty() {
        return Err(Failure::Usage(format!(
            "The probe has no step {name}; it has {}.",
            names.join(", ")
        )));
    }
    Ok(steps)
}

/// Asks for a step until it waits no more.
async fn ended(client: &Client, run: &ProbeRun, name: &str) -> Result<Value, Failure> {
    let call = call::probe_step(run, name)?;
    let mut answered = client.send(&call, Timestamp::now()).await?;
    for _ in 1..ASKED {
        let probe: Probe = answer::read(answered.clone())?;
        asking::tell(&probe.sentence);
        let mut steps = probe.steps.iter();
        if !steps.any(|step| step.name == name && step.state == "waiting") {
            break;
        }
        tokio::time::sleep(BETWEEN).await;
        answered = client.send(&call, Timestamp::now()).await?;
    }
    Ok(answered)
}
