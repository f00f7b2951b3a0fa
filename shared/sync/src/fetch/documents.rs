//! Bill payments, expenses, other income and credit notes, and what they name by id alone.

use freshbooks::{
    Api, Bill, BillPayment, Category, CreditNote, Error, Expense, Listed, Listing, OtherIncome,
    Shown,
};
use secrecy::SecretString;

use super::read;
use crate::stop::Stop;
use crate::work::Work;

/// What a call about a record takes.
struct Asked<'a> {
    api: &'a Api,
    token: SecretString,
    account: String,
    id: String,
}

async fn asked<'w, T, F: Future<Output = Result<T, Error>>>(
    work: &mut Work<'w>,
    call: impl Fn(Asked<'w>) -> F,
) -> Result<T, Stop> {
    let api = &work.engine.freshbooks;
    let account = work.connection.account_id.clone();
    let id = work.record.key.id.as_str().to_owned();
    read(work, |token| {
        call(Asked {
            api,
            token,
            account: account.clone(),
            id: id.clone(),
        })
    })
    .await
}

/// A bill payment; `None` where FreshBooks no longer has it.
pub(crate) async fn bill_payment(work: &mut Work<'_>) -> Result<Option<Shown<BillPayment>>, Stop> {
    asked(work, |it| async move {
        it.api.bill_payment(&it.token, &it.account, &it.id).await
    })
    .await
}

/// The bill with this id; `None` where FreshBooks no longer has it.
pub(crate) async fn bill_of(work: &mut Work<'_>, id: &str) -> Result<Option<Shown<Bill>>, Stop> {
    asked(work, |it| {
        let id = id.to_owned();
        async move { it.api.bill(&it.token, &it.account, &id).await }
    })
    .await
}

/// An expense; `None` where FreshBooks no longer has it.
pub(crate) async fn expense(work: &mut Work<'_>) -> Result<Option<Shown<Expense>>, Stop> {
    asked(work, |it| async move {
        it.api.expense(&it.token, &it.account, &it.id).await
    })
    .await
}

/// The expense categories.
pub(crate) async fn categories(work: &mut Work<'_>) -> Result<Vec<Category>, Stop> {
    asked(work, |it| async move {
        it.api.categories(&it.token, &it.account).await
    })
    .await
}

/// Other income; `None` where FreshBooks no longer has it.
pub(crate) async fn other_income(work: &mut Work<'_>) -> Result<Option<Shown<OtherIncome>>, Stop> {
    asked(work, |it| async move {
        it.api.other_income(&it.token, &it.account, &it.id).await
    })
    .await
}

/// All other income that counts.
pub(crate) async fn other_incomes(
    work: &mut Work<'_>,
) -> Result<Listing<Shown<OtherIncome>>, Stop> {
    asked(work, |it| async move {
        let standing = Listed::Standing;
        it.api.other_incomes(&it.token, &it.account, standing).await
    })
    .await
}

/// A credit note; `None` where FreshBooks no longer has it.
pub(crate) async fn credit_note(work: &mut Work<'_>) -> Result<Option<Shown<CreditNote>>, Stop> {
    asked(work, |it| async move {
        it.api.credit_note(&it.token, &it.account, &it.id).await
    })
    .await
}
