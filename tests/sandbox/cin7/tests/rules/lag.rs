//! Reads that lag behind writes.

use std::time::Duration;

use cin7_stand_in::AccountOptions;

use crate::bench::{Bench, CUSTOMER, LINE, order};

async fn lagging() -> Bench {
    let lag = Duration::from_secs(30);
    Bench::start_with(AccountOptions {
        lag,
        ..AccountOptions::default()
    })
    .await
}

#[tokio::test]
async fn a_new_sale_is_not_found_until_the_lag_has_passed() {
    let bench = lagging().await;
    let sale = bench.sale().await;
    bench.clock.advance(Duration::from_secs(29));
    assert_eq!(bench.get("saleList").await.at("/Total"), "0");
    assert_eq!(bench.get("customer").await.at("/Total"), "0");
    assert_eq!(bench.get(&format!("sale?ID={sale}")).await.status, 400);
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(bench.get("saleList").await.at("/Total"), "1");
    assert_eq!(bench.get(&format!("sale?ID={sale}")).await.status, 200);
}

#[tokio::test]
async fn a_changed_sale_shows_its_state_before_the_change() {
    let bench = lagging().await;
    let sale = bench.sale().await;
    bench.clock.advance(Duration::from_secs(30));
    bench.make("sale/order", &order(&sale, LINE)).await;
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "ESTIMATED"
    );
    bench.clock.advance(Duration::from_secs(30));
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "ORDERED"
    );
}

#[tokio::test]
async fn a_write_judges_by_the_true_state() {
    let bench = lagging().await;
    bench.invoiced().await;
    let answer = bench.post("customer", CUSTOMER).await;
    answer.assert_refused("Customer with name 'Acme LLC' already exists");
    assert_eq!(bench.stand_in.sales(&bench.keys)[0].invoices.len(), 1);
}
