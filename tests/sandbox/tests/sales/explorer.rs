//! The fault explorer: every call of a story under every fault that can befall it, and pairs of them.
//!
//! A story is played once to count its calls, and then once for each call and fault, each time in a
//! fresh world that is left to settle by a clock that the test moves. In the end everything has to
//! stand as if there had been no fault, but for the exceptions in one table.
//!
//! `EXPLORE_PAIRS` sets how many pairs are tried (`all` for every one), `EXPLORE_SEED` which, and
//! `EXPLORE='invoice: cin7#7=lost-after' … explorer::replay` tells one run in full.

mod bought;
mod calls;
mod crew;
mod exceptions;
mod judging;
mod kinds;
mod pairs;
mod report;
mod run;
mod scenarios;
mod settling;
mod tokens;
mod turns;

use std::env;
use std::sync::Mutex;

use calls::{Call, Fault, Service};
use crew::{Alone, play_all};
use exceptions::{EXCEPTIONS, Exception, Remedy};
use kinds::that_can_befall;
use pairs::Single;
use report::{Report, counted};
use run::{End, Played, Run};
use scenarios::{SCENARIOS, named};

/// Pairs of faults of a scenario that is explored in pairs, unless `EXPLORE_PAIRS` says otherwise.
const PAIRS: usize = 1100;
const SEED: u64 = 20_260_105;

/// The story without a fault.
fn without_fault(name: &str) -> (Run, Played) {
    let scenario = named(name).unwrap();
    let run = Run {
        scenario,
        faults: Vec::new(),
        in_full: true,
    };
    let played = Alone::new().play(&run, None);
    if let End::Badly(why) = &played.end {
        panic!("{name}, without any fault: {why}\n{}", played.told);
    }
    (run, played)
}

/// Every call under every fault; pairs of them only where `EXPLORE_PAIRS` asks for them.
fn every_fault(name: &str) -> Vec<Single> {
    explore(name, 0)
}

/// Every call under every fault, and then pairs of faults.
fn every_fault_and_pairs(name: &str) -> Vec<Single> {
    explore(name, PAIRS)
}

fn explore(name: &str, pairs: usize) -> Vec<Single> {
    let (clean, without) = without_fault(name);
    let singles = one_fault_each(&clean, &without);
    let seed = env::var("EXPLORE_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    let wanted = env::var("EXPLORE_PAIRS").unwrap_or_else(|_| pairs.to_string());
    let pairs = match wanted.as_str() {
        "all" => pairs::all(&singles),
        count => pairs::sample(&singles, count.parse().unwrap(), seed),
    };
    if pairs.is_empty() {
        return singles;
    }
    let title = format!("{name}, two faults each, EXPLORE_SEED={seed}");
    let report = Mutex::new(Report::new(title));
    play_all(&pairs, Some(&without.picture), |run, played| {
        report.lock().unwrap().note(run, &played.end);
    });
    report.into_inner().unwrap().close();
    singles
}

fn one_fault_each(clean: &Run, without: &Played) -> Vec<Single> {
    let mut runs = Vec::new();
    for (at, call) in without.calls.iter().enumerate() {
        let before = &without.calls[..at];
        let kinds = that_can_befall(call).into_iter();
        for kind in kinds.filter(|&kind| clean.scenario.story.explores(before, call, kind)) {
            runs.push(Run {
                faults: vec![Fault::at(call, kind)],
                in_full: false,
                ..*clean
            });
        }
    }
    let (name, calls) = (clean.scenario.name, counted(&without.calls));
    let report = Mutex::new(Report::new(format!("{name} ({calls}), one fault each")));
    let singles = Mutex::new(Vec::new());
    play_all(&runs, Some(&without.picture), |run, played| {
        report.lock().unwrap().note(run, &played.end);
        let run = run.clone();
        singles.lock().unwrap().push(Single { run, played });
    });
    report.into_inner().unwrap().close();
    let mut singles = singles.into_inner().unwrap();
    // Workers finish in no order; a sample has to be the same every time.
    singles.sort_by_key(|single| single.run.to_string());
    singles
}

/// A line of the table of exceptions that no fault needs any more has to go. That about changed sales
/// is needed by the scenarios of changes.
fn assert_every_exception_is_needed(singles: &[Single]) {
    let of_any_invoice = |exception: &&Exception| exception.remedy != Remedy::AnotherSale;
    for exception in EXCEPTIONS.iter().filter(of_any_invoice) {
        assert_needed(exception, singles);
    }
}

fn assert_needed(exception: &Exception, singles: &[Single]) {
    let needed = |single: &Single| match &single.played.end {
        End::Well(helped) => helped.iter().any(|used| used.reason == exception.reason),
        End::Badly(_) => false,
    };
    assert!(singles.iter().any(needed), "{}", exception.reason);
}

#[test]
fn an_invoice_crosses_once_under_every_fault_at_every_call_and_under_pairs_of_them() {
    let singles = every_fault_and_pairs("invoice");
    assert_every_exception_is_needed(&singles);
}

#[test]
fn an_invoice_and_its_payment_cross_once_under_every_fault_at_every_call_and_under_pairs_of_them() {
    every_fault_and_pairs("invoice and payment");
}

#[test]
fn an_invoice_and_its_payment_cross_once_under_every_fault_though_cin7_shows_them_late() {
    every_fault("invoice and payment shown late");
}

#[test]
fn a_payment_heard_of_first_and_its_invoice_cross_once_under_every_fault_at_every_call() {
    every_fault("payment first");
}

#[test]
fn a_change_arrives_once_under_every_fault_at_every_call() {
    let singles = every_fault("change");
    let another_sale = |exception: &&Exception| exception.remedy == Remedy::AnotherSale;
    for exception in EXCEPTIONS.iter().filter(another_sale) {
        assert_needed(exception, &singles);
    }
}

#[test]
fn a_change_of_a_paid_invoice_arrives_once_under_every_fault_at_every_call() {
    every_fault("change of a paid invoice");
}

#[test]
fn a_deletion_arrives_once_under_every_fault_at_every_call() {
    every_fault("delete");
}

#[test]
fn a_changed_payment_arrives_once_under_every_fault_at_every_call() {
    every_fault("payment change");
}

#[test]
fn a_deleted_payment_goes_under_every_fault_at_every_call() {
    every_fault("payment delete");
}

#[test]
fn a_payment_that_comes_back_stands_once_under_every_fault_at_every_call() {
    every_fault("payment undelete");
}

#[test]
fn two_records_of_one_connection_cross_once_under_every_fault_at_every_call() {
    every_fault("two records of one connection");
}

#[test]
fn two_connections_cross_once_under_every_fault_at_every_call() {
    every_fault("two connections");
}

#[test]
fn a_token_that_two_functions_need_is_renewed_once_under_every_fault_at_every_call() {
    every_fault("token");
}

#[test]
fn a_token_that_a_look_renews_while_the_poller_needs_it_is_renewed_once_under_every_fault() {
    every_fault("token of the look");
}

#[test]
fn a_bill_crosses_once_under_every_fault_at_every_call() {
    every_fault("bill");
}

#[test]
fn a_bill_and_its_payment_cross_once_under_every_fault_at_every_call() {
    every_fault("bill and payment");
}

#[test]
fn an_expense_becomes_one_paid_purchase_under_every_fault_at_every_call() {
    every_fault("expense as purchase");
}

#[test]
fn an_expense_becomes_one_money_operation_under_every_fault_at_every_call() {
    every_fault("expense as money operation");
}

#[test]
fn a_journal_entry_crosses_once_under_every_fault_at_every_call() {
    every_fault("journal");
}

/// Else the numbers of calls would say nothing, and two functions that never meet would prove nothing.
#[test]
fn functions_that_take_turns_meet_at_the_token_and_make_the_same_calls_in_every_run() {
    for (name, renews) in [("token", tokens::KEEP), ("token of the look", tokens::LOOK)] {
        let (_, played) = without_fault(name);
        let asked: Vec<usize> = (0..played.calls.len())
            .filter(|&at| exceptions::is_token(&played.calls[at]))
            .collect();
        let [at] = asked.as_slice() else {
            panic!("{name}: {} renewals", asked.len());
        };
        assert_eq!(played.calls[*at].by, renews, "{name}");
        for by in [tokens::LOOK, tokens::KEEP] {
            let opened = |call: &Call| call.by == by && call.service == Service::Kms;
            let before = &played.calls[..*at];
            assert!(
                before.iter().any(opened),
                "{name}: function {by} came later"
            );
        }
        let told = |played: &Played| played.calls.iter().map(Call::to_string).collect::<Vec<_>>();
        let (_, again) = without_fault(name);
        assert_eq!(told(&played), told(&again), "{name}");
    }
}

#[test]
fn every_scenario_has_a_test() {
    let source = include_str!("explorer.rs");
    for scenario in SCENARIOS {
        let explored = format!("(\"{}\")", scenario.name);
        assert!(source.contains(&explored), "{}", scenario.name);
    }
}

/// Tells one run in full: that of `EXPLORE`, or one that shows how it looks.
#[test]
fn replay() {
    let text = env::var("EXPLORE").unwrap_or_else(|_| "invoice: cin7#10=lost-after".to_owned());
    let run: Run = text.parse().unwrap();
    assert_eq!(run.to_string().parse::<Run>().unwrap().faults, run.faults);
    let (_, without) = without_fault(run.scenario.name);
    let played = Alone::new().play(&run, Some(&without.picture));
    for call in &played.calls {
        println!("{call}");
    }
    println!("{}{:?}", played.told, played.end);
    if let End::Badly(why) = &played.end {
        panic!("{run}: {why}");
    }
}
