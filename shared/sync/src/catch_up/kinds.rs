//! What is caught up with, and how FreshBooks shows changes of it
//! (docs/freshbooks-api.md, paging, lists and filters; deletes and vis_state).

/// One kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// As records are called.
    pub(super) name: &'static str,
    pub(super) changes: Changes,
    pub(super) deletes: Deletes,
}

/// How changes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changes {
    /// FreshBooks lists what changed since a day.
    Listed,
    /// It knows no such filter: the whole list is read and compared with what it showed before.
    Unlisted,
}

/// How deleted documents are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deletes {
    /// In a list of their own.
    Listed,
    /// Nowhere: they are no longer listed.
    Vanish,
}

const fn kind(name: &'static str, changes: Changes, deletes: Deletes) -> Kind {
    Kind {
        name,
        changes,
        deletes,
    }
}

/// What FreshBooks has no event for (docs/freshbooks-api.md, events): of a change of these no webhook is
/// missed.
const WITHOUT_EVENTS: [&str; 3] = ["bill_payment", "other_income", "journal_entry"];

impl Kind {
    /// Whether a webhook should have told of a change.
    pub(super) fn has_events(&self) -> bool {
        !WITHOUT_EVENTS.contains(&self.name)
    }
}

/// Every kind, parents before what stands on them. One that the engine does not look at yet is passed
/// over.
pub(super) const KINDS: [Kind; 8] = [
    kind("invoice", Changes::Listed, Deletes::Listed),
    kind("payment", Changes::Listed, Deletes::Listed),
    kind("bill", Changes::Unlisted, Deletes::Listed),
    kind("bill_payment", Changes::Unlisted, Deletes::Listed),
    kind("expense", Changes::Listed, Deletes::Listed),
    kind("other_income", Changes::Unlisted, Deletes::Vanish),
    kind("credit_note", Changes::Unlisted, Deletes::Listed),
    kind("journal_entry", Changes::Unlisted, Deletes::Vanish),
];
