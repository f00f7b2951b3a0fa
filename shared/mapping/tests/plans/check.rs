//! Settings against both sides: a case for each kind of problem, and what is left to the account.

use cin7::{Product, ProductKind};
use freshbooks::{Category, Invoice, Tax, Visibility};
use mapping::{Checked, Finding, Seen, Settings, check, unreadable};

use crate::fixtures::{World, account, currency, dec, invoice, invoice_of, line, product, taxed};

/// FreshBooks with one tax, two categories and these invoices.
fn checked(world: &World, invoices: &[Invoice]) -> Checked {
    let tax = Tax {
        id: "1".to_owned(),
        name: "HST".to_owned(),
        percent: dec("13"),
        number: None,
        compound: false,
    };
    let category = |id: &str, name: &str| Category {
        id: id.to_owned(),
        name: name.to_owned(),
        parent_id: None,
        is_cost_of_goods_sold: false,
        visibility: Visibility::Active,
    };
    let seen = Seen {
        taxes: &[tax],
        categories: &[category("31", "Advertising"), category("32", "Rent")],
        invoices,
        bills: &[],
        expenses: &[],
        ledger_accounts: &[],
    };
    check(&world.settings, &world.facts(), &seen)
}

/// One that says all that is needed, so that each case shows its own problem only.
const WHOLE: &str = r#"
location = "Main Warehouse"
[sales]
default_product = "FB-SERVICE"
[taxes]
"HST 13" = "HST 13"
"none" = "Tax Exempt"
[payments]
default = "090"
"#;

fn whole(change: impl FnOnce(&mut World)) -> World {
    let mut world = World::with_settings(WHOLE);
    for account in &mut world.books.accounts {
        account.for_payments = account.code == "090";
    }
    change(&mut world);
    world
}

/// The settings with lines of their tables added or replaced.
fn with(from: &str, to: &str) -> World {
    assert!(WHOLE.contains(from), "{from}");
    whole(|world| world.settings = Settings::parse(&WHOLE.replace(from, to)).unwrap())
}

fn shown(findings: &[Finding]) -> String {
    let one = |finding: &Finding| {
        let add = finding.add.as_deref().unwrap_or("-").replace('\n', " ");
        format!("{}: {}\n  {add}\n", finding.setting, finding.what)
    };
    findings.iter().map(one).collect()
}

fn problems(world: &World, invoices: &[Invoice]) -> String {
    let checked = checked(world, invoices);
    let text = shown(&checked.problems);
    for add in checked
        .problems
        .iter()
        .filter_map(|problem| problem.add.as_deref())
    {
        assert!(add.parse::<toml::Table>().is_ok(), "{add}");
    }
    text
}

#[test]
fn settings_that_say_all_that_is_needed_have_no_problem() {
    assert_eq!(problems(&whole(|_| {}), &[invoice()]), "");
}

#[test]
fn accounts_are_looked_up_one_by_one() {
    let world = with(
        "default = \"090\"",
        "default = \"999\"\nCheck = \"200\"\nCash = \"205\"\n[ledger_accounts]\n4000 = \"998\"",
    );
    let world = World {
        books: {
            let mut books = world.books.clone();
            books.accounts.push(cin7::Account {
                active: false,
                ..account("205", "REVENUE")
            });
            books
        },
        ..world
    };
    insta::assert_snapshot!(problems(&world, &[]));
}

#[test]
fn payments_without_any_account_are_one_problem_and_without_a_default_a_warning() {
    let none = with("[payments]\ndefault = \"090\"\n", "");
    insta::assert_snapshot!(problems(&none, &[]));
    let some = with("default = \"090\"", "Check = \"090\"");
    assert_eq!(problems(&some, &[]), "");
    insta::assert_snapshot!(shown(&checked(&some, &[]).warnings));
}

#[test]
fn an_account_of_another_currency_needs_a_line_of_its_own() {
    let mut world = whole(|world| {
        world.settings = Settings::parse(&format!(
            "{WHOLE}[rates]\nEUR = [{{ from = \"2026-01-01\", rate = \"1.08\" }}]\n"
        ))
        .unwrap();
    });
    for account in &mut world.books.accounts {
        account.currency = (account.code == "090").then(|| currency("USD"));
    }
    let euros = Invoice {
        currency: currency("EUR"),
        ..invoice()
    };
    insta::assert_snapshot!(problems(&world, &[euros]));
}

#[test]
fn a_currency_without_a_rate_names_the_line_once() {
    let euros = || Invoice {
        currency: currency("EUR"),
        ..invoice()
    };
    insta::assert_snapshot!(problems(&whole(|_| {}), &[euros(), euros()]));
}

#[test]
fn taxes_are_mapped_alone_and_in_pairs() {
    let world = with("\"HST 13\" = \"HST 13\"\n\"none\" = \"Tax Exempt\"\n", "");
    let pair = taxed(
        line("Consulting", "1", "100.00"),
        &[("GST", "5"), ("QST", "9.975")],
    );
    let invoices = [invoice(), invoice_of(vec![pair], "114.98")];
    insta::assert_snapshot!(problems(&world, &invoices));
}

#[test]
fn a_tax_rule_has_to_exist_and_to_be_active_and_for_that_side() {
    let mut world = with(
        "\"none\" = \"Tax Exempt\"",
        "\"none\" = \"Tax Exemt\"\n[purchase_taxes]\n\"HST 13\" = \"HST 13\"\n[purchases]\ntax_none = \"Nothing\"\n\
         [categories]\ndefault = \"200\"",
    );
    world.books.taxes[0].active = false;
    insta::assert_snapshot!(problems(&world, &[]));
}

#[test]
fn a_rule_of_another_rate_and_a_tax_that_is_gone_are_warnings() {
    let world = with("\"none\" =", "\"HST 12\" = \"HST 13\"\n\"none\" =");
    let world = World {
        settings: {
            let text = WHOLE.replace("= \"HST 13\"", "= \"GST/QST\"");
            Settings::parse(&text.replace("\"none\" =", "\"HST 12\" = \"HST 13\"\n\"none\" ="))
                .unwrap()
        },
        ..world
    };
    assert_eq!(problems(&world, &[]), "");
    insta::assert_snapshot!(shown(&checked(&world, &[]).warnings));
}

#[test]
fn a_location_has_to_be_named_known_and_the_only_one_of_its_name() {
    let mut shown = problems(&with("location = \"Main Warehouse\"\n", ""), &[]);
    shown += &problems(&with("Main Warehouse", "Main Wherehouse"), &[]);
    let twice = whole(|world| world.books.locations.push("main warehouse".to_owned()));
    shown += &problems(&twice, &[]);
    insta::assert_snapshot!(shown);
}

#[test]
fn the_default_product_has_to_be_a_service_that_is_sold() {
    let stock = with("FB-SERVICE", "WID-1");
    let mut shown = problems(&stock, &[]);
    shown += &problems(&with("FB-SERVICE", "FB-SERVISE"), &[]);
    let not_sold = whole(|world| world.products[0].sellable = false);
    shown += &problems(&not_sold, &[]);
    insta::assert_snapshot!(shown);
}

#[test]
fn a_line_without_a_product_and_a_product_that_is_not_there_are_named() {
    let mut world = with(
        "[sales]\ndefault_product = \"FB-SERVICE\"\n",
        "[products]\nWorkshop = \"FB-DEY\"\n",
    );
    world.products.push(Product {
        sellable: false,
        ..product("OLD-1", "Old", ProductKind::Service)
    });
    let invoices = [
        invoice(),
        invoice_of(vec![line("Consulting", "1", "1.00")], "1.00"),
    ];
    insta::assert_snapshot!(problems(&world, &invoices));
}

#[test]
fn terms_have_to_be_active() {
    let mut world = with(
        "[taxes]",
        "[terms]\n30 = \"30 days\"\n14 = \"2 weeks\"\n[taxes]",
    );
    world.books.terms[1].active = false;
    insta::assert_snapshot!(problems(&world, &[]));
}

#[test]
fn categories_need_accounts_once_the_purchase_side_is_begun() {
    let world = with(
        "[taxes]",
        "[categories]\nAdvertising = \"999\"\nTravel = \"200\"\n[taxes]",
    );
    let found = checked(&world, &[]);
    insta::assert_snapshot!(format!(
        "{}-- warnings\n{}",
        shown(&found.problems),
        shown(&found.warnings)
    ));
    let untouched = checked(&whole(|_| {}), &[]);
    insta::assert_snapshot!(shown(&untouched.warnings));
}

#[test]
fn locked_days_and_discounts_by_itself_are_warnings() {
    let world = whole(|world| {
        world.company.lock_date = Some("2026-01-31".parse().unwrap());
        world.company.applies_discounts = true;
    });
    let mut text = shown(&checked(&world, &[]).warnings);
    let early = World {
        settings: Settings::parse(&format!("start_date = \"2026-01-01\"\n{WHOLE}")).unwrap(),
        ..world
    };
    text += &shown(&checked(&early, &[]).warnings[..1]);
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_left_to_the_account_is_named_with_its_value() {
    let world = World {
        settings: Settings::parse("").unwrap(),
        ..whole(|world| {
            world.books.locations.truncate(1);
            world.products.remove(1);
        })
    };
    let left = checked(&world, &[]).defaults;
    let shown: Vec<_> = left
        .iter()
        .map(|left| format!("{} = {}: {}", left.setting, left.value, left.what))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
    // And is what planning then does.
    let plan = world.plan(&Invoice {
        lines: vec![],
        ..invoice()
    });
    assert!(plan.is_err());
    let mapped = World {
        settings: Settings::parse("[taxes]\nnone = \"Tax Exempt\"").unwrap(),
        ..world
    };
    let plan = mapped.plan(&invoice()).unwrap();
    assert_eq!(plan.invoice.lines[0].sku, "FB-SERVICE");
    assert_eq!(plan.header("c").location, "Main Warehouse");
}

#[test]
fn what_a_customer_lacks_is_a_problem_unless_none_is_made() {
    let world = whole(|world| world.company.default_sale_tax_rule = None);
    insta::assert_snapshot!(problems(&world, &[]));
    let text = format!("create_customers = false\n{WHOLE}");
    let none_made = World {
        settings: Settings::parse(&text).unwrap(),
        ..world
    };
    assert_eq!(problems(&none_made, &[]), "");
}

#[test]
fn another_account_than_the_receivable_one_is_refused() {
    let world = with(
        "[taxes]",
        "[customers]\nreceivable_account = \"200\"\n[taxes]",
    );
    insta::assert_snapshot!(problems(&world, &[]));
}

#[test]
fn invoices_from_before_the_start_date_say_nothing() {
    let euros = Invoice {
        currency: currency("EUR"),
        ..invoice()
    };
    let later = World {
        settings: Settings::parse(&format!("start_date = \"2026-02-01\"\n{WHOLE}")).unwrap(),
        ..whole(|_| {})
    };
    assert_eq!(problems(&later, &[euros]), "");
}

#[test]
fn a_document_that_cannot_be_read_is_told_whole() {
    let error = Settings::parse("start_date = 5\nlocatoin = \"Main\"\n").unwrap_err();
    let found = unreadable(&error);
    insta::assert_snapshot!(shown(&found.problems));
}
