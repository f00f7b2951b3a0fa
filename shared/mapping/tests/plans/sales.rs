//! Plans of invoices that cross.

use cin7::{Product, ProductKind};
use freshbooks::{Discount, Invoice, Line};
use insta::assert_snapshot;
use money::Money;

use crate::fixtures::{World, currency, dec, invoice, invoice_of, line, product, taxed};

#[test]
fn a_plain_invoice_is_one_sale_under_its_mark() {
    assert_snapshot!(World::new().shown(&invoice()), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 100.00 USD
    2 × 50 - 0 % = 100.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting
    ");
}

#[test]
fn ten_percent_off_and_hst_13_come_to_101_70() {
    let mut invoice = invoice_of(
        vec![taxed(line("Widget", "2", "50.00"), &[("HST", "13")])],
        "101.70",
    );
    invoice.discount = Discount {
        percent: dec("10"),
        amount: Some(dec("10.00")),
    };
    assert_snapshot!(World::new().shown(&invoice), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule HST 13, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 101.70 USD
    2 × 50 - 10 % = 90.00 + 11.70 HST 13 | WID-1 Widget account - | Widget
    ");
}

#[test]
fn two_taxes_are_one_rule_in_either_order() {
    let lines = vec![
        taxed(
            line("Consulting", "1", "100.00"),
            &[("GST", "5"), ("QST", "9.975")],
        ),
        taxed(
            line("Consulting", "1", "33.33"),
            &[("qst", "9.9750"), ("GST", "5.0")],
        ),
    ];
    assert_snapshot!(World::new().shown(&invoice_of(lines, "153.30")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule GST/QST, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 153.30 USD
    1 × 100 - 0 % = 100.00 + 14.98 GST/QST | FB-SERVICE Imported service account 200 | Consulting
    1 × 33.33 - 0 % = 33.33 + 4.99 GST/QST | FB-SERVICE Imported service account 200 | Consulting
    ");
}

#[test]
fn a_compounded_tax_is_levied_on_the_first_as_well() {
    let mut world = World::new();
    world.settings = mapping::Settings::parse(
        "location = \"Main Warehouse\"\n\
         sales.default_product = \"FB-SERVICE\"\n\
         taxes.\"GST 5 + PST 7\" = \"GST on PST\"",
    )
    .unwrap();
    let line = Line {
        compounded: true,
        ..taxed(
            line("Consulting", "1", "200.00"),
            &[("GST", "5"), ("PST", "7")],
        )
    };
    assert_snapshot!(world.shown(&invoice_of(vec![line], "224.70")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule GST on PST, account -
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 224.70 USD
    1 × 200 - 0 % = 200.00 + 24.70 GST on PST | FB-SERVICE Imported service account - | Consulting
    ");
}

#[test]
fn a_foreign_invoice_takes_the_rate_of_its_day_to_five_and_four_decimals() {
    let mut invoice = invoice();
    invoice.currency = currency("EUR");
    invoice.total = Money::new(dec("100.00"), invoice.currency);
    assert_snapshot!(World::new().shown(&invoice), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1.08345 / 1.0835, total 100.00 EUR
    2 × 50 - 0 % = 100.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting
    ");
    invoice.issued_on = "2026-02-01".parse().unwrap();
    let plan = World::new().plan(&invoice).unwrap();
    assert_eq!(plan.currency_rate, dec("1.1"));
}

#[test]
fn two_and_a_half_hours_are_one_line_at_their_amount_with_the_hours_in_words() {
    let hours = Line {
        description: "January".to_owned(),
        ..line("Consulting", "2.5", "80.00")
    };
    let invoice = invoice_of(vec![hours], "200.00");
    assert_snapshot!(World::new().shown(&invoice), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 200.00 USD
    1 × 200.00 - 0 % = 200.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting — January (2.5 × 80.00)
    ");
}

#[test]
fn two_and_a_half_hours_stay_so_where_cin7_is_known_to_take_them() {
    let mut world = World::new();
    world.settings.cin7.fractional_quantities = true;
    let invoice = invoice_of(vec![line("Consulting", "2.5", "80.00")], "200.00");
    assert_snapshot!(world.shown(&invoice), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 200.00 USD
    2.5 × 80 - 0 % = 200.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting
    ");
}

#[test]
fn thirds_off_many_lines_leave_no_cent_behind() {
    let ten = || taxed(line("Consulting", "1", "10.00"), &[("HST", "13")]);
    let mut invoice = invoice_of((0..7).map(|_| ten()).collect(), "52.74");
    invoice.discount = Discount {
        percent: dec("33.333"),
        amount: Some(dec("23.33")),
    };
    assert_snapshot!(World::new().shown(&invoice), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule HST 13, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 52.74 USD
    1 × 6.67 - 0 % = 6.67 + 0.87 HST 13 | FB-SERVICE Imported service account 200 | Consulting
    1 × 6.67 - 0 % = 6.67 + 0.87 HST 13 | FB-SERVICE Imported service account 200 | Consulting
    1 × 6.67 - 0 % = 6.67 + 0.87 HST 13 | FB-SERVICE Imported service account 200 | Consulting
    1 × 6.67 - 0 % = 6.67 + 0.87 HST 13 | FB-SERVICE Imported service account 200 | Consulting
    1 × 6.67 - 0 % = 6.67 + 0.87 HST 13 | FB-SERVICE Imported service account 200 | Consulting
    1 × 6.66 - 0 % = 6.66 + 0.86 HST 13 | FB-SERVICE Imported service account 200 | Consulting
    1 × 6.66 - 0 % = 6.66 + 0.86 HST 13 | FB-SERVICE Imported service account 200 | Consulting
    ");
}

#[test]
fn lines_find_their_product_by_settings_then_sku_then_name_then_default() {
    let lines = vec![
        line(" workshop ", "1", "10.00"),
        line("wid-1", "1", "10.00"),
        line("WIDGET", "1", "10.00"),
        line("Anything else", "1", "10.00"),
        line("", "1", "10.00"),
    ];
    assert_snapshot!(World::new().shown(&invoice_of(lines, "50.00")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 50.00 USD
    1 × 10 - 0 % = 10.00 + 0 Tax Exempt | FB-DAY Training day account - | workshop
    1 × 10 - 0 % = 10.00 + 0 Tax Exempt | WID-1 Widget account - | wid-1
    1 × 10 - 0 % = 10.00 + 0 Tax Exempt | WID-1 Widget account - | WIDGET
    1 × 10 - 0 % = 10.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Anything else
    1 × 10 - 0 % = 10.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 |
    ");
}

#[test]
fn a_line_of_nothing_is_left_out_unless_goods_leave_with_it() {
    let lines = vec![
        line("Thank you for your business", "1", "0"),
        line("Widget", "3", "0"),
        line("Consulting", "1", "10.00"),
    ];
    assert_snapshot!(World::new().shown(&invoice_of(lines, "10.00")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 10.00 USD
    3 × 0 - 0 % = 0 + 0 Tax Exempt | WID-1 Widget account - | Widget
    1 × 10 - 0 % = 10.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting
    ");
}

#[test]
fn goods_that_no_price_brings_to_their_amount_keep_their_count_on_two_lines() {
    let dear = Line {
        amount: dec("100.01"),
        ..line("Widget", "300", "0.3333")
    };
    assert_snapshot!(World::new().shown(&invoice_of(vec![dear], "100.01")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 100.01 USD
    299 × 0.3333 - 0 % = 99.66 + 0 Tax Exempt | WID-1 Widget account - | Widget (300 × 0.3333)
    1 × 0.35 - 0 % = 0.35 + 0 Tax Exempt | WID-1 Widget account - | Widget (300 × 0.3333)
    ");
}

#[test]
fn a_service_that_no_price_brings_to_its_amount_is_one_line_with_words() {
    let minutes = Line {
        amount: dec("100.01"),
        ..line("Minutes", "300", "0.3333")
    };
    assert_snapshot!(World::new().shown(&invoice_of(vec![minutes], "100.01")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 100.01 USD
    1 × 100.01 - 0 % = 100.01 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Minutes (300 × 0.3333)
    ");
}

#[test]
fn a_line_whose_amount_differs_from_quantity_times_price_keeps_the_amount() {
    let odd = Line {
        amount: dec("100.01"),
        ..line("Consulting", "2", "50.00")
    };
    assert_snapshot!(World::new().shown(&invoice_of(vec![odd], "100.01")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 100.01 USD
    2 × 50.005 - 0 % = 100.01 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting
    ");
}

#[test]
fn a_discount_in_money_only_is_folded_into_the_prices() {
    let mut invoice = invoice_of(vec![line("Consulting", "2", "50.00")], "90.00");
    invoice.discount.amount = Some(dec("10.00"));
    assert_snapshot!(World::new().shown(&invoice), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 90.00 USD
    2 × 45 - 0 % = 90.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting
    ");
}

#[test]
fn an_untaxed_total_a_cent_off_takes_the_cent_into_a_line() {
    let lines = vec![
        line("Consulting", "1", "10.00"),
        line("Travel", "1", "5.00"),
    ];
    assert_snapshot!(World::new().shown(&invoice_of(lines, "15.01")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 15.01 USD
    1 × 10.01 - 0 % = 10.01 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting
    1 × 5 - 0 % = 5.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Travel
    ");
}

#[test]
fn a_discount_rounded_to_whole_yen_turns_no_tax_negative() {
    let taxes = [("HST", "13")];
    let lines = vec![
        taxed(line("Tape", "1", "1"), &taxes),
        line("Chair", "1", "3901"),
    ];
    let mut invoice = invoice_of(lines, "3880");
    invoice.currency = currency("JPY");
    invoice.total.currency = invoice.currency;
    invoice.discount.percent = dec("0.551");
    assert_snapshot!(World::new().shown(&invoice), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule HST 13, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 0.0067 / 0.0067, total 3880.00 JPY
    1 × 0.99 - 0 % = 0.99 + 0 HST 13 | FB-SERVICE Imported service account 200 | Tape
    1 × 3879.01 - 0 % = 3879.01 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Chair
    ");
}

#[test]
fn a_negative_line_crosses_where_cin7_is_known_to_take_one() {
    let mut world = World::new();
    world.settings.cin7.negative_lines = true;
    let lines = vec![
        line("Consulting", "2", "50.00"),
        line("Rebate", "-1", "20.00"),
    ];
    assert_snapshot!(world.shown(&invoice_of(lines, "80.00")), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 80.00 USD
    2 × 50 - 0 % = 100.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Consulting
    1 × -20 - 0 % = -20.00 + 0 Tax Exempt | FB-SERVICE Imported service account 200 | Rebate
    ");
}

#[test]
fn an_invoice_of_nothing_that_moves_goods_crosses() {
    let invoice = invoice_of(vec![line("Widget", "3", "0")], "0.00");
    assert_snapshot!(World::new().shown(&invoice), @"
    freshbooks:lbZ4Kq:invoice:987654 to id-of-customer, 2026-01-05 at Main Warehouse, terms 30 days, tax rule Tax Exempt, account 200
    0000042 · FreshBooks invoice 0000042 for Client Co · due 2026-02-04, rate 1 / 1, total 0.00 USD
    3 × 0 - 0 % = 0 + 0 Tax Exempt | WID-1 Widget account - | Widget
    ");
}

#[test]
fn only_active_products_are_found_by_name() {
    let mut world = World::new();
    world.products.push(Product {
        active: false,
        ..product("OLD-1", "Consulting", ProductKind::Stock)
    });
    let plan = world.plan(&invoice()).unwrap();
    assert_eq!(plan.order.lines[0].sku, "FB-SERVICE");
}

#[test]
fn the_only_location_needs_no_setting_and_days_without_a_setting_find_their_term() {
    let mut world =
        World::with_settings("sales.default_product = \"FB-SERVICE\"\ntaxes.none = \"Tax Exempt\"");
    world.books.locations.truncate(1);
    let mut invoice = invoice();
    let terms = |invoice: &Invoice| world.plan(invoice).unwrap().header("customer").terms;
    invoice.due_offset_days = 14;
    assert_eq!(terms(&invoice).as_deref(), Some("14 days"));
    invoice.due_offset_days = 15;
    assert_eq!(terms(&invoice), None);
    let header = world.plan(&invoice).unwrap().header("customer");
    assert_eq!(header.location, "Main Warehouse");
    assert_eq!(header.default_account, None);
}

#[test]
fn books_that_were_not_read_are_not_checked_against() {
    let mut world = World::new();
    world.books = cin7::Books::default();
    world.settings.sales.revenue_account = Some("201".to_owned());
    let plan = world.plan(&invoice()).unwrap();
    assert_eq!(plan.order.lines[0].account.as_deref(), Some("201"));
}

#[test]
fn a_long_comment_is_cut_before_the_hours_in_words() {
    let hours = Line {
        description: "ü".repeat(300),
        ..line("Consulting", "2.5", "80.00")
    };
    let plan = World::new()
        .plan(&invoice_of(vec![hours], "200.00"))
        .unwrap();
    let comment = &plan.order.lines[0].comment;
    assert_eq!(comment.chars().count(), 256);
    assert!(comment.ends_with("ü (2.5 × 80.00)"), "{comment}");
}
