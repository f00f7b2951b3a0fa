//! What has to hold when a world has come to rest.

mod bought;

use cin7_stand_in::{DocumentStatus, Sale};
use ledger::{Record, State};
use money::Decimal;
use serde_json::Value;

use super::scenarios::Document;
use crate::world::{Party, World, dec, is_of};

/// How a world stands.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// What must never be.
    pub(super) broken: Vec<String>,
    /// Documents that are not where they should be, but stand in a list that people see, with a
    /// sentence.
    pub(super) seen: Vec<String>,
}

/// Judges every document of a story by what FreshBooks says of it.
pub(super) async fn judge(world: &World, cast: &[Document]) -> Judged {
    let mut judged = Judged::default();
    for document in cast {
        let party = &world.parties()[document.party];
        let key = document.key(world);
        let record = world.plant.ledger().record(&key).await.unwrap();
        let Some(record) = record else {
            judged
                .broken
                .push(format!("{key} is lost: there is no record of it"));
            continue;
        };
        match standing(world, party, document, &record) {
            Ok(()) => {}
            Err(what) if is_seen(&record) => judged.seen.push(told(&record, &what)),
            Err(what) => judged.broken.push(told(&record, &what)),
        }
    }
    for party in world.parties() {
        look_for_orphans(world, party, cast, &mut judged).await;
        bought::look_for_orphans(world, party, cast, &mut judged).await;
    }
    judged
}

fn told(record: &Record, what: &str) -> String {
    let (key, state) = (&record.key, record.state.name());
    format!("{key} is {state}: {what}. It says: {:?}", record.sentence)
}

/// Whether a person sees it in a list, with a sentence.
fn is_seen(record: &Record) -> bool {
    matches!(record.state, State::Attention | State::Waiting) && !record.sentence.is_empty()
}

/// Why a document is not where it should be.
fn standing(
    world: &World,
    party: &Party,
    document: &Document,
    record: &Record,
) -> Result<(), String> {
    let stands = match document.kind {
        "invoice" => invoice_stands(world, party, document.id)?,
        "payment" => payment_stands(world, party, document.id)?,
        _ => bought::stands(world, party, document)?,
    };
    let right: &[State] = if stands {
        &[State::Confirmed]
    } else {
        &[State::Reversed, State::Skipped]
    };
    if right.contains(&record.state) {
        return Ok(());
    }
    Err(format!("it should be {}", right[0].name()))
}

/// Whether an invoice stands in Cin7, as it should; what is wrong where it does not.
fn invoice_stands(world: &World, party: &Party, id: i64) -> Result<bool, String> {
    let shown = world.freshbooks.invoice(&party.account, id).unwrap();
    let sales = world.standing_sales_of(party, id);
    if is_deleted(&shown) {
        return match sales.len() {
            0 => Ok(false),
            _ => Err("it was deleted, and its sale stands in Cin7".to_owned()),
        };
    }
    let [sale] = sales.as_slice() else {
        return Err(format!("it has {} standing sales in Cin7", sales.len()));
    };
    let total = amount(&shown);
    match authorised_total(sale) {
        Some(in_cin7) if in_cin7 == total => Ok(true),
        Some(in_cin7) => Err(format!("Cin7 holds {in_cin7}, FreshBooks says {total}")),
        None => Err("its sale has no authorised invoice".to_owned()),
    }
}

/// The same of a payment.
fn payment_stands(world: &World, party: &Party, id: i64) -> Result<bool, String> {
    let shown = world.freshbooks.payment(&party.account, id).unwrap();
    let payments = world.payments_of(party, id);
    if is_deleted(&shown) {
        return match payments.len() {
            0 => Ok(false),
            _ => Err("it was deleted, and stands in Cin7".to_owned()),
        };
    }
    let [payment] = payments.as_slice() else {
        return Err(format!("it stands {} times in Cin7", payments.len()));
    };
    let invoice = shown["invoiceid"].as_i64().unwrap_or_default();
    let on_its_sale = |sale: &Sale| sale.payments.contains(payment);
    if !world
        .standing_sales_of(party, invoice)
        .iter()
        .any(on_its_sale)
    {
        return Err("it is not on its invoice's sale".to_owned());
    }
    if payment.amount != amount(&shown) {
        return Err(format!("Cin7 holds {}", payment.amount));
    }
    Ok(true)
}

fn is_deleted(shown: &Value) -> bool {
    shown["vis_state"].as_i64() == Some(1)
}

fn amount(shown: &Value) -> Decimal {
    dec(shown["amount"]["amount"].as_str().unwrap_or_default())
}

fn authorised_total(sale: &Sale) -> Option<Decimal> {
    let mut invoices = sale.invoices.iter();
    let authorised = |invoice: &&cin7_stand_in::Invoice| {
        invoice.status == DocumentStatus::Authorised
            && sale.order.status == DocumentStatus::Authorised
    };
    invoices
        .find(authorised)
        .map(|invoice| sale.invoice_total(invoice))
}

/// A sale that was begun and not finished may stand only if its record says so where people look.
async fn look_for_orphans(world: &World, party: &Party, cast: &[Document], judged: &mut Judged) {
    let (mut unclaimed, mut twice) = (Vec::new(), Vec::new());
    for sale in world.cin7.sales(&party.keys) {
        if sale.voided {
            continue;
        }
        let mark = &sale.header.external_id;
        let of = |document: &&Document| {
            document.kind == "invoice" && is_of(&World::sale_mark(party, document.id), mark)
        };
        let Some(document) = cast.iter().find(of) else {
            unclaimed.push(format!("{} is of nothing known: {mark}", sale.order_number));
            continue;
        };
        let record = world.record_in(party, "invoice", document.id).await;
        if authorised_total(&sale).is_none() && !is_seen(&record) {
            unclaimed.push(told(&record, "its sale was begun and never finished"));
        }
        for payment in &sale.payments {
            let same = sale.payments.iter().filter(|other| {
                !other.reference.is_empty() && other.reference == payment.reference
            });
            if same.count() > 1 {
                twice.push(format!("payment {} stands twice", payment.reference));
            }
        }
    }
    judged.broken.append(&mut unclaimed);
    judged.broken.append(&mut twice);
}
