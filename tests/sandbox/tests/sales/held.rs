//! What does not cross now: waiting, skipped or for a person, and how it goes on.

use std::time::Duration;

use freshbooks_stand_in::{NewInvoice, NewLine};
use jiff::civil::date;
use ledger::State;

use crate::world::{SETTINGS, Setup, World, dec, invoice, line, plain, taxed};

impl World {
    /// Sends an invoice that must not cross, and lets everything settle.
    async fn held(&self, lines: Vec<NewLine>) -> i64 {
        let client = self.client("Harbour Studio");
        self.held_form(invoice(client, lines)).await
    }

    async fn held_form(&self, form: NewInvoice) -> i64 {
        let id = self.send(form).await;
        self.settle().await;
        assert!(self.cin7.sales(&self.acme().keys).is_empty());
        assert!(self.cin7_calls(0).iter().all(|call| call.method == "GET"));
        self.check().await;
        id
    }
}

#[tokio::test]
async fn a_draft_waits_without_a_call_and_crosses_when_it_is_sent() {
    let world = World::start().await;
    let account = &world.acme().account;
    let form = plain(world.client("Harbour Studio"), "10.00");
    let id = world.freshbooks.create_invoice(account, form);
    world.deliver().await;
    world.settle().await;
    world
        .assert_says(id, State::Waiting, &["draft", "sent"])
        .await;
    assert_eq!(world.cin7_count(), 0);

    world.freshbooks.send_invoice(account, id).unwrap();
    world.deliver().await;
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_deleted_before_it_crossed_is_skipped_and_crosses_when_it_is_brought_back() {
    let world = World::start().await;
    let account = &world.acme().account;
    let form = plain(world.client("Harbour Studio"), "10.00");
    let id = world.freshbooks.create_invoice(account, form);
    world.freshbooks.send_invoice(account, id).unwrap();
    world.freshbooks.delete_invoice(account, id).unwrap();
    world.deliver().await;
    world.settle().await;
    world.assert_says(id, State::Skipped, &["deleted"]).await;
    assert_eq!(world.cin7_count(), 0);

    world.freshbooks.undelete_invoice(account, id).unwrap();
    world.deliver().await;
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn an_invoice_dated_before_the_start_date_is_skipped() {
    let world = World::start().await;
    let form = NewInvoice {
        date: Some(date(2025, 12, 31)),
        ..plain(world.client("Harbour Studio"), "10.00")
    };
    let id = world.held_form(form).await;
    let words = ["2025-12-31", "2026-01-01"];
    world.assert_says(id, State::Skipped, &words).await;
}

#[tokio::test]
async fn an_invoice_in_a_locked_period_is_for_a_person_and_crosses_once_it_is_open() {
    let lock = date(2026, 1, 5);
    let world = World::start_with(Setup::cin7(|account| account.lock_date = Some(lock))).await;
    let id = world.held(vec![taxed("Consulting", "1", "10.00")]).await;
    let words = ["2026-01-05", "2026-01-06", "locked"];
    world.assert_says(id, State::Attention, &words).await;

    let keys = &world.acme().keys;
    world
        .cin7
        .change_account(keys, |account| account.lock_date = None);
    world.clock.advance(Duration::from_mins(5));
    world.replay(id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn an_unmapped_tax_waits_and_crosses_once_the_owner_has_added_it() {
    let world = World::start().await;
    let luxury = line("Yacht", "1", "2000.00").tax("LUX", dec("12"));
    let id = world.held(vec![luxury]).await;
    let words = ["LUX 12", "`\"LUX 12\" = ", "under `[settings.taxes]`"];
    world.assert_says(id, State::Waiting, &words).await;
    let waits_for = world.record(id).await.waiting_for;
    assert_eq!(waits_for.as_deref(), Some("settings.taxes.\"LUX 12\""));

    let settings = SETTINGS.replace("\"none\" =", "\"LUX 12\" = \"GST 5 + PST 7\"\n\"none\" =");
    world.connect(world.acme(), &settings).await;
    assert_eq!(
        world.sweep().await,
        1,
        "new settings release what waits for them"
    );
    world.settle().await;
    world.assert_confirmed(id).await;
    assert_eq!(
        world.sale(id).invoices[0].lines[0].tax_rule,
        "GST 5 + PST 7"
    );
    world.check().await;
}

#[tokio::test]
async fn a_line_without_a_product_waits_where_there_is_no_default_and_not_one_service() {
    let setup = Setup::settings("default_product = \"FB-SERVICE\"\n", "");
    let world = World::start_with(setup).await;
    let another = serde_json::json!({
        "SKU": "FB-HOURS", "Name": "Hours", "Category": "Services", "Type": "Service",
        "CostingMethod": "FIFO", "UOM": "Item", "Status": "Active", "Sellable": true,
    });
    world
        .in_cin7(reqwest::Method::POST, "product", Some(another))
        .await;
    let id = world.held(vec![taxed("Consulting", "1", "10.00")]).await;
    let words = ["Consulting", "under `[settings.products]`"];
    world.assert_says(id, State::Waiting, &words).await;

    let settings = format!("{SETTINGS}\n[settings.products]\n\"Consulting\" = \"FB-SERVICE\"\n");
    world.connect(world.acme(), &settings).await;
    world.replay(id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_product_added_in_cin7_later_is_found_within_the_hour() {
    let world = World::start_with(Setup::settings("FB-SERVICE", "FB-HOURS")).await;
    let id = world.held(vec![taxed("Consulting", "1", "10.00")]).await;
    world.assert_says(id, State::Waiting, &["FB-HOURS"]).await;

    let product = serde_json::json!({
        "SKU": "FB-HOURS", "Name": "Hours", "Category": "Services", "Type": "Service",
        "CostingMethod": "FIFO", "UOM": "Item", "Status": "Active", "Sellable": true,
    });
    world
        .in_cin7(reqwest::Method::POST, "product", Some(product))
        .await;
    world.clock.advance(Duration::from_hours(1));
    assert_eq!(
        world.sweep().await,
        1,
        "what waits for Cin7 is looked at every hour"
    );
    world.settle().await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_currency_without_a_rate_waits_and_names_the_line() {
    let world = World::start().await;
    let form = NewInvoice {
        currency_code: Some("GBP".into()),
        ..plain(world.client("Harbour Studio"), "10.00")
    };
    let id = world.held_form(form).await;
    let words = ["GBP", "2026-01-05", "[settings.rates]"];
    world.assert_says(id, State::Waiting, &words).await;
}

#[tokio::test]
async fn an_invoice_of_nothing_is_skipped() {
    let world = World::start().await;
    let id = world.held(vec![taxed("Warranty", "1", "0")]).await;
    world
        .assert_says(id, State::Skipped, &["nothing to post"])
        .await;
}

#[tokio::test]
async fn a_negative_invoice_is_for_a_person() {
    let world = World::start().await;
    let id = world.held(vec![taxed("Refund", "1", "-10.00")]).await;
    let words = ["-11.30 USD", "credit note"];
    world.assert_says(id, State::Attention, &words).await;
}

#[tokio::test]
async fn what_cin7_refuses_is_told_in_its_own_words() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    world.warm_up(client).await;
    let keys = &world.acme().keys;
    // The books in memory still have it: only Cin7 knows that the rule is gone.
    world.cin7.change_account(keys, |account| {
        account.books.tax_rules.retain(|rule| rule.name != "HST 13");
    });
    let id = world.send(plain(client, "10.00")).await;
    world.settle().await;
    let words = ["Invoice", "Tax rule 'HST 13' was not found"];
    world.assert_says(id, State::Attention, &words).await;
    assert!(world.sales(id).is_empty());
    world.check().await;
}
