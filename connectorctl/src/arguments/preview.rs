//! What can be said about previews.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::Name;

/// What to preview: one document by kind and id, or a span of days.
#[derive(Debug, Args)]
pub(crate) struct Preview {
    /// Whose.
    pub(crate) connection: Name,
    /// The document's kind, such as invoice or payment.
    #[arg(requires = "id", required_unless_present = "from")]
    pub(crate) kind: Option<Name>,
    /// FreshBooks' id of it.
    pub(crate) id: Option<Name>,
    /// Documents dated on this day or later.
    #[arg(long, value_name = "DAY", requires = "to", conflicts_with = "kind")]
    pub(crate) from: Option<Date>,
    /// And until this day.
    #[arg(long, value_name = "DAY", requires = "from")]
    pub(crate) to: Option<Date>,
    /// With this settings document, TOML, `-` for standard input, instead of the settings in force.
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
    /// Show each write with its whole body.
    #[arg(long)]
    pub(crate) writes: bool,
}
