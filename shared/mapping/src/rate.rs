//! What a document's currency is worth on its day.

use jiff::civil::Date;
use money::{Currency, Decimal, round};

use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::settings::Settings;

/// Base currency units for one unit of `currency`, as the settings have it, not rounded; 1 for the
/// base currency itself. `record` is what the sentence starts with.
pub(crate) fn currency_rate(
    record: &str,
    currency: Currency,
    day: Date,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<Decimal, Held> {
    let base = facts.company.currency;
    if currency == base {
        return Ok(Decimal::ONE);
    }
    let Some(rate) = settings.rates.on(currency, day) else {
        let key = SettingKey {
            table: "settings.rates",
            key: currency.code(),
        };
        let line = key.raw_line(&rates_with(currency, day, settings));
        let sentence = format!(
            "{record} is in {currency}, and no rate for {day} is known; write {line}, the rate \
             being what 1 {currency} is worth in {base}."
        );
        return Err(Held::waiting(&key, sentence));
    };
    // Invoices and payments take one decimal less than a sale's header (docs/cin7-api.md, numbers).
    if round(rate, 4).is_zero() {
        return Err(Held::Attention {
            sentence: format!(
                "{record} is in {currency} at a rate of {rate} {base}, and Cin7 keeps 4 decimals \
                 of a rate; enter it in Cin7 by hand."
            ),
        });
    }
    Ok(rate)
}

/// The currency's list with a rate from the document's day put in front.
fn rates_with(currency: Currency, day: Date, settings: &Settings) -> String {
    let mut entries = vec![format!("{{ from = \"{day}\", rate = \"RATE\" }}")];
    for rate in settings.rates.of(currency) {
        let entry = format!("{{ from = \"{}\", rate = \"{}\" }}", rate.from, rate.rate);
        entries.push(entry);
    }
    format!("[{}]", entries.join(", "))
}
