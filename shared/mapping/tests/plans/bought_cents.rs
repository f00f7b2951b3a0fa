//! To the cent: what is posted of bills and expenses of any shape comes to FreshBooks' total, however
//! FreshBooks rounds tax.

use cin7::{PurchaseInvoice, PurchaseOrder};
use freshbooks::{Bill, BillLine, Expense, PaidTax};
use mapping::{ExpensePlan, ExpensesAs, Held};
use money::{Decimal, Money, cents, round};
use proptest::prelude::*;

use crate::bought::{bill_line, bill_of, expense, plan, plan_of_expense, world_set};
use crate::fixtures::{World, currency, dec};
use crate::generated::TAXES;

/// How FreshBooks may round the taxes of a bill.
#[derive(Debug, Clone, Copy)]
enum Rounding {
    /// Each tax of each line.
    EachTax,
    /// The taxes of each line together.
    EachLine,
    /// Once, at the foot of the bill.
    Once,
}

fn world(fractional: bool) -> World {
    world_set(|settings| {
        settings.cin7.fractional_quantities = fractional;
        settings.start_date = None;
    })
}

/// The taxes of a line, not rounded; the second may be levied on the first.
fn exact_taxes(net: Decimal, taxes: &[(&str, &str)], compounded: bool) -> Vec<Decimal> {
    let mut base = net;
    taxes
        .iter()
        .map(|(_, percent)| {
            let tax = base * dec(percent) / Decimal::ONE_HUNDRED;
            base += if compounded { tax } else { Decimal::ZERO };
            tax
        })
        .collect()
}

/// A line, and what its taxes are before they are rounded.
fn any_line(places: u32) -> impl Strategy<Value = (BillLine, Decimal)> {
    let quantity = prop_oneof![
        3 => (1_i64..=12).prop_map(Decimal::from),
        1 => (100_i64..=2_000).prop_map(Decimal::from),
        2 => (1_i64..=1_000).prop_map(|hundredths| Decimal::new(hundredths, 2)),
    ];
    let price = prop_oneof![
        3 => (1_i64..=500_000).prop_map(|cents| Decimal::new(cents, 2)),
        1 => (1_i64..=99_999).prop_map(|parts| Decimal::new(parts, 4)),
    ];
    let shape = (0_usize..TAXES.len(), any::<bool>(), any::<bool>());
    (quantity, price, shape).prop_map(move |(quantity, unit_cost, (taxes, compounded, goods))| {
        let goods = goods && quantity.fract().is_zero();
        let amount = round(quantity * unit_cost, places);
        // Goods of one article are one line in Cin7, so their taxes are alike.
        let taxes = TAXES[if goods { 1 } else { taxes }];
        let exact = exact_taxes(amount, taxes, compounded);
        let named = taxes.iter().zip(&exact);
        let line = BillLine {
            quantity,
            unit_cost,
            amount,
            taxes: named
                .map(|((name, percent), tax)| PaidTax {
                    name: (*name).to_owned(),
                    percent: Some(dec(percent)),
                    amount: round(*tax, places),
                })
                .collect(),
            ..bill_line(if goods { "Bolts" } else { "Fasteners" }, "1", "1")
        };
        (line, exact.iter().sum())
    })
}

fn any_bill() -> impl Strategy<Value = Bill> {
    let places = prop_oneof![3 => Just(2_u32), 1 => Just(0_u32)];
    let rounding = prop_oneof![
        Just(Rounding::EachTax),
        Just(Rounding::EachLine),
        Just(Rounding::Once),
    ];
    (places, rounding).prop_flat_map(|(places, rounding)| {
        prop::collection::vec(any_line(places), 1..=50).prop_map(move |lines| {
            let exact: Vec<Decimal> = lines.iter().map(|(_, tax)| *tax).collect();
            let lines = lines.into_iter().map(|(line, _)| line).collect();
            let mut bill = bill_of(lines);
            if places == 0 {
                bill.currency = currency("JPY");
                bill.total.currency = bill.currency;
            }
            let rounded = |tax: Decimal| round(tax, places);
            match rounding {
                Rounding::EachTax => {}
                Rounding::EachLine => {
                    let taxes = exact.into_iter().map(rounded);
                    bill.total.amount = bill.subtotal + taxes.sum::<Decimal>();
                }
                Rounding::Once => bill.total.amount = bill.subtotal + rounded(exact.iter().sum()),
            }
            bill
        })
    })
}

/// What a row comes to, and what Cin7 checks of it.
fn checked(
    (quantity, price, discount): (Decimal, Decimal, Decimal),
    (total, tax): (Decimal, Decimal),
    rule: &str,
) -> Decimal {
    assert_eq!(total, cents(quantity * price), "{quantity} × {price}");
    assert!(discount.is_zero());
    assert!(quantity > Decimal::ZERO && total >= Decimal::ZERO && tax >= Decimal::ZERO);
    assert!(quantity.normalize().scale() <= 4 && price.normalize().scale() <= 4);
    assert!(tax.normalize().scale() <= 2);
    assert!(rule != "Tax Exempt" || tax.is_zero());
    total + tax
}

fn sum(order: &PurchaseOrder, invoice: &PurchaseInvoice) -> Decimal {
    assert_eq!(order.lines, invoice.lines);
    assert_eq!(order.charges, invoice.charges);
    assert!(invoice.lines.len() <= 1, "one article is on two lines");
    let lines = invoice.lines.iter().map(|line| {
        let price = (line.quantity, line.price, line.discount);
        checked(price, (line.total, line.tax), &line.tax_rule)
    });
    let charges = invoice.charges.iter().map(|charge| {
        let price = (charge.quantity, charge.price, charge.discount);
        checked(price, (charge.total, charge.tax), &charge.tax_rule)
    });
    lines.chain(charges).sum()
}

/// An expense with or without the percentages of its taxes.
fn any_expense() -> impl Strategy<Value = Expense> {
    let shape = (0_usize..TAXES.len(), any::<bool>(), any::<bool>());
    (100_i64..=500_000, shape).prop_map(|(net, (taxes, compounded, stated))| {
        let net = Decimal::new(net, 2);
        let exact = exact_taxes(net, TAXES[taxes], compounded);
        let taxes: Vec<PaidTax> = TAXES[taxes]
            .iter()
            .zip(exact)
            .map(|((name, percent), tax)| PaidTax {
                name: (*name).to_owned(),
                percent: stated.then(|| dec(percent)),
                amount: cents(tax),
            })
            .collect();
        let total = net + taxes.iter().map(|tax| tax.amount).sum::<Decimal>();
        Expense {
            amount: Money::new(total, currency("USD")),
            taxes,
            ..expense()
        }
    })
}

proptest! {
    #[test]
    fn a_purchase_comes_to_its_bill_to_the_cent(bill in any_bill(), fractional in any::<bool>()) {
        let planned = match plan(&world(fractional), &bill) {
            Ok(planned) => planned,
            Err(Held::Skipped { rule, .. }) => {
                prop_assert_eq!(rule, "zero");
                prop_assert!(bill.total.amount.is_zero());
                return Ok(());
            }
            Err(held) => {
                prop_assert!(false, "{held}");
                return Ok(());
            }
        };
        prop_assert_eq!(planned.total, bill.total);
        prop_assert_eq!(sum(&planned.order, &planned.invoice), bill.total.amount);
        let sent: Decimal = planned.invoice.lines.iter().map(|line| line.quantity).sum();
        let bought = bill.lines.iter().filter(|line| line.description == "Bolts");
        prop_assert_eq!(sent, bought.map(|line| line.quantity).sum::<Decimal>());
    }

    #[test]
    fn an_expense_comes_to_its_amount_to_the_cent_in_either_form(expense in any_expense()) {
        let mut world = world(false);
        let Ok(ExpensePlan::Purchase { purchase, payment }) = plan_of_expense(&world, &expense)
        else {
            panic!("{:?}", plan_of_expense(&world, &expense));
        };
        prop_assert_eq!(sum(&purchase.order, &purchase.invoice), expense.amount.amount);
        prop_assert_eq!(payment.amount, expense.amount);
        world.settings.purchases.expenses_as = ExpensesAs::SpendMoney;
        let Ok(ExpensePlan::SpendMoney(spent)) = plan_of_expense(&world, &expense) else {
            panic!("{:?}", plan_of_expense(&world, &expense));
        };
        let lines = spent.operation(None).lines;
        let sum: Decimal = lines.iter().map(|line| line.total + line.tax).sum();
        prop_assert_eq!(sum, expense.amount.amount);
    }
}
