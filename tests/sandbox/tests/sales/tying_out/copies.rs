//! Sales that somebody made once more in Cin7, with a mark of ours.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use super::{JANUARY, told};
use crate::world::World;

impl World {
    /// Makes the sale of an invoice once more, by hand and under this mark.
    async fn copy_by_hand(&self, id: i64, mark: &str) {
        let sale = self.sale(id);
        let mut copy = String::new();
        for (step, path) in [
            ("sale", "sale"),
            ("order", "sale/order"),
            ("invoice", "sale/invoice"),
        ] {
            let sent = self.plant.ledger().sent(&self.key(id), step).await.unwrap();
            let body = sent.unwrap().replace(&sale.id.to_string(), &copy);
            let body = body.replace(&sale.header.external_id, mark);
            let body: Value = serde_json::from_str(&body).unwrap();
            let made = self.in_cin7(Method::POST, path, Some(body)).await;
            if copy.is_empty() {
                made["ID"].as_str().unwrap().clone_into(&mut copy);
            }
        }
    }
}

#[tokio::test]
async fn a_sale_that_stands_twice_is_named() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.clock.advance(Duration::from_mins(5));
    let mark = world.sale(id).header.external_id;
    world.copy_by_hand(id, &mark).await;
    let told = world.told_of_month(JANUARY, "invoice").await;
    assert_eq!(told, ["226.00 452.00", "doubled -226.00 1"]);
}

#[tokio::test]
async fn a_sale_with_a_mark_that_nobody_knows_is_not_explained() {
    let world = World::start().await;
    let id = world.crossed("200.00").await;
    world.clock.advance(Duration::from_mins(5));
    let mark = world.sale(id).header.external_id;
    let unknown = mark.replace(&id.to_string(), "999999");
    world.copy_by_hand(id, &unknown).await;
    let tied = world.try_tied_out(JANUARY).await.unwrap().unwrap();
    let [invoices] = tied.kinds.as_slice() else {
        panic!("{}", tieout::table(&tied));
    };
    assert_eq!(told(invoices), ["226.00 452.00"]);
    assert_eq!(invoices.unexplained.to_string(), "-226.00");
    assert_eq!(invoices.unexplained_documents[0].record, "invoice/999999");
    assert!(!tied.is_explained());
}
