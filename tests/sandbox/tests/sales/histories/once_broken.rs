//! Histories that once ended wrongly, as small as they could be made. Invoice 0 has crossed before.

use super::arrival::{History, Move, Trouble};
use super::deeds::Deed;
use super::on_a_deep_stack;
use super::prove::{Manner, Prover};

fn ends_well(manner: Manner, gone: bool, moves: Vec<Move>) {
    let rest = vec![0];
    let history = History { moves, rest, gone };
    on_a_deep_stack(move || Prover::new(manner).prove(&history));
}

fn written() -> Move {
    Move::Do(Deed::Write {
        client: 0,
        lines: vec![10],
        sent: true,
    })
}

fn arrives(which: u8) -> Move {
    Move::Arrive {
        which,
        twice: false,
    }
}

#[test]
fn a_sale_that_changes_before_cin7_shows_it_is_not_taken_for_gone() {
    let changed = Move::Do(Deed::Lines(1, vec![11]));
    let moves = vec![written(), arrives(0), Move::Work, changed];
    ends_well(Manner::Lagging, false, moves);
}

#[test]
fn a_payment_that_changes_before_cin7_shows_its_sale_is_not_taken_for_refused() {
    let paid = Move::Do(Deed::Pay {
        invoice: 1,
        quarters: 1,
        credit: false,
    });
    let changed = Move::Do(Deed::Amount(0, 2));
    let moves = vec![written(), paid, arrives(2), Move::Work, changed];
    ends_well(Manner::Lagging, false, moves);
}

#[test]
fn half_an_answer_that_a_sale_is_not_shown_yet_is_no_refusal() {
    let deleted = Move::Do(Deed::Delete(1));
    let half = Move::Strike(Trouble::Truncated);
    let moves = vec![written(), arrives(0), Move::Work, deleted, half];
    ends_well(Manner::Troubled, false, moves);
}

#[test]
fn a_deletion_whose_first_look_fails_stays_announced() {
    let fails = Move::Strike(Trouble::FreshbooksFails);
    let moves = vec![Move::Do(Deed::Delete(0)), fails, arrives(0)];
    ends_well(Manner::Troubled, true, moves);
}
