//! What can be said about tie-outs.

use clap::Args;
use tieout::Month;

use super::Name;

/// Which month to tie out, and how to show it.
#[derive(Debug, Args)]
pub(crate) struct TieOut {
    /// Whose.
    pub(crate) connection: Name,
    /// Which month, such as 2026-01.
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Month,
    /// Print CSV, with a line for each document behind each cause.
    #[arg(long)]
    pub(crate) csv: bool,
    /// Show the last one that was made, by the nightly run or a person, without reading either side.
    #[arg(long)]
    pub(crate) stored: bool,
}
