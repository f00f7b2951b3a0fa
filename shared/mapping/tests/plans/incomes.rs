//! Other income as money received: to the cent in every reading of its taxes, and every sentence about
//! income that is held.

use cin7::{EntryStatus, MoneyKind, NewMoneyOperation};
use freshbooks::{IncomeTax, OtherIncome};
use insta::assert_snapshot;
use mapping::{
    BankAccountAs, Held, IncomeTaxes, other_income_hash, other_income_mark, plan_other_income,
};
use money::{Decimal, Money, cents};
use proptest::prelude::*;

use crate::bought::world_with;
use crate::fixtures::{World, currency, dec, shown_held};
use crate::generated::TAXES;

const SETTINGS: &str = r#"
[incomes]
online_sales = "200"
default = "410"

[taxes]
none = "Tax Exempt"
"HST 13" = "HST 13"
"GST 5 + QST 9.975" = "GST/QST"
"GST 5 + PST 7" = "GST on PST"
"#;

fn world() -> World {
    world_with(SETTINGS)
}

fn income() -> OtherIncome {
    OtherIncome {
        id: "77".to_owned(),
        amount: Money::new(dec("113.00"), currency("USD")),
        received_on: "2026-01-09".parse().unwrap(),
        category: "online_sales".to_owned(),
        source: "Corner  Shop".to_owned(),
        kind: "Cash".to_owned(),
        note: "Boxes".to_owned(),
        taxes: Vec::new(),
        version: String::new(),
    }
}

fn tax(name: &str, amount: &str) -> IncomeTax {
    IncomeTax {
        name: name.to_owned(),
        amount: amount.to_owned(),
    }
}

fn plan(world: &World, income: &OtherIncome) -> Result<NewMoneyOperation, Held> {
    let mark = other_income_mark("lbZ4Kq", &income.id, 1);
    plan_other_income(income, &world.settings, &world.facts(), &mark)
}

fn held(world: &World, change: impl FnOnce(&mut OtherIncome)) -> String {
    let mut income = income();
    change(&mut income);
    shown_held(&plan(world, &income).unwrap_err())
}

#[test]
fn other_income_becomes_money_received_on_the_account_of_its_category() {
    let mut world = world();
    let planned = plan(&world, &income()).unwrap();
    assert_eq!(planned.kind, MoneyKind::Receive);
    assert_eq!(planned.status, EntryStatus::Draft);
    assert_eq!(planned.bank_account, "090");
    assert_eq!(planned.reference, "freshbooks:lbZ4Kq:other_income:77");
    assert_eq!(planned.note, "FreshBooks other income 77 from Corner Shop");
    let [line] = planned.lines.as_slice() else {
        panic!("{:?}", planned.lines);
    };
    assert_eq!(
        (line.name.as_str(), line.comment.as_str()),
        ("Corner Shop", "Boxes")
    );
    assert_eq!(
        (line.account.as_str(), line.tax_rule.as_str()),
        ("200", "Tax Exempt")
    );
    assert_eq!((line.total, line.tax), (dec("113.00"), dec("0")));

    let unsorted = OtherIncome {
        category: "rentals".to_owned(),
        source: String::new(),
        ..income()
    };
    let planned = plan(&world, &unsorted).unwrap();
    assert_eq!(planned.lines[0].account, "410");
    assert_eq!(planned.lines[0].name, "rentals");

    world.settings.cin7.money_completed = true;
    world.settings.cin7.bank_account_as = BankAccountAs::Number;
    let planned = plan(&world, &income()).unwrap();
    assert_eq!(planned.status, EntryStatus::Completed);
    assert_eq!(planned.bank_account, "090");
}

#[test]
fn taxes_wait_until_the_settings_say_how_freshbooks_means_them() {
    let taxed = |income: &mut OtherIncome| income.taxes = vec![tax("HST", "13")];
    assert_snapshot!(held(&world(), taxed), @r#"
    waiting for settings.other_income.taxes
    Other income 77 of 2026-01-09 of 113.00 USD has taxes, HST 13, and FreshBooks does not say whether that is a percentage or money; look at it there and write `taxes = "percent"` under `[settings.other_income]` or `taxes = "money"` under `[settings.other_income]`.
    "#);
    for (reading, has_taxes, figures) in [
        (IncomeTaxes::Percent, true, ("100.00", "13.00")),
        (IncomeTaxes::Percent, false, ("113.00", "14.69")),
        (IncomeTaxes::Money, true, ("100.00", "13.00")),
        (IncomeTaxes::Money, false, ("113.00", "13")),
    ] {
        let mut world = world();
        world.settings.other_income.taxes = Some(reading);
        world.settings.other_income.amount_has_taxes = has_taxes;
        let mut income = income();
        taxed(&mut income);
        let line = match plan(&world, &income) {
            Ok(mut planned) => planned.lines.remove(0),
            // 13.00 on 113.00 is no rate that the settings have.
            Err(held) => {
                assert!(held.sentence().contains("\"HST 11.5\""), "{held}");
                continue;
            }
        };
        assert_eq!((line.total, line.tax), (dec(figures.0), dec(figures.1)));
        assert_eq!(line.tax_rule, "HST 13");
    }
}

#[test]
fn other_income_that_does_not_cross_says_why() {
    assert_snapshot!(held(&world(), |income| income.amount.amount = dec("0.00")), @r"
    skipped by zero
    Other income 77 of 2026-01-09 comes to nothing, so there is nothing to post and nothing to do.
    ");
    assert_snapshot!(held(&world(), |income| income.amount.amount = dec("-5.00")), @r"
    attention
    Other income 77 of 2026-01-09 comes to -5.00 USD, and Cin7 takes only payments above 0; enter it in Cin7 by hand if it is a refund, or correct it in FreshBooks.
    ");
    let mut unsorted = world();
    unsorted.settings.incomes = Default::default();
    assert_snapshot!(held(&unsorted, |_| {}), @r#"
    waiting for settings.incomes.online_sales
    Other income 77 of 2026-01-09 waits for an account: the settings name none for other income of the category "online_sales"; write `online_sales = "CODE"` under `[settings.incomes]`, or `default = "CODE"` under `[settings.incomes]` for all categories without a line of their own.
    "#);
    let mut early = world();
    early.settings.start_date = Some("2026-02-01".parse().unwrap());
    assert!(held(&early, |_| {}).starts_with("skipped by start_date"));
    let mut read = world();
    read.settings.other_income.taxes = Some(IncomeTaxes::Money);
    let taxed = |amount: &'static str| {
        move |income: &mut OtherIncome| income.taxes = vec![tax("HST", amount)]
    };
    assert!(held(&read, taxed("a lot")).contains("a tax of \"a lot\""));
    assert!(held(&read, taxed("114.00")).contains("its taxes to 114.00 USD"));
}

#[test]
fn the_hash_of_other_income_is_of_what_cin7_holds() {
    let mut other = income();
    other.version = "another".to_owned();
    other.amount.amount = dec("113");
    assert_eq!(other_income_hash(&other), other_income_hash(&income()));
    let changes: [fn(&mut OtherIncome); 7] = [
        |income| income.amount.amount = dec("113.01"),
        |income| income.received_on = "2026-01-10".parse().unwrap(),
        |income| income.category += "!",
        |income| income.source += "!",
        |income| income.kind += "!",
        |income| income.note += "!",
        |income| income.taxes = vec![tax("HST", "13")],
    ];
    for change in changes {
        let mut other = income();
        change(&mut other);
        assert_ne!(other_income_hash(&other), other_income_hash(&income()));
    }
}

proptest! {
    #[test]
    fn money_received_comes_to_the_income_to_the_cent_in_every_reading(
        net in 100_i64..=5_000_000,
        taxes in 0_usize..TAXES.len(),
        reading in prop_oneof![Just(IncomeTaxes::Percent), Just(IncomeTaxes::Money)],
        amount_has_taxes in any::<bool>(),
    ) {
        let net = Decimal::new(net, 2);
        let in_money = |percent: &str| cents(net * dec(percent) / Decimal::ONE_HUNDRED);
        let taxes = TAXES[taxes];
        let each = taxes.iter().map(|(_, percent)| in_money(percent));
        let tax_of_each: Decimal = each.sum();
        let mut world = world();
        world.settings.other_income.taxes = Some(reading);
        world.settings.other_income.amount_has_taxes = amount_has_taxes;
        let stated = Money::new(
            if amount_has_taxes { net + tax_of_each } else { net },
            currency("USD"),
        );
        let income = OtherIncome {
            amount: stated,
            taxes: taxes
                .iter()
                .map(|(name, percent)| match reading {
                    IncomeTaxes::Percent => tax(name, percent),
                    IncomeTaxes::Money => tax(name, &in_money(percent).to_string()),
                })
                .collect(),
            ..income()
        };
        let planned = plan(&world, &income).unwrap();
        let [line] = planned.lines.as_slice() else { panic!("{:?}", planned.lines) };
        prop_assert_eq!(line.total, cents(line.price * line.quantity));
        prop_assert_eq!(line.total.normalize().scale().max(2), 2);
        prop_assert_eq!(line.tax.normalize().scale().max(2), 2);
        let total = line.total + line.tax;
        if amount_has_taxes {
            prop_assert_eq!(total, stated.amount);
        } else {
            prop_assert_eq!(line.total, stated.amount);
            // Each tax is rounded in money, and once where percentages are all that is known.
            let off = (total - net - tax_of_each).abs();
            let most = if reading == IncomeTaxes::Money { 0 } else { 1 };
            prop_assert!(off <= Decimal::new(most, 2), "{off}");
        }
    }
}
