//! Plays the month day by day.

use std::collections::BTreeMap;

use cin7_stand_in::Matcher;
use jiff::civil::date;
use reqwest::Method;

use super::super::document::Document;
use super::super::office::Office;
use super::super::people::{invoice, taxed};
use super::super::story::{Story, say};
use super::month::{Deed, Event, MONTH, OnTheWay};
use crate::NotStarted;

/// What the documents of the table are.
type Known = BTreeMap<&'static str, Document>;

/// Lets the rest of the month happen.
///
/// # Errors
/// The clock, a function or a person in Cin7 failed.
pub(super) async fn the_rest_of_the_month(story: &mut Story<'_>) -> Result<(), NotStarted> {
    let mut known = Known::new();
    let mut today = 0;
    for event in &MONTH {
        if event.day != today {
            today = event.day;
            story.office.sleep_until(today).await?;
            say("");
            say(&format!("{}:", date(2026, 1, today).strftime("%A, %e %B")));
        }
        play(story, event, &mut known).await?;
    }
    // The last night of the month.
    story.office.sleep_until(31).await
}

async fn play(story: &mut Story<'_>, event: &Event, known: &mut Known) -> Result<(), NotStarted> {
    let office = story.office;
    if let OnTheWay::Fault(path, fault) = event.on_the_way {
        office.cin7.fail(Matcher::new("POST", path), fault);
    }
    let Some(document) = begun(office, event, known).await? else {
        return Ok(());
    };
    known.insert(event.name, document);
    match event.on_the_way {
        OnTheWay::NoWebhook => {
            office.freshbooks.take_pending();
            office.catch_up(false).await?;
        }
        OnTheWay::Twice => {
            let pending = office.freshbooks.take_pending();
            let twice: Vec<_> = pending.iter().chain(&pending).cloned().collect();
            office.deliver_each(&twice).await;
        }
        _ if event.deed.is_announced() && !is_unannounced(document) => office.deliver().await,
        _ => office.catch_up(false).await?,
    }
    story.tell(document, event.what, event.ends).await;
    Ok(())
}

/// Of these FreshBooks tells nobody (docs/freshbooks-api.md, events).
fn is_unannounced(document: Document) -> bool {
    matches!(
        document,
        Document::BillPayment(_) | Document::OtherIncome(_) | Document::JournalEntry(_)
    )
}

/// Does it in FreshBooks or Cin7; the document that it was about.
async fn begun(
    office: &Office,
    event: &Event,
    known: &Known,
) -> Result<Option<Document>, NotStarted> {
    let of = |name: &str| known.get(name).copied();
    let document = match event.deed {
        Deed::Bill {
            vendor,
            currency,
            lines,
        } => office.bill(event.name, (vendor, currency), lines).await?,
        Deed::PayBill { bill, cents, by } => match of(bill) {
            Some(Document::Bill(bill)) => office.pay_bill(bill, cents, by),
            _ => return Ok(None),
        },
        Deed::Expense {
            vendor,
            category,
            cents,
            tax,
        } => office.expense((vendor, category), cents, tax),
        Deed::FromBank { payment, cents } => match of(payment) {
            Some(Document::BillPayment(payment)) => office.bank_side(payment, cents),
            _ => return Ok(None),
        },
        Deed::Income { source, cents } => office.income(source, cents),
        Deed::Credit { client, cents } => office.credit(office.client_called(client), cents),
        Deed::Journal(sides) => office.journal(event.name, sides),
        Deed::Invoice { client, cents } => {
            let form = invoice(office.client_called(client), vec![taxed("Catering", cents)]);
            Document::Invoice(office.write(form))
        }
        Deed::SpendMoney => {
            office.spend_money_from_now_on().await?;
            say(&format!("  {}", event.what));
            return Ok(None);
        }
        Deed::Reprice(cents) => {
            let Some(document) = of(event.name) else {
                return Ok(None);
            };
            office.reprice(document, cents);
            document
        }
        Deed::Delete => {
            let Some(document) = of(event.name) else {
                return Ok(None);
            };
            office.delete(document);
            document
        }
        Deed::VoidInCin7 => {
            let Some(document) = of(event.name) else {
                return Ok(None);
            };
            if let Some(sale) = office.sale_of(document) {
                let path = format!("sale?ID={}&Void=true", sale.id);
                office.in_cin7(Method::DELETE, &path, None).await?;
            }
            document
        }
    };
    Ok(Some(document))
}
