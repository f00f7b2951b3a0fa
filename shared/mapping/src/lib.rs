//! Pure mapping: a FreshBooks document and a connection's settings in, planned Cin7 documents out.
//!
//! Nothing here does I/O or reads a clock. What cannot be planned comes back as [`Held`]: one
//! sentence that says why and what to do, and a name for what has to change before it can be.

mod apportion;
mod article;
mod bill_payment;
mod check;
mod customer;
mod dates;
mod expense;
mod facts;
mod fingerprint;
mod header;
mod held;
mod income;
mod journal;
mod limits;
mod made_out;
mod partner;
mod payment;
mod pieces;
mod purchase;
mod quantity;
mod rate;
mod recomputed;
mod sale;
mod settings;
mod supplier;
mod tax_rules;
mod text;
mod unit;

pub use bill_payment::{PaidBill, bill_payment_crosses, plan_bill_payment};
pub use check::{Checked, Finding, LeftToAccount, Seen, check, unreadable};
pub use customer::{customer_names, plan_customer};
pub use expense::{ExpensePlan, SpendPlan, plan_expense};
pub use facts::Facts;
pub use fingerprint::{
    Marked, bill_hash, bill_mark, bill_payment_hash, bill_payment_mark, content_hash,
    credit_note_hash, expense_hash, expense_mark, journal_hash, journal_mark, other_income_hash,
    other_income_mark, payment_hash, payment_mark, read_mark, sale_mark,
};
pub use held::Held;
pub use income::plan_other_income;
pub use journal::{journals_unavailable, plan_journal};
pub use payment::{PaidInvoice, PaymentPlan, payment_crosses, plan_payment};
pub use purchase::{PurchasePlan, plan_bill};
pub use sale::{SalePlan, plan_sale};
pub use settings::{
    Approach, BankAccountAs, Cin7Switches, Customers, Documents, ExpensesAs, IncomeTaxes,
    InvoiceTask, Names, OtherIncomes, PurchaseTask, Purchases, Rate, Rates, Sales, Settings,
    SettingsError, Suppliers, Undo, kind_crosses,
};
pub use supplier::{WantedSupplier, plan_supplier, supplier_names};
