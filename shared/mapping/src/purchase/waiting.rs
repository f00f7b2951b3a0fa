//! Everything that the settings lack for something bought: planning stops at the first.

use freshbooks::Bill;

use super::goods::article;
use super::{Source, bought_with, category, crossing, resolve, taxes};
use crate::facts::Facts;
use crate::held::Held;
use crate::rate;
use crate::settings::Settings;
use crate::supplier::{WantedSupplier, nameless};

/// What a bill waits for; nothing where it does not cross for another reason.
pub(crate) fn bill_waits_for(bill: &Bill, settings: &Settings, facts: &Facts<'_>) -> Vec<Held> {
    let source = Source {
        bought: &bought_with(bill),
        settings,
        facts,
    };
    let is_from_somebody =
        bill.vendor_id.is_some() || WantedSupplier::named("", settings).is_some();
    waits_for(&source, is_from_somebody)
}

/// What anything bought waits for, setting by setting.
pub(crate) fn waits_for(source: &Source<'_>, is_from_somebody: bool) -> Vec<Held> {
    if crossing::check(source).is_err() {
        return Vec::new();
    }
    let (bought, record) = (source.bought, source.record());
    let mut held = Vec::new();
    held.extend((!is_from_somebody).then(|| nameless(record)));
    let currency = bought.total.currency;
    let rate = rate::currency_rate(record, currency, bought.day, source.settings, source.facts);
    held.extend(rate.err());
    for line in resolve::posted(source) {
        held.extend(taxes::rule(source, line).err());
        held.extend(category::account(source, line).err());
        held.extend(article(source, line).err());
    }
    held
}
