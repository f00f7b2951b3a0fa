//! Payments of bills. FreshBooks announces none of them: they are learned of from their bills, and polled
//! (docs/freshbooks-api.md, bills and bill payments).

use freshbooks::{Bill, BillPayment, Shown};
use ledger::{Record, RecordKey};
use mapping::bill_payment_hash;

use crate::family::is_put_off;
use crate::stop::Stop;
use crate::work::Work;
use crate::{fetch, payment};

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    if is_gone(work).await? {
        // Its bill says so, as an announcement would.
        work.record.told_deleted = true;
    }
    payment::look::<BillPayment>(work).await
}

/// Whether the payment crossed and FreshBooks has it no more, though it has the bill: nothing else tells
/// one that was deleted from one of another account.
async fn is_gone(work: &mut Work<'_>) -> Result<bool, Stop> {
    let tried_before = work.record.attempts > 0;
    let Some(bill) = work.record.parent.clone().filter(|_| tried_before) else {
        return Ok(false);
    };
    let bill = fetch::bill_of(work, bill.id.as_str()).await?;
    let id = work.record.key.id.as_str();
    Ok(bill.is_some_and(|bill| match bill {
        Shown::Standing(bill) => !standing(&bill).any(|payment| payment.id == id),
        Shown::Deleted { .. } => false,
    }))
}

fn standing(bill: &Bill) -> impl Iterator<Item = &BillPayment> {
    bill.payments.iter().filter_map(|payment| match payment {
        Shown::Standing(payment) => Some(payment),
        Shown::Deleted { .. } => None,
    })
}

/// The payments of a bill of which the ledger does not have what the bill shows: new ones, changed ones,
/// and such as it shows no more. They are looked at after the bill.
pub(crate) async fn differing(
    work: &mut Work<'_>,
    bill: &Bill,
) -> Result<Vec<RecordKey>, ledger::Error> {
    let mut differing = Vec::new();
    for payment in &bill.payments {
        let connection = work.connection.id.as_str();
        let Ok(key) = RecordKey::parse(connection, "bill_payment", payment.id()) else {
            continue;
        };
        let known = work.engine.ledger.record(&key).await?;
        let held = known.as_ref().and_then(|record| record.content.clone());
        let has_begun = known.as_ref().is_some_and(Record::has_begun);
        let is_so = match payment {
            Shown::Standing(payment) => held == Some(bill_payment_hash(payment)),
            Shown::Deleted { .. } => !has_begun,
        };
        if !is_so && !known.is_some_and(|record| is_put_off(work, &record)) {
            differing.push(key);
        }
    }
    for key in work.record.children.clone() {
        let shown = |payment: &Shown<BillPayment>| payment.id() == key.id.as_str();
        if !key.kind.is("bill_payment") || bill.payments.iter().any(shown) {
            continue;
        }
        let known = work.engine.ledger.record(&key).await?;
        if known.is_some_and(|record| record.has_begun()) {
            differing.push(key);
        }
    }
    for key in &differing {
        work.record.adopt_child(key);
    }
    Ok(differing)
}
