//! Afternoon: people change their minds, in FreshBooks and in Cin7.

use ledger::State;

use super::super::document::Document;
use super::super::people::{dec, invoice, line, taxed};
use super::super::story::{Story, say};
use super::invoices::First;
use crate::NotStarted;

pub(super) async fn minds_change(story: &mut Story<'_>, first: &First) -> Result<(), NotStarted> {
    say("");
    say("Afternoon: people change their minds.");
    change_after_payment(story, first.discounted).await;
    change_and_delete_payments(story, first.two_taxes).await;
    delete_and_undelete(story, first.harbour).await;
    edit_in_cin7(story, first.harbour).await
}

/// The price of a paid invoice goes up: its sale is taken back, posted again, and paid again.
async fn change_after_payment(story: &mut Story<'_>, discounted: i64) {
    let office = story.office;
    let payment = office.pay(discounted, 6_000, "Check").await;
    let what = "a check, a part of the third invoice";
    story
        .tell(Document::Payment(payment), what, State::Confirmed)
        .await;
    office
        .change(discounted, vec![taxed("Retainer", 12_000)])
        .await;
    let what = "its price changed after it was paid in part";
    story
        .tell(Document::Invoice(discounted), what, State::Confirmed)
        .await;
    let what = "taken off its invoice for the change, and put on again";
    story
        .tell(Document::Payment(payment), what, State::Confirmed)
        .await;
}

async fn change_and_delete_payments(story: &mut Story<'_>, two_taxes: i64) {
    let office = story.office;
    let account = &office.account;
    let changed = office.pay(two_taxes, 1_000, "Cash").await;
    // Both payments were made here.
    let _ = office
        .freshbooks
        .update_payment(account, changed, |payment| payment.amount = dec(1_550, 2));
    office.deliver().await;
    let what = "10.00 that were 15.50 on a second look";
    story
        .tell(Document::Payment(changed), what, State::Confirmed)
        .await;

    let mistaken = office.pay(two_taxes, 2_000, "Cash").await;
    let what = "entered by mistake";
    story
        .tell(Document::Payment(mistaken), what, State::Confirmed)
        .await;
    let _ = office.freshbooks.delete_payment(account, mistaken);
    office.deliver().await;
    let what = "entered by mistake, and deleted";
    story
        .tell(Document::Payment(mistaken), what, State::Reversed)
        .await;
}

async fn delete_and_undelete(story: &mut Story<'_>, client_id: i64) {
    let office = story.office;
    let account = &office.account;
    let forms = ["Cancelled job", "Postponed job"]
        .map(|name| invoice(client_id, vec![taxed(name, 20_000)]));
    let [cancelled, postponed] = forms;
    let cancelled = office.send(cancelled).await;
    let postponed = office.send(postponed).await;
    for id in [cancelled, postponed] {
        // Both were made a line ago.
        let _ = office.freshbooks.delete_invoice(account, id);
    }
    office.deliver().await;
    let what = "sent, then deleted";
    for id in [cancelled, postponed] {
        story
            .tell(Document::Invoice(id), what, State::Reversed)
            .await;
    }
    let _ = office.freshbooks.undelete_invoice(account, postponed);
    office.deliver().await;
    let what = "deleted, and undeleted: a new sale";
    story
        .tell(Document::Invoice(postponed), what, State::Confirmed)
        .await;
}

/// Somebody changes a price in Cin7, and somebody else then changes it in FreshBooks.
async fn edit_in_cin7(story: &mut Story<'_>, client_id: i64) -> Result<(), NotStarted> {
    let office = story.office;
    let work = |cents: i64| vec![line("Photo shoot", dec(1, 0), dec(cents, 2))];
    let id = office.send(invoice(client_id, work(25_000))).await;
    office.edit_in_cin7(id, dec(24_000, 2)).await?;
    office.change(id, work(26_000)).await;
    let what = "240.00 by hand in Cin7, then 260.00 in FreshBooks";
    story
        .tell_left(Document::Invoice(id), what, dec(24_000, 2))
        .await;
    Ok(())
}
