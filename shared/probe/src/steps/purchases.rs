//! What purchases of services alone are like (docs/cin7-api.md, purchases).

use cin7::{
    Approach, NewSupplier, Purchase, PurchaseHeader, PurchaseInvoice, PurchaseKind, PurchaseOrder,
};
use money::{Decimal, cents};

use super::Found;
use crate::account::Account;
use crate::progress::{Finding, ThingKind};
use crate::removal::note_mark;
use crate::sitting::{Sitting, Stop, Tried, failed, tried, unsettled};

/// A purchase of services, with an order and, where Cin7 takes none, without.
pub(super) async fn service(step: &str, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let account = at.account()?;
    let Some(charge) = account.charge() else {
        return Ok(Found::nothing(
            "Cin7 has no active account for expenses or no active tax rule for purchases; add them there."
                .to_owned(),
        ));
    };
    let purchase = match header(step, at, &account).await? {
        Ok(purchase) => purchase,
        Err(words) => {
            return Ok(said(
                false,
                format!("Cin7 refused a purchase of services: \u{201c}{words}\u{201d}."),
            ));
        }
    };
    if !is_service(at, &purchase).await? {
        return Ok(said(
            false,
            "Cin7 made an ordinary purchase of what was asked for as one of services.".to_owned(),
        ));
    }
    let order = PurchaseOrder {
        memo: String::new(),
        lines: Vec::new(),
        charges: vec![charge.clone()],
    };
    let ordered = tried(at.writer.post_purchase_order(&purchase.id, &order).await)?;
    let invoice = PurchaseInvoice {
        number: number(&purchase, at),
        date: at.today(),
        due: at.today(),
        lines: Vec::new(),
        charges: vec![charge.clone()],
    };
    let task = purchase.invoice_task().to_owned();
    let answered = at
        .writer
        .post_purchase_invoice(&purchase.id, &task, &invoice)
        .await;
    let how = match &ordered {
        Ok(_) => "after its order".to_owned(),
        Err(words) => format!("without an order, which it refused (\u{201c}{words}\u{201d})"),
    };
    let invoiced = match tried(answered)? {
        Ok(invoiced) => invoiced,
        Err(words) => {
            let evidence = format!(
                "Cin7 made a service purchase and refused its invoice {how}: \u{201c}{words}\u{201d}."
            );
            return Ok(said(false, evidence));
        }
    };
    let shown = invoiced.invoices.iter().next_back();
    let total = shown.and_then(|invoice| invoice.total).map(cents);
    let wanted = charge.total + charge.tax;
    if total != Some(wanted) {
        return Ok(Found::nothing(format!(
            "Cin7 took the invoice of a service purchase, but not as one of {wanted}."
        )));
    }
    let evidence = format!("Cin7 made a service purchase and took its invoice {how}, to the cent.");
    let mut found = said(true, evidence);
    found.findings.extend(task_of(&purchase));
    Ok(found)
}

/// Which task the first invoice has, where the header's answer shows it.
fn task_of(purchase: &Purchase) -> Option<Finding> {
    let first = purchase.invoices.first()?;
    let is_own = first.task_id.eq_ignore_ascii_case(&purchase.id);
    let (word, whose) = match is_own {
        true => ("purchase", "the purchase's own id"),
        false => ("group", "an id of its own"),
    };
    let evidence = format!("The task of its invoice has {whose}.");
    Some(Finding::new("purchase_task", word, evidence))
}

async fn is_service(at: &Sitting<'_>, purchase: &Purchase) -> Result<bool, Stop> {
    let mut kind = purchase.kind.clone();
    if kind.is_empty() {
        let shown = at.writer.reader().purchase(&purchase.id).await;
        let shown = shown.map_err(|error| Stop::Failed(failed(error)))?;
        kind = shown.map(|shown| shown.kind).unwrap_or_default();
    }
    Ok(kind.to_ascii_lowercase().contains("service"))
}

/// The name of the purchase, which people find it by.
fn number(purchase: &Purchase, at: &Sitting<'_>) -> String {
    let mut things = at.progress.things.iter();
    let thing = things.find(|thing| thing.id.as_deref() == Some(&purchase.id));
    thing.map(|thing| thing.name.clone()).unwrap_or_default()
}

async fn header(step: &str, at: &mut Sitting<'_>, account: &Account) -> Tried<Purchase> {
    let supplier_id = supplier(at, account).await?;
    let name = at.about_to_make(ThingKind::Purchase, step).await?;
    let header = PurchaseHeader {
        supplier_id,
        approach: Approach::Invoice,
        kind: PurchaseKind::Service,
        location: account.location.clone(),
        tax_rule: account.purchase_rule.clone().map(|(rule, _)| rule),
        terms: None,
        currency_rate: Decimal::ONE,
        mark: note_mark(&name),
        remarks: "Made by the connector's probe.".to_owned(),
    };
    let answered = at.writer.create_purchase(&header).await;
    at.made(&name, |made: &Purchase| made.id.clone(), answered)
        .await
}

/// The supplier of all the probe's purchases, made with the first of them.
async fn supplier(at: &mut Sitting<'_>, account: &Account) -> Result<String, Stop> {
    if let Some(known) = &account.supplier_id {
        return Ok(known.clone());
    }
    let Some(with) = &account.supplier else {
        return Err(Stop::Unsettled(
            "Cin7 lacks a payment term, a payable account or a tax rule for a new supplier; add them there, or \
             name them under [settings.suppliers]."
                .to_owned(),
        ));
    };
    let name = at.about_to_make(ThingKind::Supplier, "supplier").await?;
    let new = NewSupplier {
        name: name.clone(),
        currency: account.currency,
        payment_term: with.payment_term.clone(),
        account_payable: with.payable_account.clone(),
        tax_rule: with.tax_rule.clone(),
        contact: String::new(),
        email: String::new(),
        phone: String::new(),
        comments: "Made by the connector's probe; it may be deprecated.".to_owned(),
    };
    let answered = at.writer.create_supplier(&new).await;
    let made = at
        .made(&name, |made: &cin7::Supplier| made.id.clone(), answered)
        .await?;
    let made = made.map_err(|words| unsettled("a supplier for the probe", &words))?;
    if let Some(account) = &mut at.progress.account {
        account.supplier_id = Some(made.id.clone());
    }
    at.save().await?;
    Ok(made.id)
}

fn said(flag: bool, evidence: String) -> Found {
    Found::one(Finding::new("service_purchases", flag, evidence))
}
