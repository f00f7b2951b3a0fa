//! The days on which no document crosses, whatever its kind.

use jiff::civil::Date;

use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::settings::Settings;

/// Skips a document from before the start date; `record` is what the sentence starts with.
pub(crate) fn start_date(record: &str, day: Date, settings: &Settings) -> Result<(), Held> {
    let Some(start) = settings.start_date.filter(|&start| day < start) else {
        return Ok(());
    };
    let key = SettingKey {
        table: "settings",
        key: "start_date",
    };
    let line = key.line(&day.to_string());
    let sentence = format!(
        "{record} is dated {day}, before the start date {start}, and stays out; write {line} if \
         it should cross."
    );
    Err(Held::skipped("start_date", sentence))
}

/// Cin7 refuses documents dated up to and including its lock date (docs/cin7-api.md, company account).
pub(crate) fn lock_date(record: &str, day: Date, facts: &Facts<'_>) -> Result<(), Held> {
    let Some(lock) = facts.company.lock_date.filter(|&lock| day <= lock) else {
        return Ok(());
    };
    let open = lock.tomorrow().unwrap_or(lock);
    Err(Held::Attention {
        sentence: format!(
            "{record} is dated {day}, and Cin7's books are locked up to and including {lock}; \
             date it {open} or later in FreshBooks, or have the lock date in Cin7 set before \
             {day} and replay it."
        ),
    })
}
