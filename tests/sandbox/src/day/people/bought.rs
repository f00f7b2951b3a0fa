//! What the people of the business buy, spend, earn otherwise and book.

use freshbooks_stand_in::{
    ExpenseTax, JournalLine, NewBill, NewBillLine, NewBillPayment, NewCategory, NewCreditNote,
    NewExpense, NewJournalEntry, NewOtherIncome, NewVendor,
};
use money::Decimal;
use reqwest::Method;
use serde_json::{Value, json};

use super::super::document::Document;
use super::super::office::Office;
use super::super::script::Bought;
use super::{dec, taxed};
use crate::NotStarted;

impl Office {
    /// Enters a bill; its webhooks wait.
    pub(in super::super) async fn bill(
        &self,
        number: &str,
        (vendor, currency): (&str, Option<&str>),
        lines: &[Bought],
    ) -> Result<Document, NotStarted> {
        let vendor_id = self.vendor(vendor, currency).await?;
        let line = |bought: &Bought| {
            let category = self.category(bought.category);
            let (quantity, cost) = (Decimal::from(bought.quantity), dec(bought.cents, 2));
            let line = NewBillLine::new(bought.description, quantity, cost, category);
            let taxes = bought.taxes.iter();
            taxes.fold(line, |line, (name, rate)| line.tax(name, dec(*rate, 0)))
        };
        let bill = NewBill {
            vendor_id,
            number: number.to_owned(),
            due_offset_days: 30,
            currency_code: currency.map(str::to_owned),
            lines: lines.iter().map(line).collect(),
            ..NewBill::default()
        };
        let id = self.freshbooks.create_bill(&self.account, bill);
        Ok(Document::Bill(id))
    }

    /// Pays a part of a bill, or all of it.
    pub(in super::super) fn pay_bill(&self, bill_id: i64, cents: i64, by: &str) -> Document {
        let payment = NewBillPayment {
            bill_id,
            amount: dec(cents, 2),
            payment_type: by.to_owned(),
            ..NewBillPayment::default()
        };
        let id = self.freshbooks.record_bill_payment(&self.account, payment);
        Document::BillPayment(id)
    }

    /// Records what was spent, so much of it as HST.
    pub(in super::super) fn expense(
        &self,
        (vendor, category): (&str, &str),
        cents: i64,
        tax: i64,
    ) -> Document {
        let hst = || ExpenseTax::new("HST", dec(13, 0), dec(tax, 2));
        let expense = NewExpense {
            amount: dec(cents, 2),
            category_id: self.category(category),
            vendor: vendor.to_owned(),
            tax1: (tax != 0).then(hst),
            ..NewExpense::default()
        };
        let id = self.freshbooks.create_expense(&self.account, expense);
        Document::Expense(id)
    }

    /// An expense comes in from the bank, and somebody says that it is this payment of a bill.
    pub(in super::super) fn bank_side(&self, payment_id: i64, cents: i64) -> Document {
        let expense = self.expense(("Northside Roastery", "Materials"), cents, 0);
        // Both were made here.
        let matched = self
            .freshbooks
            .match_expense(&self.account, expense.id(), payment_id);
        debug_assert!(matched.is_ok());
        expense
    }

    /// Records income that no invoice stands for.
    pub(in super::super) fn income(&self, source: &str, cents: i64) -> Document {
        let income = NewOtherIncome {
            amount: dec(cents, 2),
            category_name: "in_person_sales".to_owned(),
            source: source.to_owned(),
            payment_type: Some("Cash".to_owned()),
            ..NewOtherIncome::default()
        };
        let id = self.freshbooks.create_other_income(&self.account, income);
        Document::OtherIncome(id)
    }

    /// Gives a client a credit.
    pub(in super::super) fn credit(&self, client_id: i64, cents: i64) -> Document {
        let note = NewCreditNote {
            client_id,
            number: "CN-1".to_owned(),
            lines: vec![taxed("Goodwill", cents)],
            ..NewCreditNote::default()
        };
        let id = self.freshbooks.create_credit_note(&self.account, note);
        Document::CreditNote(id)
    }

    /// Makes a journal entry of accounts and what each is debited, or credited below zero.
    pub(in super::super) fn journal(&self, name: &str, sides: &[(&str, i64)]) -> Document {
        let line = |(account, cents): &(&str, i64)| {
            let account = self.freshbooks.ledger_account(&self.account, account);
            let account = account.unwrap_or_default();
            match cents {
                0.. => JournalLine::debit(account, dec(*cents, 2)),
                _ => JournalLine::credit(account, dec(-cents, 2)),
            }
        };
        let entry = NewJournalEntry {
            name: name.to_owned(),
            lines: sides.iter().map(line).collect(),
            ..NewJournalEntry::default()
        };
        let id = self.freshbooks.create_journal_entry(&self.account, entry);
        Document::JournalEntry(id)
    }

    /// Another unit cost on the first line of a bill.
    pub(in super::super) fn reprice(&self, document: Document, cents: i64) {
        let edit = |bill: &mut NewBill| {
            if let Some(line) = bill.lines.first_mut() {
                line.unit_cost = dec(cents, 2);
            }
        };
        if let Document::Bill(id) = document {
            // Only bills that were made are changed.
            let _ = self.freshbooks.update_bill(&self.account, id, edit);
        }
    }

    /// Deletes a document in FreshBooks; its webhooks, where there are any, wait.
    pub(in super::super) fn delete(&self, document: Document) {
        let (freshbooks, account) = (&self.freshbooks, &self.account);
        // Only documents that were made are deleted.
        let _ = match document {
            Document::Invoice(id) => freshbooks.delete_invoice(account, id),
            Document::Payment(id) => freshbooks.delete_payment(account, id),
            Document::Bill(id) => freshbooks.delete_bill(account, id),
            Document::BillPayment(id) => freshbooks.delete_bill_payment(account, id),
            Document::Expense(id) => freshbooks.delete_expense(account, id),
            Document::OtherIncome(id) => freshbooks.delete_other_income(account, id),
            Document::CreditNote(id) => freshbooks.delete_credit_note(account, id),
            Document::JournalEntry(id) => freshbooks.delete_journal_entry(account, id),
        };
    }

    /// A supplier that stood in Cin7 before the connector came.
    pub(in super::super) async fn known_supplier(&self, name: &str) -> Result<(), NotStarted> {
        let body = json!({
            "Name": name, "Status": "Active", "Currency": "USD", "PaymentTerm": "30 days",
            "AccountPayable": "800", "TaxRule": "Tax on Purchases",
        });
        self.in_cin7(Method::POST, "supplier", Some(body))
            .await
            .map(|_| ())
    }

    /// The id of a vendor of this name, which is made with its first bill. The first of all stands in Cin7
    /// already.
    async fn vendor(&self, name: &str, currency: Option<&str>) -> Result<i64, NotStarted> {
        if let Some(id) = self.numbered(name) {
            return Ok(id);
        }
        if name == "Northside Roastery" {
            self.known_supplier(name).await?;
        }
        let form = NewVendor {
            name: name.to_owned(),
            currency_code: currency.map(str::to_owned),
            ..NewVendor::default()
        };
        let id = self.freshbooks.create_vendor(&self.account, form);
        self.number(name, id);
        Ok(id)
    }

    /// The id of an expense category of this name, which is made where there is none.
    fn category(&self, name: &str) -> i64 {
        if let Some(id) = self.numbered(name) {
            return id;
        }
        let form = NewCategory {
            name: name.to_owned(),
            parent_id: None,
            is_cogs: false,
            is_built_in: false,
        };
        let id = self.freshbooks.create_category(&self.account, form);
        self.number(name, id);
        id
    }

    /// The id of a client of this name, which is made where there is none.
    pub(in super::super) fn client_called(&self, name: &str) -> i64 {
        if let Some(id) = self.numbered(name) {
            return id;
        }
        let id = self.client(name, "");
        self.number(name, id);
        id
    }

    /// Expenses become one Spend Money operation each from now on.
    pub(in super::super) async fn spend_money_from_now_on(&self) -> Result<(), NotStarted> {
        let path = "/connections/acme/settings";
        let shown = self.ask(Method::GET, path, None).await?;
        let document = shown["document"].as_str().unwrap_or_default();
        let (purchase, money) = (
            "expenses_as = \"purchase\"",
            "expenses_as = \"spend_money\"",
        );
        let document = document.replace(purchase, money);
        let replaced: Value = json!({ "document": document });
        self.ask(Method::PUT, path, Some(replaced))
            .await
            .map(|_| ())
    }
}
