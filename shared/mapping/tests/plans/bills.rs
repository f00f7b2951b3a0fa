//! Bills: what is planned of them, and every sentence about those that are held.

use std::fmt::Write;

use cin7::{Approach, ProductKind, PurchaseKind};
use freshbooks::{Bill, BillLine};
use insta::assert_snapshot;
use mapping::{PurchasePlan, supplier_names};

use crate::bought::{bill, bill_line, bill_of, paid_tax, plan, world, world_set};
use crate::fixtures::{World, currency, dec, product, shown_held};

/// The plan as text, a line for each thing.
fn shown(plan: &PurchasePlan) -> String {
    let header = plan.header("id-of-supplier");
    let mut text = format!(
        "{} {:?} {:?} at {}, rate {}, terms {}, tax rule {}\n{} | {}\n{} {} due {}, total {}\n",
        plan.supplier.name,
        header.kind,
        header.approach,
        header.location,
        header.currency_rate,
        header.terms.as_deref().unwrap_or("-"),
        header.tax_rule.as_deref().unwrap_or("-"),
        header.mark,
        header.remarks,
        plan.invoice.number,
        plan.invoice.date,
        plan.invoice.due,
        plan.total,
    );
    assert_eq!(plan.order.lines, plan.invoice.lines);
    assert_eq!(plan.order.charges, plan.invoice.charges);
    for line in &plan.invoice.lines {
        let _infallible = writeln!(
            text,
            "line {} × {} = {} + {} {} | {} account {} | {}",
            line.quantity,
            line.price,
            line.total,
            line.tax,
            line.tax_rule,
            line.sku,
            line.account,
            line.comment
        );
    }
    for charge in &plan.invoice.charges {
        let _infallible = writeln!(
            text,
            "charge {} × {} = {} + {} {} | {} account {} | {}",
            charge.quantity,
            charge.price,
            charge.total,
            charge.tax,
            charge.tax_rule,
            charge.description,
            charge.account,
            charge.reference
        );
    }
    text
}

fn held(world: &World, bill: &Bill) -> String {
    shown_held(&plan(world, bill).unwrap_err())
}

fn billing(change: impl FnOnce(&mut Bill)) -> Bill {
    let mut bill = bill();
    change(&mut bill);
    bill
}

#[test]
fn a_bill_becomes_a_purchase_of_charges_on_the_accounts_of_its_categories() {
    let mut lines = bill().lines;
    lines.push(BillLine {
        category: None,
        ..bill_line("Delivery", "0.5", "9.99")
    });
    let plan = plan(&world(), &bill_of(lines)).unwrap();
    assert_snapshot!(shown(&plan), @r"
    Bolt Makers Ltd Simple Invoice at Main Warehouse, rate 1, terms 30 days, tax rule HST 13
    freshbooks:lbZ4Kq:bill:5511 | FreshBooks bill INV-77 from Bolt Makers Ltd
    INV-77 2026-01-03 due 2026-02-02, total 118.00 USD
    charge 10 × 10 = 100.00 + 13.00 HST 13 | Imported service account 400 | Fasteners
    charge 1 × 5.00 = 5.00 + 0 Tax Exempt | Imported service account 420 | Delivery (0.5 × 9.99)
    ");
}

#[test]
fn lines_that_the_settings_map_to_goods_are_products_and_one_line_for_each_article() {
    let lines = vec![
        bill_line("Bolts", "10", "1.00"),
        bill_line("Fasteners", "1", "5.00"),
        bill_line("bolts", "5", "1.00"),
    ];
    assert_snapshot!(shown(&plan(&world(), &bill_of(lines)).unwrap()), @r"
    Bolt Makers Ltd Simple Invoice at Main Warehouse, rate 1, terms 30 days, tax rule Tax Exempt
    freshbooks:lbZ4Kq:bill:5511 | FreshBooks bill INV-77 from Bolt Makers Ltd
    INV-77 2026-01-03 due 2026-02-02, total 20.00 USD
    line 15 × 1 = 15.00 + 0 Tax Exempt | WID-1 account 400 | Bolts
    charge 1 × 5 = 5.00 + 0 Tax Exempt | Imported service account 400 | Fasteners
    ");
}

#[test]
fn cents_that_no_price_of_goods_comes_to_are_a_charge() {
    let line = BillLine {
        amount: dec("100.01"),
        ..bill_line("Bolts", "300", "0.3333")
    };
    assert_snapshot!(shown(&plan(&world(), &bill_of(vec![line])).unwrap()), @r"
    Bolt Makers Ltd Simple Invoice at Main Warehouse, rate 1, terms 30 days, tax rule Tax Exempt
    freshbooks:lbZ4Kq:bill:5511 | FreshBooks bill INV-77 from Bolt Makers Ltd
    INV-77 2026-01-03 due 2026-02-02, total 100.01 USD
    line 300 × 0.3333 = 99.99 + 0 Tax Exempt | WID-1 account 400 | Bolts (300 × 0.3333)
    charge 1 × 0.02 = 0.02 + 0 Tax Exempt | Imported service account 400 | Bolts (300 × 0.3333)
    ");
}

#[test]
fn a_bill_of_charges_alone_is_a_service_purchase_where_the_settings_say_so() {
    let mut world = world_set(|settings| {
        settings.cin7.service_purchases = true;
        settings.purchases.approach = mapping::Approach::Stock;
    });
    let planned = plan(&world, &bill()).unwrap();
    assert_eq!(planned.kind, PurchaseKind::Service);
    assert_eq!(planned.header("").approach, Approach::Invoice);
    let goods = bill_of(vec![bill_line("Bolts", "10", "1.00")]);
    let planned = plan(&world, &goods).unwrap();
    assert_eq!(planned.kind, PurchaseKind::Simple);
    assert_eq!(planned.header("").approach, Approach::Stock);
    world.settings.cin7.service_purchases = false;
    assert_eq!(plan(&world, &bill()).unwrap().kind, PurchaseKind::Simple);
}

#[test]
fn a_number_that_another_purchase_has_is_told_apart_by_the_mark() {
    let planned = plan(&world(), &bill()).unwrap();
    let apart = planned.invoice_numbered_apart();
    assert_eq!(apart.number, "INV-77 freshbooks:lbZ4Kq:bill:5511");
    assert_eq!(apart.charges, planned.invoice.charges);
    let planned = plan(&world(), &billing(|bill| bill.number.clear())).unwrap();
    assert_eq!(planned.invoice.number, "freshbooks:lbZ4Kq:bill:5511");
    assert_eq!(planned.invoice_numbered_apart(), planned.invoice);
}

#[test]
fn a_bill_without_a_vendor_is_of_the_supplier_that_the_settings_have_for_those() {
    let nameless = billing(|bill| bill.vendor_id = None);
    let planned = plan(&world(), &nameless).unwrap();
    assert_eq!(planned.supplier.name, "Sundry suppliers");
    let world = world_set(|settings| settings.purchases.default_supplier = None);
    assert_snapshot!(held(&world, &nameless), @r#"
    waiting for settings.purchases.default_supplier
    Bill INV-77 names no vendor, and a purchase in Cin7 needs a supplier; write `default_supplier = "SUPPLIER"` under `[settings.purchases]`.
    "#);
}

#[test]
fn a_foreign_bill_has_the_rate_of_its_day() {
    let mut bill = bill();
    bill.currency = currency("EUR");
    bill.total.currency = currency("EUR");
    let planned = plan(&world(), &bill).unwrap();
    assert_eq!(planned.currency_rate, dec("1.08345"));
    let vendor = &planned.supplier;
    assert_eq!(
        supplier_names(vendor, bill.currency),
        ["Bolt Makers Ltd", "Bolt Makers Ltd (EUR)"]
    );
}

#[test]
fn figures_that_do_not_add_up_are_held_with_both() {
    let discounted = billing(|bill| {
        bill.subtotal = dec("90.00");
        bill.total.amount = dec("101.70");
    });
    assert_snapshot!(held(&world(), &discounted), @r"
    attention
    Bill INV-77 does not add up: its lines before tax come to 100.00 USD, and FreshBooks states 90.00 USD; correct it in FreshBooks, or enter it in Cin7 by hand.
    ");
    let more_tax = billing(|bill| bill.total.amount = dec("113.03"));
    assert_snapshot!(held(&world(), &more_tax), @r"
    attention
    Bill INV-77 does not add up: its lines with taxes come to 113.00 USD, and FreshBooks states 113.03 USD; correct it in FreshBooks, or enter it in Cin7 by hand.
    ");
    for total in ["112.98", "113.00", "113.02"] {
        let bill = billing(|bill| bill.total.amount = dec(total));
        assert_eq!(plan(&world(), &bill).unwrap().total.amount, dec(total));
    }
}

#[test]
fn what_the_settings_lack_is_named_with_the_line_to_add() {
    let no_tax = world_set(|settings| settings.purchase_taxes = Default::default());
    assert_snapshot!(held(&no_tax, &bill()), @r#"
    waiting for settings.purchase_taxes."HST 13"
    Bill INV-77 waits for a tax rule: the settings name none for the tax HST 13, which its line "Fasteners" has; write `"HST 13" = "HST 13"` under `[settings.purchase_taxes]`.
    "#);
    let untaxed = bill_of(vec![bill_line("Fasteners", "1", "1.00")]);
    let no_rule = world_set(|settings| settings.purchases.tax_none = None);
    assert_snapshot!(held(&no_rule, &untaxed), @r#"
    waiting for settings.purchases.tax_none
    Bill INV-77 waits for a tax rule: the settings name none for lines without tax, which its line "Fasteners" has; write `tax_none = "Tax Exempt"` under `[settings.purchases]`.
    "#);
    let no_category = world_set(|settings| settings.categories = Default::default());
    assert_snapshot!(held(&no_category, &bill()), @r#"
    waiting for settings.categories.Materials
    Bill INV-77 waits for the account of its line "Fasteners": the settings name none for the category "Materials"; write `Materials = "CODE"` under `[settings.categories]`, or `default = "CODE"` under `[settings.categories]` for all categories without a line of their own.
    "#);
    let mut closed = world();
    closed
        .books
        .accounts
        .retain(|account| account.code != "400");
    assert_snapshot!(held(&closed, &bill()), @r#"
    waiting for settings.categories.Materials
    Bill INV-77 waits for the account of its line "Fasteners": `400` does not exist in Cin7; change it there, or write `Materials = "CODE"` under `[settings.categories]`.
    "#);
    let no_product = world_set(|settings| settings.sales.default_product = None);
    assert_snapshot!(held(&no_product, &bill()), @r#"
    waiting for settings.products.Fasteners
    Bill INV-77 waits for a product: a charge in Cin7 is called as a service product is, and no active one is named for its line "Fasteners"; write `Fasteners = "SKU"` under `[settings.products]`, or `default_product = "SKU"` under `[settings.sales]` for all such lines.
    "#);
    let mut for_sales = world();
    for_sales.books.taxes[0].for_purchase = false;
    assert_snapshot!(held(&for_sales, &bill()), @r#"
    waiting for settings.purchase_taxes."HST 13"
    Bill INV-77 waits for the tax rule of its line "Fasteners": `HST 13` is not for purchases in Cin7; change it there, or write `"HST 13" = "TAX RULE"` under `[settings.purchase_taxes]`.
    "#);
}

#[test]
fn a_charge_is_called_by_its_description_only_where_cin7_is_known_to_take_that() {
    let world = world_set(|settings| {
        settings.sales.default_product = None;
        settings.cin7.free_text_charges = true;
    });
    let planned = plan(&world, &bill()).unwrap();
    assert_eq!(planned.invoice.charges[0].description, "Fasteners");
}

#[test]
fn a_line_mapped_to_a_service_is_a_charge_called_like_it() {
    let mut world = world();
    world.products[2] = product("WID-1", "Fitting", ProductKind::Service);
    let bill = bill_of(vec![bill_line("Bolts", "2", "1.00")]);
    let planned = plan(&world, &bill).unwrap();
    assert_eq!(planned.invoice.charges[0].description, "Fitting");
    assert!(planned.invoice.lines.is_empty());
}

#[test]
fn bills_that_do_not_cross_say_why() {
    let early = billing(|bill| bill.issued_on = "2025-12-31".parse().unwrap());
    assert_snapshot!(held(&world(), &early), @r#"
    skipped by start_date
    Bill INV-77 is dated 2025-12-31, before the start date 2026-01-01, and stays out; write `start_date = "2025-12-31"` under `[settings]` if it should cross.
    "#);
    let mut locked = world();
    locked.company.lock_date = Some("2026-01-31".parse().unwrap());
    assert_snapshot!(held(&locked, &bill()), @r"
    attention
    Bill INV-77 is dated 2026-01-03, and Cin7's books are locked up to and including 2026-01-31; date it 2026-02-01 or later in FreshBooks, or have the lock date in Cin7 set before 2026-01-03 and replay it.
    ");
    assert_snapshot!(held(&world(), &bill_of(Vec::new())), @r"
    skipped by zero
    Bill INV-77 comes to 0.00 USD and brings no stock, so there is nothing to post and nothing to do.
    ");
    let negative = bill_of(vec![bill_line("Returned", "1", "-5.00")]);
    assert_snapshot!(held(&world(), &negative), @r"
    attention
    Bill INV-77 comes to -5.00 USD, and a purchase in Cin7 cannot be negative; enter it there as a supplier credit note, or as money received.
    ");
    let differing = bill_of(vec![
        bill_line("Bolts", "1", "10.00"),
        BillLine {
            category: None,
            ..bill_line("Bolts", "1", "10.00")
        },
    ]);
    assert_snapshot!(held(&world(), &differing), @r#"
    attention
    Bill INV-77 has the goods "Bolts" on two lines of different taxes or accounts, and a purchase in Cin7 takes them on one line; make them alike in FreshBooks, or enter it in Cin7 by hand.
    "#);
    let taxless = bill_of(vec![BillLine {
        taxes: vec![paid_tax("HST", None, "0.01")],
        ..bill_line("Fasteners", "1", "0.10")
    }]);
    let both = world_set(|settings| {
        settings.purchase_taxes = mapping::Settings::parse(
            "[purchase_taxes]\n\"HST 13\" = \"HST 13\"\n\"HST 12\" = \"Tax Exempt\"",
        )
        .unwrap()
        .purchase_taxes;
    });
    assert_snapshot!(held(&both, &taxless), @r"
    attention
    Bill INV-77 has a tax of 0.01 USD without a percentage, and both HST 12 and HST 13 come to that; state the percentage in FreshBooks, or enter it in Cin7 by hand.
    ");
}

#[test]
fn taxes_that_cin7_computes_have_to_come_to_the_bills() {
    let world = world_set(|settings| {
        settings.cin7.recomputes_tax = true;
        settings.cin7.line_total_with_tax = true;
    });
    let planned = plan(&world, &bill()).unwrap();
    assert_eq!(planned.invoice.charges[0].total, dec("113.00"));
    let off = billing(|bill| bill.total.amount = dec("113.02"));
    assert_snapshot!(held(&world, &off), @r"
    attention
    Bill INV-77 has taxes of 13.02 USD, and Cin7 computes them line by line and would come to 13.00 USD; enter it in Cin7 by hand.
    ");
}

#[test]
fn goods_at_two_prices_are_one_line_that_comes_to_both() {
    let lines = vec![
        bill_line("Bolts", "3", "1.00"),
        bill_line("Bolts", "4", "2.00"),
    ];
    let planned = plan(&world(), &bill_of(lines)).unwrap();
    let [line] = planned.invoice.lines.as_slice() else {
        panic!("{:?}", planned.invoice);
    };
    assert_eq!((line.quantity, line.total), (dec("7"), dec("11.00")));
}
