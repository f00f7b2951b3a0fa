//! Holds `template.yaml` to what the code expects of it. Roles, grants and everything else in it are
//! held by `tools/template-checks.sh`.

#[path = "binaries/declared.rs"]
mod declared;

use std::collections::BTreeSet;

use ledger::table::{INDEXES, Index, TIME_TO_LIVE};

use declared::{TEMPLATE, block, variables};

/// The environment variables that a function's `main.rs` names; the log filter is read by the
/// start-up crate, in each of them.
fn read_by(main: &str) -> BTreeSet<String> {
    let screaming = |text: &&str| {
        let mut letters = text.chars();
        letters
            .next()
            .is_some_and(|first| first.is_ascii_uppercase())
            && letters.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    };
    let texts = main.split('"').skip(1).step_by(2).filter(screaming);
    texts.chain(["RUST_LOG"]).map(str::to_owned).collect()
}

fn table() -> String {
    block(TEMPLATE, "  LedgerTable:")
}

#[test]
fn each_function_is_given_exactly_the_environment_that_it_reads() {
    for (function, main) in [
        (
            "WebhookFunction",
            include_str!("../../../functions/webhook/src/main.rs"),
        ),
        (
            "ProcessorFunction",
            include_str!("../../../functions/processor/src/main.rs"),
        ),
        (
            "PollerFunction",
            include_str!("../../../functions/poller/src/main.rs"),
        ),
        (
            "ConsoleFunction",
            include_str!("../../../functions/console/src/main.rs"),
        ),
    ] {
        let read = read_by(main);
        assert!(read.contains("TABLE_NAME"), "{function}: {read:?}");
        assert_eq!(variables(function), read, "{function}");
    }
}

#[test]
fn the_table_has_the_keys_that_the_ledger_uses() {
    let keys = block(&table(), "      KeySchema:");
    assert_eq!(
        keys,
        "        - { AttributeName: pk, KeyType: HASH }\n        - { AttributeName: sk, KeyType: RANGE }\n"
    );
}

#[test]
fn the_table_has_the_indexes_that_the_ledger_queries_and_no_others() {
    let declared = |index: &Index| {
        let carries = if index.whole { "ALL" } else { "KEYS_ONLY" };
        format!(
            "        - IndexName: {}
          KeySchema:
            - {{ AttributeName: {}, KeyType: HASH }}
            - {{ AttributeName: {}, KeyType: RANGE }}
          Projection: {{ ProjectionType: {carries} }}\n",
            index.name, index.hash, index.range
        )
    };
    let expected: String = INDEXES.iter().map(declared).collect();
    assert_eq!(block(&table(), "      GlobalSecondaryIndexes:"), expected);
}

#[test]
fn the_table_defines_every_key_attribute_once_as_text() {
    let of_indexes = INDEXES
        .iter()
        .flat_map(|index| [index.hash, index.range])
        .filter(|name| *name != "pk");
    let expected: BTreeSet<String> = ["pk", "sk"]
        .into_iter()
        .chain(of_indexes)
        .map(|name| format!("- {{ AttributeName: {name}, AttributeType: S }}"))
        .collect();
    let block = block(&table(), "      AttributeDefinitions:");
    let lines: Vec<String> = block.lines().map(|line| line.trim().to_owned()).collect();
    assert_eq!(lines.len(), expected.len());
    assert_eq!(lines.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn items_expire_by_the_attribute_that_the_ledger_names() {
    let line =
        format!("TimeToLiveSpecification: {{ AttributeName: {TIME_TO_LIVE}, Enabled: true }}");
    assert!(table().lines().any(|written| written.trim() == line));
}
