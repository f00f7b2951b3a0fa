//! Why a document is not planned, in one sentence for a person.

use serde::Serialize;

use crate::text::{key_text, quoted};

/// A document that does not cross now. The sentence starts with the record and says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "held", rename_all = "snake_case")]
pub enum Held {
    /// It crosses by itself once something named is there.
    #[error("{sentence}")]
    Waiting {
        /// What it waits for: the path of a setting such as `settings.taxes."HST 13"`, or
        /// `freshbooks:sent` for a draft.
        setting: String,
        /// For a person, with the TOML line to add in backticks where a setting is missing.
        sentence: String,
    },
    /// A person has to decide.
    #[error("{sentence}")]
    Attention {
        /// For a person, with the figures or dates in question.
        sentence: String,
    },
    /// A rule keeps it out on purpose.
    #[error("{sentence}")]
    Skipped {
        /// `deleted`, `documents`, `start_date` or `zero`; `credit` of a payment, `bill_payment` of an expense.
        rule: String,
        /// For a person.
        sentence: String,
    },
}

impl Held {
    /// The sentence, whichever the kind.
    #[must_use]
    pub fn sentence(&self) -> &str {
        match self {
            Self::Waiting { sentence, .. }
            | Self::Attention { sentence }
            | Self::Skipped { sentence, .. } => sentence,
        }
    }

    /// The lines to write that the sentence names, each below the heading of its table; the first is
    /// what is proposed, the others would do too.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut rest = self.sentence();
        while let Some((before, after)) = rest.split_once(UNDER) {
            let line = before.rsplit('`').next().unwrap_or_default();
            let Some((table, more)) = after.split_once("]`") else {
                break;
            };
            lines.push(format!("[{table}]\n{line}"));
            rest = more;
        }
        lines
    }

    pub(crate) fn waiting(setting: &SettingKey<'_>, sentence: String) -> Self {
        Self::Waiting {
            setting: setting.path(),
            sentence,
        }
    }

    pub(crate) fn skipped(rule: &str, sentence: String) -> Self {
        Self::Skipped {
            rule: rule.to_owned(),
            sentence,
        }
    }
}

/// What stands between a line and its table; no line has a backtick in it, see [`quoted`].
const UNDER: &str = "` under `[";

/// A key of the settings as sentences name it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SettingKey<'a> {
    /// The table, such as `settings.taxes`.
    pub table: &'a str,
    /// The key in it.
    pub key: &'a str,
}

impl SettingKey<'_> {
    /// The whole path: `settings.taxes."HST 13"`.
    pub(crate) fn path(&self) -> String {
        format!("{}.{}", self.table, key_text(self.key))
    }

    /// The line to write and where, for a text value.
    pub(crate) fn line(&self, value: &str) -> String {
        self.raw_line(&quoted(value))
    }

    /// The line to write and where, for a value that already is TOML.
    pub(crate) fn raw_line(&self, value: &str) -> String {
        format!("`{} = {value}{UNDER}{}]`", key_text(self.key), self.table)
    }

    /// The same below the heading of its table, to be copied.
    pub(crate) fn toml(&self, value: &str) -> String {
        format!("[{}]\n{} = {value}", self.table, key_text(self.key))
    }
}
