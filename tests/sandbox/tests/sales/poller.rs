//! The poller compares what Cin7 shows with what was posted, and writes nothing there.

use std::time::Duration;

use cin7_stand_in::{Fault, Matcher, Sale};
use ledger::State;
use reqwest::Method;
use serde_json::json;

use crate::world::{Setup, World, plain};

impl World {
    /// An invoice that is posted and not yet confirmed.
    async fn posted(&self) -> (i64, Sale) {
        let client = self.client("Harbour Studio");
        let id = self.send(plain(client, "200.00")).await;
        self.settle_all_but_confirm().await;
        assert_eq!(self.record(id).await.state, State::Posted);
        (id, self.sale(id))
    }

    /// A confirm pass, of which every call must be a read.
    async fn poll(&self) {
        let before = self.cin7_count();
        self.confirm().await;
        let calls = self.cin7_calls(before);
        assert!(
            !calls.is_empty() && calls.iter().all(|call| call.method == "GET"),
            "{calls:?}"
        );
    }
}

#[tokio::test]
async fn an_amount_edited_in_cin7_is_for_a_person_with_both_figures_until_it_is_right_again() {
    let world = World::start().await;
    let (id, sale) = world.posted().await;
    world.reprice_by_hand(&sale, "199.00").await;
    world.poll().await;
    let state = world.record(id).await.state;
    assert_eq!(
        state,
        State::Posted,
        "a list that lags shows other figures too"
    );
    world.clock.advance(Duration::from_mins(3));
    world.poll().await;
    let words = ["226.00 USD", "224.87", sale.order_number.as_str()];
    world.assert_says(id, State::Attention, &words).await;
    world.check().await;

    world.reprice_by_hand(&sale, "200.00").await;
    world.replay(id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_sale_voided_in_cin7_is_for_a_person_and_is_not_written_again() {
    let world = World::start().await;
    let (id, sale) = world.posted().await;
    let void = format!("sale?ID={}&Void=true", sale.id);
    world.in_cin7(Method::DELETE, &void, None).await;
    world.poll().await;
    let words = ["voided", sale.order_number.as_str(), "226.00"];
    world.assert_says(id, State::Attention, &words).await;
    world.check().await;

    world.replay(id).await;
    assert_eq!(world.sales(id).len(), 1);
    world.assert_says(id, State::Attention, &["voided"]).await;
    world.check().await;
}

#[tokio::test]
async fn two_sales_with_one_mark_are_for_a_person_with_both_numbers() {
    let world = World::start().await;
    let (id, sale) = world.posted().await;
    let double = json!({
        "CustomerID": sale.header.customer_id, "Location": "Main Warehouse", "SkipQuote": true,
        "ExternalID": sale.header.external_id,
    });
    let double = world.in_cin7(Method::POST, "sale", Some(double)).await;
    world.poll().await;
    let numbers: Vec<String> = world
        .sales(id)
        .into_iter()
        .map(|sale| sale.order_number)
        .collect();
    assert_eq!(numbers.len(), 2);
    let words = [numbers[0].as_str(), numbers[1].as_str()];
    world.assert_says(id, State::Attention, &words).await;
    world.check_all_but_sales().await;

    let void = format!("sale?ID={}&Void=true", double["ID"].as_str().unwrap());
    world.in_cin7(Method::DELETE, &void, None).await;
    world.replay(id).await;
    assert_eq!(world.record(id).await.state, State::Confirmed);
    world.check().await;
}

#[tokio::test]
async fn a_sale_that_does_not_show_in_time_is_for_a_person_and_is_confirmed_when_it_shows() {
    let world = World::start().await;
    let lag = Duration::from_hours(2);
    world.clock.advance(lag);
    world
        .cin7
        .change_account(&world.acme().keys, |account| account.lag = lag);
    let (id, sale) = world.posted().await;
    world.poll().await;
    assert_eq!(world.record(id).await.state, State::Posted, "not late yet");
    world.clock.advance(Duration::from_mins(61));
    world.poll().await;
    let words = [sale.order_number.as_str(), "226.00 USD", "do not show it"];
    world.assert_says(id, State::Attention, &words).await;

    world.clock.advance(Duration::from_hours(1));
    world.replay(id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_poll_that_cin7_does_not_answer_leaves_everything_to_the_next() {
    let faults = [
        Fault::LostAfter,
        Fault::Status500 { applied: false },
        Fault::TruncatedJson { applied: false },
        Fault::Html200 { applied: false },
        Fault::Error200,
        Fault::Unauthorized403,
    ];
    for fault in faults {
        let world = World::start().await;
        let (id, _) = world.posted().await;
        world.cin7.fail(Matcher::new("GET", "saleList"), fault);
        world.poll().await;
        assert_eq!(world.record(id).await.state, State::Posted, "{fault:?}");
        world.poll().await;
        world.assert_confirmed(id).await;
        world.check().await;
    }
}

#[tokio::test]
async fn with_nothing_posted_a_poll_makes_no_call() {
    let world = World::start().await;
    world.warm_up(world.client("Harbour Studio")).await;
    let before = world.cin7_count();
    world.confirm().await;
    world.sweep().await;
    assert_eq!(world.cin7_count(), before);
}

#[tokio::test]
async fn a_sale_on_the_second_page_of_cin7s_list_is_confirmed_too() {
    let stops = |account: &mut cin7_stand_in::AccountOptions| {
        account.quirks.sale_list_stops_at_100 = true;
    };
    let world = World::start_with(Setup::cin7(stops)).await;
    let (id, sale) = world.posted().await;
    let other = json!({ "CustomerID": sale.header.customer_id, "Location": "Main Warehouse" });
    for number in 0..110 {
        if number % 50 == 0 {
            world.clock.advance(Duration::from_mins(1));
        }
        world
            .in_cin7(Method::POST, "sale", Some(other.clone()))
            .await;
    }
    let before = world.cin7_count();
    world.poll().await;
    assert_eq!(world.cin7_count(), before + 2);
    world.assert_confirmed(id).await;
    world.check().await;
}
