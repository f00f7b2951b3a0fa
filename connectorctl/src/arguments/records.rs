//! What can be said about records.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::Name;

/// The states of a record.
const STATES: [&str; 10] = [
    "attention",
    "uncertain",
    "waiting",
    "retrying",
    "queued",
    "working",
    "posted",
    "confirmed",
    "skipped",
    "reversed",
];

/// What to do with records.
#[derive(Debug, Subcommand)]
pub(crate) enum RecordsCommand {
    /// List records, those that need a person first.
    List {
        /// Whose.
        connection: Name,
        #[command(flatten)]
        filter: Filter,
        /// The most to list, up to 1000.
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=1000))]
        limit: u16,
    },

    /// Show one record.
    Show(Document),
}

/// Which records of a connection.
#[derive(Debug, Args)]
pub(crate) struct Filter {
    /// Only in this state.
    #[arg(long, value_parser = PossibleValuesParser::new(STATES))]
    pub(crate) state: Option<String>,
    /// Only of this kind, such as invoice or payment.
    #[arg(long)]
    pub(crate) kind: Option<Name>,
    /// Only what changed since, such as 2026-01-05T09:00:00Z.
    #[arg(long, value_name = "INSTANT")]
    pub(crate) since: Option<Timestamp>,
}

/// Which document.
#[derive(Debug, Args)]
pub(crate) struct Document {
    /// Whose.
    pub(crate) connection: Name,
    /// Its kind, such as invoice or payment.
    pub(crate) kind: Name,
    /// FreshBooks' id of it.
    pub(crate) id: Name,
}

/// What to look at again.
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// Whose.
    pub(crate) connection: Name,
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// Only this document; needs --kind.
    #[arg(long, requires = "kind")]
    pub(crate) id: Option<Name>,
    /// Why, in your words: the trail keeps it.
    #[arg(long)]
    pub(crate) why: String,
}
