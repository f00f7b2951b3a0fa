//! The account of a payment: which line of the settings names it, and what is said where none does.

use cin7::{Account, Books};
use freshbooks::Payment;
use insta::assert_snapshot;

use crate::fixtures::{World, account, currency, payment};
use crate::payments::{held, paying, plan, world};

/// The world with `090` in USD, `091` in EUR, and `092` without a currency, in that order.
fn banks(payments: &str) -> World {
    let mut world = world(payments);
    let accounts = &mut world.books.accounts;
    let of = |code: &str| accounts.iter().position(|row| row.code == code).unwrap();
    let (dollars, euros) = (of("090"), of("091"));
    accounts[dollars].currency = Some(currency("USD"));
    accounts[euros].currency = Some(currency("EUR"));
    accounts.push(Account {
        for_payments: true,
        ..account("092", "ASSET")
    });
    world
}

/// A payment of this type in this currency.
fn of(kind: &str, code: &str) -> Payment {
    paying(|payment| {
        payment.kind = kind.to_owned();
        payment.amount.currency = currency(code);
    })
}

fn planned(world: &World, kind: &str, code: &str) -> String {
    plan(world, &of(kind, code)).unwrap().account
}

#[test]
fn the_type_of_a_payment_finds_its_account_in_any_case_and_the_default_takes_the_rest() {
    let world = world("\"credit card\" = \"091\"\ndefault = \"090\"");
    for (kind, account) in [
        ("Credit Card", "091"),
        (" CREDIT  CARD ", "091"),
        ("Check", "090"),
        ("", "090"),
    ] {
        let payment = paying(|payment| payment.kind = kind.to_owned());
        assert_eq!(plan(&world, &payment).unwrap().account, account, "{kind}");
    }
}

#[test]
fn an_account_is_named_as_cin7_spells_it() {
    let mut world = world("default = \" bank-usd \"");
    world.books.accounts[2].code = "BANK-USD".to_owned();
    assert_eq!(plan(&world, &payment()).unwrap().account, "BANK-USD");
}

#[test]
fn a_type_without_an_account_waits_with_an_account_that_takes_payments() {
    let mut world = world("Cash = \"090\"");
    assert_snapshot!(held(&world, &payment()), @r#"
    waiting for settings.payments.Check
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: the settings name none for the payment type "Check"; write `Check = "090"` under `[settings.payments]`, or `default = "090"` under `[settings.payments]` for all types without a line of their own.
    "#);
    let transfer = paying(|payment| payment.kind = " Bank  Transfer".to_owned());
    assert_snapshot!(held(&world, &transfer), @r#"
    waiting for settings.payments."Bank Transfer"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: the settings name none for the payment type "Bank Transfer"; write `"Bank Transfer" = "090"` under `[settings.payments]`, or `default = "090"` under `[settings.payments]` for all types without a line of their own.
    "#);
    let untold = paying(|payment| payment.kind = " ".to_owned());
    assert_snapshot!(held(&world, &untold), @r#"
    waiting for settings.payments.default
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: the settings name none for payments without a type; write `default = "090"` under `[settings.payments]`.
    "#);
    world.books = Books::default();
    assert_snapshot!(held(&world, &payment()), @r#"
    waiting for settings.payments.Check
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: the settings name none for the payment type "Check"; write `Check = "CODE"` under `[settings.payments]`, or `default = "CODE"` under `[settings.payments]` for all types without a line of their own.
    "#);
}

#[test]
fn an_account_that_cannot_take_the_payment_waits_under_the_key_that_names_it() {
    let by_type = world("check = \"20\"\ndefault = \"090\"");
    assert_snapshot!(held(&by_type, &payment()), @r#"
    waiting for settings.payments.check
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `20` does not exist in Cin7; change it there, or write `check = "090"` under `[settings.payments]`.
    "#);
    let by_default = world("default = \"089\"");
    assert_snapshot!(held(&by_default, &payment()), @r#"
    waiting for settings.payments.default
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `089` is not active in Cin7; change it there, or write `default = "090"` under `[settings.payments]`.
    "#);
    let revenue = world("default = \"200\"");
    assert_snapshot!(held(&revenue, &payment()), @r#"
    waiting for settings.payments.default
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `200` is not enabled for payments in Cin7; change it there, or write `default = "090"` under `[settings.payments]`.
    "#);
}

#[test]
fn accounts_that_were_not_read_are_not_checked_against() {
    let mut world = world("default = \"777\"");
    world.books = Books::default();
    assert_eq!(plan(&world, &payment()).unwrap().account, "777");
}

#[test]
fn a_type_comes_before_the_default_and_with_the_currency_before_without() {
    let lines = [
        "\"check eur\" = \"1\"",
        "CHECK = \"2\"",
        "\"Default  eur\" = \"3\"",
        "DEFAULT = \"4\"",
    ];
    for first in 0..lines.len() {
        let mut world = world(&lines[first..].join("\n"));
        world.books = Books::default();
        let account = planned(&world, "Check", "EUR");
        assert_eq!(account, (first + 1).to_string());
    }
    let mut world = world(&lines.join("\n"));
    world.books = Books::default();
    for (kind, code, account) in [
        ("Check", "USD", "2"),
        ("Cash", "EUR", "3"),
        ("", "EUR", "3"),
        ("Cash", "USD", "4"),
        ("", "USD", "4"),
    ] {
        assert_eq!(planned(&world, kind, code), account, "{kind} {code}");
    }
}

#[test]
fn a_payment_without_a_type_is_not_found_under_its_bare_currency() {
    let world = banks("EUR = \"091\"\ndefault = \"092\"");
    assert_eq!(planned(&world, " ", "EUR"), "092");
}

#[test]
fn an_account_without_a_currency_takes_every_one() {
    let world = banks("default = \"092\"");
    assert_eq!(planned(&world, "Check", "USD"), "092");
    assert_eq!(planned(&world, "Check", "EUR"), "092");
}

#[test]
fn an_account_of_the_payments_own_currency_needs_no_currency_in_the_key() {
    let world = banks("Check = \"091\"\ndefault = \"090\"");
    assert_eq!(planned(&world, "Check", "EUR"), "091");
    assert_eq!(planned(&world, "Cash", "USD"), "090");
}

#[test]
fn whoever_names_the_currency_in_the_key_is_not_second_guessed() {
    let world = banks("\"Check EUR\" = \"090\"\n\"default EUR\" = \"090\"\ndefault = \"091\"");
    assert_eq!(planned(&world, "Check", "EUR"), "090");
    assert_eq!(planned(&world, "Cash", "EUR"), "090");
}

#[test]
fn an_account_of_another_currency_waits_for_a_line_that_names_the_currency() {
    let by_type = banks("check = \"090\"\n\"default EUR\" = \"091\"");
    assert_snapshot!(held(&by_type, &of("Check", "EUR")), @r#"
    waiting for settings.payments."Check EUR"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `090` is kept in USD in Cin7, and the payment is in EUR; write `"Check EUR" = "091"` under `[settings.payments]`.
    "#);
    let by_default = banks("default = \"090\"");
    assert_snapshot!(held(&by_default, &of("Check", "EUR")), @r#"
    waiting for settings.payments."Check EUR"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `090` is kept in USD in Cin7, and the payment is in EUR; write `"Check EUR" = "091"` under `[settings.payments]`, or `"default EUR" = "091"` under `[settings.payments]` for all types without a line of their own.
    "#);
    assert_snapshot!(held(&by_default, &of("", "EUR")), @r#"
    waiting for settings.payments."default EUR"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `090` is kept in USD in Cin7, and the payment is in EUR; write `"default EUR" = "091"` under `[settings.payments]`.
    "#);
    let euros = banks("default = \"091\"");
    assert_snapshot!(held(&euros, &of("Check", "USD")), @r#"
    waiting for settings.payments."Check USD"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `091` is kept in EUR in Cin7, and the payment is in USD; write `"Check USD" = "090"` under `[settings.payments]`, or `"default USD" = "090"` under `[settings.payments]` for all types without a line of their own.
    "#);
}

#[test]
fn no_account_of_the_currency_leaves_its_code_open() {
    let world = banks("Check = \"090\"");
    assert_snapshot!(held(&world, &of("Check", "GBP")), @r#"
    waiting for settings.payments."Check GBP"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `090` is kept in USD in Cin7, and the payment is in GBP; write `"Check GBP" = "CODE"` under `[settings.payments]`, CODE being an account for payments in GBP.
    "#);
}

#[test]
fn only_an_active_account_for_payments_that_holds_no_debts_is_proposed() {
    let spoilt: [fn(&mut Account); 4] = [
        |account| account.active = false,
        |account| account.for_payments = false,
        |account| account.receivable = true,
        |account| account.payable = true,
    ];
    for spoil in spoilt {
        let mut world = banks("default = \"090\"");
        let mut accounts = world.books.accounts.iter_mut();
        spoil(accounts.find(|row| row.code == "091").unwrap());
        let sentence = held(&world, &of("", "EUR"));
        assert!(
            sentence.contains("\"default EUR\" = \"CODE\""),
            "{sentence}"
        );
    }
}

#[test]
fn the_lines_that_are_proposed_let_the_payment_cross() {
    for payments in [
        "",
        "default = \"090\"",
        "check = \"090\"",
        "check = \"20\"",
        "\"check eur\" = \"20\"",
    ] {
        let sentence = held(&banks(payments), &of("Check", "EUR"));
        let proposed: Vec<&str> = sentence
            .split('`')
            .filter(|part| part.contains(" = "))
            .collect();
        assert!(!proposed.is_empty(), "{sentence}");
        for line in proposed {
            let key = line.split(" = ").next().unwrap().to_lowercase();
            let kept = payments.lines().filter(|old| !old.starts_with(&key));
            let lines: Vec<&str> = kept.chain([line]).collect();
            let world = banks(&lines.join("\n"));
            assert_eq!(planned(&world, "Check", "EUR"), "091", "{line}");
        }
    }
}

#[test]
fn a_foreign_account_is_proposed_for_its_currency_alone() {
    let unset = banks("");
    assert_snapshot!(held(&unset, &of("Check", "EUR")), @r#"
    waiting for settings.payments."Check EUR"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: the settings name none for the payment type "Check"; write `"Check EUR" = "091"` under `[settings.payments]`, or `"default EUR" = "091"` under `[settings.payments]` for all types without a line of their own.
    "#);
    assert_snapshot!(held(&unset, &payment()), @r#"
    waiting for settings.payments.Check
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: the settings name none for the payment type "Check"; write `Check = "090"` under `[settings.payments]`, or `default = "090"` under `[settings.payments]` for all types without a line of their own.
    "#);
    assert_snapshot!(held(&unset, &of("", "GBP")), @r#"
    waiting for settings.payments.default
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: the settings name none for payments without a type; write `default = "092"` under `[settings.payments]`.
    "#);
    let missing = banks("check = \"20\"");
    assert_snapshot!(held(&missing, &of("Check", "EUR")), @r#"
    waiting for settings.payments."check EUR"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `20` does not exist in Cin7; change it there, or write `"check EUR" = "091"` under `[settings.payments]`.
    "#);
    let named = banks("\"check eur\" = \"20\"");
    assert_snapshot!(held(&named, &of("Check", "EUR")), @r#"
    waiting for settings.payments."check eur"
    Payment 445566 of 2026-01-20 for invoice 0000042 waits for its account: `20` does not exist in Cin7; change it there, or write `"check eur" = "091"` under `[settings.payments]`.
    "#);
}
