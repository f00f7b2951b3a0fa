//! Payments of bills: where they are paid from, and when they do not fit.

use insta::assert_snapshot;
use mapping::{PaidBill, plan_bill_payment};
use money::Money;

use crate::bought::{bill_payment, world};
use crate::fixtures::{currency, dec, shown_held};

#[test]
fn a_bill_payment_is_paid_from_the_account_of_its_type() {
    let world = world();
    let bill = PaidBill {
        number: "INV-77".to_owned(),
        open: Money::new(dec("113.00"), currency("USD")),
    };
    let payment = bill_payment();
    let planned = plan_bill_payment(&payment, &bill, &world.settings, &world.facts()).unwrap();
    assert_eq!(planned.account, "090");
    assert_eq!(planned.amount, payment.amount);
    assert_eq!(planned.paid_on, payment.paid_on);
    let less = PaidBill {
        open: Money::new(dec("100.00"), currency("USD")),
        ..bill.clone()
    };
    let held = plan_bill_payment(&payment, &less, &world.settings, &world.facts());
    assert_snapshot!(shown_held(&held.unwrap_err()), @r"
    attention
    Bill payment 61 of 2026-01-20 for bill INV-77 is of 113.00 USD, and only 100.00 USD is open; correct it in FreshBooks, or enter what is over as a deposit in Cin7 by hand.
    ");
    let foreign = PaidBill {
        open: Money::new(dec("100.00"), currency("EUR")),
        ..bill
    };
    let held = plan_bill_payment(&payment, &foreign, &world.settings, &world.facts());
    assert_snapshot!(shown_held(&held.unwrap_err()), @r"
    attention
    Bill payment 61 of 2026-01-20 for bill INV-77 is of 113.00 USD, and the bill is in EUR; correct it in FreshBooks, or enter it in Cin7 by hand.
    ");
}
