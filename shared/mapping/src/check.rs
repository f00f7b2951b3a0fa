//! Settings against the live books of both sides: every problem in one go, each with the line to add.
//!
//! What planning would say of a document is asked of the planning itself (`documents`); what no document
//! has shown yet is looked up in the books.

mod accounts;
mod documents;
mod finding;
mod ledger;
mod money;
mod names;
mod partners;
mod purchases;
mod taxes;

use finding::Notes;
pub use finding::{Checked, Finding, LeftToAccount};

use ::freshbooks::{Bill, Category, Expense, Invoice, LedgerAccount, Tax};

use crate::facts::Facts;
use crate::settings::{Settings, SettingsError};

/// What FreshBooks has, as far as settings name it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The taxes that are set up.
    pub taxes: &'a [Tax],
    /// The expense categories.
    pub categories: &'a [Category],
    /// Recent invoices, the newest first: what they name is in use.
    pub invoices: &'a [Invoice],
    /// Bills: what they name is in use.
    pub bills: &'a [Bill],
    /// Expenses: what they name is in use.
    pub expenses: &'a [Expense],
    /// The accounts of the ledger; empty where they could not be read.
    pub ledger_accounts: &'a [LedgerAccount],
}

/// Compares settings with both sides. Nothing is looked up anywhere else.
#[must_use]
pub fn check(settings: &Settings, facts: &Facts<'_>, seen: &Seen<'_>) -> Checked {
    let mut notes = Notes::default();
    let case = Case {
        settings,
        facts,
        seen,
    };
    names::check(&case, &mut notes);
    partners::check(&case, &mut notes);
    accounts::check(&case, &mut notes);
    taxes::check(&case, &mut notes);
    money::check(&case, &mut notes);
    documents::check(&case, &mut notes);
    purchases::check(&case, &mut notes);
    documents::check_bought(&case, &mut notes);
    ledger::check(&case, &mut notes);
    notes.checked
}

/// What the check of a document comes to that cannot be read at all.
#[must_use]
pub fn unreadable(error: &SettingsError) -> Checked {
    let mut notes = Notes::default();
    for sentence in error.sentences() {
        notes.unreadable(sentence);
    }
    notes.checked
}

/// What is compared.
#[derive(Clone, Copy)]
struct Case<'a> {
    settings: &'a Settings,
    facts: &'a Facts<'a>,
    seen: &'a Seen<'a>,
}

impl<'a> Case<'a> {
    /// Whether anything of the purchase side crosses.
    fn buys(&self) -> bool {
        let moves = |kind| self.settings.documents.moves(kind);
        moves("bill") || moves("expense")
    }

    /// The invoices that would cross: from the start date on.
    fn invoices(&self) -> impl Iterator<Item = &'a Invoice> + use<'a> {
        let start = self.settings.start_date;
        let counts = move |invoice: &&Invoice| {
            invoice.visibility != ::freshbooks::Visibility::Deleted
                && start.is_none_or(|start| invoice.issued_on >= start)
        };
        self.seen.invoices.iter().filter(counts)
    }
}
