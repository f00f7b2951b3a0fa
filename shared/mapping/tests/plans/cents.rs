//! To the cent, for invoices of any shape and both ways FreshBooks may round tax.

use cin7::SaleLine;
use freshbooks::{Discount, Invoice, Line};
use mapping::{Held, SalePlan};
use money::{Decimal, Money, round};
use proptest::prelude::*;

use crate::fixtures::{World, currency, dec, invoice, line, taxed};

const TAXES: [&[(&str, &str)]; 4] = [
    &[],
    &[("HST", "13")],
    &[("GST", "5"), ("QST", "9.975")],
    &[("GST", "5"), ("PST", "7")],
];

fn world(fractional_quantities: bool) -> World {
    let mut world = World::new();
    world.settings.taxes = mapping::Settings::parse(
        "[taxes]\nnone = \"Tax Exempt\"\n\"HST 13\" = \"HST 13\"\n\
         \"GST 5 + QST 9.975\" = \"GST/QST\"\n\"GST 5 + PST 7\" = \"GST on PST\"",
    )
    .unwrap()
    .taxes;
    world.settings.cin7.fractional_quantities = fractional_quantities;
    world
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

/// The taxes of a net amount, each rounded by `rounding`.
fn taxes_of(line: &Line, net: Decimal, rounding: impl Fn(Decimal) -> Decimal) -> Decimal {
    let mut taxes = Decimal::ZERO;
    for tax in &line.taxes {
        let base = if line.compounded { net + taxes } else { net };
        taxes += rounding(base * tax.percent / Decimal::ONE_HUNDRED);
    }
    taxes
}

#[derive(Debug, Clone, Copy)]
struct Shape {
    /// Decimals of the currency.
    places: u32,
    /// Whether FreshBooks rounds tax on each line or once.
    tax_by_line: bool,
    /// Discount in thousandths of a percent.
    discount: i64,
    /// Whether FreshBooks states the discount in money.
    discount_stated: bool,
}

/// An invoice whose total is computed as FreshBooks might.
fn invoice_with(lines: Vec<Line>, shape: Shape) -> Invoice {
    let places = shape.places;
    let percent = Decimal::new(shape.discount, 3);
    let gross: Decimal = lines.iter().map(|line| line.amount).sum();
    let discount = round(gross * percent / Decimal::ONE_HUNDRED, places);
    let taxes: Decimal = lines
        .iter()
        .map(|line| {
            let net = line.amount * (Decimal::ONE_HUNDRED - percent) / Decimal::ONE_HUNDRED;
            taxes_of(line, net, |tax| match shape.tax_by_line {
                true => round(tax, places),
                false => tax,
            })
        })
        .sum();
    let currency = currency(if places == 0 { "JPY" } else { "USD" });
    Invoice {
        currency,
        total: Money::new(gross - discount + round(taxes, places), currency),
        discount: Discount {
            percent,
            amount: shape.discount_stated.then_some(discount),
        },
        lines,
        ..invoice()
    }
}

fn any_shape() -> impl Strategy<Value = Shape> {
    let discount = prop_oneof![
        2 => Just(0_i64),
        2 => (1_i64..=100).prop_map(|percent| percent * 1_000),
        1 => 1_i64..=100_000,
    ];
    let places = prop_oneof![3 => Just(2_u32), 1 => Just(0_u32)];
    (places, any::<bool>(), discount, any::<bool>()).prop_map(
        |(places, tax_by_line, discount, discount_stated)| Shape {
            places,
            tax_by_line,
            discount,
            discount_stated,
        },
    )
}

fn any_invoice() -> impl Strategy<Value = Invoice> {
    any_shape().prop_flat_map(|shape| {
        prop::collection::vec(any_line(shape.places), 1..=50)
            .prop_map(move |lines| invoice_with(lines, shape))
    })
}

fn decimals(value: Decimal) -> u32 {
    value.normalize().scale()
}

/// What Cin7 checks of a line, and how many decimals it keeps.
fn holds(line: &SaleLine) {
    let hundred = Decimal::ONE_HUNDRED;
    let recomputed = line.quantity * line.price * (hundred - line.discount) / hundred;
    assert_eq!(line.total, money::cents(recomputed), "{line:?}");
    assert!(
        decimals(line.quantity) <= 4 && decimals(line.price) <= 4,
        "{line:?}"
    );
    assert!(
        decimals(line.discount) <= 2 && decimals(line.tax) <= 2,
        "{line:?}"
    );
    assert!(
        (Decimal::ZERO..=hundred).contains(&line.discount),
        "{line:?}"
    );
    assert!(
        line.quantity > Decimal::ZERO && line.total >= Decimal::ZERO,
        "{line:?}"
    );
    assert!(line.tax >= Decimal::ZERO, "{line:?}");
    if line.tax_rule == "Tax Exempt" {
        assert!(line.tax.is_zero(), "{line:?}");
    }
}

fn adds_up(plan: &SalePlan, invoice: &Invoice) {
    let lines = &plan.invoice.lines;
    let sum: Decimal = lines.iter().map(|line| line.total + line.tax).sum();
    assert_eq!(sum, invoice.total.amount);
    lines.iter().for_each(holds);
}

fn goods(quantities: impl Iterator<Item = Decimal>) -> Decimal {
    quantities.sum()
}

proptest! {
    #[test]
    fn a_plan_comes_to_its_invoice_to_the_cent(
        invoice in any_invoice(),
        fractional in any::<bool>(),
    ) {
        match world(fractional).plan(&invoice) {
            Ok(plan) => {
                adds_up(&plan, &invoice);
                let sent = plan.order.lines.iter().filter(|line| line.sku == "WID-1");
                let sold = invoice.lines.iter().filter(|line| line.name == "Widget");
                prop_assert_eq!(
                    goods(sent.map(|line| line.quantity)),
                    goods(sold.map(|line| line.quantity))
                );
            }
            Err(Held::Skipped { rule, .. }) => {
                prop_assert_eq!(rule, "zero");
                prop_assert!(invoice.total.amount.is_zero());
            }
            Err(held) => prop_assert!(false, "{held}"),
        }
    }
}

#[test]
fn every_total_within_rounding_crosses_and_the_next_cent_does_not() {
    let lines = vec![taxed(line("Consulting", "1", "100.00"), &[("HST", "13")])];
    let mut invoice = Invoice { lines, ..invoice() };
    for (total, crosses) in [
        ("112.97", false),
        ("112.98", true),
        ("113.00", true),
        ("113.02", true),
        ("113.03", false),
    ] {
        invoice.total.amount = dec(total);
        let plan = world(false).plan(&invoice);
        assert_eq!(plan.is_ok(), crosses, "{total}");
        plan.iter().for_each(|plan| adds_up(plan, &invoice));
    }
}
