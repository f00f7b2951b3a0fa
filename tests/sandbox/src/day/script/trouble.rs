//! Late afternoon: things go wrong.

use cin7_stand_in::{Fault, Matcher};
use freshbooks_stand_in::NewInvoice;
use ledger::State;
use serde_json::json;

use super::super::document::Document;
use super::super::people::{invoice, taxed};
use super::super::story::{Story, say};
use crate::NotStarted;

pub(super) async fn things_go_wrong(story: &mut Story<'_>, first: i64) -> Result<(), NotStarted> {
    say("");
    say("Late afternoon: things go wrong.");
    let harbour = story
        .office
        .client("Harbour Studio", "hello@harbour.example");
    duplicate_and_forgery(story, first).await;
    reordered(story, harbour).await;
    lost_replies(story, harbour).await;
    throttled(story, harbour).await;
    refused_and_replayed(story, harbour).await
}

fn work(client_id: i64, cents: i64) -> NewInvoice {
    invoice(client_id, vec![taxed("Photo shoot", cents)])
}

async fn duplicate_and_forgery(story: &mut Story<'_>, first: i64) {
    let office = story.office;
    let (before, _) = office.cin7_calls();
    let status = office.deliver_again(Document::Invoice(first)).await;
    let (after, _) = office.cin7_calls();
    let calls = after - before;
    story.tell_of(
        &format!("the first invoice is delivered again: answered {status}, {calls} Cin7 calls"),
        status == 200 && calls == 0,
    );
    let forged = "NotTheVerifierOfThisCallback00000";
    let status = office
        .deliver_signed(Document::Invoice(first), forged)
        .await;
    let what = format!("a forged delivery: answered {status}, nothing queued");
    story.tell_of(&what, status == 401);
}

/// An invoice, its change and its payment; the webhooks arrive backwards, each twice.
async fn reordered(story: &mut Story<'_>, client_id: i64) {
    let office = story.office;
    let id = office.write(work(client_id, 10_000));
    let edit = |form: &mut NewInvoice| form.lines = vec![taxed("Photo shoot", 15_000)];
    // It was made a line ago.
    let _ = office.freshbooks.update_invoice(&office.account, id, edit);
    let payment = office.record(id, 5_000, "Check");
    let mut pending = office.freshbooks.take_pending();
    pending.reverse();
    let twice: Vec<_> = pending
        .iter()
        .flat_map(|delivery| [delivery.clone(), delivery.clone()])
        .collect();
    office.deliver_each(&twice).await;
    let what = "its webhooks arrive backwards, each twice";
    story
        .tell(Document::Invoice(id), what, State::Confirmed)
        .await;
    story
        .tell(Document::Payment(payment), what, State::Confirmed)
        .await;
}

async fn lost_replies(story: &mut Story<'_>, client_id: i64) {
    let office = story.office;
    let lost = |path: &str, fault| office.cin7.fail(Matcher::new("POST", path), fault);
    let confirmed = State::Confirmed;

    lost("sale", Fault::LostAfter);
    let id = office.send(work(client_id, 25_000)).await;
    let what = "the reply to its sale was lost";
    story.tell(Document::Invoice(id), what, confirmed).await;
    let paid = id;

    lost("sale/invoice", Fault::LostBefore);
    let id = office.send(work(client_id, 30_000)).await;
    let what = "its invoice was lost on the way";
    story.tell(Document::Invoice(id), what, confirmed).await;

    lost("sale/payment", Fault::LostAfter);
    let id = office.pay(paid, 10_000, "Check").await;
    let what = "the reply to it was lost";
    story.tell(Document::Payment(id), what, confirmed).await;
}

async fn throttled(story: &mut Story<'_>, client_id: i64) {
    let office = story.office;
    let order = Matcher::new("POST", "sale/order");
    office.cin7.fail(order, Fault::Limit429);
    let id = office.send(work(client_id, 35_000)).await;
    let what = "Cin7 was throttled for a minute";
    story
        .tell(Document::Invoice(id), what, State::Confirmed)
        .await;
}

/// Cin7 says no until somebody puts something right there, and says so.
async fn refused_and_replayed(story: &mut Story<'_>, client_id: i64) -> Result<(), NotStarted> {
    let office = story.office;
    // Each of the two webhooks of a new invoice leads to a look of its own.
    let invoice = Matcher::new("POST", "sale/invoice").next(2);
    office.cin7.fail(invoice, Fault::Refused400);
    let id = office.send(work(client_id, 40_000)).await;
    let document = Document::Invoice(id);
    let what = "Cin7 refuses its invoice";
    story.tell(document, what, State::Attention).await;

    let why = "the attribute is put right in Cin7";
    let one = json!({ "kind": "invoice", "id": id.to_string() });
    let answer = office.replay(one, "Dana Reyes", why).await?;
    let replayed = &answer["replayed"];
    story.tell_of(
        &format!("Dana Reyes replays it, because {why}: {replayed} looked at again"),
        *replayed == 1,
    );
    let what = "refused by Cin7, then replayed by Dana Reyes";
    story.tell(document, what, State::Confirmed).await;
    Ok(())
}
