//! Net and tax of other income. Whether FreshBooks states its taxes in percent or in money, and whether
//! its amount has them, is not documented (docs/freshbooks-api.md, other income and credit notes): the
//! settings say which, and until they do, income with taxes waits.

use freshbooks::IncomeTax;
use money::{Currency, Decimal, Money, cents, round};

use super::Source;
use crate::held::{Held, SettingKey};
use crate::limits::figures_are_figures;
use crate::made_out::{self, TaxMoney, shortest};
use crate::settings::IncomeTaxes;
use crate::tax_rules::tax_key;
use crate::unit::unit;

/// The figures to post, in cents.
#[derive(Debug)]
pub(super) struct Figures {
    /// Before tax.
    pub net: Decimal,
    pub tax: Decimal,
    /// Percent of the net that the taxes take together.
    pub percent: Decimal,
    /// Each tax as the settings name it.
    pub taxes: Vec<String>,
}

impl Figures {
    pub(super) fn total(&self, currency: Currency) -> Money {
        Money::new(self.net + self.tax, currency)
    }
}

pub(super) fn figures(source: &Source<'_>) -> Result<Figures, Held> {
    let income = source.income;
    let stated = income.taxes.iter().map(|tax| amount(source, tax));
    let stated: Vec<Decimal> = stated.collect::<Result<_, _>>()?;
    figures_are_figures(
        source.record,
        income.amount,
        stated.iter().copied(),
        std::iter::empty(),
    )?;
    if stated.iter().all(Decimal::is_zero) {
        let named = income.taxes.iter();
        return Ok(Figures {
            net: income.amount.amount,
            tax: Decimal::ZERO,
            percent: Decimal::ZERO,
            taxes: named.map(|tax| tax_key(&tax.name, Decimal::ZERO)).collect(),
        });
    }
    let figures = match source.settings.other_income.taxes {
        None => return Err(unset(source)),
        Some(IncomeTaxes::Percent) => by_percent(source, &stated),
        Some(IncomeTaxes::Money) => by_money(source, &stated)?,
    };
    if figures.net > Decimal::ZERO && figures.tax >= Decimal::ZERO {
        return Ok(figures);
    }
    Err(Held::Attention {
        sentence: format!(
            "{} comes to {}, and its taxes to {}; correct it in FreshBooks, or correct how the settings read \
             its taxes.",
            source.record,
            income.amount,
            Money::new(figures.tax, income.amount.currency)
        ),
    })
}

fn by_percent(source: &Source<'_>, percents: &[Decimal]) -> Figures {
    let income = source.income;
    let percent: Decimal = percents.iter().sum();
    let places = unit(income.amount.currency).scale();
    let amount = income.amount.amount;
    let share = percent / Decimal::ONE_HUNDRED;
    let net = if source.settings.other_income.amount_has_taxes {
        let net = amount.checked_div(Decimal::ONE + share);
        round(net.unwrap_or_default(), places)
    } else {
        amount
    };
    let tax = if source.settings.other_income.amount_has_taxes {
        amount - net
    } else {
        round(amount * share, places)
    };
    let named = income.taxes.iter().zip(percents);
    Figures {
        net,
        tax,
        percent,
        taxes: named
            .map(|(tax, percent)| tax_key(&tax.name, *percent))
            .collect(),
    }
}

fn by_money(source: &Source<'_>, amounts: &[Decimal]) -> Result<Figures, Held> {
    let income = source.income;
    let currency = income.amount.currency;
    let tax: Decimal = amounts.iter().sum();
    if cents(tax) != tax {
        return Err(unreadable(source, &Money::new(tax, currency).to_string()));
    }
    let net = if source.settings.other_income.amount_has_taxes {
        income.amount.amount - tax
    } else {
        income.amount.amount
    };
    let mut base = net;
    let mut taxes = Vec::new();
    for (named, amount) in income.taxes.iter().zip(amounts) {
        let money = TaxMoney {
            name: &named.name,
            amount: Money::new(*amount, currency),
            bases: [net, base],
        };
        taxes.push(made_out::key(
            source.record,
            &money,
            &source.settings.taxes,
        )?);
        base += *amount;
    }
    Ok(Figures {
        net,
        tax,
        percent: shortest(net, tax, unit(currency)),
        taxes,
    })
}

/// What FreshBooks has as the amount of a tax.
fn amount(source: &Source<'_>, tax: &IncomeTax) -> Result<Decimal, Held> {
    let text = tax.amount.trim();
    if text.is_empty() {
        return Ok(Decimal::ZERO);
    }
    text.parse().map_err(|_| unreadable(source, text))
}

fn unreadable(source: &Source<'_>, text: &str) -> Held {
    Held::Attention {
        sentence: format!(
            "{} has a tax of {text:?}, which is no amount that Cin7 takes; correct it in FreshBooks, or enter \
             the income in Cin7 by hand.",
            source.record
        ),
    }
}

fn unset(source: &Source<'_>) -> Held {
    let key = SettingKey {
        table: "settings.other_income",
        key: "taxes",
    };
    let told: Vec<String> = source
        .income
        .taxes
        .iter()
        .map(|tax| format!("{} {}", tax.name, tax.amount))
        .collect();
    let sentence = format!(
        "{} of {} has taxes, {}, and FreshBooks does not say whether that is a percentage or money; look at it \
         there and write {} or {}.",
        source.record,
        source.income.amount,
        told.join(" and "),
        key.line("percent"),
        key.line("money")
    );
    Held::waiting(&key, sentence)
}
