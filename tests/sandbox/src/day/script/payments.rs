//! After lunch: clients pay.

use freshbooks_stand_in::NewPayment;
use ledger::State;

use super::super::document::Document;
use super::super::people::{dec, invoice, taxed};
use super::super::story::{Story, say};
use super::invoices::First;

pub(super) async fn clients_pay(story: &mut Story<'_>, first: &First, euros: i64) {
    say("");
    say("After lunch: clients pay.");
    let office = story.office;
    let confirmed = State::Confirmed;

    let id = office.pay(first.hst, 11_300, "Check").await;
    let what = "a check, the whole of the first invoice";
    story.tell(Document::Payment(id), what, confirmed).await;

    let id = office.pay(first.two_taxes, 5_000, "Credit Card").await;
    let what = "by credit card, a part of the second";
    story.tell(Document::Payment(id), what, confirmed).await;

    let id = office.pay(euros, 123_456, "Bank Transfer").await;
    let what = "a bank transfer in euros, to the account in euros";
    story.tell(Document::Payment(id), what, confirmed).await;

    before_its_invoice(story, first.harbour).await;
    overpayment_and_credit(story, first.harbour).await;
}

/// The webhook of a payment arrives, and those of its invoice an hour later.
async fn before_its_invoice(story: &mut Story<'_>, client_id: i64) {
    let office = story.office;
    let paid = office.write(invoice(client_id, vec![taxed("Rush job", 8_000)]));
    let payment = office.record(paid, 9_040, "Cash");
    let pending = office.freshbooks.take_pending();
    let of_payments = office.callback("payment").map(|callback| callback.uri);
    let (early, late): (Vec<_>, Vec<_>) = pending
        .into_iter()
        .partition(|delivery| Some(&delivery.uri) == of_payments.as_ref());

    office.deliver_each(&early).await;
    let what = "arrives before its invoice, and brings it";
    story
        .tell(Document::Payment(payment), what, State::Confirmed)
        .await;
    let what = "brought by its payment";
    story
        .tell(Document::Invoice(paid), what, State::Confirmed)
        .await;
    let (before, _) = office.cin7_calls();
    office.deliver_each(&late).await;
    let (after, _) = office.cin7_calls();
    let (webhooks, calls) = (late.len(), after - before);
    story.tell_of(
        &format!("the {webhooks} webhooks of that invoice arrive at last: {calls} Cin7 calls"),
        calls == 0,
    );
}

/// A client pays too much, and what is over is applied to another invoice as a credit.
async fn overpayment_and_credit(story: &mut Story<'_>, client_id: i64) {
    let office = story.office;
    let small = office
        .send(invoice(client_id, vec![taxed("Prints", 10_000)]))
        .await;
    let what = "113.00, for which its client pays 150.00";
    story
        .tell(Document::Invoice(small), what, State::Confirmed)
        .await;
    let id = office.pay(small, 15_000, "Check").await;
    let what = "37.00 more than is open on its invoice";
    story
        .tell(Document::Payment(id), what, State::Attention)
        .await;

    let next = office
        .send(invoice(client_id, vec![taxed("Frames", 10_000)]))
        .await;
    let what = "113.00, of which 37.00 are paid with a credit";
    story
        .tell(Document::Invoice(next), what, State::Confirmed)
        .await;
    let credit = NewPayment {
        invoice_id: next,
        amount: dec(3_700, 2),
        credit_id: Some(id),
        ..NewPayment::default()
    };
    let id = office.freshbooks.record_payment(&office.account, credit);
    office.deliver().await;
    let what = "the 37.00 applied as a credit";
    story
        .tell(Document::Payment(id), what, State::Skipped)
        .await;
}
