//! Confirming where Cin7's answer about one sale's payments says nothing.

use cin7_stand_in::{Fault, Matcher};
use ledger::State;

use crate::world::World;

#[tokio::test]
async fn a_sale_whose_payments_cannot_be_read_keeps_no_other_from_being_confirmed() {
    let faults = [
        Fault::LostBefore,
        Fault::Status500 { applied: false },
        Fault::TruncatedJson { applied: true },
        Fault::Html200 { applied: false },
    ];
    for fault in faults {
        let world = World::start().await;
        let mut invoices = Vec::new();
        for cost in ["200.00", "50.00", "80.00"] {
            invoices.push(world.crossed(cost).await);
        }
        let paid: Vec<(i64, i64)> = invoices
            .into_iter()
            .map(|id| (id, world.pay(id, "20.00")))
            .collect();
        world.tell_at_once().await;
        // The sums are other ones, so that each sale is asked for its payments; the first is not read.
        for (id, _) in &paid {
            world.pay_by_hand(&world.sale(*id), "6.50").await;
        }
        world.cin7.fail(Matcher::new("GET", "sale/payment"), fault);
        let done = world.confirm().await;
        assert_eq!((done.confirmed, done.pending), (2, 1), "{fault:?}");
        let mut posted = 0;
        for (_, payment) in &paid {
            let state = world.record_of("payment", *payment).await.state;
            posted += usize::from(state == State::Posted);
        }
        assert_eq!(posted, 1, "{fault:?}");

        world.settle().await;
        for (id, payment) in paid {
            world.assert_paid(id, payment, "20.00").await;
        }
        world.check().await;
    }
}
