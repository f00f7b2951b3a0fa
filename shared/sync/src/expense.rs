//! A FreshBooks expense becomes one Spend Money operation, where the settings say so.

use freshbooks::{Expense, Shown};
use ledger::audit::Draft;
use mapping::{
    ExpensePlan, Held, SpendPlan, WantedSupplier, expense_hash, expense_mark, plan_expense,
};
use money::Currency;

use crate::facts::Known;
use crate::look::{deleted, take_back};
use crate::planning::Planned;
use crate::posting::{finished, kept_back, unchanged};
use crate::stop::Stop;
use crate::work::Work;
use crate::{entry, fetch, supplier};

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    let expense = match fetch::expense(work).await? {
        None => return fetch::gone(work).await,
        Some(Shown::Deleted { .. }) => return deleted(work).await,
        Some(Shown::Standing(expense)) => expense,
    };
    work.describe_amount(expense.amount, expense.spent_on);
    work.record.told_deleted = false;
    let content = expense_hash(&expense);
    work.note(
        Draft::new("fetched")
            .with("version", &expense.version)
            .with("amount", expense.amount.to_string())
            .with("content", &content),
    );
    if work.record.content.as_deref() == Some(content.as_str()) {
        unchanged(work);
        return Ok(());
    }
    let (plan, known) = match plan(work, &expense).await? {
        Ok(planned) => planned,
        Err(held @ Held::Skipped { .. }) => {
            return take_back(work, held.into(), "it no longer counts in FreshBooks").await;
        }
        Err(held) => return Err(kept_back(work, held)),
    };
    let currency = expense.amount.currency;
    match plan {
        ExpensePlan::SpendMoney(plan) => spend(work, (&plan, currency), &known).await?,
        ExpensePlan::Purchase { .. } => {
            return Err(Stop::Wait {
                what: "settings.purchases.expenses_as".to_owned(),
                sentence: format!(
                    "{} does not cross as a purchase yet; write `expenses_as = \"spend_money\"` under \
                     `[settings.purchases]`.",
                    work.subject()
                ),
            });
        }
    }
    finished(work, content);
    Ok(())
}

async fn plan(work: &mut Work<'_>, expense: &Expense) -> Result<Planned<ExpensePlan>, Stop> {
    let categories = match expense.category_id {
        Some(_) => fetch::categories(work).await?,
        None => Vec::new(),
    };
    let settings = work.settings.clone();
    entry::plan(work, expense_mark, |facts, mark| {
        plan_expense(expense, &categories, &settings, facts, mark)
    })
    .await
}

async fn spend(
    work: &mut Work<'_>,
    (plan, currency): (&SpendPlan, Currency),
    known: &Known,
) -> Result<(), Stop> {
    let supplier = match &plan.supplier {
        Some(wanted) => Some(supplier(work, wanted, currency, known).await?),
        None => None,
    };
    let operation = plan.operation(supplier.as_deref());
    entry::bring(work, operation, expense_mark).await
}

async fn supplier(
    work: &mut Work<'_>,
    wanted: &WantedSupplier,
    currency: Currency,
    known: &Known,
) -> Result<String, Stop> {
    let writer = work.writer().await?;
    let place = supplier::of_name(wanted, currency);
    supplier::resolve(work, (wanted, currency), &place, known, &writer).await
}
