//! The event that a delivery announces.

use std::fmt;

/// An event such as `invoice.create`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    noun: String,
    verb: String,
}

impl Event {
    /// Reads `noun.verb`. The vocabulary is open: only the alphabet and the length are checked.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (noun, verb) = name.split_once('.')?;
        (is_word(noun) && is_word(verb)).then(|| Self {
            noun: noun.into(),
            verb: verb.into(),
        })
    }

    /// Reads the name in a handshake, which may be the bare noun a callback was registered on;
    /// what stands there is not settled (docs/freshbooks-api.md, handshake).
    pub(super) fn parse_in_handshake(name: &str) -> Option<Self> {
        let bare = || {
            is_word(name).then(|| Self {
                noun: name.into(),
                verb: String::new(),
            })
        };
        Self::parse(name).or_else(bare)
    }

    /// The kind of object, such as `invoice` or `bill_vendor`.
    #[must_use]
    pub fn noun(&self) -> &str {
        &self.noun
    }

    /// What happened to it, such as `create` or `sendByEmail`; may be empty in a handshake.
    #[must_use]
    pub fn verb(&self) -> &str {
        &self.verb
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.verb.is_empty() {
            return f.write_str(&self.noun);
        }
        write!(f, "{}.{}", self.noun, self.verb)
    }
}

fn is_word(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_a_noun_and_a_verb() {
        for (name, noun, verb) in [
            ("invoice.create", "invoice", "create"),
            ("bill_vendor.delete", "bill_vendor", "delete"),
            ("estimate.sendByEmail", "estimate", "sendByEmail"),
        ] {
            let event = Event::parse(name).unwrap();
            assert_eq!((event.noun(), event.verb()), (noun, verb));
            assert_eq!(event.to_string(), name);
        }
    }

    #[test]
    fn anything_else_is_no_event() {
        for name in [
            "",
            ".",
            "invoice",
            "invoice.",
            ".create",
            "a.b.c",
            "in voice.create",
            "é.x",
        ] {
            assert_eq!(Event::parse(name), None, "{name:?}");
        }
    }
}
