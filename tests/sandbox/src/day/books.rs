//! What stands in either service, as each says itself. The ledger is not asked.

use cin7_stand_in::{DocumentStatus, LedgerStatus, MoneyOperation, Purchase, Sale, TaskType};
use money::Decimal;
use serde_json::{Value, json};

use super::document::Document;
use super::errands::answer_to;
use super::office::Office;
use crate::NotStarted;
use crate::plant::not;

/// What a figure counts towards. An expense is bought and paid at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Invoiced,
    Received,
    Credited,
    Bought,
    Paid,
    Income,
    Journals,
}

impl Side {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Invoiced => "invoiced",
            Self::Received => "received",
            Self::Credited => "credited",
            Self::Bought => "bought",
            Self::Paid => "paid",
            Self::Income => "income",
            Self::Journals => "journals",
        }
    }
}

/// One figure that counts in a service's books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Which FreshBooks document it is, or was made for; `None` where it carries nobody's mark.
    pub(super) document: Option<Document>,
    pub(super) side: Side,
    /// How the service's own people call it.
    pub(super) name: String,
    pub(super) currency: String,
    pub(super) amount: Decimal,
}

/// A list of FreshBooks: its path, its key, where a row has its id and its amount, what it makes of a row.
struct List {
    path: &'static str,
    key: &'static str,
    id: &'static str,
    amount: &'static str,
    sides: &'static [Side],
    document: fn(i64) -> Document,
}

const LISTS: [List; 7] = [
    List {
        path: "invoices/invoices",
        key: "invoices",
        id: "id",
        amount: "amount",
        sides: &[Side::Invoiced],
        document: Document::Invoice,
    },
    List {
        path: "payments/payments",
        key: "payments",
        id: "id",
        amount: "amount",
        sides: &[Side::Received],
        document: Document::Payment,
    },
    List {
        path: "bills/bills",
        key: "bills",
        id: "id",
        amount: "total_amount",
        sides: &[Side::Bought],
        document: Document::Bill,
    },
    List {
        path: "bill_payments/bill_payments",
        key: "bill_payments",
        id: "id",
        amount: "amount",
        sides: &[Side::Paid],
        document: Document::BillPayment,
    },
    List {
        path: "expenses/expenses",
        key: "expenses",
        id: "id",
        amount: "amount",
        sides: &[Side::Bought, Side::Paid],
        document: Document::Expense,
    },
    List {
        path: "other_incomes/other_incomes",
        key: "other_income",
        id: "incomeid",
        amount: "amount",
        sides: &[Side::Income],
        document: Document::OtherIncome,
    },
    List {
        path: "credit_notes/credit_notes",
        key: "credit_notes",
        id: "creditid",
        amount: "amount",
        sides: &[Side::Credited],
        document: Document::CreditNote,
    },
];

/// What FreshBooks counts: what was sent and not deleted. An accountant with an app of their own reads its
/// lists.
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
    for list in &LISTS {
        let (account, path) = (&office.account.account_id, list.path);
        let address = format!("{url}/accounting/account/{account}/{path}?per_page=100");
        let asked = office.http.get(address).bearer_auth(token);
        let answer = answer_to(asked).await.map_err(&failed)?;
        let result = &answer["response"]["result"];
        if result["pages"].as_i64().is_none_or(|pages| pages > 1) {
            return Err(not("FreshBooks' own lists")("they have more than a page"));
        }
        let rows = result[list.key].as_array().into_iter().flatten();
        entries.extend(rows.filter_map(|row| read(office, list, row)).flatten());
    }
    let address = format!(
        "{url}/accounting/businesses/{}/journal_entries",
        office.account.business_uuid
    );
    let asked = office.http.get(address).bearer_auth(token);
    let asked = asked.header("x-api-version", "2023-09-25");
    let answer = answer_to(asked).await.map_err(&failed)?;
    let rows = answer["manualJournalEntries"].as_array();
    entries.extend(rows.into_iter().flatten().filter_map(journal));
    Ok(entries)
}

/// A row of a list; a draft counts in nobody's books (docs/freshbooks-api.md, invoices), and neither does an
/// expense that is the bank's side of a bill payment.
fn read(office: &Office, list: &List, row: &Value) -> Option<Vec<Entry>> {
    let is_of_bank = row["bill_matches"]
        .as_array()
        .is_some_and(|matches| !matches.is_empty());
    if row["v3_status"] == "draft" || is_of_bank {
        return None;
    }
    let document = (list.document)(row[list.id].as_i64()?);
    let amount = &row[list.amount];
    let amount_of = |side: &Side| {
        Some(Entry {
            document: Some(document),
            side: *side,
            name: office.name(document),
            currency: amount["code"].as_str()?.to_owned(),
            amount: amount["amount"].as_str()?.parse().ok()?,
        })
    };
    list.sides.iter().map(amount_of).collect()
}

/// A manual entry, whose id in the older generation is the end of its name in the newer one.
fn journal(row: &Value) -> Option<Entry> {
    let uuid = row["uuid"].as_str()?;
    let id: i64 = uuid.rsplit('-').next()?.parse().ok()?;
    let details = row["details"].as_array()?;
    let mut debits = details.iter().filter(|side| side["type"] == "TYPE_DEBIT");
    let currency = debits.clone().next()?["amount"]["code"]
        .as_str()?
        .to_owned();
    let amount = debits.try_fold(Decimal::ZERO, |sum, side| {
        let amount: Decimal = side["amount"]["amount"].as_str()?.parse().ok()?;
        Some(sum + amount)
    })?;
    Some(Entry {
        document: Some(Document::JournalEntry(id)),
        side: Side::Journals,
        name: format!("journal entry {id}"),
        currency,
        amount,
    })
}

/// What Cin7 counts: authorised invoices of sales and purchases that are not void, the payments on them,
/// completed money operations and journals.
pub(super) fn cin7(office: &Office) -> Vec<Entry> {
    let account_id = &office.account.account_id;
    let sales = office.cin7.sales(&office.keys);
    let sales = sales.iter().filter(|sale| !sale.voided);
    let mut entries: Vec<Entry> = sales.flat_map(|sale| of_sale(account_id, sale)).collect();
    let purchases = office.cin7.purchases(&office.keys);
    let purchases = purchases.iter().filter(|purchase| !purchase.voided);
    entries.extend(purchases.flat_map(|purchase| of_purchase(account_id, purchase)));
    let operations = office.cin7.money_operations(&office.keys);
    let operations = operations
        .iter()
        .filter(|operation| operation.status == LedgerStatus::Completed);
    entries.extend(operations.flat_map(|operation| of_operation(account_id, operation)));
    let journals = office.cin7.journals(&office.keys);
    let journals = journals
        .iter()
        .filter(|journal| journal.status == LedgerStatus::Completed);
    entries.extend(journals.map(|journal| Entry {
        document: Document::of_mark(account_id, &journal.narration),
        side: Side::Journals,
        name: journal.journal_number.clone(),
        currency: journal.currency.clone(),
        amount: journal.lines.iter().map(|line| line.amount).sum(),
    }));
    entries
}

fn of_sale(account_id: &str, sale: &Sale) -> Vec<Entry> {
    let entry = |mark: &str, side: Side, amount: Decimal| Entry {
        document: Document::of_mark(account_id, mark),
        side,
        name: sale.order_number.clone(),
        currency: sale.currency.clone(),
        amount,
    };
    let authorised =
        |invoice: &&cin7_stand_in::Invoice| invoice.status == DocumentStatus::Authorised;
    let invoices = sale.invoices.iter().filter(authorised).map(|invoice| {
        let total = sale.invoice_total(invoice);
        entry(&sale.header.external_id, Side::Invoiced, total)
    });
    let payments = sale.payments.iter();
    let payments =
        payments.map(|payment| entry(&payment.reference, Side::Received, payment.amount));
    invoices.chain(payments).collect()
}

fn of_purchase(account_id: &str, purchase: &Purchase) -> Vec<Entry> {
    let entry = |mark: &str, side: Side, amount: Decimal| Entry {
        document: Document::of_mark(account_id, mark),
        side,
        name: purchase.order_number.clone(),
        currency: purchase.currency.clone(),
        amount,
    };
    let mark = purchase.header.note.split_whitespace().next();
    let mark = mark.unwrap_or_default();
    let invoices = purchase
        .invoices
        .iter()
        .filter(|invoice| invoice.status == DocumentStatus::Authorised)
        .map(|invoice| entry(mark, Side::Bought, purchase.invoice_total(invoice)));
    let payments = purchase.payments.iter();
    let payments = payments.map(|payment| entry(&payment.reference, Side::Paid, payment.amount));
    invoices.chain(payments).collect()
}

/// Money that was spent on something is bought and paid in one.
fn of_operation(account_id: &str, operation: &MoneyOperation) -> Vec<Entry> {
    let sides: &[Side] = match operation.task_type {
        TaskType::Spend => &[Side::Bought, Side::Paid],
        TaskType::Receive => &[Side::Income],
    };
    let entry = |side: &Side| Entry {
        document: Document::of_mark(account_id, &operation.reference),
        side: *side,
        name: "money operation".to_owned(),
        // Of the bank account: the sandbox's expenses and incomes are in the base currency.
        currency: "USD".to_owned(),
        amount: operation.total(),
    };
    sides.iter().map(entry).collect()
}
