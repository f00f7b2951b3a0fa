//! An expense as one Spend Money operation (docs/cin7-api.md, expenses).

use cin7::{EntryStatus, MoneyKind, MoneyLine, MoneyLineNames, NewMoneyOperation, PurchaseCharge};
use money::round;

use super::{Source, SpendPlan};
use crate::held::Held;
use crate::payment::{paid_from_as_written, plan_paid};
use crate::purchase::{self, Heading, PlannedLine};
use crate::rate;
use crate::settings::BankAccountAs;

/// Plans the operation. It takes no goods in: what is kept in stock needs a purchase.
pub(super) fn plan(source: &Source<'_>, heading: Heading<'_>) -> Result<SpendPlan, Held> {
    let (settings, facts) = (source.settings, source.facts);
    let bought = purchase::Source {
        bought: source.bought,
        settings,
        facts,
    };
    purchase::check_crossing(&bought)?;
    let planned = purchase::plan_lines(&bought)?;
    let lines = planned
        .into_iter()
        .map(|row| match row {
            PlannedLine::Charge(charge) => Ok(money_line(charge)),
            PlannedLine::Line(_) => Err(goods(source)),
        })
        .collect::<Result<Vec<MoneyLine>, Held>>()?;
    let (record, currency) = (bought.record(), source.bought.total.currency);
    let rate = rate::currency_rate(record, currency, source.bought.day, settings, facts)?;
    let bank_account = match settings.cin7.bank_account_as {
        BankAccountAs::Code => plan_paid(source.paid, settings, facts)?.account,
        // The bank's number is nothing that the chart of accounts shows, so it is taken as written.
        BankAccountAs::Number => paid_from_as_written(source.paid, settings, facts)?,
    };
    Ok(SpendPlan {
        supplier: heading.supplier,
        operation: NewMoneyOperation {
            kind: MoneyKind::Spend,
            status: if settings.cin7.money_completed {
                EntryStatus::Completed
            } else {
                EntryStatus::Draft
            },
            bank_account,
            date: source.bought.day,
            currency_rate: round(rate, 5).normalize(),
            supplier_id: None,
            customer_id: None,
            reference: heading.mark.to_owned(),
            note: heading.remarks,
            line_names: MoneyLineNames::default(),
            lines,
        },
    })
}

fn money_line(charge: PurchaseCharge) -> MoneyLine {
    MoneyLine {
        name: charge.description,
        comment: charge.reference,
        quantity: charge.quantity,
        price: charge.price,
        tax: charge.tax,
        total: charge.total,
        tax_rule: charge.tax_rule,
        account: charge.account,
    }
}

fn goods(source: &Source<'_>) -> Held {
    Held::Attention {
        sentence: format!(
            "{} is for goods kept in stock, and money spent in Cin7 brings none in; enter it there \
             as a purchase.",
            source.bought.record
        ),
    }
}
