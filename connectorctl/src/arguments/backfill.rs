//! What can be said about backfills.

use clap::Subcommand;
use jiff::civil::Date;

use super::Name;

/// What to do with a backfill.
#[derive(Debug, Subcommand)]
pub(crate) enum BackfillCommand {
    /// Bring documents of the past across, below the pace of live events.
    Start {
        /// Whose.
        connection: Name,
        /// The first day, such as 2026-01-01; not before the settings' start date.
        #[arg(long, value_name = "DAY")]
        from: Date,
        /// The last day; today unless given.
        #[arg(long, value_name = "DAY")]
        to: Option<Date>,
        /// Only this kind, such as invoice; may be repeated. All that cross unless given.
        #[arg(long = "kind", value_name = "KIND")]
        kinds: Vec<Name>,
    },

    /// Show how far it is and when it will have ended.
    Show {
        /// Whose.
        connection: Name,
    },

    /// Stop it for a while.
    Pause {
        /// Whose.
        connection: Name,
    },

    /// Let it go on.
    Resume {
        /// Whose.
        connection: Name,
    },

    /// End it before its end. What crossed stays.
    Stop {
        /// Whose.
        connection: Name,
    },
}
