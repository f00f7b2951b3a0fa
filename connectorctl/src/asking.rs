//! Asking for what may not stand on a command line: secrets, and whether it is meant.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use secrecy::SecretString;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::answer::{self, Checked};
use crate::arguments::{Command, ConnectionCommand, Name, SettingsCommand};
use crate::failure::Failure;
use crate::show::settings;
use crate::table::plain;

/// Secrets by the names that people know them by, in this order: from the terminal without showing
/// them, or one line each from standard input.
pub(crate) fn secrets<const N: usize>(
    names: [&str; N],
    stdin: bool,
) -> Result<[SecretString; N], Failure> {
    let mut lines = std::io::stdin().lock();
    let read = names.map(|name| {
        let mut given = Zeroizing::new(String::new());
        if stdin {
            lines.read_line(&mut given).map_err(|error| {
                Failure::Usage(format!("The {name} could not be read from standard input: {error}."))
            })?;
        } else {
            given = Zeroizing::new(rpassword::prompt_password(format!("{name}: ")).map_err(|_| {
                Failure::Usage(format!(
                    "There is no terminal to ask for the {name} on: give --stdin and one line for each secret."
                ))
            })?);
        }
        let secret = given.trim();
        if secret.is_empty() {
            return Err(Failure::Usage(format!("The {name} is empty; nothing was sent.")));
        }
        Ok(SecretString::from(secret))
    });
    let mut found = Vec::with_capacity(N);
    for secret in read {
        found.push(secret?);
    }
    found
        .try_into()
        .map_err(|_| Failure::Usage("Not all secrets were given; nothing was sent.".to_owned()))
}

/// Lets a person type the name of what is about to be removed.
pub(crate) fn confirm_removal(connection: &Name, yes: bool) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    let stop = |why: &str| Err(Failure::Usage(why.to_owned()));
    if !std::io::stdin().is_terminal() {
        return stop("Removing takes away secrets and callbacks for good: give --yes to mean it.");
    }
    say(&format!(
        "This removes the secrets and callbacks of {connection}. Type its name to go on: "
    ));
    let mut typed = String::new();
    match std::io::stdin().lock().read_line(&mut typed) {
        Ok(_) if typed.trim() == connection.to_string() => Ok(()),
        _ => stop("That is not its name; nothing was removed."),
    }
}

/// Lets a person agree to what is about to be done, unless they did beforehand.
pub(crate) fn agreed(what: &str, yes: bool) -> Result<bool, Failure> {
    if yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "There is no terminal to ask on before each step: give --yes to run them.".to_owned(),
        ));
    }
    let mut errors = std::io::stderr();
    let _ = write!(errors, "{} Run it? [y/N] ", plain(what));
    let _ = errors.flush();
    let mut typed = String::new();
    let read = std::io::stdin().lock().read_line(&mut typed);
    let answer = typed.trim().to_lowercase();
    Ok(read.is_ok() && ["y", "yes"].contains(&answer.as_str()))
}

/// Tells a person how it goes, beside the answer.
pub(crate) fn tell(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "{}", plain(sentence));
}

/// Shows what a check found, and lets a person say whether the settings are to be stored all the same.
/// Where there are no problems nobody is asked; settings that cannot be checked yet may be stored.
pub(crate) fn confirm_settings(
    command: &Command,
    checked: Result<Value, Failure>,
) -> Result<(), Failure> {
    let checked: Checked = match checked {
        Ok(checked) => answer::read(checked)?,
        Err(Failure::Refused(why)) => {
            say(&format!("The settings could not be checked: {why}\n"));
            return Ok(());
        }
        Err(other) => return Err(other),
    };
    let problems = checked.problems.len();
    if problems == 0 {
        return Ok(());
    }
    say(&settings::checked(checked));
    if matches!(command, Command::Connection(ConnectionCommand::Settings(SettingsCommand::Set { yes, .. })) if *yes)
    {
        return Ok(());
    }
    let nothing = "The settings have problems; nothing was stored.";
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Refused(format!(
            "{nothing} Give --yes to store them all the same."
        )));
    }
    say("Store them all the same? Type yes to go on: ");
    let mut typed = String::new();
    match std::io::stdin().lock().read_line(&mut typed) {
        Ok(_) if typed.trim().eq_ignore_ascii_case("yes") => Ok(()),
        _ => Err(Failure::Refused(nothing.to_owned())),
    }
}

/// To the person, whose standard output may be read by a program.
fn say(text: &str) {
    let mut errors = std::io::stderr();
    // Seen or not, what is asked stands.
    let _ = write!(errors, "{text}");
    let _ = errors.flush();
}

/// A settings document; `-` is standard input.
pub(crate) fn document(path: &Path) -> Result<String, Failure> {
    let read = if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin().lock())
    } else {
        std::fs::read_to_string(path)
    };
    read.map_err(|error| {
        Failure::Usage(format!(
            "The settings in {} cannot be read: {error}.",
            path.display()
        ))
    })
}
