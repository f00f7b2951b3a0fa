//! What can be said about connections.

use std::path::PathBuf;

use clap::Subcommand;

use super::Name;

/// What to do with connections.
#[derive(Debug, Subcommand)]
pub(crate) enum ConnectionCommand {
    /// Make a connection. The FreshBooks app's client secret is asked for.
    Add {
        /// Its name, for ever: it stands in addresses and records.
        connection: Name,
        /// The client id of the FreshBooks app.
        #[arg(long)]
        client_id: String,
        /// The settings document, TOML; settings can also come later.
        #[arg(long, value_name = "FILE")]
        settings: Option<PathBuf>,
        /// Read the client secret from standard input, one line.
        #[arg(long)]
        stdin: bool,
    },

    /// List all connections.
    List,

    /// Show one, and what to do next.
    Show {
        /// Which.
        connection: Name,
    },

    /// Replace the FreshBooks app's credentials. The client secret is asked for.
    App {
        /// Whose.
        connection: Name,
        /// The client id of the FreshBooks app.
        #[arg(long)]
        client_id: String,
        /// Read the client secret from standard input, one line.
        #[arg(long)]
        stdin: bool,
    },

    /// Print the address at which FreshBooks asks for consent. It works once.
    Connect {
        /// Which.
        connection: Name,
    },

    /// List the FreshBooks businesses that the consent reaches.
    Businesses {
        /// Whose.
        connection: Name,
    },

    /// Choose the FreshBooks business.
    Pick {
        /// Whose.
        connection: Name,
        /// The account id that `businesses` shows; case matters.
        account: String,
    },

    /// Replace Cin7's keys, checked with Cin7 first. Both are asked for.
    #[command(visible_alias = "rotate")]
    Keys {
        /// Whose.
        connection: Name,
        /// Read account id and application key from standard input, one line each.
        #[arg(long)]
        stdin: bool,
    },

    /// Show FreshBooks' callbacks as last seen.
    Callbacks {
        /// Whose.
        connection: Name,
        /// Register what is missing and repair what is broken.
        #[arg(long)]
        register: bool,
    },

    /// Compare settings with the live books of both sides. Exit code 1 where there are problems.
    Check {
        /// Whose.
        connection: Name,
        /// A document to compare, TOML, `-` for standard input; without one, the settings in force.
        file: Option<PathBuf>,
    },

    /// Show when it is polled, or set that.
    Schedule {
        /// Whose.
        connection: Name,
        /// Such as 'rate(15 minutes)', or 'cron(0 6 * * ? *)' for every day at six.
        expression: Option<String>,
        /// IANA name of the time zone that it is meant in, such as America/Toronto.
        #[arg(
            long,
            value_name = "ZONE",
            default_value = "UTC",
            requires = "expression"
        )]
        timezone: String,
    },

    /// Read or replace the settings document.
    #[command(subcommand)]
    Settings(SettingsCommand),

    /// Stop working; everything waits.
    Pause {
        /// Which.
        connection: Name,
    },

    /// Work again.
    Resume {
        /// Which.
        connection: Name,
    },

    /// Remove a connection with its secrets and callbacks. Records and trails stay.
    Remove {
        /// Which.
        connection: Name,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

/// What to do with the settings of a connection.
#[derive(Debug, Subcommand)]
pub(crate) enum SettingsCommand {
    /// Print the document, so that it can be stored in a file.
    Get {
        /// Whose.
        connection: Name,
        /// An older version.
        #[arg(long)]
        version: Option<u64>,
    },

    /// Show which documents that stand in Cin7 would post differently, and what money would move.
    Compare {
        /// Whose.
        connection: Name,
        /// The document, TOML; `-` reads standard input.
        file: PathBuf,
    },

    /// Check a document, and store it as the next version. Where there are problems it asks first.
    Set {
        /// Whose.
        connection: Name,
        /// The document, TOML; `-` reads standard input.
        file: PathBuf,
        /// Do not ask: store it whatever the check says.
        #[arg(long)]
        yes: bool,
    },
}
