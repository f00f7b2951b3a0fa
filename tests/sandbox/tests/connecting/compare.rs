//! Other settings against what stands in Cin7: who would post differently, and what money would move.

use connections::{ComparedView, Error};

use crate::world::{SETTINGS, World, id};

impl World {
    async fn compare(&self, document: &str, cursor: Option<&str>) -> ComparedView {
        let desk = self.desk();
        desk.compare_settings(&id(), document, cursor)
            .await
            .unwrap()
    }
}

fn changed(from: &str, to: &str) -> String {
    assert!(SETTINGS.contains(from), "{from}");
    SETTINGS.replace(from, to)
}

fn moves(compared: &ComparedView) -> String {
    let one = |it: &sync::Move| {
        format!(
            "{} {}: {:?} to {:?}, {} {} in {}\n",
            it.kind, it.what, it.from, it.to, it.total, it.currency, it.count
        )
    };
    compared.moves.iter().map(one).collect()
}

#[tokio::test]
async fn the_money_that_would_move_is_told_and_nothing_is_written() {
    let (world, client) = World::at_work().await;
    let invoice = world.send(client, "20.00").await;
    world.settle().await;
    world.pay(invoice, "5.00");
    world.deliver().await;
    world.settle().await;
    let before = world.plant.ledger().every_record().await.unwrap();
    world.cin7.reset_calls();

    let same = world.compare(SETTINGS, None).await;
    assert_eq!(
        (same.compared, same.records.len(), same.moves.len()),
        (3, 0, 0),
        "{same:?}"
    );
    assert_eq!(same.cursor, None);
    let account = world.compare(&changed("\"200\"", "\"260\""), None).await;
    let place = world
        .compare(&changed("Main Warehouse", "Shop"), None)
        .await;
    let rule = world
        .compare(
            &changed("\"HST 13\" = \"HST 13\"", "\"HST 13\" = \"Tax on Sales\""),
            None,
        )
        .await;
    let paid = world
        .compare(
            &changed(
                "default = \"090\"",
                "default = \"091\"\n\"Check USD\" = \"091\"",
            ),
            None,
        )
        .await;
    let all = [account, place, rule, paid];
    insta::assert_snapshot!(all.iter().map(moves).collect::<Vec<_>>().join("-\n"));
    let told = &all[0].records[0];
    assert_eq!(told.outcome, "differs");
    assert!(
        told.sentence.contains("account `260` instead of `200`"),
        "{told:?}"
    );

    let gone = world
        .compare(&changed("\"HST 13\" = \"HST 13\"\n", ""), None)
        .await;
    assert_eq!(gone.records[0].outcome, "held");
    assert!(
        gone.records[0].sentence.contains("waits for a tax rule"),
        "{gone:?}"
    );

    let calls = world.cin7.calls(&world.keys);
    assert!(calls.iter().all(|call| call.method == "GET"), "{calls:?}");
    assert_eq!(world.plant.ledger().every_record().await.unwrap(), before);
}

#[tokio::test]
async fn a_comparison_comes_page_by_page_and_leaves_out_what_changed_since() {
    let (world, client) = World::at_work().await;
    for _ in 0..27 {
        world.send(client, "20.00").await;
    }
    world.settle().await;
    let other = changed("\"200\"", "\"260\"");
    let first = world.compare(&other, None).await;
    assert_eq!((first.compared, first.records.len()), (25, 25));
    let cursor = first.cursor.unwrap();
    let rest = world.compare(&other, Some(&cursor)).await;
    assert_eq!((rest.compared, rest.records.len()), (3, 3));
    assert_eq!(rest.cursor, None);
    assert!(rest.records.iter().all(|one| !first.records.contains(one)));

    let id_of_last: i64 = rest.records[2].id.parse().unwrap();
    let edit = |form: &mut freshbooks_stand_in::NewInvoice| form.lines[0].unit_cost = 30.into();
    world
        .freshbooks
        .update_invoice(&world.account, id_of_last, edit)
        .unwrap();
    let after = world.compare(&other, Some(&cursor)).await;
    assert_eq!(after.records[2].outcome, "unknown", "{after:?}");
}

#[tokio::test]
async fn settings_that_cannot_be_read_are_not_compared() {
    let (world, _) = World::at_work().await;
    let desk = world.desk();
    let refused = desk.compare_settings(&id(), "start_date = 5", None).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}
