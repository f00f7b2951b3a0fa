//! The signed text against Python itself, whose serialiser FreshBooks uses.

use std::io::Write as _;
use std::process::{Command, Stdio};

use freshbooks::webhook::signed_text;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

type Fields = Vec<(String, String)>;

/// Reads one mapping a line, its names and values in hexadecimal, and writes it as JSON.
const SCRIPT: &str = "
import json, sys
text = lambda digits: bytes.fromhex(digits).decode()
for line in sys.stdin.readlines():
    print(json.dumps({text(name): text(value) for name, value in json.loads(line)}))
";

/// Text of any characters, with those that are escaped in a special way more often than by chance.
fn any_text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(
        "\"\\/\n\r\t\u{8}\u{c}\0\u{1f} ~\u{7f}\u{80}é\u{2028}\u{ffff}🚀"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop::collection::vec(prop_oneof![any::<char>(), special], 0..24)
        .prop_map(|characters| characters.into_iter().collect())
}

fn any_fields() -> impl Strategy<Value = Fields> {
    prop::collection::hash_map(any_text(), any_text(), 0..8)
        .prop_map(|fields| fields.into_iter().collect())
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn dumped_by_python(cases: &[Fields]) -> Vec<String> {
    let mut python = Command::new("python3")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: String = cases
        .iter()
        .map(|fields| {
            let hexed: Vec<_> = fields
                .iter()
                .map(|(name, value)| [hex(name), hex(value)])
                .collect();
            format!("{}\n", serde_json::to_string(&hexed).unwrap())
        })
        .collect();
    // The script reads everything before it writes; dropping the pipe ends its input.
    python
        .stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_signed_text_is_what_python_writes_for_any_fields() {
    let mut runner = TestRunner::default();
    let cases: Vec<Fields> = (0..1000)
        .map(|_| any_fields().new_tree(&mut runner).unwrap().current())
        .collect();
    let dumped = dumped_by_python(&cases);
    assert_eq!(dumped.len(), cases.len());
    for (fields, expected) in cases.iter().zip(dumped) {
        assert_eq!(signed_text(fields), expected);
    }
}
