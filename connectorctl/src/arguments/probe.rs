//! What can be said about the probe.

use clap::{Args, Subcommand};

use super::Name;

/// What to do with the probe of a connection.
#[derive(Debug, Subcommand)]
pub(crate) enum ProbeCommand {
    /// Run the steps that are not settled, one after another. Before each it is said what it makes in
    /// Cin7, and asked; what it made is taken away again.
    Run(ProbeRun),

    /// Show what was found, and what may be left in Cin7.
    Show {
        /// Whose.
        connection: Name,
    },

    /// Take away from Cin7 whatever the probe made.
    Clean {
        /// Whose.
        connection: Name,
    },

    /// Write what was found into the next version of the settings; comments and order stay.
    Apply {
        /// Whose.
        connection: Name,
    },
}

/// Which steps to run, and how.
#[derive(Debug, Args)]
pub(crate) struct ProbeRun {
    /// Whose.
    pub(crate) connection: Name,
    /// Only this step, settled or not.
    #[arg(long, value_name = "NAME")]
    pub(crate) step: Option<Name>,
    /// Run without asking before each step.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Run it on an account that is in use: its company, exactly as Cin7 names it.
    #[arg(long, value_name = "COMPANY")]
    pub(crate) even_though: Option<String>,
}
