//! What a check comes to.

use serde::Serialize;

use crate::held::{Held, SettingKey};

/// What was found wrong with settings, in the order of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Checked {
    /// What keeps documents from crossing.
    pub problems: Vec<Finding>,
    /// What may be meant, and may not.
    pub warnings: Vec<Finding>,
    /// What the settings leave to the Cin7 account, and what that comes to.
    pub defaults: Vec<LeftToAccount>,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// One sentence for a person.
    pub what: String,
    /// The path of the setting, such as `settings.taxes."HST 13"`.
    #[serde(rename = "where")]
    pub setting: String,
    /// The line to add or to change, below the heading of its table; `None` where no line would help.
    pub add: Option<String>,
}

/// A setting that is not there, and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftToAccount {
    /// One sentence for a person.
    pub what: String,
    /// The path of the setting.
    #[serde(rename = "where")]
    pub setting: String,
    /// What is used.
    pub value: String,
}

/// A check as it goes on.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) checked: Checked,
}

impl Notes {
    /// A problem that this line mends; `value` is the text of the setting.
    pub(super) fn problem(&mut self, key: &SettingKey<'_>, value: &str, what: String) {
        self.checked.problems.push(finding(key, Some(value), what));
    }

    /// What planning says of a document, once for each setting.
    pub(super) fn held(&mut self, held: &Held) {
        let Held::Waiting { setting, sentence } = held else {
            return;
        };
        let mut known = self.checked.problems.iter();
        if known.any(|finding| finding.setting == *setting) {
            return;
        }
        self.checked.problems.push(Finding {
            what: sentence.clone(),
            setting: setting.clone(),
            add: held.lines().into_iter().next(),
        });
    }

    /// Something that may be meant; with the line to write if it is not, where there is one.
    pub(super) fn warning(&mut self, key: &SettingKey<'_>, value: Option<&str>, what: String) {
        self.checked.warnings.push(finding(key, value, what));
    }

    /// What is used where the settings say nothing.
    pub(super) fn left(&mut self, key: &SettingKey<'_>, value: &str, what: String) {
        self.checked.defaults.push(LeftToAccount {
            what,
            setting: key.path(),
            value: value.to_owned(),
        });
    }

    /// A sentence of a document that cannot be read. It names the setting first, between backticks.
    pub(super) fn unreadable(&mut self, sentence: &str) {
        let named = sentence.split('`').nth(1);
        let setting = named.filter(|name| name.starts_with("settings"));
        self.checked.problems.push(Finding {
            what: sentence.to_owned(),
            setting: setting.unwrap_or("settings").to_owned(),
            add: None,
        });
    }
}

fn finding(key: &SettingKey<'_>, value: Option<&str>, what: String) -> Finding {
    Finding {
        what,
        setting: key.path(),
        add: value.map(|value| key.toml(&crate::text::quoted(value))),
    }
}
