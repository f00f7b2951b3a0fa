//! Totals: to the cent on both sides, whatever the invoice is made of.

use freshbooks_stand_in::{NewInvoice, NewLine};

use crate::world::{SETTINGS, Setup, World, dec, invoice, line, taxed};

/// Sends one invoice of these lines through a world, and sees it confirmed to the cent.
async fn crosses(world: &World, change: impl FnOnce(&mut NewInvoice), lines: Vec<NewLine>) -> i64 {
    let mut form = invoice(world.client("Harbour Studio"), lines);
    change(&mut form);
    let id = world.send(form).await;
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
    id
}

fn two_taxes(unit_cost: &str) -> NewLine {
    line("Design", "3", unit_cost)
        .tax("GST", dec("5"))
        .tax("PST", dec("7"))
}

#[tokio::test]
async fn two_taxes_on_a_line_add_up() {
    let world = World::start().await;
    crosses(&world, |_| {}, vec![two_taxes("33.33"), two_taxes("0.07")]).await;
}

#[tokio::test]
async fn a_compounded_tax_adds_up() {
    let quebec = "GST 5 + QST 9.975";
    let mut setup = Setup::settings(
        "\"none\" =",
        &format!("\"{quebec}\" = \"{quebec}\"\n\"none\" ="),
    );
    let mut rule = setup.cin7.books.tax_rules[0].clone();
    rule.name = quebec.into();
    setup.cin7.books.tax_rules.push(rule);
    let world = World::start_with(setup).await;
    let compounded = NewLine {
        compounded_tax: true,
        ..line("Design", "7", "14.29")
            .tax("GST", dec("5"))
            .tax("QST", dec("9.975"))
    };
    crosses(&world, |_| {}, vec![compounded.clone(), compounded]).await;
}

#[tokio::test]
async fn a_tenth_off_comes_off_before_the_tax() {
    let world = World::start().await;
    let lines = vec![
        taxed("Retainer", "1", "99.99"),
        taxed("Travel", "3", "33.35"),
    ];
    crosses(&world, |form| form.discount_percent = dec("10"), lines).await;
}

#[tokio::test]
async fn parts_of_an_hour_add_up_as_one_lump_or_as_they_are() {
    let hours = || {
        vec![
            taxed("Hours", "2.5", "33.33"),
            taxed("Hours", "0.25", "99.99"),
            taxed("Hours", "1.3333", "75.00"),
        ]
    };
    crosses(&World::start().await, |_| {}, hours()).await;

    let mut setup = Setup {
        settings: format!("{SETTINGS}\n[settings.cin7]\nfractional_quantities = true\n"),
        ..Setup::default()
    };
    setup.cin7.quirks.accepts_fractional_quantity = true;
    let world = World::start_with(setup).await;
    let id = crosses(&world, |_| {}, hours()).await;
    assert_eq!(world.sale(id).order.lines[0].quantity, dec("2.5"));
}

#[tokio::test]
async fn thirty_lines_of_thirds_with_a_discount_add_up() {
    let world = World::start().await;
    let lines = (1..=30).map(|number| {
        let line = taxed(&format!("Job {number}"), "3", "0.3333");
        if number % 2 == 0 {
            two_taxes("11.113")
        } else {
            line
        }
    });
    crosses(
        &world,
        |form| form.discount_percent = dec("3.33"),
        lines.collect(),
    )
    .await;
}

#[tokio::test]
async fn tax_rounded_on_every_line_adds_up_too() {
    let world = World::start().await;
    let account = &world.acme().account;
    world.freshbooks.set_quirks(account, |quirks| {
        quirks.tax_rounding = freshbooks_stand_in::TaxRounding::PerLine;
    });
    let lines = (0..12).map(|_| taxed("Stamp", "1", "0.35")).collect();
    crosses(&world, |_| {}, lines).await;
}

#[tokio::test]
async fn euros_cross_at_the_rate_of_the_settings() {
    let world = World::start().await;
    let lines = vec![line("Exhibition stand", "1", "1234.56")];
    let id = crosses(
        &world,
        |form| form.currency_code = Some("EUR".into()),
        lines,
    )
    .await;
    let sale = world.sale(id);
    assert_eq!(sale.currency, "EUR");
    assert_eq!(sale.header.currency_rate, dec("1.08"));
    assert_eq!(sale.invoices[0].currency_rate, dec("1.08"));
}

#[tokio::test]
async fn yen_cross_without_parts_of_one() {
    let rate = "EUR = [{ from = \"2026-01-01\", rate = \"1.08\" }]";
    let mut setup = Setup::settings(
        rate,
        &format!("{rate}\nJPY = [{{ from = \"2026-01-01\", rate = \"0.0064\" }}]"),
    );
    setup.cin7.currencies.push("JPY".into());
    let world = World::start_with(setup).await;
    let lines = vec![
        taxed("Translation", "3", "12300"),
        line("Stamps", "7", "84"),
    ];
    let id = crosses(
        &world,
        |form| form.currency_code = Some("JPY".into()),
        lines,
    )
    .await;
    assert_eq!(world.sale(id).header.currency_rate, dec("0.0064"));
}

#[tokio::test]
async fn goods_keep_their_count_and_a_free_service_is_left_out() {
    let world = World::start().await;
    let lines = vec![
        taxed("Blue Widget", "4", "89.99"),
        line("Thank you for your order", "1", "0"),
    ];
    let id = crosses(&world, |_| {}, lines).await;
    let sale = world.sale(id);
    let [only] = sale.order.lines.as_slice() else {
        panic!("{:?}", sale.order.lines);
    };
    assert_eq!((only.sku.as_str(), only.quantity), ("WIDGET-1", dec("4")));
}
