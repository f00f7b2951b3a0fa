//! Invoices of any shape, with totals as FreshBooks might compute them.

use freshbooks::{Discount, Invoice, Line};
use money::{Decimal, Money, round};
use proptest::prelude::*;

use crate::fixtures::{currency, dec, invoice, line, taxed};

/// No tax, one, two side by side, and two that may be compounded.
pub(crate) const TAXES: [&[(&str, &str)]; 4] = [
    &[],
    &[("HST", "13")],
    &[("GST", "5"), ("QST", "9.975")],
    &[("GST", "5"), ("PST", "7")],
];

/// How FreshBooks may round tax; its documentation does not say (docs/freshbooks-api.md, invoices).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Rounding {
    /// Each tax of each line.
    EachTax,
    /// Each taxed line with its taxes included, as for prices that include them.
    EachLineWithTaxes,
    /// Once, at the foot of the invoice.
    Once,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Decimals of the currency.
    pub places: u32,
    pub rounding: Rounding,
    /// Percent taken off every line.
    pub discount: Decimal,
    /// Whether FreshBooks states the discount in money.
    pub discount_stated: bool,
}

/// What is left of a line after the discount, not rounded.
fn net(line: &Line, discount: Decimal) -> Decimal {
    line.amount * (Decimal::ONE_HUNDRED - discount) / Decimal::ONE_HUNDRED
}

/// The taxes of a net amount, each rounded by `rounding`.
fn taxes_of(line: &Line, net: Decimal, rounding: impl Fn(Decimal) -> Decimal) -> Decimal {
    let mut taxes = Decimal::ZERO;
    for tax in &line.taxes {
        let base = if line.compounded { net + taxes } else { net };
        taxes += rounding(base * tax.percent / Decimal::ONE_HUNDRED);
    }
    taxes
}

/// Percent of its net amount that a line's taxes take together.
pub(crate) fn percent(line: &Line) -> Decimal {
    taxes_of(line, Decimal::ONE_HUNDRED, |tax| tax)
}

/// The total of lines with a discount.
fn total(lines: &[Line], shape: Shape) -> Decimal {
    let places = shape.places;
    let gross: Decimal = lines.iter().map(|line| line.amount).sum();
    let discount = round(gross * shape.discount / Decimal::ONE_HUNDRED, places);
    let taxes = |rounding: &dyn Fn(Decimal) -> Decimal| -> Decimal {
        let nets = lines.iter().map(|line| (line, net(line, shape.discount)));
        nets.map(|(line, net)| taxes_of(line, net, rounding)).sum()
    };
    match shape.rounding {
        Rounding::EachTax => gross - discount + taxes(&|tax| round(tax, places)),
        Rounding::Once => gross - discount + round(taxes(&|tax| tax), places),
        Rounding::EachLineWithTaxes => {
            let (taxed, untaxed): (Vec<_>, Vec<_>) =
                lines.iter().partition(|line| !line.taxes.is_empty());
            let with_taxes = taxed.into_iter().map(|line| {
                let net = net(line, shape.discount);
                round(net + taxes_of(line, net, |tax| tax), places)
            });
            let without = untaxed.into_iter().map(|line| net(line, shape.discount));
            with_taxes.sum::<Decimal>() + round(without.sum(), places)
        }
    }
}

/// An invoice whose total is computed as FreshBooks might.
pub(crate) fn invoice_with(lines: Vec<Line>, shape: Shape) -> Invoice {
    let gross: Decimal = lines.iter().map(|line| line.amount).sum();
    let discount = round(gross * shape.discount / Decimal::ONE_HUNDRED, shape.places);
    let currency = currency(if shape.places == 0 { "JPY" } else { "USD" });
    Invoice {
        currency,
        total: Money::new(total(&lines, shape), currency),
        discount: Discount {
            percent: shape.discount,
            amount: shape.discount_stated.then_some(discount),
        },
        lines,
        ..invoice()
    }
}

/// Goods in whole numbers, services in hundredths of an hour, at prices of up to 4 decimals.
fn any_line(places: u32) -> impl Strategy<Value = Line> {
    let quantity = prop_oneof![
        3 => (1_i64..=12).prop_map(Decimal::from),
        1 => (100_i64..=2_000).prop_map(Decimal::from),
        2 => (1_i64..=1_000).prop_map(|hundredths| Decimal::new(hundredths, 2)),
    ];
    let price = prop_oneof![
        3 => (1_i64..=500_000).prop_map(|cents| Decimal::new(cents, 2)),
        1 => (1_i64..=99_999).prop_map(|parts| Decimal::new(parts, 4)),
    ];
    (
        quantity,
        price,
        0_usize..TAXES.len(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(move |(quantity, unit_cost, taxes, compounded, goods)| {
            let goods = goods && quantity.fract().is_zero();
            let name = if goods { "Widget" } else { "Consulting" };
            Line {
                quantity,
                unit_cost,
                amount: round(quantity * unit_cost, places),
                compounded,
                ..taxed(line(name, "1", "1"), TAXES[taxes])
            }
        })
}

fn any_shape() -> impl Strategy<Value = Shape> {
    let discount = prop_oneof![
        2 => Just(0_i64),
        2 => (1_i64..=100).prop_map(|percent| percent * 1_000),
        1 => 1_i64..=100_000,
    ];
    let rounding = prop_oneof![
        Just(Rounding::EachTax),
        Just(Rounding::EachLineWithTaxes),
        Just(Rounding::Once),
    ];
    let places = prop_oneof![3 => Just(2_u32), 1 => Just(0_u32)];
    (places, rounding, discount, any::<bool>()).prop_map(
        |(places, rounding, discount, discount_stated)| Shape {
            places,
            rounding,
            discount: Decimal::new(discount, 3),
            discount_stated,
        },
    )
}

/// Any invoice of up to 50 lines.
pub(crate) fn any_invoice() -> impl Strategy<Value = Invoice> {
    any_shape().prop_flat_map(|shape| {
        prop::collection::vec(any_line(shape.places), 1..=50)
            .prop_map(move |lines| invoice_with(lines, shape))
    })
}

/// An invoice of which FreshBooks and Cin7 round the same figures: prices in whole dollars and a
/// discount in whole percents leave every line in whole cents before tax. Where tax is rounded
/// once, all lines have the same taxes, because Cin7 rounds once for each tax rule.
pub(crate) fn invoice_in_whole_cents(rounding: Rounding) -> impl Strategy<Value = Invoice> {
    let taxes = (0_usize..TAXES.len(), any::<bool>());
    let line = (1_i64..=12, 1_i64..=5_000, taxes.clone()).prop_map(|(count, dollars, taxes)| {
        let line = line("Consulting", &count.to_string(), &dollars.to_string());
        (line, taxes)
    });
    let lines = prop::collection::vec(line, 1..=50);
    (lines, taxes, 0_i64..=99).prop_map(move |(lines, common, discount)| {
        let lines = lines.into_iter().map(|(line, own)| {
            let once = rounding == Rounding::Once;
            let (taxes, compounded) = if once { common } else { own };
            Line {
                compounded,
                ..taxed(line, TAXES[taxes])
            }
        });
        let shape = Shape {
            places: 2,
            rounding,
            discount: Decimal::from(discount),
            discount_stated: true,
        };
        invoice_with(lines.collect(), shape)
    })
}

/// One hour of consulting at 100.00 and 13 % tax.
pub(crate) fn one_taxed_line(total: &str) -> Invoice {
    let lines = vec![taxed(line("Consulting", "1", "100.00"), &[("HST", "13")])];
    let mut invoice = Invoice { lines, ..invoice() };
    invoice.total.amount = dec(total);
    invoice
}
