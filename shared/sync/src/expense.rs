//! A FreshBooks expense becomes a purchase with its payment, or one Spend Money operation, as the settings
//! choose. Either way it is one record.

use cin7::{NewMoneyOperation, Writer};
use freshbooks::{Expense, Shown};
use ledger::StepStatus;
use ledger::audit::Draft;
use mapping::{
    ExpensePlan, Held, PaymentPlan, PurchasePlan, SpendPlan, WantedSupplier, expense_hash,
    expense_mark, plan_expense,
};
use money::Currency;

use crate::facts::Known;
use crate::look::deleted;
use crate::payment::{Target, wanted};
use crate::planning::Planned;
use crate::posting::{finished, kept_back, posted, unchanged};
use crate::side::{Payable, Purchases, Side as _};
use crate::steps::{CreatePayment, Entry as _, run};
use crate::stop::Stop;
use crate::withdraw::{take_back, withdraw as withdraw_document};
use crate::work::Work;
use crate::{entry, fetch, purchase, supplier};

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    let expense = match fetch::expense(work).await? {
        None => return fetch::gone(work).await,
        Some(Shown::Deleted { .. }) => return deleted(work).await,
        Some(Shown::Standing(expense)) => expense,
    };
    work.describe_amount(expense.amount, expense.spent_on);
    work.record.told_deleted = false;
    let content = expense_hash(&expense);
    work.saw(&content, &expense.version);
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
        Err(held @ Held::Skipped { .. }) => return withdraw(work, held.into()).await,
        Err(held) => return Err(kept_back(work, held)),
    };
    let bought = Bought {
        currency: expense.amount.currency,
        known: &known,
        writer: work.writer().await?,
    };
    match plan {
        ExpensePlan::SpendMoney(plan) => {
            spend(work, &plan, &bought).await?;
            finished(work, content);
        }
        ExpensePlan::Purchase { purchase, payment } => {
            buy(work, &purchase, payment, &bought).await?;
            posted::<Purchases>(work, purchase.total, content);
        }
    }
    Ok(())
}

/// What both forms take.
struct Bought<'a> {
    currency: Currency,
    known: &'a Known,
    writer: Writer,
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

async fn spend(work: &mut Work<'_>, plan: &SpendPlan, bought: &Bought<'_>) -> Result<(), Stop> {
    // The settings chose the other form when it crossed.
    if let Some(id) = work.record.cin7.purchase_id.clone() {
        take_back::<Purchases>(work, &id).await?;
        work.record.begin_anew();
        work.moved = true;
    }
    let supplier = match &plan.supplier {
        Some(wanted) => Some(resolve(work, wanted, bought).await?),
        None => None,
    };
    let operation = plan.operation(supplier.as_deref());
    entry::bring(work, operation, expense_mark).await?;
    // Whoever began anew forgot it.
    work.record.cin7.supplier_id = supplier;
    Ok(())
}

async fn buy(
    work: &mut Work<'_>,
    plan: &PurchasePlan,
    payment: PaymentPlan,
    bought: &Bought<'_>,
) -> Result<(), Stop> {
    if let Some(id) = work.record.cin7.money_operation_id.clone() {
        entry::take_back::<NewMoneyOperation>(work, &id, &bought.writer).await?;
    }
    let supplier = resolve(work, &plan.supplier, bought).await?;
    let (account, id) = (
        work.connection.account_id.clone(),
        work.record.key.id.clone(),
    );
    let mark = |generation| expense_mark(&account, id.as_str(), generation);
    purchase::bring(work, plan, &supplier, mark, &bought.writer).await?;
    let mark = mark(work.record.generation);
    pay(work, mark, payment, &bought.writer).await
}

/// Enters the payment. It stands or falls with its purchase, so one that stands is as it should be.
async fn pay(
    work: &mut Work<'_>,
    mark: String,
    plan: PaymentPlan,
    writer: &Writer,
) -> Result<(), Stop> {
    let step = work.record.step(Purchases::PAYMENT);
    if step.is_some_and(|step| step.status == StepStatus::Done) {
        return Ok(());
    }
    let Some(id) = Purchases::id(&work.record.cin7).map(str::to_owned) else {
        return Err(Stop::Retry(format!(
            "{}: its purchase has no id yet.",
            work.subject()
        )));
    };
    let target = Target::of::<Purchases>(&work.record);
    let payment = wanted(mark, &work.settings, plan, &target);
    run(work, &CreatePayment::<Purchases>::new(&id, payment), writer).await
}

/// The supplier; FreshBooks knows nothing of it but a name.
async fn resolve(
    work: &mut Work<'_>,
    wanted: &WantedSupplier,
    bought: &Bought<'_>,
) -> Result<String, Stop> {
    let place = supplier::of_name(wanted, bought.currency);
    let of = (wanted, bought.currency);
    supplier::resolve(work, of, &place, bought.known, &bought.writer).await
}

/// Takes back whichever form stands, and ends the look as `held` says.
pub(crate) async fn withdraw(work: &mut Work<'_>, held: Stop) -> Result<(), Stop> {
    if work.record.step(NewMoneyOperation::MADE).is_some() {
        return entry::withdraw::<NewMoneyOperation>(work, held).await;
    }
    withdraw_document::<Purchases>(work, held).await
}
