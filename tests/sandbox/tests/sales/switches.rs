//! What Cin7's documentation leaves open: each switch of the settings under both readings of Cin7. The
//! safe reading posts right or holds with a sentence under either; the other one fits what Cin7 does.

mod services;

use cin7_stand_in::{Fault, Matcher, Quirks};
use freshbooks_stand_in::NewLine;
use ledger::State;

use crate::world::{SETTINGS, Setup, World, invoice, line, plain, taxed};

/// An account of this kind, and settings with these lines of `[settings.cin7]`.
fn account(quirks: impl FnOnce(&mut Quirks), switches: &str) -> Setup {
    let mut setup = Setup::cin7(|account| quirks(&mut account.quirks));
    setup.settings = format!("{SETTINGS}\n[settings.cin7]\n{switches}\n");
    setup
}

/// One invoice sent, and everything settled.
async fn sent(setup: Setup, lines: Vec<NewLine>) -> (World, i64) {
    let world = World::start_with(setup).await;
    let form = invoice(world.client("Harbour Studio"), lines);
    let id = world.send(form).await;
    world.settle().await;
    world.check().await;
    (world, id)
}

/// The invoice crossed and is confirmed to the cent.
async fn crosses(setup: Setup, lines: Vec<NewLine>) -> (World, i64) {
    let (world, id) = sent(setup, lines).await;
    world.assert_confirmed(id).await;
    (world, id)
}

/// The invoice is held with these words; nothing of it counts in Cin7, and a replay changes nothing.
async fn is_held(setup: Setup, lines: Vec<NewLine>, state: State, words: &[&str]) {
    let (world, id) = sent(setup, lines).await;
    world.assert_says(id, state, words).await;
    world.replay(id).await;
    world.assert_says(id, state, words).await;
    let sales = world.sales(id);
    assert!(sales.len() <= 1, "{} sales", sales.len());
    assert!(sales.iter().all(|sale| sale.invoices.is_empty()));
    world.check().await;
}

fn tax() -> Vec<NewLine> {
    vec![taxed("Design", "1", "200.00")]
}

#[tokio::test]
async fn line_totals_with_tax_are_sent_where_cin7_wants_them_so() {
    let with_tax = |quirks: &mut Quirks| quirks.line_total_includes_tax = true;
    let (world, id) = crosses(account(with_tax, "line_total_with_tax = true"), tax()).await;
    // What Cin7 shows without the tax is still the line as it was left.
    world.reprice(id, "210.00");
    world.tell().await;
    world.assert_stands(id).await;
    crosses(account(|_| {}, ""), tax()).await;
}

#[tokio::test]
async fn a_line_total_that_cin7_does_not_expect_is_held_in_its_words() {
    let with_tax = |quirks: &mut Quirks| quirks.line_total_includes_tax = true;
    let words = ["Expected value"];
    is_held(account(with_tax, ""), tax(), State::Attention, &words).await;
    let wrong = account(|_| {}, "line_total_with_tax = true");
    is_held(wrong, tax(), State::Attention, &words).await;
    let untaxed = || vec![line("Design", "1", "200.00")];
    crosses(account(with_tax, ""), untaxed()).await;
}

/// Lines whose taxes, rounded one by one, do not come to the tax of the whole.
fn thirds() -> Vec<NewLine> {
    (1..=3)
        .map(|number| taxed(&format!("Job {number}"), "1", "0.35"))
        .collect()
}

#[tokio::test]
async fn where_cin7_computes_taxes_its_own_are_sent_if_they_come_to_the_same() {
    let computes = |quirks: &mut Quirks| quirks.recomputes_tax = true;
    let switch = "recomputes_tax = true";
    let (world, id) = crosses(account(computes, switch), tax()).await;
    world.reprice(id, "210.00");
    world.tell().await;
    world.assert_stands(id).await;
    let (world, id) = sent(account(computes, switch), thirds()).await;
    world
        .assert_says(id, State::Attention, &["computes them line by line"])
        .await;
    assert!(world.sales(id).is_empty(), "nothing was written");
}

#[tokio::test]
async fn taxes_that_cin7_changed_unexpectedly_are_told_with_both_totals() {
    crosses(account(|_| {}, ""), thirds()).await;
    let computes = |quirks: &mut Quirks| quirks.recomputes_tax = true;
    let (world, id) = sent(account(computes, ""), thirds()).await;
    let total = world.freshbooks_total(world.acme(), id).to_string();
    world
        .assert_says(id, State::Attention, &["in Cin7 comes to", &total])
        .await;
    assert_eq!(world.sales(id).len(), 1);
    crosses(account(computes, ""), tax()).await;
}

/// Settings without a product for lines that match none.
fn without_product(quirks: impl FnOnce(&mut Quirks), switches: &str) -> Setup {
    let mut setup = account(quirks, switches);
    let product = "default_product = \"FB-SERVICE\"\n";
    assert!(setup.settings.contains(product));
    setup.settings = setup.settings.replace(product, "");
    setup
}

#[tokio::test]
async fn a_line_without_a_product_is_a_charge_where_cin7_takes_one() {
    let takes = |quirks: &mut Quirks| quirks.accepts_unknown_charges = true;
    let switch = "free_text_charges = true";
    let lines = vec![
        taxed("Design", "1", "200.00"),
        taxed("Blue Widget", "2", "9.99"),
    ];
    let (world, id) = crosses(without_product(takes, switch), lines).await;
    let charges = &world.sale(id).invoices[0].charges;
    assert_eq!(charges.len(), 1);
    assert_eq!(charges[0].description, "Design");
    assert_eq!(charges[0].account.as_deref(), Some("200"));
    world.reprice(id, "210.00");
    world.tell().await;
    world.assert_stands(id).await;
    let refused = without_product(|_| {}, switch);
    let words = ["was not found"];
    is_held(refused, tax(), State::Attention, &words).await;
}

#[tokio::test]
async fn an_invoice_is_posted_to_the_task_that_the_settings_name() {
    let only_zero = |quirks: &mut Quirks| quirks.refuses_sale_id_as_task = true;
    let both = |quirks: &mut Quirks| quirks.accepts_zero_task_for_simple_sales = true;
    let new = "invoice_task = \"new\"";
    crosses(account(|_| {}, ""), tax()).await;
    for (quirks, switch) in [(only_zero as fn(&mut Quirks), new), (both, new), (both, "")] {
        let (world, id) = crosses(account(quirks, switch), tax()).await;
        let payment = world.paid(id, "20.00").await;
        world.reprice(id, "210.00");
        world.tell().await;
        world.assert_stands(id).await;
        world.assert_on(id, payment, "20.00").await;
    }
    let words = ["not found"];
    is_held(account(only_zero, ""), tax(), State::Attention, &words).await;
    is_held(account(|_| {}, new), tax(), State::Attention, &words).await;
}

#[tokio::test]
async fn a_lost_invoice_on_a_new_task_is_found_and_not_posted_twice() {
    let only_zero = |quirks: &mut Quirks| quirks.refuses_sale_id_as_task = true;
    let world = World::start_with(account(only_zero, "invoice_task = \"new\"")).await;
    world.warm_up(world.client("Harbour Studio")).await;
    for fault in [Fault::LostBefore, Fault::LostAfter] {
        world.cin7.fail(Matcher::new("POST", "sale/invoice"), fault);
        let id = world.send(plain(world.client("Client"), "250.00")).await;
        world.settle().await;
        world.assert_confirmed(id).await;
    }
    world.check().await;
}

#[tokio::test]
async fn parts_of_one_and_negative_lines_are_sent_where_cin7_takes_them() {
    let parts = || vec![taxed("Hours", "2.5", "30.00")];
    let fractions = |quirks: &mut Quirks| quirks.accepts_fractional_quantity = true;
    let switch = "fractional_quantities = true";
    crosses(account(|_| {}, ""), parts()).await;
    crosses(account(fractions, ""), parts()).await;
    crosses(account(fractions, switch), parts()).await;
    let words = ["whole number"];
    is_held(account(|_| {}, switch), parts(), State::Attention, &words).await;

    let credit = || {
        vec![
            taxed("Design", "1", "200.00"),
            taxed("Credit", "1", "-10.00"),
        ]
    };
    let negatives = |quirks: &mut Quirks| quirks.accepts_negative_amounts = true;
    let switch = "negative_lines = true";
    let words = ["negative lines"];
    for quirks in [|_: &mut Quirks| {}, negatives] {
        is_held(account(quirks, ""), credit(), State::Attention, &words).await;
    }
    crosses(account(negatives, switch), credit()).await;
    let words = ["must not be negative"];
    is_held(account(|_| {}, switch), credit(), State::Attention, &words).await;
}

#[tokio::test]
async fn a_lost_header_is_found_by_exactly_its_mark_where_the_filter_is_a_prefix() {
    let prefix = |quirks: &mut Quirks| quirks.external_id_filter_is_prefix = true;
    let world = World::start_with(account(prefix, "")).await;
    let client = world.client("Harbour Studio");
    let first = world.warm_up(client).await;
    // The marks of ten times its id, and so on, begin with its own.
    let mut ids = vec![first];
    for _ in 0..12 {
        world
            .cin7
            .fail(Matcher::new("POST", "sale"), Fault::LostAfter);
        ids.push(world.send(plain(client, "12.00")).await);
        world.settle().await;
    }
    for id in ids {
        world.assert_confirmed(id).await;
    }
    world.check().await;
}
