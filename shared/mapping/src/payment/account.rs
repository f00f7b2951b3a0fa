//! The account a payment came in on. FreshBooks names none (docs/freshbooks-api.md, payments), so
//! the settings do, by the payment's type and currency.

mod proposal;

use money::Currency;

use self::proposal::Proposal;
use super::Source;
use crate::held::Held;
use crate::text::flat;

/// The key that stands for every type without a line of its own.
const DEFAULT: &str = "default";

/// What money that was spent without a bill is called, and the key of its account.
pub(crate) const EXPENSE: &str = "expense";

/// A line of `[settings.payments]`.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    /// The key as the settings spell it.
    key: &'a str,
    /// The code of the account.
    code: &'a str,
    /// Whether it is the line for every type.
    is_default: bool,
    /// Whether the key names the currency.
    names_currency: bool,
}

/// The code of the account, as Cin7 spells it.
pub(super) fn account(source: &Source<'_>) -> Result<String, Held> {
    let kind = flat(source.paid.kind);
    let Some(entry) = entry(source, &kind) else {
        return Err(unset(source, &kind));
    };
    let code = match source.facts.payment_account(entry.code) {
        Ok(code) => code,
        Err(why) => return Err(unusable(source, &entry, why)),
    };
    // What Cin7 does with an account of another currency is unconfirmed (docs/cin7-api.md, sale
    // payments): only a line that names the currency chooses one knowingly.
    match source.facts.account_currency(&code) {
        Some(kept_in) if kept_in != currency(source) && !entry.names_currency => {
            Err(in_another_currency(source, &kind, &entry, kept_in))
        }
        _ => Ok(code),
    }
}

/// What the settings name for it, as they spell it.
pub(super) fn as_written(source: &Source<'_>) -> Result<String, Held> {
    let kind = flat(source.paid.kind);
    let entry = entry(source, &kind).ok_or_else(|| unset(source, &kind))?;
    Ok(entry.code.to_owned())
}

/// The line that counts: a type comes before `default`, and with the currency before without.
fn entry<'a>(source: &Source<'a>, kind: &str) -> Option<Entry<'a>> {
    [kind, DEFAULT]
        .into_iter()
        .filter(|name| !name.is_empty())
        .flat_map(|name| [(name, Some(currency(source))), (name, None)])
        .find_map(|(name, currency)| {
            let wanted = key(name, currency);
            let (key, code) = source.settings.payments.entry(&wanted)?;
            Some(Entry {
                key,
                code,
                is_default: name == DEFAULT,
                names_currency: currency.is_some(),
            })
        })
}

fn key(name: &str, currency: Option<Currency>) -> String {
    currency.map_or_else(|| name.to_owned(), |currency| format!("{name} {currency}"))
}

fn currency(source: &Source<'_>) -> Currency {
    source.paid.amount.currency
}

fn unset(source: &Source<'_>, kind: &str) -> Held {
    let what = if source.paid.noun == EXPENSE {
        "expenses".to_owned()
    } else if kind.is_empty() {
        "payments without a type".to_owned()
    } else {
        format!("the payment type \"{kind}\"")
    };
    let (key, lines) = Proposal::for_any_account(source).own_or_default(kind);
    let sentence = format!(
        "{} waits for its account: the settings name none for {what}; write {lines}.",
        source.paid.record
    );
    Held::waiting(&proposal::setting(&key), sentence)
}

fn unusable(source: &Source<'_>, entry: &Entry<'_>, why: &str) -> Held {
    let proposal = Proposal::for_any_account(source);
    let (key, line) = if entry.names_currency {
        proposal.as_it_is(entry.key)
    } else {
        proposal.only(entry.key)
    };
    let sentence = format!(
        "{} waits for its account: `{}` {why} in Cin7; change it there, or write {line}.",
        source.paid.record, entry.code
    );
    Held::waiting(&proposal::setting(&key), sentence)
}

fn in_another_currency(
    source: &Source<'_>,
    kind: &str,
    entry: &Entry<'_>,
    kept_in: Currency,
) -> Held {
    let currency = currency(source);
    let proposal = Proposal::for_its_currency(source);
    let (key, lines) = if entry.is_default {
        proposal.own_or_default(kind)
    } else {
        proposal.only(kind)
    };
    let hint = if proposal.is_open() {
        format!(", CODE being an account for payments in {currency}")
    } else {
        String::new()
    };
    let sentence = format!(
        "{} waits for its account: `{}` is kept in {kept_in} in Cin7, and the {} is in {currency}; \
         write {lines}{hint}.",
        source.paid.record, entry.code, source.paid.noun
    );
    Held::waiting(&proposal::setting(&key), sentence)
}
