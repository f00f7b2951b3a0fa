//! A person edited the header of the sale in Cin7. Taking the sale back to a draft leaves the header as it
//! is; voiding the sale would lose it.

use cin7_stand_in::Sale;
use jiff::civil::date;
use ledger::State;

use crate::world::{Setup, World};

/// What people write there: a field of the header and its text.
const EDITS: [(&str, &str); 2] = [
    ("CustomerReference", "PO 4711"),
    ("Note", "deliver to the back door"),
];

/// An invoice that crossed, its sale after a person wrote something of their own into its header, and
/// what had stood there.
async fn edited(world: &World, (field, text): (&str, &str)) -> (i64, Sale, String) {
    let id = world.crossed("200.00").await;
    let sale = world.sale(id);
    world.change_header_by_hand(&sale, field, text).await;
    (id, world.sale(id), text_in(&sale, field).to_owned())
}

fn text_in<'a>(sale: &'a Sale, field: &str) -> &'a str {
    match field {
        "Note" => &sale.header.note,
        _ => &sale.header.customer_reference,
    }
}

/// Fails unless a person is told which sale was edited and how, and it stands as that left it, with no
/// write since `before`.
async fn left_alone(world: &World, sale: &Sale, id: i64, edit: (&str, &str), before: usize) {
    let (field, text) = edit;
    let number = sale.order_number.as_str();
    let words = [number, "its header was changed", field, text];
    world.assert_says(id, State::Attention, &words).await;
    assert!(world.writes(before).is_empty());
    assert!(!world.sale(id).voided);
    assert_eq!(world.sale(id).updated, sale.updated);
    world.check().await;
}

#[tokio::test]
async fn a_header_edited_in_cin7_is_not_lost_to_another_day_or_client_in_freshbooks() {
    for edit in EDITS {
        for of_client in [false, true] {
            let world = World::start().await;
            let other = world.client("Corner Bakery");
            world.warm_up(other).await;
            let (id, sale, as_sent) = edited(&world, edit).await;
            let before = world.cin7_count();
            world.edit(id, |form| {
                if of_client {
                    form.client_id = other;
                } else {
                    form.date = Some(date(2026, 1, 4));
                }
            });
            world.tell().await;
            left_alone(&world, &sale, id, edit, before).await;
            let words = ["FreshBooks: ", "Cin7: ", "Nothing was overwritten"];
            world.assert_says(id, State::Attention, &words).await;

            // Written back as it was, nothing stands in the way.
            world.change_header_by_hand(&sale, edit.0, &as_sent).await;
            world.replay(id).await;
            world.assert_stands(id).await;
            assert_eq!(world.sales(id).len(), 2, "another took its place");
            world.check().await;
        }
    }
}

#[tokio::test]
async fn a_sale_whose_header_was_edited_in_cin7_is_not_voided_when_its_invoice_is_deleted() {
    for edit in EDITS {
        let world = World::start().await;
        let (id, sale, _) = edited(&world, edit).await;
        let before = world.cin7_count();
        world.delete(id);
        world.tell().await;
        left_alone(&world, &sale, id, edit, before).await;
        let words = ["no longer counts in FreshBooks", "Nothing was voided"];
        world.assert_says(id, State::Attention, &words).await;
    }
}

#[tokio::test]
async fn another_price_crosses_and_what_was_written_into_the_header_in_cin7_stays() {
    for edit in EDITS {
        let world = World::start().await;
        let (id, _, _) = edited(&world, edit).await;
        let payment = world.paid(id, "20.00").await;
        world.reprice(id, "210.00");
        world.tell().await;
        world.assert_stands(id).await;
        world.assert_on(id, payment, "20.00").await;
        assert_eq!(text_in(&world.sale(id), edit.0), edit.1);
        world.check().await;
    }
}

#[tokio::test]
async fn where_cin7_refuses_the_undo_a_sale_whose_header_was_edited_is_not_voided_either() {
    let refuses = Setup::cin7(|account| account.quirks.refuses_sale_undo = true);
    let world = World::start_with(refuses).await;
    let edit = EDITS[1];
    let (id, sale, _) = edited(&world, edit).await;
    let payment = world.paid(id, "20.00").await;
    world.reprice(id, "210.00");
    world.tell().await;
    let (field, text) = edit;
    let words = ["back, and its header was changed", field, text];
    world.assert_says(id, State::Attention, &words).await;
    assert!(!world.sale(id).voided);
    assert_eq!(text_in(&world.sale(id), field), text);
    assert_eq!(world.sale(id).invoices[0].lines, sale.invoices[0].lines);
    world.assert_paid(id, payment, "20.00").await;
    world.check().await;
}
