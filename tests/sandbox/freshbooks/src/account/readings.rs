//! The two readings of what the notes leave open about purchases and the ledger.

/// How a percentage is written, on which sources disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WrittenAs {
    /// `"13"`.
    #[default]
    Text,
    /// `13`.
    Number,
}

/// What an element of `bill_matches` looks like; every capture of it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BillMatches {
    /// The id of the bill payment.
    #[default]
    Ids,
    /// An object that holds the ids of the bill and the bill payment.
    Objects,
}

/// Which generation of journal lists an account serves (docs/freshbooks-api.md, journals and accounts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Journals {
    /// Both of them.
    #[default]
    Both,
    /// `journal_entry_details` below the account.
    Details,
    /// `journal_entries` below the business.
    Entries,
}

/// How the journal details show that a document or a manual entry was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RemovedPostings {
    /// Its rows are no longer there.
    #[default]
    Vanish,
    /// Its rows stay, and an entry the other way round is added.
    Reversed,
}

/// The `detail_type` of a manual entry's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ManualDetailType {
    /// `adjustment`, a value that SDKs know.
    #[default]
    Adjustment,
    /// `null`.
    Null,
}

/// The answer of the newer journal list, of which no capture is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JournalListShape {
    /// `{"manualJournalEntries":[{…}]}`, amounts as text.
    #[default]
    Named,
    /// `{"data":[{"manualJournalEntry":{…}}]}`, amounts as JSON numbers.
    Wrapped,
}
