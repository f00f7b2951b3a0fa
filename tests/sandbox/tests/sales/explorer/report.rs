//! What came of many runs.

use std::collections::BTreeMap;
use std::time::Instant;

use super::calls::{Call, Service};
use super::run::{End, Run};

/// So many failures are printed.
const PRINTED: usize = 20;

/// Counts how runs ended.
#[derive(Debug)]
pub(super) struct Report {
    what: String,
    began: Instant,
    ends: BTreeMap<String, usize>,
    failures: Vec<String>,
}

impl Report {
    pub(super) fn new(what: String) -> Self {
        Self {
            what,
            began: Instant::now(),
            ends: BTreeMap::new(),
            failures: Vec::new(),
        }
    }

    /// Counts a run.
    pub(super) fn note(&mut self, run: &Run, end: &End) {
        let ended = match end {
            End::Well(helped) if helped.is_empty() => "by themselves".to_owned(),
            End::Well(helped) => {
                let reasons: Vec<&str> = helped.iter().map(|exception| exception.reason).collect();
                format!("after {:?}: {}", helped[0].remedy, reasons.join("; "))
            }
            End::Badly(why) => {
                self.failures.push(failure(run, why));
                "badly".to_owned()
            }
        };
        *self.ends.entry(ended).or_default() += 1;
    }

    /// Prints how the runs ended, and fails if one ended badly.
    pub(super) fn close(mut self) {
        let runs: usize = self.ends.values().sum();
        let ends: Vec<String> = self
            .ends
            .iter()
            .map(|(end, runs)| format!("\n  {runs} ended {end}"))
            .collect();
        let spent = self.began.elapsed();
        println!("{}: {runs} runs in {spent:.1?}{}", self.what, ends.concat());
        self.failures.sort();
        for failure in self.failures.iter().take(PRINTED) {
            println!("{failure}");
        }
        let failed = self.failures.len();
        assert_eq!(failed, 0, "{failed} runs of {} ended badly", self.what);
    }
}

/// All that is needed to look into it.
fn failure(run: &Run, why: &str) -> String {
    format!(
        "\n  {run}\n    {why}\n    EXPLORE='{run}' cargo test -p sandbox --test sales explorer::replay -- \
         --exact --nocapture"
    )
}

/// Calls by service, such as `cin7 14, dynamodb 40`.
pub(super) fn counted(calls: &[Call]) -> String {
    let count = |service| calls.iter().filter(|call| call.service == service).count();
    let counts: Vec<String> = Service::ALL
        .iter()
        .map(|&service| format!("{} {}", service.name(), count(service)))
        .collect();
    counts.join(", ")
}
