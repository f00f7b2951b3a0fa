//! FreshBooks' own shapes. They stay in this module: documents leave it complete and typed.

mod amount;
mod bill;
mod bill_line;
mod bill_payment;
mod breach;
mod business;
mod callback;
mod category;
mod client;
mod credit_note;
mod due;
mod expense;
mod failure;
mod invoice;
mod journal_detail;
mod journal_entry;
mod ledger_account;
mod line;
mod lines;
mod other_income;
mod outline;
mod page;
mod paid_tax;
mod payment;
mod person;
mod scalar;
mod tax;
mod vendor;
mod visibility;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

pub(crate) use breach::Breach;
pub(crate) use failure::Failure;
pub(crate) use journal_detail::{JournalDetail, JournalRead, entries_of, journal_details};
pub(crate) use journal_entry::{JOURNAL_ENTRY_KEYS, journal_entries};
pub(crate) use ledger_account::ledger_accounts;
pub(crate) use page::{Page, Row};

/// The envelope of one document (docs/freshbooks-api.md, accounting resources).
#[derive(Deserialize)]
struct Envelope<T> {
    response: Response<T>,
}

#[derive(Deserialize)]
struct Response<T> {
    result: T,
}

/// The envelope without a `result` level (docs/freshbooks-api.md, identity).
#[derive(Deserialize)]
struct Bare<T> {
    response: T,
}

/// The invoice in the body of an answer.
pub(crate) fn invoice(body: &[u8]) -> Result<crate::Invoice, Breach> {
    one::<invoice::Invoice, _>(body, "invoice")
}

/// A page of invoices.
pub(crate) fn invoices(body: &[u8]) -> Result<Page<Row<crate::Invoice>>, Breach> {
    page::rows::<invoice::Invoice, _>(body, "invoices", &["id", "invoiceid"])
}

/// The client in the body of an answer.
pub(crate) fn client(body: &[u8]) -> Result<crate::Client, Breach> {
    one::<client::Client, _>(body, "client")
}

/// A page of clients.
pub(crate) fn clients(body: &[u8]) -> Result<Page<Row<crate::Client>>, Breach> {
    page::rows::<client::Client, _>(body, "clients", &["id", "userid"])
}

/// The payment in the body of an answer.
pub(crate) fn payment(body: &[u8]) -> Result<crate::ShownPayment, Breach> {
    one::<payment::Payment, _>(body, "payment")
}

/// A page of payments.
pub(crate) fn payments(body: &[u8]) -> Result<Page<Row<crate::ShownPayment>>, Breach> {
    page::rows::<payment::Payment, _>(body, "payments", &["id", "logid"])
}

/// The bill in the body of an answer.
pub(crate) fn bill(body: &[u8]) -> Result<crate::Shown<crate::Bill>, Breach> {
    one::<bill::Bill, _>(body, "bill")
}

/// A page of bills.
pub(crate) fn bills(body: &[u8]) -> Result<Page<Row<crate::Shown<crate::Bill>>>, Breach> {
    page::rows::<bill::Bill, _>(body, "bills", &["id"])
}

/// The bill payment in the body of an answer.
pub(crate) fn bill_payment(body: &[u8]) -> Result<crate::Shown<crate::BillPayment>, Breach> {
    one::<bill_payment::BillPayment, _>(body, "bill_payment")
}

/// A page of bill payments.
pub(crate) fn bill_payments(
    body: &[u8],
) -> Result<Page<Row<crate::Shown<crate::BillPayment>>>, Breach> {
    page::rows::<bill_payment::BillPayment, _>(body, "bill_payments", &["id"])
}

/// The vendor in the body of an answer.
pub(crate) fn vendor(body: &[u8]) -> Result<crate::Vendor, Breach> {
    one::<vendor::Vendor, _>(body, "bill_vendor")
}

/// A page of vendors.
pub(crate) fn vendors(body: &[u8]) -> Result<Page<Row<crate::Vendor>>, Breach> {
    page::rows::<vendor::Vendor, _>(body, "bill_vendors", &["vendorid"])
}

/// The expense in the body of an answer.
pub(crate) fn expense(body: &[u8]) -> Result<crate::Shown<crate::Expense>, Breach> {
    one::<expense::Expense, _>(body, "expense")
}

/// A page of expenses.
pub(crate) fn expenses(body: &[u8]) -> Result<Page<Row<crate::Shown<crate::Expense>>>, Breach> {
    page::rows::<expense::Expense, _>(body, "expenses", &["id", "expenseid"])
}

/// The other income in the body of an answer.
pub(crate) fn other_income(body: &[u8]) -> Result<crate::Shown<crate::OtherIncome>, Breach> {
    one::<other_income::OtherIncome, _>(body, "other_income")
}

/// A page of other income.
pub(crate) fn other_incomes(
    body: &[u8],
) -> Result<Page<Row<crate::Shown<crate::OtherIncome>>>, Breach> {
    page::rows::<other_income::OtherIncome, _>(body, "other_income", &["incomeid", "id"])
}

/// The credit note in the body of an answer.
pub(crate) fn credit_note(body: &[u8]) -> Result<crate::Shown<crate::CreditNote>, Breach> {
    one::<credit_note::CreditNote, _>(body, "credit_note")
}

/// A page of credit notes.
pub(crate) fn credit_notes(
    body: &[u8],
) -> Result<Page<Row<crate::Shown<crate::CreditNote>>>, Breach> {
    page::rows::<credit_note::CreditNote, _>(body, "credit_notes", &["id", "creditid"])
}

/// The callback in the body of an answer.
pub(crate) fn callback(body: &[u8]) -> Result<crate::Callback, Breach> {
    one::<callback::Callback, _>(body, "callback")
}

/// A page of callbacks.
pub(crate) fn callbacks(body: &[u8]) -> Result<Page<crate::Callback>, Breach> {
    page::page::<callback::Callback, _>(body, "callbacks")
}

/// A page of taxes.
pub(crate) fn taxes(body: &[u8]) -> Result<Page<crate::Tax>, Breach> {
    page::page::<tax::Tax, _>(body, "taxes")
}

/// A page of expense categories.
pub(crate) fn categories(body: &[u8]) -> Result<Page<crate::Category>, Breach> {
    page::page::<category::Category, _>(body, "categories")
}

/// A page of invoices, no more of each than which it is.
pub(crate) fn invoice_outlines(body: &[u8]) -> Result<Page<crate::Outline>, Breach> {
    page::page::<outline::InvoiceRow, _>(body, "invoices")
}

/// A page of payments, likewise.
pub(crate) fn payment_outlines(body: &[u8]) -> Result<Page<crate::Outline>, Breach> {
    page::page::<outline::PaymentRow, _>(body, "payments")
}

/// The businesses of a person.
pub(crate) fn businesses(body: &[u8]) -> Result<Vec<crate::Business>, Breach> {
    let person: Bare<business::Person> = parse(body)?;
    Ok(person.response.businesses())
}

/// The one record under `key`, raw until it is known which, so that no number is touched.
fn one<Wire, T>(body: &[u8], key: &str) -> Result<T, Breach>
where
    Wire: DeserializeOwned,
    T: TryFrom<Wire, Error = Breach>,
{
    let fields: BTreeMap<String, Box<RawValue>> = open(body)?;
    let record = fields.get(key).ok_or_else(|| Breach::missing(key))?;
    parse::<Wire>(record.get().as_bytes())?.try_into()
}

fn open<T: DeserializeOwned>(body: &[u8]) -> Result<T, Breach> {
    let envelope: Envelope<T> = parse(body)?;
    Ok(envelope.response.result)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Breach> {
    serde_json::from_slice(body).map_err(|error| {
        Breach::new(format_args!(
            "a field does not have its documented type ({error})"
        ))
    })
}
