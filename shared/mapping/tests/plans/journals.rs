//! Journal entries: their pairs, and every sentence about those that are held.

use std::collections::BTreeMap;

use cin7::{EntryStatus, NewJournal};
use freshbooks::{JournalEntry, JournalSide, LedgerAccount, Origin, Side};
use insta::assert_snapshot;
use mapping::{Held, journal_mark, plan_journal};
use money::Decimal;
use proptest::prelude::*;

use crate::bought::{entry, side, world, world_set};
use crate::fixtures::{World, account, currency, dec, shown_held};

fn plan(world: &World, entry: &JournalEntry) -> Result<NewJournal, Held> {
    let mark = journal_mark("lbZ4Kq", &entry.id, 1);
    let known = LedgerAccount {
        id: "uuid-of-depreciation".to_owned(),
        name: "Depreciation".to_owned(),
        number: "5000".to_owned(),
        kind: "expense".to_owned(),
        is_active: true,
        parent_id: None,
        journal_account_id: None,
    };
    plan_journal(entry, &[known], &world.settings, &world.facts(), &mark)
}

fn held(world: &World, entry: &JournalEntry) -> String {
    shown_held(&plan(world, entry).unwrap_err())
}

/// 120.00 from the account of the code 1200 to one that is known by its id alone.
fn depreciation() -> JournalEntry {
    let mut debit = side("", Side::Debit, "120.00");
    debit.account.id = "uuid-of-depreciation".to_owned();
    entry(vec![debit, side("1200", Side::Credit, "120.00")])
}

fn entering(change: impl FnOnce(&mut JournalEntry)) -> JournalEntry {
    let mut entry = depreciation();
    change(&mut entry);
    entry
}

#[test]
fn an_entry_becomes_a_journal_of_pairs() {
    let journal = plan(&world(), &depreciation()).unwrap();
    assert_snapshot!(serde_json::to_string_pretty(&journal).unwrap(), @r#"
    {
      "status": "Draft",
      "currency": "USD",
      "currency_rate": "1",
      "date": "2026-01-31",
      "narration": "freshbooks:lbZ4Kq:journal:500",
      "notes": "J-7 — Depreciation January",
      "lines": [
        {
          "debit": "400",
          "credit": "1200",
          "amount": "120.00",
          "base_amount": "120.00",
          "reference": "Depreciation January"
        }
      ]
    }
    "#);
}

#[test]
fn the_largest_amounts_are_paired_first_and_rows_of_one_account_are_one_amount() {
    let entry = entry(vec![
        side("1200", Side::Debit, "30.00"),
        side("4000-1", Side::Credit, "50.00"),
        side("410", Side::Debit, "40.00"),
        side("420", Side::Credit, "25.00"),
        side("1200", Side::Debit, "15.00"),
        side("420", Side::Credit, "10.00"),
    ]);
    let journal = plan(&world(), &entry).unwrap();
    let pairs: Vec<String> = journal
        .lines
        .iter()
        .map(|pair| format!("{} from {} to {}", pair.amount, pair.credit, pair.debit))
        .collect();
    assert_snapshot!(pairs.join("\n"), @r"
    45.00 from 200 to 1200
    5.00 from 200 to 410
    35.00 from 420 to 410
    ");
}

#[test]
fn a_journal_is_posted_completed_where_the_settings_say_so() {
    let world = world_set(|settings| settings.cin7.journals_completed = true);
    let journal = plan(&world, &depreciation()).unwrap();
    assert_eq!(journal.status, EntryStatus::Completed);
}

#[test]
fn entries_that_do_not_cross_say_why() {
    let unclear = entering(|entry| entry.origin = Origin::Unclear);
    assert_snapshot!(held(&world(), &unclear), @r"
    waiting for settings.unclear_journals
    Journal entry J-7 names no document and does not say that a person made it, and what a document posted would count twice; enter it in Cin7 by hand, or write `unclear_journals = true` under `[settings]` if such entries should cross.
    ");
    let taken = world_set(|settings| settings.unclear_journals = true);
    assert!(plan(&taken, &unclear).is_ok());
    let none = world_set(|settings| settings.cin7.journals = false);
    assert_snapshot!(held(&none, &depreciation()), @r"
    attention
    Journal entry J-7 cannot be posted: this Cin7 account takes no manual journals, which is so where its books are kept in an attached accounting system; enter it there.
    ");
    let foreign = entering(|entry| entry.currency = currency("EUR"));
    assert_snapshot!(held(&world(), &foreign), @r"
    attention
    Journal entry J-7 is in EUR, and FreshBooks does not say what its amounts are in USD, which a journal in Cin7 needs; enter it in Cin7 by hand.
    ");
    let unknown = entering(|entry| entry.sides[1] = side("9999", Side::Credit, "120.00"));
    assert_snapshot!(held(&world(), &unknown), @r#"
    waiting for settings.ledger_accounts.9999
    Journal entry J-7 waits for an account: the settings name none for FreshBooks' account "9999", and Cin7 has none of the same code; write `9999 = "CODE"` under `[settings.ledger_accounts]`.
    "#);
    let uneven = entering(|entry| entry.sides[1].amount = dec("119.00"));
    assert_snapshot!(held(&world(), &uneven), @r"
    attention
    Journal entry J-7 does not balance: its debits come to 120.00 USD and its credits to 119.00 USD; correct it in FreshBooks.
    ");
    let parts = entering(|entry| entry.sides[1].amount = dec("120.001"));
    assert_snapshot!(held(&world(), &parts), @r"
    attention
    Journal entry J-7 has an amount of 120.001 USD, and Cin7 keeps two decimals; enter it in Cin7 by hand.
    ");
    let circle = entry(vec![
        side("1200", Side::Debit, "5.00"),
        side("1200", Side::Credit, "5.00"),
    ]);
    assert_snapshot!(held(&world(), &circle), @r"
    skipped by zero
    Journal entry J-7 moves nothing from one Cin7 account to another, so there is nothing to post and nothing to do.
    ");
}

/// Rows on up to 8 accounts that balance: what is left over is one more row.
fn any_sides() -> impl Strategy<Value = Vec<JournalSide>> {
    let row = (0_usize..8, any::<bool>(), 1_i64..=500_000);
    prop::collection::vec(row, 1..=20).prop_map(|rows| {
        let mut sides: Vec<JournalSide> = rows
            .into_iter()
            .map(|(account, debit, cents)| of(account, debit, Decimal::new(cents, 2)))
            .collect();
        let over: Decimal = sides.iter().map(signed).sum();
        if !over.is_zero() {
            sides.push(of(8, over < Decimal::ZERO, over.abs()));
        }
        sides
    })
}

fn of(account: usize, debit: bool, amount: Decimal) -> JournalSide {
    let way = if debit { Side::Debit } else { Side::Credit };
    side(&format!("70{account}"), way, &amount.to_string())
}

fn signed(side: &JournalSide) -> Decimal {
    match side.side {
        Side::Debit => side.amount,
        Side::Credit => -side.amount,
    }
}

fn ledger() -> World {
    let mut world = world();
    let accounts = (0..9).map(|at| account(&format!("70{at}"), "ASSET"));
    world.books.accounts = accounts.collect();
    world
}

/// What every account receives by the rows, without those that it comes out even for.
fn sums(sides: &[JournalSide]) -> BTreeMap<String, Decimal> {
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for side in sides {
        *sums.entry(side.account.number.clone()).or_default() += signed(side);
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

proptest! {
    #[test]
    fn pairs_give_every_account_its_sum_and_are_one_less_than_accounts_at_most(
        sides in any_sides(),
    ) {
        let wanted = sums(&sides);
        let journal = match plan(&ledger(), &entry(sides)) {
            Ok(journal) => journal,
            Err(held) => {
                prop_assert!(wanted.is_empty(), "{held}");
                return Ok(());
            }
        };
        let mut posted: BTreeMap<String, Decimal> = BTreeMap::new();
        for pair in &journal.lines {
            prop_assert!(pair.amount > Decimal::ZERO && pair.debit != pair.credit);
            prop_assert_eq!(pair.amount, pair.base_amount);
            *posted.entry(pair.debit.clone()).or_default() += pair.amount;
            *posted.entry(pair.credit.clone()).or_default() -= pair.amount;
        }
        posted.retain(|_, sum| !sum.is_zero());
        prop_assert!(journal.lines.len() < wanted.len());
        prop_assert_eq!(posted, wanted);
    }

    #[test]
    fn pairs_are_the_same_in_whatever_order_the_rows_came(
        (sides, shuffled) in any_sides()
            .prop_flat_map(|sides| (Just(sides.clone()), Just(sides).prop_shuffle())),
    ) {
        prop_assert_eq!(
            mapping::journal_hash(&entry(sides.clone())),
            mapping::journal_hash(&entry(shuffled.clone()))
        );
        prop_assert_eq!(plan(&ledger(), &entry(sides)), plan(&ledger(), &entry(shuffled)));
    }
}
