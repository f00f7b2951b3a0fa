//! The money of an invoice.
//!
//! The order of rounding is our reading of the one worked example of the notes, where a tenth comes off
//! 100.00 and 13 % go on the 90.00 that are left: a line is rounded to cents; the discount is rounded
//! once, on the sum of the lines; each tax, that is each name with each rate, is summed over the
//! discounted lines in full precision and rounded once, or on every line where the account is set so.
//! Halves go away from zero.

use rust_decimal::Decimal;

use super::form::{LineTax, NewInvoice, NewLine};
use crate::account::TaxRounding;
use crate::money::cents;

/// What an invoice comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Totals {
    /// What the discount takes off, not negative for a positive rate.
    pub(crate) discount: Decimal,
    /// The taxes.
    pub(crate) tax: Decimal,
    /// Lines less discount plus taxes.
    pub(crate) total: Decimal,
}

impl Totals {
    pub(crate) fn of(form: &NewInvoice, rounding: TaxRounding) -> Self {
        let subtotal: Decimal = form.lines.iter().map(line_amount).sum();
        let discount = cents(subtotal * share(form.discount_percent));
        let tax: Decimal = tax_sums(form, rounding)
            .iter()
            .map(|sum| cents(sum.amount))
            .sum();
        Self {
            discount,
            tax,
            total: subtotal - discount + tax,
        }
    }
}

/// Quantity times unit cost, in cents, before discount and tax.
pub(super) fn line_amount(line: &NewLine) -> Decimal {
    cents(line.quantity * line.unit_cost)
}

/// One tax over the whole invoice.
struct TaxSum<'a> {
    name: &'a str,
    rate: Decimal,
    amount: Decimal,
}

fn tax_sums(form: &NewInvoice, rounding: TaxRounding) -> Vec<TaxSum<'_>> {
    let rounded = |amount| match rounding {
        TaxRounding::PerTax => amount,
        TaxRounding::PerLine => cents(amount),
    };
    let mut sums = Vec::new();
    for line in &form.lines {
        let base = line_amount(line) * (Decimal::ONE - share(form.discount_percent));
        let first = line
            .tax1
            .as_ref()
            .map_or(Decimal::ZERO, |tax| rounded(base * share(tax.rate)));
        let second_base = if line.compounded_tax {
            base + first
        } else {
            base
        };
        if let Some(tax) = &line.tax1 {
            add(&mut sums, tax, first);
        }
        if let Some(tax) = &line.tax2 {
            add(&mut sums, tax, rounded(second_base * share(tax.rate)));
        }
    }
    sums
}

fn add<'a>(sums: &mut Vec<TaxSum<'a>>, tax: &'a LineTax, amount: Decimal) {
    match sums
        .iter_mut()
        .find(|sum| sum.name == tax.name && sum.rate == tax.rate)
    {
        Some(sum) => sum.amount += amount,
        None => sums.push(TaxSum {
            name: &tax.name,
            rate: tax.rate,
            amount,
        }),
    }
}

fn share(percent: Decimal) -> Decimal {
    percent / Decimal::ONE_HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn line(quantity: &str, unit_cost: &str) -> NewLine {
        NewLine::new("Widget", decimal(quantity), decimal(unit_cost))
    }

    fn total(discount: &str, lines: Vec<NewLine>) -> String {
        total_rounded(TaxRounding::PerTax, discount, lines)
    }

    fn total_rounded(rounding: TaxRounding, discount: &str, lines: Vec<NewLine>) -> String {
        let form = NewInvoice {
            discount_percent: decimal(discount),
            lines,
            ..NewInvoice::default()
        };
        Totals::of(&form, rounding).total.to_string()
    }

    #[test]
    fn the_discount_comes_off_before_the_tax() {
        let lines = vec![line("2", "50.00").tax("HST", decimal("13"))];
        assert_eq!(total("10", lines), "101.70");
    }

    #[test]
    fn a_tax_is_rounded_once_for_all_its_lines() {
        let third = line("1", "0.33").tax("HST", decimal("5"));
        assert_eq!(
            total("0", vec![third.clone(), third.clone(), third]),
            "1.04"
        );
    }

    #[test]
    fn one_name_at_two_rates_is_two_taxes() {
        let lines = vec![
            line("1", "0.10").tax("VAT", decimal("5")),
            line("1", "0.10").tax("VAT", decimal("4")),
        ];
        assert_eq!(total("0", lines), "0.21");
    }

    #[test]
    fn a_compounded_tax_is_levied_on_top_of_the_first() {
        let taxed = line("1", "100")
            .tax("GST", decimal("5"))
            .tax("QST", decimal("9.5"));
        let compounded = NewLine {
            compounded_tax: true,
            ..taxed.clone()
        };
        assert_eq!(total("0", vec![taxed]), "114.50");
        assert_eq!(total("0", vec![compounded]), "114.98");
    }
}
