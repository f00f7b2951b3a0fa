//! How histories are drawn. Whatever is tried first when a failing one is made smaller comes first.

use proptest::collection::vec;
use proptest::prelude::*;

use super::arrival::{History, Move, Trouble};
use super::deeds::Deed;
use super::prove::Manner;

/// Moves of one history.
const MOVES: std::ops::Range<usize> = 8..40;

/// A history of this manner.
pub(super) fn history(manner: Manner) -> impl Strategy<Value = History> {
    let troubles = u32::from(manner == Manner::Troubled) * 2;
    let moves = prop_oneof![
        7 => deed().prop_map(Move::Do),
        6 => arrival(),
        3 => Just(Move::Work),
        2 => (0_u8..5).prop_map(Move::Pass),
        2 => Just(Move::Confirm),
        troubles => trouble().prop_map(Move::Strike),
    ];
    let rest = vec(0_u8..12, 12);
    let parts = (
        written(),
        vec(moves, MOVES),
        rest,
        prop::bool::weighted(0.3),
    );
    parts.prop_map(|(first, mut moves, rest, gone)| {
        moves.insert(0, Move::Do(first));
        History { moves, rest, gone }
    })
}

fn arrival() -> impl Strategy<Value = Move> {
    let twice = prop::bool::weighted(0.2);
    (0_u8..8, twice).prop_map(|(which, twice)| Move::Arrive { which, twice })
}

fn trouble() -> impl Strategy<Value = Trouble> {
    prop_oneof![
        Just(Trouble::LostAfter),
        Just(Trouble::LostBefore),
        Just(Trouble::FailedApplied),
        Just(Trouble::Truncated),
        Just(Trouble::Throttled),
        Just(Trouble::FreshbooksFails),
        (1_u8..40).prop_map(Trouble::Killed),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => written(),
        8 => of_an_invoice(),
        9 => of_a_payment(),
    ]
}

fn lines() -> impl Strategy<Value = Vec<u8>> {
    vec(10_u8..60, 1..3)
}

fn written() -> impl Strategy<Value = Deed> {
    let sent = prop::bool::weighted(0.7);
    (any_client(), lines(), sent).prop_map(|(client, lines, sent)| Deed::Write {
        client,
        lines,
        sent,
    })
}

fn any_client() -> impl Strategy<Value = u8> {
    0_u8..2
}

/// Which invoice, or which payment.
fn which() -> impl Strategy<Value = u8> {
    0_u8..6
}

fn of_an_invoice() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => which().prop_map(Deed::Send),
        1 => which().prop_map(Deed::View),
        1 => which().prop_map(Deed::Archive),
        4 => (which(), lines()).prop_map(|(which, lines)| Deed::Lines(which, lines)),
        1 => (which(), 0_u8..4).prop_map(|(which, day)| Deed::Date(which, day)),
        1 => (which(), 0_u8..3).prop_map(|(which, due)| Deed::Due(which, due)),
        1 => (which(), 0_u8..4).prop_map(|(which, number)| Deed::Number(which, number)),
        1 => (which(), any_client()).prop_map(|(which, client)| Deed::Client(which, client)),
        3 => which().prop_map(Deed::Delete),
        3 => which().prop_map(Deed::Undelete),
    ]
}

fn of_a_payment() -> impl Strategy<Value = Deed> {
    let quarters = 1_u8..5;
    let paid = (which(), quarters.clone(), prop::bool::weighted(0.1));
    prop_oneof![
        8 => paid.prop_map(|(invoice, quarters, credit)| Deed::Pay { invoice, quarters, credit }),
        4 => (which(), quarters).prop_map(|(which, quarters)| Deed::Amount(which, quarters)),
        1 => (which(), 0_u8..4).prop_map(|(which, day)| Deed::PaidOn(which, day)),
        1 => (which(), 0_u8..3).prop_map(|(which, kind)| Deed::Kind(which, kind)),
        4 => (which(), which()).prop_map(|(which, invoice)| Deed::Move(which, invoice)),
        3 => which().prop_map(Deed::DeletePayment),
        3 => which().prop_map(Deed::UndeletePayment),
    ]
}
