//! Every kind: what crossed ties out, what people do in Cin7 is named, and what cannot be read is left out.

use std::time::Duration;

use freshbooks_stand_in::{CreditType, NewCreditNote};
use ledger::RecordKey;
use reqwest::Method;

use super::JANUARY;
use crate::world::{JOURNAL_SETTINGS, Setup, World, dec, line};

/// Longer than a list of Cin7's may lag.
const LATER: Duration = Duration::from_mins(5);

/// A world of expenses, other income and journal entries.
async fn of_the_ledger() -> World {
    let mut setup = Setup::of_money();
    setup.settings.push_str(JOURNAL_SETTINGS);
    World::start_with(setup).await
}

#[tokio::test]
async fn bills_tie_out_and_what_a_person_does_to_a_purchase_is_named() {
    let world = World::start_with(Setup::buying()).await;
    let (first, second) = (world.crossed_bill("200.00").await, {
        let vendor = world.vendor("Paper Mill");
        let id = world.plain_bill(vendor, "100.00");
        world.tell_bill(id).await;
        id
    });
    world.plain_bill(world.vendor("Ink Makers"), "10.00");
    world.clock.advance(LATER);
    let told = world.told_of_month(JANUARY, "bill").await;
    assert_eq!(told, ["350.30 339.00", "not_heard_of 11.30 1"]);

    let keys = &world.acme().keys;
    let voided = world.standing_purchase(second).id;
    world
        .cin7
        .change_purchase(keys, voided, |purchase| purchase.voided = true);
    let edited = world.standing_purchase(first).id;
    world.cin7.change_purchase(keys, edited, |purchase| {
        let charge = &mut purchase.invoices[0].charges[0];
        (charge.price, charge.total) = (dec("199.00"), dec("199.00"));
        charge.tax = dec("25.87");
    });
    let told = world.told_of_month(JANUARY, "bill").await;
    let causes = [
        "not_heard_of 11.30 1",
        "changed_in_cin7 1.13 1",
        "voided_in_cin7 113.00 1",
    ];
    assert_eq!(told[0], "350.30 224.87");
    assert_eq!(told[1..], causes);
}

#[tokio::test]
async fn expenses_other_income_and_journals_tie_out_with_one_list_each() {
    let world = of_the_ledger().await;
    let spent = world.key_of("expense", world.spend("100.00"));
    let earned = world.key_of("other_income", world.earn("40.00"));
    let entered = world.entry_key(world.enter_journal("10.00"));
    for key in [&spent, &earned, &entered] {
        world.look_at(key).await;
        world.assert_stands_at(key, "").await;
    }
    world.clock.advance(LATER);
    let before = world.cin7_count();
    world.tied_out(JANUARY).await;
    let lists = world.cin7_calls(before).into_iter().map(|call| call.path);
    let is_list = |path: &String| path.ends_with("journal") || path.ends_with("moneyTaskList");
    let others: Vec<_> = lists.filter(|path| !is_list(path)).collect();
    // Whether a list's total is with tax is open: the taxed one is asked about alone.
    assert!(others.len() <= 1, "{others:?}");
    let told = told_of_all(&world).await;
    assert_eq!(told, ["113.00 113.00", "40.00 40.00", "10.00 10.00"]);

    void(&world, &entered);
    assert_eq!(
        told_of_all(&world).await[2],
        "10.00 0.00 voided_in_cin7 10.00 1"
    );
}

#[tokio::test]
async fn a_credit_note_is_shown_with_its_amount() {
    let world = of_the_ledger().await;
    let note = NewCreditNote {
        client_id: world.client("Harbour Studio"),
        credit_type: CreditType::Goodwill,
        lines: vec![line("Consulting", "1", "25.00")],
        ..NewCreditNote::default()
    };
    let account = &world.acme().account;
    let id = world.freshbooks.create_credit_note(account, note);
    let told = world.told_of_month(JANUARY, "credit_note").await;
    assert_eq!(told, ["25.00 0.00", "not_supported 25.00 1"]);
    // Heard of, it needs a person; why there is a difference is the same.
    world.look_at(&world.key_of("credit_note", id)).await;
    let told = world.told_of_month(JANUARY, "credit_note").await;
    assert_eq!(told, ["25.00 0.00", "not_supported 25.00 1"]);
}

#[tokio::test]
async fn bill_payments_and_expenses_that_are_purchases_tie_out() {
    let world = World::start_with(Setup::of_purchases()).await;
    let bill = world.owed("100.00").await;
    let paid = world.pay_bill(bill, "40.00");
    let untold = world.pay_bill(bill, "73.00");
    world.look_at(&world.bill_payment_key(paid)).await;
    let expense = world.key_of("expense", world.spend("100.00"));
    world.look_at(&expense).await;
    world.assert_stands_at(&expense, "").await;
    world.clock.advance(LATER);
    let told = world.told_of_month(JANUARY, "expense").await;
    assert_eq!(told, ["113.00 113.00"]);
    assert_eq!(
        world.told_of_month(JANUARY, "bill").await,
        ["113.00 113.00"]
    );
    let told = world.told_of_month(JANUARY, "bill_payment").await;
    assert_eq!(told[0].split(' ').next(), Some("113.00"));
    if told.len() > 1 {
        assert_eq!(told, ["113.00 40.00", "not_heard_of 73.00 1"], "{untold}");
    }

    let payments = world.bill_payments_at(&world.bill_payment_key(paid));
    let by_hand = format!("purchase/payment?ID={}", payments[0].id);
    world.in_cin7(Method::DELETE, &by_hand, None).await;
    let told = world.told_of_month(JANUARY, "bill_payment").await;
    assert!(
        told.contains(&"missing_in_cin7 40.00 1".to_owned()),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_kind_that_is_switched_off_is_named_as_such() {
    let mut setup = Setup::of_money();
    setup
        .settings
        .push_str("[settings.documents]\nexpenses = false\n");
    let world = World::start_with(setup).await;
    let key = world.key_of("expense", world.spend("100.00"));
    for _ in 0..2 {
        let told = world.told_of_month(JANUARY, "expense").await;
        assert_eq!(told, ["113.00 0.00", "not_supported 113.00 1"]);
        world.look_at(&key).await;
    }
}

#[tokio::test]
async fn a_kind_that_the_consent_does_not_cover_is_left_out_and_said_so() {
    let scopes: &'static [&'static str] = &[
        "user:profile:read",
        "user:invoices:read",
        "user:payments:read",
        "user:clients:read",
        "user:taxes:read",
    ];
    let setup = Setup {
        scopes,
        ..Setup::default()
    };
    let world = World::start_with(setup).await;
    world.crossed("200.00").await;
    let tied = world.tied_out(JANUARY).await;
    let unread = tied.unread.iter().map(|unread| unread.kind.name());
    let expected = [
        "credit_note",
        "other_income",
        "bill",
        "bill_payment",
        "expense",
        "journal_entry",
    ];
    assert_eq!(unread.collect::<Vec<_>>(), expected);
    let why = &tied.unread[2].why;
    assert!(why.contains("user:bills:read"), "{why}");
    let told = world.told_of_month(JANUARY, "invoice").await;
    assert_eq!(told, ["226.00 226.00"]);
}

/// Expenses, other income and journal entries, a line each.
async fn told_of_all(world: &World) -> Vec<String> {
    let mut told = Vec::new();
    for kind in ["expense", "other_income", "journal_entry"] {
        told.push(world.told_of_month(JANUARY, kind).await.join(" "));
    }
    told
}

fn void(world: &World, key: &RecordKey) {
    let journal = world.journals_at(key).remove(0);
    let keys = &world.acme().keys;
    let voided = cin7_stand_in::LedgerStatus::Voided;
    assert!(
        world
            .cin7
            .change_journal(keys, journal.task_id, |journal| journal.status = voided)
    );
}
