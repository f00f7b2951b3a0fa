//! What a mark should be on: one document that is not voided.

use super::protocol::Found;
use crate::side::{Papers, Side};

/// What the documents that carry a mark come to.
pub(super) fn only_one<S: Side, T: Clone + Into<Papers>>(marked: Vec<T>) -> Found<T> {
    let papers = |document: &T| -> Papers { document.clone().into() };
    only_standing(
        S::NOUN,
        marked,
        |document| papers(document).is_voided(),
        |document| papers(document).number().to_owned(),
    )
}

/// The same of documents that people call `noun`.
pub(super) fn only_standing<T>(
    noun: &str,
    marked: Vec<T>,
    is_voided: impl Fn(&T) -> bool,
    number: impl Fn(&T) -> String,
) -> Found<T> {
    let (voided, mut standing): (Vec<T>, Vec<T>) = marked.into_iter().partition(is_voided);
    match (standing.len(), voided.first()) {
        (0, None) => Found::Nothing,
        (0, Some(document)) => Found::Wrong(format!(
            "{noun} {} carries its mark and is voided in Cin7. Nothing is written; enter it by hand \
             if it should stand there.",
            number(document)
        )),
        // A person may have voided the others because they were told to.
        (1, _) => standing.pop().map_or(Found::Nothing, Found::One),
        (count, _) => {
            let numbers: Vec<String> = standing.iter().map(number).collect();
            Found::Wrong(format!(
                "{count} {noun}s in Cin7 carry its mark: {}. Void all but one, then replay it.",
                numbers.join(", ")
            ))
        }
    }
}
