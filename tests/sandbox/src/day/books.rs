//! What stands in either service, as each says itself. The ledger is not asked.

use cin7_stand_in::{DocumentStatus, Sale};
use money::Decimal;
use serde_json::{Value, json};

use super::document::Document;
use super::errands::answer_to;
use super::office::Office;
use crate::NotStarted;
use crate::plant::not;

/// One document that counts in a service's books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Which FreshBooks document it is, or was made for; `None` where it carries nobody's mark.
    pub(super) document: Option<Document>,
    /// Whether it was paid rather than invoiced.
    pub(super) paid: bool,
    /// How the service's own people call it.
    pub(super) name: String,
    pub(super) currency: String,
    pub(super) amount: Decimal,
}

/// What FreshBooks counts: invoices that were sent and not deleted, payments that were not deleted.
/// An accountant with an app of their own reads its lists.
///
/// # Errors
/// The stand-in did not answer as FreshBooks does.
pub(super) async fn freshbooks(office: &Office) -> Result<Vec<Entry>, NotStarted> {
    let failed = not("FreshBooks' own lists");
    let app = office.freshbooks.new_app();
    let grant = json!({
        "grant_type": "refresh_token", "client_id": app.client_id, "client_secret": app.client_secret,
        "refresh_token": office.freshbooks.consent(&app, &office.account),
    });
    let url = office.freshbooks.url();
    let asked = office.http.post(format!("{url}/auth/oauth/token"));
    let token = answer_to(asked.json(&grant)).await.map_err(&failed)?;
    let token = token["access_token"].as_str().unwrap_or_default();

    let mut entries = Vec::new();
    for (path, list) in [
        ("invoices/invoices", "invoices"),
        ("payments/payments", "payments"),
    ] {
        let account = &office.account.account_id;
        let address = format!("{url}/accounting/account/{account}/{path}?per_page=100");
        let asked = office.http.get(address).bearer_auth(token);
        let answer = answer_to(asked).await.map_err(&failed)?;
        let result = &answer["response"]["result"];
        if result["pages"] != 1 {
            return Err(not("FreshBooks' own lists")("they have more than a page"));
        }
        let rows = result[list].as_array().into_iter().flatten();
        entries.extend(rows.filter_map(read));
    }
    Ok(entries)
}

/// A row of a list; a draft counts in nobody's books (docs/freshbooks-api.md, invoices).
fn read(row: &Value) -> Option<Entry> {
    if row["v3_status"] == "draft" {
        return None;
    }
    let id = row["id"].as_i64()?;
    let number = row["invoice_number"].as_str();
    Some(Entry {
        document: Some(match number {
            Some(_) => Document::Invoice(id),
            None => Document::Payment(id),
        }),
        paid: number.is_none(),
        name: number.map_or_else(
            || format!("payment {id}"),
            |number| format!("invoice {number}"),
        ),
        currency: row["amount"]["code"].as_str()?.to_owned(),
        amount: row["amount"]["amount"].as_str()?.parse().ok()?,
    })
}

/// What Cin7 counts: authorised invoices of sales that are not void, and the payments on them.
pub(super) fn cin7(office: &Office) -> Vec<Entry> {
    let sales = office.cin7.sales(&office.keys);
    let standing = sales.iter().filter(|sale| !sale.voided);
    let account_id = &office.account.account_id;
    standing
        .flat_map(|sale| entries_of(account_id, sale))
        .collect()
}

fn entries_of(account_id: &str, sale: &Sale) -> Vec<Entry> {
    let entry = |mark: &str, paid: bool, name: String, amount: Decimal| Entry {
        document: Document::of_mark(account_id, mark),
        paid,
        name,
        currency: sale.currency.clone(),
        amount,
    };
    let number = &sale.order_number;
    let authorised =
        |invoice: &&cin7_stand_in::Invoice| invoice.status == DocumentStatus::Authorised;
    let invoices = sale.invoices.iter().filter(authorised).map(|invoice| {
        let total = sale.invoice_total(invoice);
        entry(&sale.header.external_id, false, number.clone(), total)
    });
    let payments = sale
        .payments
        .iter()
        .map(|payment| entry(&payment.reference, true, number.clone(), payment.amount));
    invoices.chain(payments).collect()
}
