//! Whether an invoice crosses at all, before anything is mapped.

use freshbooks::{Stage, Visibility};
use money::Decimal;

use super::{Source, figures, products};
use crate::held::Held;
use crate::{dates, limits};

/// Checks in the order in which a person would want to hear of them.
pub(super) fn check(source: &Source<'_>) -> Result<(), Held> {
    let invoice = source.invoice;
    let record = source.record();
    if invoice.visibility == Visibility::Deleted {
        return Err(Held::skipped(
            "deleted",
            format!(
                "{record} is deleted in FreshBooks, so nothing of it is posted; restore it there \
                 if it should cross."
            ),
        ));
    }
    if invoice.stage == Stage::Draft {
        return Err(Held::Waiting {
            setting: "freshbooks:sent".to_owned(),
            sentence: format!("{record} is a draft in FreshBooks and crosses when it is sent."),
        });
    }
    dates::start_date(&record, invoice.issued_on, source.settings)?;
    dates::lock_date(&record, invoice.issued_on, source.facts)?;
    figures_are_figures(source, &record)?;
    zero(source, &record)?;
    negative(source, &record)
}

fn figures_are_figures(source: &Source<'_>, record: &str) -> Result<(), Held> {
    let invoice = source.invoice;
    let lines = invoice.lines.iter();
    let amounts = lines
        .flat_map(|line| [line.quantity, line.unit_cost, line.amount])
        .chain(invoice.discount.amount);
    let taxes = invoice.lines.iter().flat_map(|line| &line.taxes);
    let percents = taxes
        .map(|tax| tax.percent)
        .chain([invoice.discount.percent]);
    limits::figures_are_figures(record, invoice.total, amounts, percents)
}

/// An invoice of nothing has nothing to post, unless goods leave the stock with it.
fn zero(source: &Source<'_>, record: &str) -> Result<(), Held> {
    let invoice = source.invoice;
    let goods = || {
        invoice
            .lines
            .iter()
            .any(|line| products::moves_stock(source, line))
    };
    let charges = || !figures::exact_nets(invoice).iter().all(Decimal::is_zero);
    if !invoice.total.amount.is_zero() || charges() || goods() {
        return Ok(());
    }
    let sentence = format!(
        "{record} comes to {} and moves no stock, so there is nothing to post and nothing to do.",
        invoice.total
    );
    Err(Held::skipped("zero", sentence))
}

fn negative(source: &Source<'_>, record: &str) -> Result<(), Held> {
    let total = source.invoice.total;
    if total.amount >= Decimal::ZERO {
        return Ok(());
    }
    Err(Held::Attention {
        sentence: format!(
            "{record} comes to {total}, and a sale in Cin7 cannot be negative; enter it there as \
             a credit note."
        ),
    })
}
