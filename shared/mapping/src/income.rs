//! FreshBooks' other income as one Receive Money operation (docs/cin7-api.md, expenses).

mod figures;

use cin7::{EntryStatus, MoneyKind, MoneyLine, MoneyLineNames, NewMoneyOperation};
use freshbooks::OtherIncome;
use money::{Decimal, round};

use self::figures::{Figures, figures};
use crate::facts::Facts;
use crate::held::{Held, SettingKey};
use crate::payment::{Paid, amount_is_a_payment, paid_from_as_written, plan_paid};
use crate::purchase::remarks;
use crate::recomputed::{TaxedLine, or_sent};
use crate::settings::{BankAccountAs, Settings};
use crate::tax_rules::{TaxSide, WantedRule, rule};
use crate::text::{flat, quoted};
use crate::{dates, rate};

/// What the money is called in sentences.
const INCOME: &str = "income";
/// The key that stands for every category without a line of its own.
const DEFAULT: &str = "default";

/// What other income is planned from.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    income: &'a OtherIncome,
    record: &'a str,
    settings: &'a Settings,
    facts: &'a Facts<'a>,
}

/// Plans the operation; `mark` is what it will be found by again. No customer is named: FreshBooks has
/// only a text for where the money came from.
///
/// # Errors
/// [`Held`], the first reason for which the income does not cross: before the start date, in a locked
/// period, nothing, less than nothing, then whatever the settings lack: how FreshBooks means its taxes,
/// a tax rule, an account for its category, one that the money came in on, a rate.
pub fn plan_other_income(
    income: &OtherIncome,
    settings: &Settings,
    facts: &Facts<'_>,
    mark: &str,
) -> Result<NewMoneyOperation, Held> {
    let record = format!("Other income {} of {}", income.id, income.received_on);
    let source = Source {
        income,
        record: &record,
        settings,
        facts,
    };
    crosses(&source)?;
    let figures = figures(&source)?;
    let line = line(&source, &figures)?;
    let currency = income.amount.currency;
    let rate = rate::currency_rate(&record, currency, income.received_on, settings, facts)?;
    Ok(NewMoneyOperation {
        kind: MoneyKind::Receive,
        status: if settings.cin7.money_completed {
            EntryStatus::Completed
        } else {
            EntryStatus::Draft
        },
        bank_account: bank_account(&source, &figures)?,
        date: income.received_on,
        currency_rate: round(rate, 5).normalize(),
        supplier_id: None,
        customer_id: None,
        reference: mark.to_owned(),
        note: remarks("other income", &income.id, &flat(&income.source)),
        line_names: MoneyLineNames::default(),
        lines: vec![line],
    })
}

fn crosses(source: &Source<'_>) -> Result<(), Held> {
    let (income, record) = (source.income, source.record);
    dates::start_date(record, income.received_on, source.settings)?;
    dates::lock_date(record, income.received_on, source.facts)?;
    if income.amount.amount.is_zero() {
        let sentence =
            format!("{record} comes to nothing, so there is nothing to post and nothing to do.");
        return Err(Held::skipped("zero", sentence));
    }
    amount_is_a_payment(record, income.amount)
}

fn line(source: &Source<'_>, figures: &Figures) -> Result<MoneyLine, Held> {
    let income = source.income;
    let wanted = WantedRule {
        record: source.record,
        label: &quoted(&label(income)),
        side: TaxSide::Sale,
        taxes: figures.taxes.clone(),
        is_ordered: false,
        percent: figures.percent.normalize(),
    };
    let tax_rule = rule(&wanted, source.settings, source.facts)?;
    let taxed = [TaxedLine {
        total: figures.net,
        rule: &tax_rule,
        percent: figures.percent,
    }];
    let of = (source.record, income.amount.currency);
    let tax = or_sent(of, &taxed, vec![figures.tax], source.settings, source.facts)?;
    Ok(MoneyLine {
        name: label(income),
        comment: flat(&income.note),
        quantity: Decimal::ONE,
        price: figures.net,
        tax: tax.into_iter().sum(),
        total: figures.net,
        account: account(source)?,
        tax_rule,
    })
}

/// Where the money came from, as far as FreshBooks says.
fn label(income: &OtherIncome) -> String {
    let category = income.category.replace('_', " ");
    let texts = [flat(&income.source), flat(&category)];
    let named = texts.into_iter().find(|text| !text.is_empty());
    named.unwrap_or_else(|| "Other income".to_owned())
}

/// The code of the account of its category.
fn account(source: &Source<'_>) -> Result<String, Held> {
    let category = flat(&source.income.category);
    let incomes = &source.settings.incomes;
    let mut keys = [category.as_str(), DEFAULT].into_iter();
    let known = keys.find_map(|key| incomes.entry(key));
    let Some((key, code)) = known else {
        let own = Some(category.as_str()).filter(|category| !category.is_empty());
        let key = setting(own.unwrap_or(DEFAULT));
        let sentence = format!(
            "{} waits for an account: the settings name none for other income of the category {}; write {}, or \
             {} for all categories without a line of their own.",
            source.record,
            quoted(&category),
            key.line("CODE"),
            setting(DEFAULT).line("CODE")
        );
        return Err(Held::waiting(&key, sentence));
    };
    source.facts.usable_account(code).map_err(|why| {
        let key = setting(key);
        let sentence = format!(
            "{} waits for an account: `{code}` {why} in Cin7; change it there, or write {}.",
            source.record,
            key.line("CODE")
        );
        Held::waiting(&key, sentence)
    })
}

fn setting(key: &str) -> SettingKey<'_> {
    SettingKey {
        table: "settings.incomes",
        key,
    }
}

/// The account that the money came in on, as the operation names it.
fn bank_account(source: &Source<'_>, figures: &Figures) -> Result<String, Held> {
    let income = source.income;
    let paid = Paid {
        record: source.record.to_owned(),
        undated: format!("Other income {}", income.id),
        noun: INCOME,
        document: INCOME,
        kind: &income.kind,
        amount: figures.total(income.amount.currency),
        day: income.received_on,
        owed_in: income.amount.currency,
    };
    match source.settings.cin7.bank_account_as {
        BankAccountAs::Code => Ok(plan_paid(&paid, source.settings, source.facts)?.account),
        // The bank's number is nothing that the chart of accounts shows, so it is taken as written.
        BankAccountAs::Number => paid_from_as_written(&paid, source.settings, source.facts),
    }
}
