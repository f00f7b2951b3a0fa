//! To the cent: header = Σ lines = FreshBooks' total, for invoices of any shape, however FreshBooks
//! and Cin7 round tax.

use cin7::SaleLine;
use freshbooks::Invoice;
use mapping::{Held, SalePlan};
use money::{Decimal, cents};
use proptest::prelude::*;

use crate::fixtures::World;
use crate::generated::{Rounding, any_invoice, invoice_in_whole_cents, one_taxed_line, percent};

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

/// The account set to one of Cin7's ways of rounding tax.
fn rounding_by(method: &str) -> World {
    let mut world = world(false);
    world.company.tax_calculation = method.to_owned();
    world
}

fn decimals(value: Decimal) -> u32 {
    value.normalize().scale()
}

/// What Cin7 checks of a line, and how many decimals it keeps.
fn holds(line: &SaleLine) {
    let hundred = Decimal::ONE_HUNDRED;
    let recomputed = line.quantity * line.price * (hundred - line.discount) / hundred;
    assert_eq!(line.total, cents(recomputed), "{line:?}");
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

/// The header, the order's lines and the invoice's lines all come to FreshBooks' total.
fn adds_up(plan: &SalePlan, invoice: &Invoice) {
    assert_eq!(plan.total, invoice.total);
    for lines in [&plan.order.lines, &plan.invoice.lines] {
        let sum: Decimal = lines.iter().map(|line| line.total + line.tax).sum();
        assert_eq!(sum, invoice.total.amount);
        lines.iter().for_each(holds);
    }
}

fn goods(quantities: impl Iterator<Item = Decimal>) -> Decimal {
    quantities.sum()
}

/// Tax at a rate in percent on top of an amount.
fn on_top(amount: Decimal, rate: Decimal) -> Decimal {
    cents(amount * rate / Decimal::ONE_HUNDRED)
}

/// Tax at a rate in percent that an amount includes.
fn included(amount: Decimal, rate: Decimal) -> Decimal {
    cents(amount * rate / (Decimal::ONE_HUNDRED + rate))
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

    #[test]
    fn the_way_cin7_rounds_tax_changes_nothing_of_what_is_sent(invoice in any_invoice()) {
        prop_assert_eq!(
            rounding_by("Row Total").plan(&invoice),
            rounding_by("Total").plan(&invoice)
        );
    }

    #[test]
    fn tax_that_freshbooks_rounds_by_line_is_what_cin7_would_compute_by_row(
        invoice in invoice_in_whole_cents(Rounding::EachLineWithTaxes),
    ) {
        let plan = rounding_by("Row Total").plan(&invoice).unwrap();
        adds_up(&plan, &invoice);
        for (sent, line) in plan.invoice.lines.iter().zip(&invoice.lines) {
            let rate = percent(line);
            prop_assert_eq!(sent.tax, on_top(sent.total, rate));
            prop_assert_eq!(sent.tax, included(sent.total + sent.tax, rate));
        }
    }

    #[test]
    fn tax_that_freshbooks_rounds_once_is_what_cin7_would_compute_in_total(
        invoice in invoice_in_whole_cents(Rounding::Once),
    ) {
        let plan = rounding_by("Total").plan(&invoice).unwrap();
        adds_up(&plan, &invoice);
        let rate = percent(&invoice.lines[0]);
        let lines = &plan.invoice.lines;
        let (net, tax): (Decimal, Decimal) = (
            lines.iter().map(|line| line.total).sum(),
            lines.iter().map(|line| line.tax).sum(),
        );
        prop_assert_eq!(tax, on_top(net, rate));
        prop_assert_eq!(tax, included(net + tax, rate));
    }
}

#[test]
fn every_total_within_rounding_crosses_and_the_next_cent_does_not() {
    for (total, crosses) in [
        ("112.97", false),
        ("112.98", true),
        ("113.00", true),
        ("113.02", true),
        ("113.03", false),
    ] {
        let invoice = one_taxed_line(total);
        let plan = world(false).plan(&invoice);
        assert_eq!(plan.is_ok(), crosses, "{total}");
        plan.iter().for_each(|plan| adds_up(plan, &invoice));
    }
}
