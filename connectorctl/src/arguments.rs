//! What can be said on the command line.

mod backfill;
mod connection;
mod name;
mod preview;
mod probe;
mod records;
mod tie_out;

use std::convert::Infallible;

use clap::{Args, Parser, Subcommand};
use secrecy::SecretString;
use url::Url;

pub(crate) use backfill::BackfillCommand;
pub(crate) use connection::{ConnectionCommand, SettingsCommand};
pub(crate) use name::Name;
pub(crate) use preview::Preview;
pub(crate) use probe::{ProbeCommand, ProbeRun};
pub(crate) use records::{Document, RecordsCommand, Replay};
pub(crate) use tie_out::TieOut;

const EXAMPLES: &str = "\
Set up a connection, from two accounts to the first invoice:
  export CONNECTOR_URL=https://abc123.execute-api.eu-west-1.amazonaws.com
  connectorctl connection add acme --client-id 4f1c… --settings acme.toml
  connectorctl connection connect acme        # open the address that it prints
  connectorctl connection businesses acme
  connectorctl connection pick acme lbZ4Kq
  connectorctl connection keys acme
  connectorctl connection check acme acme.toml
  connectorctl connection callbacks acme --register
  connectorctl connection show acme           # says what is still missing

See what would happen, before it does:
  connectorctl preview acme invoice 987654 --writes
  connectorctl preview acme --from 2026-01-01 --to 2026-01-31

Settle what Cin7's documentation leaves open, on a trial account:
  connectorctl probe run acme                 # asks before each step
  connectorctl probe clean acme
  connectorctl probe apply acme

Bring the past across, below the pace of live events:
  connectorctl backfill start acme --from 2026-01-01
  connectorctl backfill show acme

Tie out a month, to the cent:
  connectorctl tie-out acme --month 2026-01
  connectorctl tie-out acme --month 2026-01 --csv > january.csv

See what happened, and look again:
  connectorctl records list acme --state attention
  connectorctl audit acme invoice 987654
  connectorctl replay acme --kind invoice --id 987654 --why 'tax rule added'

Credentials:
  Requests are signed with your own AWS credentials: environment, profile (AWS_PROFILE) or role.
  With single sign-on: eval \"$(aws configure export-credentials --format env)\"
  The sandbox takes the token that it prints: CONNECTOR_TOKEN.

Exit codes:
  0  it went well
  1  the connector said no, a check found problems, a trail does not hold, or a
     tie-out leaves something unexplained: standard error says which
  2  the command cannot be carried out as it was given; nothing was sent
  3  the connector could not be reached or did not let you in";

/// Sets up and rotates connections between FreshBooks and Cin7 Core, shows records and their trails,
/// and looks at records again.
#[derive(Debug, Parser)]
#[command(name = "connectorctl", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) reach: Reach,

    /// Print the API's answer as JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where the connector is, and how to get in.
#[derive(Debug, Args)]
pub(crate) struct Reach {
    /// Address of the connector: the stack's output ConsoleUrl.
    #[arg(long, global = true, env = "CONNECTOR_URL", value_name = "URL")]
    pub(crate) url: Option<Url>,

    /// The token that the sandbox prints; without one, requests are signed with AWS credentials.
    #[arg(
        long, global = true, env = "CONNECTOR_TOKEN", hide_env_values = true, value_name = "TOKEN",
        value_parser = secret
    )]
    pub(crate) token: Option<SecretString>,

    /// AWS region of the connector, where its address does not tell.
    #[arg(long, global = true, value_name = "REGION")]
    pub(crate) region: Option<String>,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "clap wants a parser that can fail"
)]
fn secret(text: &str) -> Result<SecretString, Infallible> {
    Ok(SecretString::from(text))
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Set up, rotate, pause or remove connections.
    #[command(subcommand)]
    Connection(ConnectionCommand),

    /// Bring documents of the past across.
    #[command(subcommand)]
    Backfill(BackfillCommand),

    /// See how far documents got.
    #[command(subcommand)]
    Records(RecordsCommand),

    /// Show what would be written to Cin7: for one document, or for those of a span of days. Nothing is.
    Preview(Preview),

    /// Tie out a month: what FreshBooks says, what Cin7 holds, and every cent between the two under a named
    /// cause. Exit code 1 where something has none.
    TieOut(TieOut),

    /// Look at records again: at one, or at all that the options select. Always safe.
    Replay(Replay),

    /// Tell a record's whole story, oldest entry first.
    Audit(Document),

    /// Check that a record's trail was not tampered with. Exit code 1 where it was.
    Verify(Document),

    /// Settle by trial what Cin7's documentation leaves open: on a trial account, step by step.
    #[command(subcommand)]
    Probe(ProbeCommand),

    /// Count the secrets that sit under an old KMS key.
    Secrets {
        /// Put them under the present key. Nothing is decrypted outside of KMS.
        #[arg(long)]
        rewrap: bool,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_token_is_not_shown_when_arguments_are() {
        let given = ["connectorctl", "--token", "tok-123", "secrets"];
        let arguments = Arguments::try_parse_from(given).unwrap();
        assert!(!format!("{arguments:?}").contains("tok-123"));
    }
}
