//! FreshBooks' other income becomes money received.

use cin7::NewMoneyOperation;
use freshbooks::Shown;
use ledger::audit::Draft;
use mapping::{Held, other_income_hash, other_income_mark, plan_other_income};

use crate::look::deleted;
use crate::posting::{finished, kept_back, unchanged};
use crate::stop::Stop;
use crate::work::Work;
use crate::{entry, fetch};

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    let income = match fetch::other_income(work).await? {
        None => return gone(work).await,
        Some(Shown::Deleted { .. }) => return deleted(work).await,
        Some(Shown::Standing(income)) => income,
    };
    work.describe_amount(income.amount, income.received_on);
    work.record.told_deleted = false;
    let content = other_income_hash(&income);
    work.saw(&content, &income.version);
    work.note(
        Draft::new("fetched")
            .with("version", &income.version)
            .with("amount", income.amount.to_string())
            .with("content", &content),
    );
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    let settings = work.settings.clone();
    let planned = entry::plan(work, other_income_mark, |facts, mark| {
        plan_other_income(&income, &settings, facts, mark)
    });
    let plan = match planned.await? {
        Ok((plan, _)) => plan,
        Err(held @ Held::Skipped { .. }) => {
            return entry::withdraw::<NewMoneyOperation>(work, held.into()).await;
        }
        Err(held) => return Err(kept_back(work, held)),
    };
    entry::bring(work, plan, other_income_mark).await?;
    finished(work, content);
    Ok(())
}

/// Nothing announces that other income is deleted, and a wrong account shows none: the list decides.
async fn gone(work: &mut Work<'_>) -> Result<(), Stop> {
    let listed = fetch::other_incomes(work).await?;
    let id = work.record.key.id.as_str();
    let mut unreadable = listed.unreadable.iter();
    if let Some(broken) = unreadable.find(|broken| broken.id == id) {
        return Err(Stop::Attention(broken.why.clone()));
    }
    if listed.rows.iter().any(|row| row.id() == id) {
        return Err(Stop::Retry(format!(
            "{} is in FreshBooks' list and is not shown by itself. It is looked at again.",
            work.subject()
        )));
    }
    fetch::gone(work).await
}
