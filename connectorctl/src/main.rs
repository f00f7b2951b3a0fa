//! The connector's command line: a thin client of the console's JSON API.
//!
//! Each command is one [`call::Call`]; what comes back is shown for people ([`show`]) or, with `--json`,
//! as it came. Requests are signed with the engineer's own AWS credentials ([`access`]).

mod access;
mod answer;
mod arguments;
mod asking;
mod call;
mod client;
mod failure;
mod pages;
mod show;
mod sign;
mod table;
mod walk;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use jiff::Timestamp;

use crate::arguments::{Arguments, Command, ProbeCommand};
use crate::client::Client;
use crate::failure::Failure;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // With nobody to read it, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "{}", table::plain(&failure.to_string()));
            failure.code().into()
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    // What is wrong on this side is said before anybody is asked for a secret.
    let base = access::base(&arguments.reach)?;
    let call = call::of(&arguments.command)?;
    let client = Client::new(&arguments.reach, base).await?;
    if let Some(before) = &call.before {
        let checked = client.send(before, Timestamp::now()).await;
        asking::confirm_settings(&arguments.command, checked)?;
    }
    let mut answer = pages::all(&client, call).await?;
    if let Command::Probe(ProbeCommand::Run(run)) = &arguments.command {
        answer = walk::walk(&client, run, answer).await?;
    }
    let shown = if arguments.json {
        format!("{answer:#}\n")
    } else {
        show::answer(&arguments.command, answer.clone())?
    };
    print(&shown)?;
    show::verdict(&arguments.command, &answer)
}

fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads has seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed
            .map_err(|error| Failure::Usage(format!("The answer could not be printed: {error}."))),
    }
}
