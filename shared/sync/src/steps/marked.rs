//! What a mark should be on: one document that is not voided.

use super::protocol::Found;
use crate::side::{Papers, Side};

/// What the documents that carry a mark come to.
pub(super) fn only_one<S: Side, T: Clone + Into<Papers>>(marked: Vec<T>) -> Found<T> {
    let papers = |document: &T| -> Papers { document.clone().into() };
    let (voided, mut standing): (Vec<T>, Vec<T>) = marked
        .into_iter()
        .partition(|document| papers(document).is_voided());
    let noun = S::NOUN;
    match (standing.len(), voided.first()) {
        (0, None) => Found::Nothing,
        (0, Some(document)) => Found::Wrong(format!(
            "{noun} {} carries its mark and is voided in Cin7. Nothing is written; enter it by hand \
             if it should stand there.",
            papers(document).number()
        )),
        // A person may have voided the others because they were told to.
        (1, _) => standing.pop().map_or(Found::Nothing, Found::One),
        (count, _) => {
            let numbers = standing
                .iter()
                .map(|document| papers(document).number().to_owned());
            Found::Wrong(format!(
                "{count} {noun}s in Cin7 carry its mark: {}. Void all but one, then replay it.",
                numbers.collect::<Vec<_>>().join(", ")
            ))
        }
    }
}
