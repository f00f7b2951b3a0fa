//! Settings of the purchase side and the ledger against the live books of both sides.

use freshbooks::{Bill, Expense, LedgerAccount};
use mapping::{Checked, Finding, Seen, check};

use crate::bought::{SETTINGS, bill, bill_line, bill_of, expense, paid_tax, world, world_with};
use crate::fixtures::{World, account};

fn checked(world: &World, bills: &[Bill], expenses: &[Expense]) -> Checked {
    let ledger_account = |number: &str, name: &str| LedgerAccount {
        id: format!("uuid-{number}"),
        name: name.to_owned(),
        number: number.to_owned(),
        kind: "expense".to_owned(),
        is_active: true,
        parent_id: None,
        journal_account_id: None,
    };
    let seen = Seen {
        taxes: &[],
        categories: &[],
        invoices: &[],
        bills,
        expenses,
        ledger_accounts: &[
            ledger_account("4000-1", "Sales"),
            ledger_account("400", "Materials"),
            ledger_account("5100", "Insurance"),
        ],
    };
    check(&world.settings, &world.facts(), &seen)
}

fn shown(findings: &[Finding]) -> String {
    let one = |finding: &Finding| {
        let add = finding.add.as_deref().unwrap_or("-").replace('\n', " ");
        format!("{}: {}\n  {add}\n", finding.setting, finding.what)
    };
    findings.iter().map(one).collect()
}

fn problems(world: &World, bills: &[Bill], expenses: &[Expense]) -> String {
    let checked = checked(world, bills, expenses);
    for add in checked.problems.iter().filter_map(|one| one.add.as_deref()) {
        assert!(add.parse::<toml::Table>().is_ok(), "{add}");
    }
    shown(&checked.problems)
}

/// Settings with some of their lines left out.
fn without(lines: &[&str]) -> World {
    let mut text = SETTINGS.to_owned();
    for line in lines {
        assert!(text.contains(line), "{line}");
        text = text.replace(&format!("{line}\n"), "");
    }
    let mut world = world();
    world.settings = mapping::Settings::parse(&text).unwrap();
    world
}

#[test]
fn settings_that_say_all_that_bills_and_expenses_need_have_no_problem() {
    assert_eq!(problems(&world(), &[bill()], &[expense()]), "");
}

#[test]
fn everything_that_one_bill_lacks_is_told_at_once() {
    let mut line = bill_line("Paint", "1", "100.00");
    line.taxes = vec![paid_tax("VAT", Some("20"), "20.00")];
    let bill = Bill {
        vendor_id: None,
        ..bill_of(vec![line])
    };
    let world = without(&[
        "default_supplier = \"Sundry suppliers\"",
        "Materials = \"400\"",
        "default = \"420\"",
    ]);
    insta::assert_snapshot!(problems(&world, &[bill], &[]));
}

#[test]
fn an_expense_without_a_vendor_needs_a_default_supplier_unless_it_is_money_spent() {
    let nameless = Expense {
        vendor: String::new(),
        ..expense()
    };
    let line = "default_supplier = \"Sundry suppliers\"";
    let lacking = without(&[line]);
    let told = problems(&lacking, &[], std::slice::from_ref(&nameless));
    assert!(
        told.contains("settings.purchases.default_supplier"),
        "{told}"
    );
    let mut spent = lacking;
    spent.settings.purchases.expenses_as = mapping::ExpensesAs::SpendMoney;
    assert_eq!(problems(&spent, &[], &[nameless]), "");
}

#[test]
fn what_a_supplier_lacks_is_a_problem_unless_none_is_made_or_nothing_is_bought() {
    let mut world = world();
    world.books.accounts.push(account("801", "LIABILITY"));
    for account in &mut world.books.accounts {
        account.payable = false;
    }
    let told = problems(&world, &[], &[]);
    assert!(
        told.contains("settings.suppliers.payable_account"),
        "{told}"
    );
    world.settings.create_suppliers = false;
    assert_eq!(problems(&world, &[], &[]), "");
    let nothing_bought = world_with("[documents]\nbills = false\nexpenses = false\n");
    let world = World {
        settings: nothing_bought.settings,
        ..world
    };
    assert_eq!(problems(&world, &[bill()], &[expense()]), "");
}

#[test]
fn another_account_than_the_payable_one_is_refused() {
    let mut world = world_with("[suppliers]\npayable_account = \"400\"\n");
    world.books.accounts.push(cin7::Account {
        payable: true,
        ..account("800", "LIABILITY")
    });
    let told = problems(&world, &[], &[]);
    assert!(told.contains("is not Cin7's payable account"), "{told}");
}

fn of_the_ledger(world: &World) -> String {
    let mut warnings = checked(world, &[], &[]).warnings;
    warnings.retain(|one| one.setting.starts_with("settings.ledger_accounts"));
    shown(&warnings)
}

#[test]
fn ledger_accounts_that_are_gone_or_have_no_counterpart_are_warnings() {
    let world = world();
    assert_eq!(problems(&world, &[], &[]), "");
    insta::assert_snapshot!(of_the_ledger(&world));
    let off = world_with("[documents]\njournal_entries = false\n");
    assert_eq!(of_the_ledger(&off), "");
}

#[test]
fn a_currency_that_only_bills_have_needs_a_rate() {
    let mut pounds = bill();
    pounds.currency = "GBP".parse().unwrap();
    pounds.total.currency = pounds.currency;
    let told = problems(&world(), &[pounds], &[]);
    assert!(told.starts_with("settings.rates.GBP"), "{told}");
}
