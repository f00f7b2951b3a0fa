//! Every sentence about an invoice that does not cross.

use cin7::ProductKind;
use freshbooks::{Line, Stage, Visibility};
use insta::assert_snapshot;
use money::Money;

use crate::fixtures::{World, currency, dec, invoice, invoice_of, line, product, taxed};

#[test]
fn a_deleted_invoice_is_skipped() {
    let mut invoice = invoice();
    invoice.visibility = Visibility::Deleted;
    invoice.stage = Stage::Draft;
    assert_snapshot!(World::new().held(&invoice), @"
    skipped by deleted
    Invoice 0000042 is deleted in FreshBooks, so nothing of it is posted; restore it there if it should cross.
    ");
}

#[test]
fn an_archived_invoice_crosses() {
    let mut invoice = invoice();
    invoice.visibility = Visibility::Archived;
    assert!(World::new().plan(&invoice).is_ok());
}

#[test]
fn a_draft_waits_until_it_is_sent() {
    let mut invoice = invoice();
    invoice.stage = Stage::Draft;
    assert_snapshot!(World::new().held(&invoice), @"
    waiting for freshbooks:sent
    Invoice 0000042 is a draft in FreshBooks and crosses when it is sent.
    ");
}

#[test]
fn an_invoice_from_before_the_start_date_is_skipped() {
    let mut invoice = invoice();
    invoice.issued_on = "2025-12-31".parse().unwrap();
    assert_snapshot!(World::new().held(&invoice), @r#"
    skipped by start_date
    Invoice 0000042 is dated 2025-12-31, before the start date 2026-01-01, and stays out; write `start_date = "2025-12-31"` under `[settings]` if it should cross.
    "#);
}

#[test]
fn a_locked_period_needs_a_person() {
    let mut world = World::new();
    world.company.lock_date = Some("2026-01-31".parse().unwrap());
    assert_snapshot!(world.held(&invoice()), @"
    attention
    Invoice 0000042 is dated 2026-01-05, and Cin7's books are locked up to and including 2026-01-31; date it 2026-02-01 or later in FreshBooks, or have the lock date in Cin7 set before 2026-01-05 and replay it.
    ");
    world.company.lock_date = Some("2026-01-05".parse().unwrap());
    assert!(world.plan(&invoice()).is_err());
    world.company.lock_date = Some("2026-01-04".parse().unwrap());
    assert!(world.plan(&invoice()).is_ok());
}

#[test]
fn an_invoice_of_nothing_is_skipped() {
    let nothing = invoice_of(vec![line("Consulting", "1", "0")], "0.00");
    assert_snapshot!(World::new().held(&nothing), @"
    skipped by zero
    Invoice 0000042 comes to 0.00 USD and moves no stock, so there is nothing to post and nothing to do.
    ");
    let mut given_away = invoice_of(vec![line("Consulting", "1", "80.00")], "0.00");
    given_away.discount.percent = dec("100");
    assert_eq!(World::new().held(&given_away), World::new().held(&nothing));
}

#[test]
fn a_negative_invoice_needs_a_person() {
    let invoice = invoice_of(vec![line("Refund", "1", "-5.00")], "-5.00");
    assert_snapshot!(World::new().held(&invoice), @"
    attention
    Invoice 0000042 comes to -5.00 USD, and a sale in Cin7 cannot be negative; enter it there as a credit note.
    ");
}

#[test]
fn a_third_decimal_needs_a_person() {
    let mut invoice = invoice();
    invoice.currency = currency("KWD");
    invoice.total = Money::new(dec("100.005"), invoice.currency);
    assert_snapshot!(World::new().held(&invoice), @"
    attention
    Invoice 0000042 comes to 100.005 KWD, and Cin7 keeps two decimals; enter it in Cin7 by hand.
    ");
}

#[test]
fn a_figure_that_cannot_be_meant_needs_a_person() {
    let invoice = invoice_of(vec![line("Consulting", "1000000000000", "1")], "100.00");
    assert_snapshot!(World::new().held(&invoice), @"
    attention
    Invoice 0000042 has an amount, a quantity or a rate too large to be meant; correct it in FreshBooks.
    ");
}

#[test]
fn a_location_that_is_not_set_or_not_there_waits() {
    let mut world = World::new();
    world.settings.location = Some("Main Warehose".to_owned());
    assert_snapshot!(world.held(&invoice()), @r#"
    waiting for settings.location
    Invoice 0000042 waits for a location: Cin7 has none called `Main Warehose`, the nearest is `Main Warehouse`; write `location = "Main Warehouse"` under `[settings]`.
    "#);
    world.settings.location = None;
    assert_snapshot!(world.held(&invoice()), @r#"
    waiting for settings.location
    Invoice 0000042 waits for a location: Cin7 has 2 and the settings name none; write `location = "Main Warehouse"` under `[settings]`.
    "#);
}

#[test]
fn a_currency_without_a_rate_for_the_day_waits() {
    let mut foreign = invoice();
    foreign.currency = currency("GBP");
    foreign.total = Money::new(dec("100.00"), foreign.currency);
    assert_snapshot!(World::new().held(&foreign), @r#"
    waiting for settings.rates.GBP
    Invoice 0000042 is in GBP, and no rate for 2026-01-05 is known; write `GBP = [{ from = "2026-01-05", rate = "RATE" }]` under `[settings.rates]`, the rate being what 1 GBP is worth in USD.
    "#);
    foreign.currency = currency("EUR");
    foreign.issued_on = "2025-12-31".parse().unwrap();
    let mut world = World::new();
    world.settings.start_date = None;
    assert_snapshot!(world.held(&foreign), @r#"
    waiting for settings.rates.EUR
    Invoice 0000042 is in EUR, and no rate for 2025-12-31 is known; write `EUR = [{ from = "2025-12-31", rate = "RATE" }, { from = "2026-01-01", rate = "1.08345" }, { from = "2026-02-01", rate = "1.1" }]` under `[settings.rates]`, the rate being what 1 EUR is worth in USD.
    "#);
}

#[test]
fn a_rate_that_cin7_would_round_to_nothing_needs_a_person() {
    let mut invoice = invoice();
    invoice.currency = currency("VND");
    invoice.total = Money::new(dec("100"), invoice.currency);
    let world = World::with_settings(
        "location = \"Main Warehouse\"\nrates.VND = [{ from = \"2026-01-01\", rate = 0.00004 }]",
    );
    assert_snapshot!(world.held(&invoice), @"
    attention
    Invoice 0000042 is in VND at a rate of 0.00004 USD, and Cin7 keeps 4 decimals of a rate; enter it in Cin7 by hand.
    ");
}

#[test]
fn a_tax_without_a_rule_waits_with_a_rule_of_the_same_rate_proposed() {
    let taxes = [("GST", "5"), ("QST", "9.975")];
    let invoice = invoice_of(
        vec![taxed(line("Consulting", "2", "50.00"), &taxes)],
        "114.98",
    );
    let world = World::with_settings("location = \"Main Warehouse\"");
    assert_snapshot!(world.held(&invoice), @r#"
    waiting for settings.taxes."GST 5 + QST 9.975"
    Invoice 0000042 waits for a tax rule: the settings name none for the tax GST 5 + QST 9.975, which its line "Consulting" has; write `"GST 5 + QST 9.975" = "GST/QST"` under `[settings.taxes]`.
    "#);
    let untaxed = crate::fixtures::invoice();
    assert_snapshot!(world.held(&untaxed), @r#"
    waiting for settings.taxes.none
    Invoice 0000042 waits for a tax rule: the settings name none for lines without tax, which its line "Consulting" has; write `none = "Tax Exempt"` under `[settings.taxes]`.
    "#);
}

#[test]
fn a_compounded_pair_of_taxes_is_not_taken_in_the_other_order() {
    let pair = [("QST", "9.975"), ("GST", "5")];
    let line = Line {
        compounded: true,
        ..taxed(line("Consulting", "2", "50.00"), &pair)
    };
    assert_snapshot!(World::new().held(&invoice_of(vec![line], "115.47")), @r#"
    waiting for settings.taxes."QST 9.975 + GST 5"
    Invoice 0000042 waits for a tax rule: the settings name none for the tax QST 9.975 + GST 5, which its line "Consulting" has; write `"QST 9.975 + GST 5" = "TAX RULE"` under `[settings.taxes]`.
    "#);
}

#[test]
fn a_tax_rule_that_cin7_would_refuse_waits() {
    let invoice = invoice_of(
        vec![taxed(line("Consulting", "2", "50.00"), &[("HST", "13")])],
        "113.00",
    );
    let mut world = World::new();
    world.books.taxes[0].for_sale = false;
    assert_snapshot!(world.held(&invoice), @r#"
    waiting for settings.taxes."HST 13"
    Invoice 0000042 waits for the tax rule of its line "Consulting": `HST 13` is not for sales in Cin7; change it there, or write `"HST 13" = "TAX RULE"` under `[settings.taxes]`.
    "#);
    world.books.taxes[0].active = false;
    assert_snapshot!(world.held(&invoice), @r#"
    waiting for settings.taxes."HST 13"
    Invoice 0000042 waits for the tax rule of its line "Consulting": `HST 13` is not active in Cin7; change it there, or write `"HST 13" = "TAX RULE"` under `[settings.taxes]`.
    "#);
    world.books.taxes.remove(0);
    assert_snapshot!(world.held(&invoice), @r#"
    waiting for settings.taxes."HST 13"
    Invoice 0000042 waits for the tax rule of its line "Consulting": `HST 13` does not exist in Cin7; change it there, or write `"HST 13" = "TAX RULE"` under `[settings.taxes]`.
    "#);
}

#[test]
fn a_line_without_a_product_waits() {
    let mut world = World::new();
    world.settings.sales.default_product = None;
    assert_snapshot!(world.held(&invoice()), @r#"
    waiting for settings.products.Consulting
    Invoice 0000042 waits for a product: its line "Consulting" matches none in Cin7 by name or SKU; write `Consulting = "SKU"` under `[settings.products]`, or `default_product = "SKU"` under `[settings.sales]` for all such lines.
    "#);
    let nameless = invoice_of(vec![line("", "2", "50.00")], "100.00");
    assert_snapshot!(world.held(&nameless), @r#"
    waiting for settings.sales.default_product
    Invoice 0000042 waits for a product: its line without a name matches none in Cin7 by name or SKU; write `default_product = "SKU"` under `[settings.sales]`.
    "#);
}

#[test]
fn a_sku_of_the_settings_that_cin7_does_not_have_waits() {
    let mut world = World::new();
    world.settings.sales.default_product = Some("FB-SERVICES".to_owned());
    assert_snapshot!(world.held(&invoice()), @r#"
    waiting for settings.sales.default_product
    Invoice 0000042 waits for the product of its line "Consulting": Cin7 has no active one with the SKU `FB-SERVICES`; add it in Cin7, or write `default_product = "FB-SERVICE"` under `[settings.sales]`.
    "#);
}

#[test]
fn a_name_that_two_products_have_waits_even_on_a_line_of_nothing() {
    let mut world = World::new();
    world
        .products
        .push(product("WID-2", "widget", ProductKind::Stock));
    let invoice = invoice_of(vec![line("Widget", "2", "0")], "0.00");
    assert_snapshot!(world.held(&invoice), @r#"
    waiting for settings.products.Widget
    Invoice 0000042 waits for a product: Cin7 has several called "Widget", among them `WID-1` and `WID-2`; write `Widget = "WID-1"` under `[settings.products]`, or the SKU that is meant.
    "#);
}

#[test]
fn a_revenue_account_that_is_not_there_or_not_active_waits() {
    let mut world = World::new();
    world.settings.sales.revenue_account = Some("201".to_owned());
    assert_snapshot!(world.held(&invoice()), @r#"
    waiting for settings.sales.revenue_account
    Invoice 0000042 waits for its revenue account: `201` does not exist in Cin7; write `revenue_account = "200"` under `[settings.sales]`.
    "#);
    world.settings.sales.revenue_account = Some("200".to_owned());
    world.books.accounts[0].active = false;
    assert_snapshot!(world.held(&invoice()), @r#"
    waiting for settings.sales.revenue_account
    Invoice 0000042 waits for its revenue account: `200` is not active in Cin7; write `revenue_account = "CODE"` under `[settings.sales]`.
    "#);
}

#[test]
fn a_payment_term_that_is_not_active_waits() {
    let mut world = World::new();
    world.books.terms[1].active = false;
    assert_snapshot!(world.held(&invoice()), @r#"
    waiting for settings.terms.30
    Invoice 0000042 waits for its payment term: `30 days` is not an active one in Cin7, the nearest is `14 days`; write `30 = "14 days"` under `[settings.terms]`.
    "#);
}

#[test]
fn figures_that_do_not_add_up_need_a_person() {
    let off = invoice_of(vec![line("Consulting", "2", "50.00")], "100.02");
    assert_snapshot!(World::new().held(&off), @"
    attention
    Invoice 0000042 does not add up: its lines with discount and taxes come to 100.00 USD, and FreshBooks states a total of 100.02 USD; correct it in FreshBooks, or enter it in Cin7 by hand.
    ");
    let taxed = taxed(line("Consulting", "2", "50.00"), &[("HST", "13")]);
    let off = invoice_of(vec![taxed], "115.00");
    assert_snapshot!(World::new().held(&off), @"
    attention
    Invoice 0000042 does not add up: its lines with discount and taxes come to 113.00 USD, and FreshBooks states a total of 115.00 USD; correct it in FreshBooks, or enter it in Cin7 by hand.
    ");
    let empty = invoice_of(Vec::new(), "5.00");
    assert_snapshot!(World::new().held(&empty), @"
    attention
    Invoice 0000042 does not add up: its lines with discount and taxes come to 0.00 USD, and FreshBooks states a total of 5.00 USD; correct it in FreshBooks, or enter it in Cin7 by hand.
    ");
}

#[test]
fn a_negative_line_needs_a_person() {
    let lines = vec![
        line("Consulting", "2", "50.00"),
        line("Rebate", "1", "-20.00"),
    ];
    assert_snapshot!(World::new().held(&invoice_of(lines, "80.00")), @r#"
    attention
    Invoice 0000042 has the line "Rebate" of -20.00 USD, and Cin7 is not known to take negative lines; enter the invoice in Cin7 by hand, or write `negative_lines = true` under `[settings.cin7]` once it is seen to take one.
    "#);
}

#[test]
fn parts_of_goods_wait() {
    let invoice = invoice_of(vec![line("Widget", "2.5", "10.00")], "25.00");
    assert_snapshot!(World::new().held(&invoice), @r#"
    waiting for settings.cin7.fractional_quantities
    Invoice 0000042 has the line "Widget" with a quantity of 2.5 of a product kept in stock, and Cin7 is not known to take parts of one; write `fractional_quantities = true` under `[settings.cin7]` once it is seen to.
    "#);
}

#[test]
fn goods_with_more_decimals_than_cin7_keeps_need_a_person() {
    let mut world = World::new();
    world.settings.cin7.fractional_quantities = true;
    let invoice = invoice_of(vec![line("Widget", "2.33333", "10.00")], "23.33");
    assert_snapshot!(world.held(&invoice), @r#"
    attention
    Invoice 0000042 has the line "Widget" with a quantity of 2.33333 of a product kept in stock, and Cin7 keeps 4 decimals; round the quantity in FreshBooks.
    "#);
}

#[test]
fn goods_taken_back_need_a_person() {
    let mut world = World::new();
    world.settings.cin7.negative_lines = true;
    let lines = vec![
        line("Consulting", "2", "50.00"),
        line("Widget", "-1", "10.00"),
    ];
    assert_snapshot!(world.held(&invoice_of(lines, "90.00")), @r#"
    attention
    Invoice 0000042 has the line "Widget" with a quantity of -1 of a product kept in stock; correct the line in FreshBooks, or enter the goods in Cin7 by hand.
    "#);
}

#[test]
fn an_invoice_without_a_number_is_named_by_its_id() {
    let mut invoice = invoice();
    invoice.number = String::new();
    invoice.stage = Stage::Draft;
    assert_snapshot!(World::new().held(&invoice), @"
    waiting for freshbooks:sent
    Invoice with the id 987654 is a draft in FreshBooks and crosses when it is sent.
    ");
}
