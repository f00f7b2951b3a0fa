//! A FreshBooks bill becomes a purchase.

use cin7::Writer;
use freshbooks::{Bill, Shown};
use ledger::audit::Draft;
use mapping::{Held, PurchasePlan, bill_hash, bill_mark, plan_bill};

use crate::look::deleted;
use crate::planning::{Planned, plan_against};
use crate::posting::{kept_back, posted, unchanged};
use crate::side::Purchases;
use crate::steps::settle_open;
use crate::stop::Stop;
use crate::withdraw::withdraw;
use crate::work::{Origin, Work};
use crate::{bill_payment, fetch, purchase, supplier};

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    if let Origin::Child(child) = &work.origin {
        work.record.adopt_child(child);
    }
    let bill = match fetch::bill(work).await? {
        None => return fetch::gone(work).await,
        Some(Shown::Deleted { .. }) => return deleted(work).await,
        Some(Shown::Standing(bill)) => bill,
    };
    work.describe_bill(&bill);
    work.record.told_deleted = false;
    let content = bill_hash(&bill);
    work.saw(&content, &bill.version);
    work.note(
        Draft::new("fetched")
            .with("version", &bill.version)
            .with("total", bill.total.to_string())
            .with("content", &content),
    );
    work.found_children = bill_payment::differing(work, &bill).await?;
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    let writer = work.writer().await?;
    settle_open(work, writer.reader()).await?;
    let (plan, known) = match plan(work, &bill, &writer).await? {
        Ok(planned) => planned,
        Err(held @ Held::Skipped { .. }) => {
            return withdraw::<Purchases>(work, held.into()).await;
        }
        Err(held) => return Err(kept_back(work, held)),
    };
    let place = match &bill.vendor_id {
        Some(id) => supplier::of_vendor(id, bill.currency),
        None => supplier::of_name(&plan.supplier, bill.currency),
    };
    let of = (&plan.supplier, bill.currency);
    let supplier = supplier::resolve(work, of, &place, &known, &writer).await?;
    let account = work.connection.account_id.clone();
    let mark = |generation| bill_mark(&account, &bill.id, generation);
    purchase::bring(work, &plan, &supplier, mark, &writer).await?;
    posted::<Purchases>(work, plan.total, content);
    Ok(())
}

async fn plan(
    work: &mut Work<'_>,
    bill: &Bill,
    writer: &Writer,
) -> Result<Planned<PurchasePlan>, Stop> {
    let vendor = match &bill.vendor_id {
        Some(id) => fetch::vendor(work, id).await?,
        None => None,
    };
    let generation = work.record.generation;
    let mark = bill_mark(&work.connection.account_id, &bill.id, generation);
    let settings = work.settings.clone();
    let planned = plan_against(work, writer, |facts| {
        plan_bill(bill, vendor.as_ref(), &settings, facts, &mark)
    });
    let planned = planned.await?;
    if let Ok((plan, _)) = &planned {
        purchase::note_plan(work, plan, &mark);
    }
    Ok(planned)
}
