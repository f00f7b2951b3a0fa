//! Expenses in both forms, and every sentence about those that are held.

use cin7::EntryStatus;
use freshbooks::{BankSide, Expense};
use insta::assert_snapshot;
use mapping::{BankAccountAs, ExpensePlan, ExpensesAs};
use money::Decimal;

use crate::bought::{expense, paid_tax, plan_of_expense, world, world_set};
use crate::fixtures::{World, dec, shown_held};

fn held(world: &World, expense: &Expense) -> String {
    shown_held(&plan_of_expense(world, expense).unwrap_err())
}

fn spending(change: impl FnOnce(&mut Expense)) -> Expense {
    let mut expense = expense();
    change(&mut expense);
    expense
}

#[test]
fn an_expense_becomes_a_purchase_that_is_paid() {
    let ExpensePlan::Purchase { purchase, payment } =
        plan_of_expense(&world(), &expense()).unwrap()
    else {
        panic!("not a purchase");
    };
    assert_eq!(purchase.supplier.name, "Hardware Shop");
    assert_eq!(purchase.invoice.number, "freshbooks:lbZ4Kq:expense:3131");
    assert_eq!(payment.amount, purchase.total);
    assert_eq!(payment.account, "091");
    let [charge] = purchase.invoice.charges.as_slice() else {
        panic!("{:?}", purchase.invoice);
    };
    assert_eq!((charge.total, charge.tax), (dec("100.00"), dec("13.00")));
    assert_eq!(charge.account, "400");
    assert_eq!(charge.reference, "Screws");
    assert_eq!(
        purchase.header("").remarks,
        "FreshBooks expense 3131 from Hardware Shop"
    );
}

#[test]
fn an_expense_becomes_one_spend_money_operation_where_the_settings_say_so() {
    let mut world = world_set(|settings| settings.purchases.expenses_as = ExpensesAs::SpendMoney);
    let spend = |world: &World| match plan_of_expense(world, &expense()).unwrap() {
        ExpensePlan::SpendMoney(plan) => plan,
        ExpensePlan::Purchase { .. } => panic!("not money spent"),
    };
    let plan = spend(&world);
    assert_eq!(plan.supplier.as_ref().unwrap().name, "Hardware Shop");
    let operation = plan.operation(Some("id-of-supplier"));
    assert_eq!(operation.supplier_id.as_deref(), Some("id-of-supplier"));
    assert_eq!(operation.status, EntryStatus::Draft);
    assert_eq!(operation.bank_account, "091");
    assert_eq!(operation.reference, "freshbooks:lbZ4Kq:expense:3131");
    let sum: Decimal = operation
        .lines
        .iter()
        .map(|line| line.total + line.tax)
        .sum();
    assert_eq!(sum, dec("113.00"));
    world.settings.cin7.money_completed = true;
    world.settings.cin7.bank_account_as = BankAccountAs::Number;
    world.settings.payments = mapping::Settings::parse("[payments]\nexpense = \"12-3456\"")
        .unwrap()
        .payments;
    let operation = spend(&world).operation(None);
    assert_eq!(operation.status, EntryStatus::Completed);
    assert_eq!(operation.bank_account, "12-3456");
}

#[test]
fn a_tax_without_a_percentage_is_the_one_that_comes_to_its_money() {
    let nameless = [
        vec![paid_tax("HST", None, "13.00")],
        vec![paid_tax("", None, "13.00")],
        vec![paid_tax("hst", Some("13.000"), "13.00")],
    ];
    for taxes in nameless {
        let expense = spending(|expense| expense.taxes = taxes);
        let ExpensePlan::Purchase { purchase, .. } = plan_of_expense(&world(), &expense).unwrap()
        else {
            panic!("not a purchase");
        };
        assert_eq!(purchase.invoice.charges[0].tax_rule, "HST 13");
        assert_eq!(purchase.invoice.charges[0].tax, dec("13.00"));
    }
    let other = spending(|expense| expense.taxes = vec![paid_tax("HST", None, "12.00")]);
    assert_snapshot!(held(&world(), &other), @r#"
    waiting for settings.purchase_taxes."HST 11.88"
    Expense 3131 at Hardware Shop of 2026-01-09 waits for a tax rule: the settings name none for the tax HST 11.88, which its line "Screws" has; write `"HST 11.88" = "TAX RULE"` under `[settings.purchase_taxes]`.
    "#);
}

#[test]
fn two_taxes_that_may_be_levied_on_each_other_are_made_out_from_their_money() {
    let expense = spending(|expense| {
        expense.amount.amount = dec("112.35");
        expense.taxes = vec![paid_tax("GST", None, "5.00"), paid_tax("PST", None, "7.35")];
    });
    let ExpensePlan::Purchase { purchase, .. } = plan_of_expense(&world(), &expense).unwrap()
    else {
        panic!("not a purchase");
    };
    assert_eq!(purchase.invoice.charges[0].tax_rule, "GST on PST");
    assert_eq!(purchase.invoice.charges[0].total, dec("100.00"));
}

#[test]
fn expenses_that_do_not_cross_say_why() {
    let matched = spending(|expense| expense.bill_payment = BankSide::Matched);
    assert_snapshot!(held(&world(), &matched), @r"
    skipped by bill_payment
    Expense 3131 at Hardware Shop of 2026-01-09 is the bank's side of a bill payment, which crosses itself, so nothing of the expense is posted and there is nothing to do.
    ");
    let potential = spending(|expense| expense.bill_payment = BankSide::Potential);
    assert_snapshot!(held(&world(), &potential), @r"
    skipped by bill_payment
    Expense 3131 at Hardware Shop of 2026-01-09 looks to FreshBooks like the bank's side of a bill payment and stays out, or 113.00 USD would count twice; if it is an expense of its own, say so in FreshBooks.
    ");
    let unpaid = world_set(|settings| settings.payments = Default::default());
    assert_snapshot!(held(&unpaid, &expense()), @r#"
    waiting for settings.payments.expense
    Expense 3131 at Hardware Shop of 2026-01-09 waits for its account: the settings name none for expenses; write `expense = "090"` under `[settings.payments]`, or `default = "090"` under `[settings.payments]` for all types without a line of their own.
    "#);
    let nameless = spending(|expense| expense.vendor.clear());
    let no_default = world_set(|settings| settings.purchases.default_supplier = None);
    assert_snapshot!(held(&no_default, &nameless), @r#"
    waiting for settings.purchases.default_supplier
    Expense 3131 of 2026-01-09 names no vendor, and a purchase in Cin7 needs a supplier; write `default_supplier = "SUPPLIER"` under `[settings.purchases]`.
    "#);
    let refunded = spending(|expense| {
        expense.amount.amount = dec("-5.00");
        expense.taxes.clear();
    });
    assert_snapshot!(held(&world(), &refunded), @r"
    attention
    Expense 3131 at Hardware Shop of 2026-01-09 comes to -5.00 USD, and a purchase in Cin7 cannot be negative; enter it there as a supplier credit note, or as money received.
    ");
}

#[test]
fn money_spent_on_goods_is_for_a_person() {
    let world = world_set(|settings| settings.purchases.expenses_as = ExpensesAs::SpendMoney);
    let goods = spending(|expense| expense.notes = "Bolts".to_owned());
    assert_snapshot!(held(&world, &goods), @r"
    attention
    Expense 3131 at Hardware Shop of 2026-01-09 is for goods kept in stock, and money spent in Cin7 brings none in; enter it there as a purchase.
    ");
}

#[test]
fn an_expense_without_a_vendor_may_be_money_spent_without_a_supplier() {
    let world = world_set(|settings| {
        settings.purchases.expenses_as = ExpensesAs::SpendMoney;
        settings.purchases.default_supplier = None;
    });
    let nameless = spending(|expense| expense.vendor.clear());
    let ExpensePlan::SpendMoney(plan) = plan_of_expense(&world, &nameless).unwrap() else {
        panic!("not money spent");
    };
    assert_eq!(plan.supplier, None);
    assert_eq!(plan.operation(None).supplier_id, None);
}
