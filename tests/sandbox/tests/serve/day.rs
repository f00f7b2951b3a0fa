//! The day in a small business, as `cargo run -p sandbox -- --once` plays it.

use std::process::Command;

use crate::process::run;

#[test]
fn every_document_of_the_day_ends_where_it_should_and_both_totals_agree_but_for_what_is_explained()
{
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command.arg("--once").env_remove("RUST_LOG");
    let day = run(command);
    assert_eq!(day.status.code(), Some(0), "{}{}", day.stdout, day.stderr);
    assert!(!day.stdout.contains('←'), "{}", day.stdout);
    let totals = day
        .stdout
        .lines()
        .filter(|line| line.starts_with("invoiced, ") || line.starts_with("paid, "));
    let unexplained: Vec<_> = totals.map(|line| line.split_whitespace().last()).collect();
    assert_eq!(unexplained, [Some("0.00"); 4], "{}", day.stdout);
}
