//! What the lines come to before tax, and how much tax there is. Unlike an invoice, a bill and an
//! expense state their taxes in money (docs/freshbooks-api.md, bills and bill payments).

use freshbooks::BillLine;
use money::{Decimal, Money, cents};

use super::Source;
use crate::apportion::apportion;
use crate::held::Held;
use crate::unit::unit;

/// The figures to post.
#[derive(Debug)]
pub(super) struct Figures {
    /// What each line comes to before tax, in cents.
    pub nets: Vec<Decimal>,
    /// Tax on all lines together, in cents.
    pub tax: Decimal,
}

/// The taxes of a line in money.
pub(super) fn tax_of(line: &BillLine) -> Decimal {
    line.taxes.iter().map(|tax| tax.amount).sum()
}

/// The figures of the lines that are posted. FreshBooks may have rounded every line and every tax
/// once; what is further off is not rounding, and a discount is nothing that it shows of a bill.
pub(super) fn figures(source: &Source<'_>, lines: &[&BillLine]) -> Result<Figures, Held> {
    let (total, subtotal) = (source.bought.total, source.bought.subtotal);
    let exact: Vec<Decimal> = lines.iter().map(|line| line.amount).collect();
    let of_lines: Decimal = exact.iter().sum();
    let of_taxes: Decimal = lines.iter().map(|line| tax_of(line)).sum();
    let taxes = lines.iter().flat_map(|line| &line.taxes);
    let taxed = taxes.filter(|tax| !tax.amount.is_zero()).count();
    let off_by = |times: usize| unit(total.currency) * Decimal::from(times.max(1));
    if (subtotal - of_lines).abs() > off_by(lines.len()) {
        let (come_to, stated) = (source.money(cents(of_lines)), source.money(subtotal));
        return Err(does_not_add_up(source, "before tax", come_to, stated));
    }
    let roundings = if taxed == 0 { lines.len() } else { taxed + 1 };
    if (total.amount - of_lines - of_taxes).abs() > off_by(roundings) {
        return Err(with_taxes(source, of_lines + of_taxes));
    }
    // Where no tax is due, or rounding has eaten it, what is over belongs to the lines.
    let net = cents(subtotal);
    let eaten = total.amount < net && of_taxes >= Decimal::ZERO;
    let net = if taxed == 0 || eaten {
        total.amount
    } else {
        net
    };
    let nets = apportion(net, &exact).ok_or_else(|| with_taxes(source, of_lines + of_taxes))?;
    Ok(Figures {
        nets,
        tax: total.amount - net,
    })
}

/// The sentence for taxes of which no purchase can be made.
pub(super) fn with_taxes(source: &Source<'_>, come_to: Decimal) -> Held {
    let come_to = source.money(cents(come_to));
    does_not_add_up(source, "with taxes", come_to, source.bought.total)
}

fn does_not_add_up(source: &Source<'_>, how: &str, come_to: Money, stated: Money) -> Held {
    Held::Attention {
        sentence: format!(
            "{} does not add up: its lines {how} come to {come_to}, and FreshBooks states \
             {stated}; correct it in FreshBooks, or enter it in Cin7 by hand.",
            source.record()
        ),
    }
}
