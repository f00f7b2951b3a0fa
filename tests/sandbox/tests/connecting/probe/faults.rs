//! Whatever befalls a step at whichever call, a clean finds everything that it made.

use std::time::Duration;

use cin7_stand_in::{Fault, Quirks};

use super::{confirmed, step};
use crate::world::{World, id};

const STEPS: [&str; 12] = [
    "service_sale",
    "line_total",
    "fractional_quantity",
    "negative_line",
    "free_text_charge",
    "invoice_task",
    "undo_invoice",
    "payment_type",
    "find_by_mark",
    "service_purchase",
    "journal",
    "spend_money",
];

/// An account in which every step goes the longest way.
fn lenient(quirks: &mut Quirks) {
    quirks.honours_service_only = true;
    quirks.line_total_includes_tax = true;
    quirks.accepts_fractional_quantity = true;
    quirks.accepts_negative_amounts = true;
    quirks.accepts_unknown_charges = true;
    quirks.refuses_sale_id_as_task = false;
    quirks.undoes_invoices_of_simple_sales = true;
    quirks.payment_type_in_capitals_only = true;
}

/// Runs a step with a fault at its call `number`; whether it made as many calls.
async fn run_with(world: &World, name: &str, number: usize, fault: Fault) -> bool {
    world.clock.advance(Duration::from_secs(61));
    world.cin7.reset_calls();
    world.cin7.fail_call(number, fault);
    let prober = world.plant.prober();
    let (id, asked) = (id(), confirmed());
    tokio::select! {
        // What comes of it does not matter: an answer, an error, or the end of the function.
        _ = prober.run(&id, name, &asked) => {}
        () = world.cin7.hanging() => {}
    }
    let reached = world.cin7.all_calls().len() >= number;
    world.cin7.clear_faults();
    reached
}

/// Every fault at every call of every step, the first one of an account at that.
async fn every_call(faults: &[Fault], lag: Duration) {
    let world = World::with_keys().await;
    world.quirks(lenient);
    world
        .cin7
        .change_account(&world.keys, |account| account.lag = lag);
    for name in STEPS {
        for &fault in faults {
            let mut calls = 0;
            for number in 1.. {
                if !run_with(&world, name, number, fault).await {
                    break;
                }
                calls = number;
                let what = format!("{name}, {fault:?} at call {number}");
                // One that cannot be seen yet is still on the list, and is seen a minute later.
                world.clean().await;
                let view = world.clean().await;
                assert_eq!(view.leftovers, [], "{what}");
                world.assert_nothing_left(&what);
            }
            // Reading the account, a customer and a header at the least.
            assert!(calls > 9, "{name} makes {calls} calls");
            world.clean().await;
        }
        let view = world.probe(name).await;
        let ended = step(&view, name);
        assert!(
            lag > Duration::ZERO || !ended.findings.is_empty(),
            "{ended:?}"
        );
        world.clean().await;
    }
}

#[tokio::test]
async fn a_lost_answer_at_any_call_leaves_nothing_behind() {
    every_call(
        &[Fault::LostBefore, Fault::LostAfter, Fault::Limit429],
        Duration::ZERO,
    )
    .await;
}

#[tokio::test]
async fn a_function_that_dies_at_any_call_leaves_nothing_behind() {
    let dies = [
        Fault::Hang { applied: true },
        Fault::Hang { applied: false },
    ];
    every_call(&dies, Duration::ZERO).await;
}

#[tokio::test]
async fn a_lost_answer_leaves_nothing_behind_where_lists_lag() {
    every_call(&[Fault::LostAfter], Duration::from_secs(30)).await;
}
