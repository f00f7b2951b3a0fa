//! The text under the signature.

use std::fmt::Write as _;

/// What FreshBooks signs: the decoded fields, in their order, as Python's `json.dumps` writes a
/// mapping by default (docs/freshbooks-api.md, signature).
///
/// That is one flat object with `", "` and `": "` between its parts and nothing but ASCII in it.
/// Neither the raw body nor `serde_json` gives that text.
#[must_use]
pub fn signed_text(fields: &[(String, String)]) -> String {
    let mut text = String::from("{");
    for (at, (name, value)) in fields.iter().enumerate() {
        if at > 0 {
            text.push_str(", ");
        }
        push_string(&mut text, name);
        text.push_str(": ");
        push_string(&mut text, value);
    }
    text.push('}');
    text
}

fn push_string(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        push_escaped(text, character);
    }
    text.push('"');
}

/// `/` stays as it is; DEL and everything beyond ASCII become UTF-16 code units.
fn push_escaped(text: &mut String, character: char) {
    match character {
        '"' => text.push_str("\\\""),
        '\\' => text.push_str("\\\\"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '\u{8}' => text.push_str("\\b"),
        '\u{c}' => text.push_str("\\f"),
        ' '..='~' => text.push(character),
        _ => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing into a String cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
}
