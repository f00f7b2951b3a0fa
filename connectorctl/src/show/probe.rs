//! The probe for people.

use crate::answer::probe::{Finding, Leftover, Probe, ProbeStep};
use crate::arguments::Name;
use crate::table::{plain, table};

/// The steps with what they found, what is left in Cin7, and what to do next.
pub(crate) fn all(connection: &Name, probe: Probe) -> String {
    let mut text = String::new();
    if let Some(company) = &probe.company {
        text.push_str(&format!("Cin7 account: {}\n", plain(company)));
    }
    let found = probe.steps.iter().any(|step| !step.findings.is_empty());
    let rows = probe.steps.into_iter().flat_map(rows).collect();
    text.push_str(&table(["STEP", "STATE", "SETTING", "VALUE", ""], rows));
    if !probe.leftovers.is_empty() {
        let row = |left: Leftover| {
            let id = left.id.unwrap_or_default();
            [left.what, left.name, id, left.sentence]
        };
        let rows = probe.leftovers.into_iter().map(row).collect();
        text.push_str(&format!(
            "\n{}",
            table(["LEFT IN CIN7", "NAME", "ID", ""], rows)
        ));
        text.push_str(&format!(
            "Take it away: connectorctl probe clean {connection}\n"
        ));
    }
    if found {
        text.push_str(&format!(
            "Use what was found: connectorctl probe apply {connection}\n"
        ));
    }
    if !probe.sentence.is_empty() {
        text.push_str(&format!("\n{}\n", plain(&probe.sentence)));
    }
    text
}

/// A line for each finding; one without any for a step that has none.
fn rows(step: ProbeStep) -> Vec<[String; 5]> {
    if step.findings.is_empty() {
        let nothing = String::new();
        return vec![[
            step.name,
            step.state,
            nothing.clone(),
            nothing,
            step.sentence,
        ]];
    }
    let row = |finding: Finding| {
        let value = finding.value.to_string();
        let (name, state) = (step.name.clone(), step.state.clone());
        [name, state, finding.setting, value, finding.evidence]
    };
    step.findings.into_iter().map(row).collect()
}
