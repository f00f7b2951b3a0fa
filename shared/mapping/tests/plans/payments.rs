//! Payments: what is planned of them, and every sentence about those that are held. Their accounts
//! are in `payment_accounts`.

use cin7::Account;
use freshbooks::Payment;
use insta::assert_snapshot;
use mapping::{Held, PaidInvoice, PaymentPlan, Settings, payment_crosses, plan_payment};
use money::Money;

use crate::fixtures::{World, account, currency, dec, payment, shown_held};

/// The account of the fixtures with these lines under `[payments]`.
pub(crate) fn world(payments: &str) -> World {
    let mut world = World::new();
    world.settings.payments = Settings::parse(&format!("[payments]\n{payments}"))
        .unwrap()
        .payments;
    let paid = |code: &str| Account {
        for_payments: true,
        ..account(code, "ASSET")
    };
    world.books.accounts = vec![
        Account {
            receivable: true,
            ..paid("610")
        },
        Account {
            active: false,
            ..paid("089")
        },
        paid("090"),
        paid("091"),
        account("200", "REVENUE"),
    ];
    world
}

pub(crate) fn paying(change: impl FnOnce(&mut Payment)) -> Payment {
    let mut payment = payment();
    change(&mut payment);
    payment
}

pub(crate) fn plan(world: &World, payment: &Payment) -> Result<PaymentPlan, Held> {
    let invoice = PaidInvoice {
        number: "0000042".to_owned(),
        currency: payment.amount.currency,
    };
    plan_payment(payment, &invoice, &world.settings, &world.facts())
}

pub(crate) fn held(world: &World, payment: &Payment) -> String {
    shown_held(&plan(world, payment).unwrap_err())
}

/// What is said before the invoice and the Cin7 account are known, which planning says as well.
fn kept_out(payment: &Payment) -> String {
    let world = world("default = \"090\"");
    let held = payment_crosses(payment, &world.settings).unwrap_err();
    assert_eq!(plan(&world, payment).unwrap_err(), held);
    shown_held(&held)
}

#[test]
fn a_payment_is_planned_with_its_account_and_its_rate() {
    let plan = plan(&world("default = \"090\""), &payment()).unwrap();
    assert_snapshot!(serde_json::to_string_pretty(&plan).unwrap(), @r#"
    {
      "amount": {
        "amount": "101.70",
        "currency": "USD"
      },
      "paid_on": "2026-01-20",
      "account": "090",
      "currency_rate": "1"
    }
    "#);
}

#[test]
fn the_rate_of_a_foreign_payment_is_of_its_own_day_and_keeps_4_decimals() {
    let on = |day: &str| {
        let payment = paying(|payment| {
            payment.amount.currency = currency("EUR");
            payment.paid_on = day.parse().unwrap();
        });
        let plan = plan(&world("default = \"090\""), &payment).unwrap();
        plan.currency_rate.to_string()
    };
    assert_eq!(on("2026-01-20"), "1.0835");
    assert_eq!(on("2026-02-20"), "1.1");
}

#[test]
fn an_overpayment_is_new_money_and_crosses() {
    let payment = paying(|payment| payment.overpayment_id = Some("77".to_owned()));
    assert!(plan(&world("default = \"090\""), &payment).is_ok());
}

#[test]
fn a_credit_applied_is_skipped() {
    let credit = paying(|payment| payment.from_credit = true);
    assert_snapshot!(kept_out(&credit), @"
    skipped by credit
    Payment 445566 of 2026-01-20 is a credit applied, not new money, so nothing of it is posted; apply the credit in Cin7 by hand if the invoice should count as paid there.
    ");
}

#[test]
fn a_payment_from_before_the_start_date_is_skipped() {
    let early = paying(|payment| payment.paid_on = "2025-12-31".parse().unwrap());
    assert_snapshot!(kept_out(&early), @r#"
    skipped by start_date
    Payment 445566 is dated 2025-12-31, before the start date 2026-01-01, and stays out; write `start_date = "2025-12-31"` under `[settings]` if it should cross.
    "#);
    let first = paying(|payment| payment.paid_on = "2026-01-01".parse().unwrap());
    assert_eq!(payment_crosses(&first, &World::new().settings), Ok(()));
}

#[test]
fn a_payment_of_no_invoice_needs_a_person() {
    let loose = paying(|payment| payment.invoice_id = None);
    assert_snapshot!(kept_out(&loose), @"
    attention
    Payment 445566 of 2026-01-20 is tied to no invoice, and in Cin7 a payment belongs to one; apply it to its invoice in FreshBooks, or enter its 101.70 USD in Cin7 by hand.
    ");
}

#[test]
fn a_payment_that_is_not_above_nothing_needs_a_person() {
    let refund = paying(|payment| payment.amount.amount = dec("-5"));
    assert_snapshot!(kept_out(&refund), @"
    attention
    Payment 445566 of 2026-01-20 comes to -5.00 USD, and Cin7 takes only payments above 0; enter it in Cin7 by hand if it is a refund, or correct it in FreshBooks.
    ");
    let nothing = paying(|payment| payment.amount.amount = dec("0.00"));
    assert_snapshot!(kept_out(&nothing), @"
    attention
    Payment 445566 of 2026-01-20 comes to 0.00 USD, and Cin7 takes only payments above 0; enter it in Cin7 by hand if it is a refund, or correct it in FreshBooks.
    ");
}

#[test]
fn a_third_decimal_of_a_payment_needs_a_person() {
    let dinars = paying(|payment| payment.amount = Money::new(dec("5.005"), currency("KWD")));
    assert_snapshot!(kept_out(&dinars), @"
    attention
    Payment 445566 of 2026-01-20 comes to 5.005 KWD, and Cin7 keeps two decimals; enter it in Cin7 by hand.
    ");
    let written_long = paying(|payment| payment.amount.amount = dec("5.0500"));
    assert!(plan(&world("default = \"090\""), &written_long).is_ok());
}

#[test]
fn a_payment_in_another_currency_than_its_invoice_needs_a_person() {
    let world = world("default = \"090\"");
    let invoice = PaidInvoice {
        number: "0000042".to_owned(),
        currency: currency("EUR"),
    };
    let held = plan_payment(&payment(), &invoice, &world.settings, &world.facts()).unwrap_err();
    assert_snapshot!(shown_held(&held), @"
    attention
    Payment 445566 of 2026-01-20 for invoice 0000042 is of 101.70 USD, and the invoice is in EUR; correct it in FreshBooks, or enter it in Cin7 by hand.
    ");
    let unnumbered = PaidInvoice {
        number: String::new(),
        ..invoice
    };
    let held = plan_payment(&payment(), &unnumbered, &world.settings, &world.facts()).unwrap_err();
    assert_snapshot!(shown_held(&held), @"
    attention
    Payment 445566 of 2026-01-20 is of 101.70 USD, and the invoice is in EUR; correct it in FreshBooks, or enter it in Cin7 by hand.
    ");
}

#[test]
fn a_payment_in_a_locked_period_needs_a_person() {
    let mut world = world("default = \"090\"");
    world.company.lock_date = Some("2026-01-31".parse().unwrap());
    assert_snapshot!(held(&world, &payment()), @"
    attention
    Payment 445566 for invoice 0000042 is dated 2026-01-20, and Cin7's books are locked up to and including 2026-01-31; date it 2026-02-01 or later in FreshBooks, or have the lock date in Cin7 set before 2026-01-20 and replay it.
    ");
    world.company.lock_date = Some("2026-01-20".parse().unwrap());
    assert!(plan(&world, &payment()).is_err());
    world.company.lock_date = Some("2026-01-19".parse().unwrap());
    assert!(plan(&world, &payment()).is_ok());
}

#[test]
fn a_payment_without_a_rate_for_its_day_waits() {
    let mut world = world("default = \"090\"");
    world.settings.start_date = None;
    let foreign = |day: &str| {
        paying(|payment| {
            payment.amount.currency = currency("EUR");
            payment.paid_on = day.parse().unwrap();
        })
    };
    assert_snapshot!(held(&world, &foreign("2025-12-20")), @r#"
    waiting for settings.rates.EUR
    Payment 445566 of 2025-12-20 for invoice 0000042 is in EUR, and no rate for 2025-12-20 is known; write `EUR = [{ from = "2025-12-20", rate = "RATE" }, { from = "2026-01-01", rate = "1.08345" }, { from = "2026-02-01", rate = "1.1" }]` under `[settings.rates]`, the rate being what 1 EUR is worth in USD.
    "#);
    world.settings.rates = Settings::parse("rates.EUR = [{ from = 2026-01-01, rate = 0.00004 }]")
        .unwrap()
        .rates;
    assert_snapshot!(held(&world, &foreign("2026-01-20")), @"
    attention
    Payment 445566 of 2026-01-20 for invoice 0000042 is in EUR at a rate of 0.00004 USD, and Cin7 keeps 4 decimals of a rate; enter it in Cin7 by hand.
    ");
}
