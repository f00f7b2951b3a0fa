//! Histories: whatever people do in FreshBooks, and however late, twice or out of order the webhooks
//! about it arrive, Cin7 ends up holding what FreshBooks holds.
//!
//! A history is drawn by chance and played in a world of its own. What Cin7 should hold in the end is a
//! function of FreshBooks' last state alone (`expected.rs`): no memory of how it came about. A history
//! that fails is made smaller first, and then told line by line.
//!
//! The same histories are drawn every time. `HISTORIES_SEED` draws others and `PROPTEST_CASES` more;
//! a failing history is drawn again by the two that its message names.

mod arrival;
mod deeds;
mod expected;
mod office;
mod once_broken;
mod play;
mod prove;
mod repeats;
mod settling;
mod strategies;
mod tied;

use std::env;
use std::thread;

use proptest::prelude::*;
use proptest::test_runner::{
    Config, FailurePersistence, RngAlgorithm, TestError, TestRng, TestRunner,
};

use arrival::History;
use prove::{Manner, Prover};
use strategies::history;

/// Histories that each test plays unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 40;
/// The same of tests that tie out after every few moves.
const TIED_OUT: u32 = 8;
const SEED: u32 = 20_260_105;
/// Smaller histories that are tried of one that fails.
const SMALLER: u32 = 600;
/// Deep futures in an unoptimised build want more than a thread's usual 2 MiB.
const STACK: usize = 16 * 1024 * 1024;

fn number(name: &str, otherwise: u32) -> u32 {
    env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// Fails with what was told, if anything.
fn on_a_deep_stack(play: impl FnOnce() -> Result<(), String> + Send + 'static) {
    let played = thread::Builder::new().stack_size(STACK).spawn(play);
    if let Err(told) = played.unwrap().join().unwrap() {
        panic!("{told}");
    }
}

/// What has to hold of a history; else what is wrong, in words.
type Proof = fn(&Prover, &History) -> Result<(), String>;

/// Plays histories until one fails; then fails with the smallest that still does.
fn holds_of_every_history(manner: Manner) {
    on_a_deep_stack(move || play_all(manner, CASES, Prover::prove));
}

fn play_all(manner: Manner, cases: u32, proof: Proof) -> Result<(), String> {
    let seed = number("HISTORIES_SEED", SEED);
    let cases = match manner {
        // Once for each share.
        Manner::Missed(_) => number("PROPTEST_CASES", cases / 4),
        _ => number("PROPTEST_CASES", cases),
    };
    let config = Config {
        cases,
        max_shrink_iters: number("PROPTEST_MAX_SHRINK_ITERS", SMALLER),
        failure_persistence: None::<Box<dyn FailurePersistence>>,
        ..Config::default()
    };
    let seed_bytes = [seed.to_le_bytes(); 8].concat();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed_bytes);
    let prover = Prover::new(manner);
    let ran = TestRunner::new_with_rng(config, rng).run(&history(manner), |history| {
        proof(&prover, &history).map_err(TestCaseError::fail)
    });
    ran.map_err(|error| match error {
        TestError::Fail(told, _) => {
            format!("HISTORIES_SEED={seed} PROPTEST_CASES={cases}\n{told}")
        }
        TestError::Abort(why) => why.to_string(),
    })
}

#[test]
fn any_order_of_arrival_reaches_what_freshbooks_says_and_repeats_change_nothing() {
    holds_of_every_history(Manner::Undisturbed);
}

#[test]
fn any_order_of_arrival_reaches_it_while_cin7_shows_its_writes_late() {
    holds_of_every_history(Manner::Lagging);
}

#[test]
fn any_order_of_arrival_reaches_it_under_lost_answers_and_killed_functions() {
    holds_of_every_history(Manner::Troubled);
}

#[test]
fn any_share_of_webhooks_that_are_lost_is_made_up_for_by_catching_up() {
    for share in [0, 10, 50, 100] {
        holds_of_every_history(Manner::Missed(share));
    }
}

#[test]
fn a_month_ties_out_at_any_moment_of_any_history_and_blames_nobody() {
    on_a_deep_stack(|| play_all(Manner::Lagging, TIED_OUT, Prover::ties_out));
}

#[test]
fn a_month_ties_out_at_any_moment_under_lost_answers_and_killed_functions() {
    on_a_deep_stack(|| play_all(Manner::Troubled, TIED_OUT, Prover::ties_out));
}
