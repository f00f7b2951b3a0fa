//! The probe as people and scripts see it.

use jiff::Timestamp;
use serde::Serialize;

use crate::Finding;
use crate::progress::{Outcome, Progress, Thing, ThingKind};
use crate::steps::{STEPS, Step};

/// How far the probe of a connection got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProbeView {
    /// The company that Cin7 named when its books were read for the probe.
    pub company: Option<String>,
    /// What came of what was asked, in one sentence; empty where only the state was asked for.
    pub sentence: String,
    /// Every step, in the order in which they are best run.
    pub steps: Vec<StepView>,
    /// What was made and may still be in Cin7.
    pub leftovers: Vec<LeftoverView>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Its name.
    pub name: String,
    /// The settings that it settles.
    pub settles: Vec<String>,
    /// What it makes in Cin7, and takes away again.
    pub makes: String,
    /// How far it got.
    pub state: Stage,
    /// What it found.
    pub findings: Vec<Finding>,
    /// Why it found nothing, or nothing yet.
    pub sentence: String,
    /// When it was last run.
    pub at: Option<Timestamp>,
}

/// How far a step got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It was never run to its end.
    Open,
    /// It has to be asked again.
    Waiting,
    /// It found something.
    Settled,
    /// It came to its end and found nothing.
    Unsettled,
}

/// Something that may still be in Cin7.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftoverView {
    /// `sale`, `purchase`, `journal`, `money_operation`, `customer` or `supplier`.
    pub what: String,
    /// Its name: *Reference* of a sale or a money operation, number of a purchase's invoice, *Narration* of
    /// a journal.
    pub name: String,
    /// Cin7's id, where it is known.
    pub id: Option<String>,
    /// Why it could not be removed; empty before that was tried.
    pub sentence: String,
}

impl ProbeView {
    pub(crate) fn new(progress: &Progress, sentence: String) -> Self {
        let account = progress.account.as_ref();
        Self {
            company: account.map(|account| account.company.clone()),
            sentence,
            steps: STEPS
                .iter()
                .map(|step| StepView::new(step, progress.outcomes.get(step.name)))
                .collect(),
            leftovers: progress.things.iter().map(LeftoverView::new).collect(),
        }
    }
}

impl StepView {
    fn new(step: &Step, outcome: Option<&Outcome>) -> Self {
        let settles = step.settles.iter();
        let state = match outcome {
            None => Stage::Open,
            Some(outcome) if outcome.waiting => Stage::Waiting,
            Some(outcome) if outcome.findings.is_empty() => Stage::Unsettled,
            Some(_) => Stage::Settled,
        };
        Self {
            name: step.name.to_owned(),
            settles: settles
                .map(|key| format!("{}.{key}", crate::progress::TABLE))
                .collect(),
            makes: step.makes.to_owned(),
            state,
            findings: outcome.map_or_else(Vec::new, |outcome| outcome.findings.clone()),
            sentence: outcome.map_or_else(String::new, |outcome| outcome.sentence.clone()),
            at: outcome.map(|outcome| outcome.at),
        }
    }
}

impl LeftoverView {
    fn new(thing: &Thing) -> Self {
        let what = match thing.kind {
            ThingKind::Sale => "sale",
            ThingKind::Journal => "journal",
            ThingKind::MoneyOperation => "money_operation",
            ThingKind::Purchase => "purchase",
            ThingKind::Customer => "customer",
            ThingKind::Supplier => "supplier",
        };
        Self {
            what: what.to_owned(),
            name: thing.name.clone(),
            id: thing.id.clone(),
            sentence: thing.sentence.clone(),
        }
    }
}
