//! Bill payments, and expenses that are purchases with their payment: both have to be right.

use ledger::{RecordKey, State};
use reqwest::Method;

use super::LATER;
use crate::world::{Setup, World, dec};

impl World {
    /// A person changes the one payment of a record's purchase, or deletes it.
    fn change_payment_of_purchase(&self, key: &RecordKey, amount: Option<&str>) {
        let purchases = self.cin7.purchases(&self.acme().keys).into_iter();
        let mut standing = purchases.filter(|purchase| !purchase.voided);
        let purchase = standing.next().unwrap();
        assert!(standing.next().is_none(), "{key}");
        let keys = &self.acme().keys;
        let changed = self
            .cin7
            .change_purchase(keys, purchase.id, |purchase| match amount {
                Some(amount) => purchase.payments[0].amount = dec(amount),
                None => purchase.payments.clear(),
            });
        assert!(changed);
    }

    async fn assert_confirmed_at(&self, key: &RecordKey) {
        self.assert_at(key, State::Confirmed, &[]).await;
    }
}

#[tokio::test]
async fn an_expense_with_its_payment_is_confirmed_by_one_list_and_both_are_compared_afterwards() {
    for (amount, words) in [
        (
            Some("99.00"),
            ["after it was confirmed", "113.00 USD", "99"],
        ),
        (None, ["was confirmed", "113.00 USD", "somebody deleted it"]),
    ] {
        let world = World::start_with(Setup::of_purchases()).await;
        let key = world.key_of("expense", world.spend("100.00"));
        world.ask_again(&key).await;
        world.settle_all_but_confirm().await;
        let before = world.cin7_count();
        world.confirm().await;
        assert_eq!(world.cin7_calls(before).len(), 1);
        world.assert_confirmed_at(&key).await;
        world.clock.advance(LATER);
        assert_eq!(world.paths_looked_over().await, ["purchaseList"]);

        world.change_payment_of_purchase(&key, amount);
        world.assert_entry_found(&key, &words).await;
        if amount.is_some() {
            world.change_payment_of_purchase(&key, Some("113.00"));
            world.assert_entry_right_again(&key).await;
        }
        world.check().await;
    }
}

#[tokio::test]
async fn an_expense_whose_payment_was_deleted_before_it_was_confirmed_is_not_confirmed() {
    let world = World::start_with(Setup::of_purchases()).await;
    let key = world.key_of("expense", world.spend("100.00"));
    world.ask_again(&key).await;
    world.settle_all_but_confirm().await;
    world.change_payment_of_purchase(&key, None);
    world.settle().await;
    let words = ["113.00 USD", "purchase does not show it"];
    world.assert_at(&key, State::Attention, &words).await;
    world.check().await;
}

#[tokio::test]
async fn bill_payments_are_confirmed_by_the_list_of_purchases_and_watched_afterwards() {
    let world = World::start_with(Setup::of_purchases()).await;
    let bill = world.owed("100.00").await;
    let payment = world.pay_bill(bill, "40.00");
    let (bill, key) = (world.key_of("bill", bill), world.bill_payment_key(payment));
    world.ask_again(&key).await;
    world.settle_all_but_confirm().await;
    let before = world.cin7_count();
    world.confirm().await;
    assert_eq!(world.cin7_calls(before).len(), 1);
    world.assert_confirmed_at(&key).await;
    world.assert_confirmed_at(&bill).await;

    world.clock.advance(LATER);
    world.change_payment_of_purchase(&key, Some("39.00"));
    let words = ["after it was confirmed", "40.00 USD", "39"];
    world.assert_entry_found(&key, &words).await;
    world.assert_confirmed_at(&bill).await;
    world.change_payment_of_purchase(&key, Some("40.00"));
    world.assert_entry_right_again(&key).await;

    let made = world.bill_payments_at(&key).remove(0);
    let path = format!("purchase/payment?ID={}", made.id);
    world.in_cin7(Method::DELETE, &path, None).await;
    let words = [
        "was confirmed",
        "40.00 USD",
        "purchase",
        "somebody deleted it",
    ];
    world.assert_entry_found(&key, &words).await;
    world.check().await;
}
