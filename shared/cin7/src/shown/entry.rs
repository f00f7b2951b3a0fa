//! Cin7's copy of a journal or a money operation, kept whole.

use super::compare::{self, Difference};
use super::summary::UNREADABLE;
use crate::node::Node;

/// A journal or a money operation as Cin7 showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownEntry {
    copy: Node,
}

impl ShownEntry {
    pub(crate) fn new(copy: Node) -> Self {
        Self { copy }
    }

    /// `DRAFT`, `COMPLETED`, `VOIDED`; open set, compare without case.
    #[must_use]
    pub fn status(&self) -> &str {
        self.copy.text_of("Status")
    }

    /// What differs between the entry as it was sent, the very text of [`crate::journal_request`] or
    /// [`crate::money_operation_request`], and as it stands now; by the same rules as
    /// [`crate::ShownSale::invoice_differences`]. The status is not compared, and a voided entry shows
    /// no lines.
    #[must_use]
    pub fn differences(&self, sent: &str) -> Vec<Difference> {
        match Node::read(sent) {
            Ok(sent) => compare::content(&sent, &self.copy),
            Err(_) => vec![Difference {
                what: "entry".to_owned(),
                sent: UNREADABLE.to_owned(),
                shown: self.status().to_owned(),
            }],
        }
    }
}
