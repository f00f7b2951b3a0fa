//! What a tie-out costs: lists, and single documents only where the lists leave something open.

use std::time::Duration;

use super::JANUARY;
use crate::world::{World, plain};

impl World {
    /// How often the tie-out of a month asks FreshBooks about the sales side, and Cin7.
    async fn calls_of_a_tie_out(&self) -> (usize, Vec<String>) {
        let sales_side = |world: &Self| {
            world.freshbooks_count("invoices/invoices")
                + world.freshbooks_count("payments/payments")
        };
        let (freshbooks, cin7) = (sales_side(self), self.cin7_count());
        self.tied_out(JANUARY).await;
        let calls = self.cin7_calls(cin7).into_iter();
        let calls = calls.map(|call| format!("{} {}", call.method, call.path));
        (sales_side(self) - freshbooks, calls.collect())
    }
}

#[tokio::test]
async fn a_month_that_crossed_takes_one_list_of_cin7_however_many_documents_there_are() {
    let world = World::start().await;
    for _ in 0..4 {
        let id = world.crossed("10.00").await;
        world.pay(id, "11.30");
        world.tell().await;
    }
    world.clock.advance(Duration::from_mins(5));
    let (freshbooks, cin7) = world.calls_of_a_tie_out().await;
    assert_eq!(freshbooks, 2, "a page of invoices, and one of payments");
    assert_eq!(cin7.len(), 1, "{cin7:?}");
    assert!(
        cin7[0].starts_with("GET") && cin7[0].ends_with("saleList"),
        "{cin7:?}"
    );
}

#[tokio::test]
async fn three_hundred_documents_take_three_calls_of_freshbooks_and_none_of_cin7_before_they_cross()
{
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let account = &world.acme().account;
    for number in 0..200 {
        let id = world
            .freshbooks
            .create_invoice(account, plain(client, "10.00"));
        world.freshbooks.send_invoice(account, id).unwrap();
        if number % 2 == 0 {
            world.pay(id, "11.30");
        }
    }
    world.freshbooks.take_pending();
    let (freshbooks, cin7) = world.calls_of_a_tie_out().await;
    assert_eq!(freshbooks, 3);
    assert!(cin7.len() <= 1, "{cin7:?}");
}

#[tokio::test]
async fn nothing_is_written_to_cin7_and_no_record_changes() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    let before = world.record(id).await;
    world.clock.advance(Duration::from_mins(5));
    world.reprice(id, "210.00");
    world.freshbooks.take_pending();
    let (_, calls) = world.calls_of_a_tie_out().await;
    assert!(
        calls.iter().all(|call| call.starts_with("GET")),
        "{calls:?}"
    );
    assert_eq!(world.record(id).await, before);
}
