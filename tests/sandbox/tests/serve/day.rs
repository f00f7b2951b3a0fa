//! The month in a small business, as `cargo run -p sandbox -- --once` plays it.

use std::process::Command;

use crate::process::run;

#[test]
fn every_document_of_the_month_ends_where_it_should_and_both_totals_agree_but_for_what_is_explained()
 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command.arg("--once").env_remove("RUST_LOG");
    let day = run(command);
    assert_eq!(day.status.code(), Some(0), "{}{}", day.stdout, day.stderr);
    assert!(!day.stdout.contains('←'), "{}", day.stdout);
    let mut lines = day.stdout.lines();
    lines.find(|line| line.trim_end().ends_with("unexplained"));
    let totals = lines.take_while(|line| !line.is_empty());
    let totals = totals.filter(|line| !line.starts_with(' '));
    let unexplained: Vec<_> = totals
        .map(|line| line.split_whitespace().last().unwrap_or_default())
        .collect();
    assert!(unexplained.len() > 4, "{}", day.stdout);
    assert!(
        unexplained.iter().all(|figure| *figure == "0.00"),
        "{}",
        day.stdout
    );
}
