//! What has to hold of purchases, their payments, journals and money operations.

use cin7_stand_in::{DocumentStatus, LedgerStatus, Payment, Purchase};
use money::Decimal;
use serde_json::Value;

use super::{Judged, amount, is_deleted, is_seen, told};
use crate::explorer::bought::shown_journal;
use crate::explorer::scenarios::Document;
use crate::world::{Party, World, is_of};

/// Something that is not void in Cin7 and may be a document's.
struct Copy {
    what: String,
    mark: String,
    /// The mark of what it stands on.
    on: String,
    /// None while it is unfinished.
    total: Option<Decimal>,
}

/// Whether a document stands in Cin7, as it should; what is wrong where it does not.
pub(super) fn stands(world: &World, party: &Party, document: &Document) -> Result<bool, String> {
    let shown = shown(world, party, document);
    let mark = mark(party, document.kind, document.id);
    let copies: Vec<Copy> = copies(world, party)
        .into_iter()
        .filter(|copy| is_of(&mark, &copy.mark))
        .collect();
    let whats: Vec<&str> = copies.iter().map(|copy| copy.what.as_str()).collect();
    if is_deleted(&shown) {
        return match copies.len() {
            0 => Ok(false),
            _ => Err(format!("it was deleted, and stands in Cin7 as {whats:?}")),
        };
    }
    let forms: &[&[&str]] = match document.kind {
        "bill" => &[&["purchase"]],
        "bill_payment" => &[&["payment"]],
        "expense" => &[&["purchase", "payment"], &["money operation"]],
        _ => &[&["journal"]],
    };
    if !forms.contains(&whats.as_slice()) {
        return Err(format!("it stands in Cin7 as {whats:?}"));
    }
    let total = total(document, &shown);
    if let Some(other) = copies.iter().find(|copy| copy.total != Some(total)) {
        let (what, in_cin7) = (&other.what, other.total);
        return Err(format!(
            "its {what} in Cin7 holds {in_cin7:?}, FreshBooks says {total}"
        ));
    }
    let bill = shown["billid"].as_i64();
    let below = bill.map_or(mark, |bill| self::mark(party, "bill", bill));
    match copies.iter().find(|copy| !is_of(&below, &copy.on)) {
        Some(copy) => Err(format!("its {} is on {}", copy.what, copy.on)),
        None => Ok(true),
    }
}

/// What was begun and not finished may stand only if its record says so where people look.
pub(super) async fn look_for_orphans(
    world: &World,
    party: &Party,
    cast: &[Document],
    judged: &mut Judged,
) {
    for copy in copies(world, party) {
        let of = |document: &&Document| is_of(&mark(party, document.kind, document.id), &copy.mark);
        let Some(document) = cast.iter().find(of) else {
            let (what, mark) = (&copy.what, &copy.mark);
            judged
                .broken
                .push(format!("a {what} is of nothing known: {mark}"));
            continue;
        };
        let record = world.record_in(party, document.kind, document.id).await;
        if copy.total.is_none() && !is_seen(&record) {
            let what = format!("its {} was begun and never finished", copy.what);
            judged.broken.push(told(&record, &what));
        }
    }
}

fn shown(world: &World, party: &Party, document: &Document) -> Value {
    let (freshbooks, account, id) = (&world.freshbooks, &party.account, document.id);
    let shown = match document.kind {
        "bill" => freshbooks.bill(account, id),
        "bill_payment" => freshbooks.bill_payment(account, id),
        "expense" => freshbooks.expense(account, id),
        _ => shown_journal(world, id),
    };
    shown.unwrap()
}

fn total(document: &Document, shown: &Value) -> Decimal {
    match document.kind {
        "bill" => crate::world::dec(shown["total_amount"]["amount"].as_str().unwrap_or_default()),
        "journal_entry" => {
            let sides = shown["details"].as_array().unwrap();
            let debits = sides.iter().filter(|side| side["type"] == "TYPE_DEBIT");
            debits.map(amount).sum()
        }
        _ => amount(shown),
    }
}

fn mark(party: &Party, kind: &str, id: i64) -> String {
    let noun = match kind {
        "journal_entry" => "journal",
        kind => kind,
    };
    format!("freshbooks:{}:{noun}:{id}", party.account.account_id)
}

/// All that stands, each purchase before its payments.
fn copies(world: &World, party: &Party) -> Vec<Copy> {
    let mut copies = Vec::new();
    for purchase in world.cin7.purchases(&party.keys) {
        if !purchase.voided {
            copies.push(of_purchase(&purchase));
            let payments = purchase.payments.iter();
            copies.extend(payments.map(|payment| of_payment(&purchase, payment)));
        }
    }
    for journal in world.cin7.journals(&party.keys) {
        let total = journal.lines.iter().map(|line| line.amount).sum();
        copies.extend(of_ledger(
            "journal",
            &journal.narration,
            journal.status,
            total,
        ));
    }
    for operation in world.cin7.money_operations(&party.keys) {
        let (mark, total) = (&operation.reference, operation.total());
        copies.extend(of_ledger("money operation", mark, operation.status, total));
    }
    copies
}

fn of_purchase(purchase: &Purchase) -> Copy {
    let mark = marked(purchase);
    Copy {
        what: "purchase".to_owned(),
        on: mark.clone(),
        mark,
        total: authorised_total(purchase),
    }
}

fn of_payment(purchase: &Purchase, payment: &Payment) -> Copy {
    Copy {
        what: "payment".to_owned(),
        mark: payment.reference.clone(),
        on: marked(purchase),
        total: Some(payment.amount),
    }
}

fn of_ledger(what: &str, mark: &str, status: LedgerStatus, total: Decimal) -> Option<Copy> {
    let total = match status {
        LedgerStatus::Voided => return None,
        LedgerStatus::Draft => None,
        LedgerStatus::Completed => Some(total),
    };
    Some(Copy {
        what: what.to_owned(),
        mark: mark.to_owned(),
        on: mark.to_owned(),
        total,
    })
}

/// A purchase's mark is the first word of its note.
fn marked(purchase: &Purchase) -> String {
    let mut words = purchase.header.note.split_whitespace();
    words.next().unwrap_or_default().to_owned()
}

fn authorised_total(purchase: &Purchase) -> Option<Decimal> {
    let mut invoices = purchase.invoices.iter();
    let invoice = invoices.find(|invoice| invoice.status == DocumentStatus::Authorised)?;
    Some(purchase.invoice_total(invoice))
}
