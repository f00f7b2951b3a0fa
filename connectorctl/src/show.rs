//! Answers for people: aligned tables, one line for each thing, sentences.

mod backfill;
mod connections;
mod preview;
mod probe;
mod records;
pub(crate) mod settings;

use serde_json::Value;

use crate::answer::{self, Checked, Secrets, Settings, Told, Verdict};
use crate::arguments::{
    Command, ConnectionCommand, Name, ProbeCommand, ProbeRun, RecordsCommand, SettingsCommand,
};
use crate::failure::Failure;
use crate::table::{plain, table};

/// The answer to a command.
pub(crate) fn answer(command: &Command, answer: Value) -> Result<String, Failure> {
    use ConnectionCommand as C;
    match command {
        Command::Connection(command) => match command {
            C::List => Ok(connections::all(answer::read(answer)?)),
            C::Add { .. }
            | C::Show { .. }
            | C::App { .. }
            | C::Pick { .. }
            | C::Pause { .. }
            | C::Resume { .. } => Ok(connections::one(answer::read(answer)?)),
            C::Connect { .. } => Ok(connections::ticket(&answer::read(answer)?)),
            C::Businesses { connection } => {
                Ok(connections::businesses(connection, answer::read(answer)?))
            }
            C::Keys { .. } => Ok(connections::cin7_account(answer::read(answer)?)),
            C::Callbacks { connection, .. } => {
                Ok(connections::callbacks(connection, answer::read(answer)?))
            }
            C::Schedule { connection, .. } => {
                Ok(connections::schedule(connection, answer::read(answer)?))
            }
            C::Check { .. } => Ok(settings::checked(answer::read(answer)?)),
            C::Settings(SettingsCommand::Compare { .. }) => {
                Ok(settings::compared(answer::read(answer)?))
            }
            C::Settings(SettingsCommand::Get { .. }) => Ok(document(&answer::read(answer)?)),
            C::Settings(SettingsCommand::Set { connection, .. }) => {
                let stored: Settings = answer::read(answer)?;
                Ok(stored_as(connection, &stored))
            }
            C::Remove { connection, .. } => Ok(format!(
                "{connection} is removed with its secrets and callbacks; its records and their trails stay.\n"
            )),
        },
        Command::Preview(asked) => Ok(preview::all(answer::read(answer)?, asked.writes)),
        Command::TieOut(asked) => {
            let tied: tieout::TieOut = answer::read(answer)?;
            Ok(if asked.csv {
                tieout::csv(&tied)
            } else {
                tieout::table(&tied)
            })
        }
        Command::Backfill(command) => Ok(backfill::answer(command, answer::read(answer)?)),
        Command::Records(RecordsCommand::List { .. }) => Ok(records::all(answer::read(answer)?)),
        Command::Records(RecordsCommand::Show(_)) => Ok(records::one(answer::read(answer)?)),
        Command::Audit(_) => Ok(records::trail(answer::read(answer)?)),
        Command::Verify(_) => {
            let verdict: Verdict = answer::read(answer)?;
            // A trail that does not hold is told on standard error.
            Ok(if verdict.holds {
                sentence(&verdict.sentence)
            } else {
                String::new()
            })
        }
        Command::Replay(_) | Command::Secrets { rewrap: true } => {
            let told: Told = answer::read(answer)?;
            Ok(sentence(&told.sentence))
        }
        Command::Probe(ProbeCommand::Apply { connection }) => {
            let stored: Settings = answer::read(answer)?;
            Ok(stored_as(connection, &stored))
        }
        Command::Probe(
            ProbeCommand::Run(ProbeRun { connection, .. })
            | ProbeCommand::Show { connection }
            | ProbeCommand::Clean { connection },
        ) => Ok(probe::all(connection, answer::read(answer)?)),
        Command::Secrets { rewrap: false } => Ok(secrets(answer::read(answer)?)),
    }
}

/// What an answer means for the exit code: a trail that does not hold is a failure, and so are problems.
pub(crate) fn verdict(command: &Command, answer: &Value) -> Result<(), Failure> {
    match command {
        Command::Verify(_) => {
            let verdict: Verdict = answer::read(answer.clone())?;
            if verdict.holds {
                return Ok(());
            }
            Err(Failure::Refused(verdict.sentence))
        }
        Command::TieOut(_) => {
            let tied: tieout::TieOut = answer::read(answer.clone())?;
            if tied.is_explained() {
                return Ok(());
            }
            Err(Failure::Refused(format!(
                "{} of {} has no cause; docs/month-end.md says what to do.",
                tied.unexplained(),
                tied.month
            )))
        }
        Command::Connection(ConnectionCommand::Check { .. }) => {
            let checked: Checked = answer::read(answer.clone())?;
            match checked.problems.len() {
                0 => Ok(()),
                1 => Err(Failure::Refused("There is 1 problem.".to_owned())),
                many => Err(Failure::Refused(format!("There are {many} problems."))),
            }
        }
        _ => Ok(()),
    }
}

fn stored_as(connection: &Name, stored: &Settings) -> String {
    format!(
        "Version {} of the settings of {connection} is stored.\n",
        stored.version
    )
}

fn sentence(text: &str) -> String {
    format!("{}\n", plain(text))
}

/// As it was stored, but for what would steer a terminal; tabs may stand in TOML.
fn document(settings: &Settings) -> String {
    let lines = settings.document.lines().map(|line| {
        let parts: Vec<_> = line.split('\t').map(plain).collect();
        format!("{}\n", parts.join("\t"))
    });
    lines.collect()
}

fn secrets(answer: Secrets) -> String {
    let rows = answer.secrets.into_iter().map(|held| {
        let key = if held.current { "present" } else { "old" };
        [held.connection, held.what, key.to_owned(), held.key_id]
    });
    let rows: Vec<_> = rows.collect();
    let listed = if rows.is_empty() {
        String::new()
    } else {
        table(["CONNECTION", "SECRET", "KEY", "KEY ID"], rows)
    };
    format!("{listed}{}", sentence(&answer.sentence))
}
