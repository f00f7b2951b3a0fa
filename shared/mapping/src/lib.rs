//! Pure mapping: a FreshBooks document and a connection's settings in, planned Cin7 documents out.
//!
//! Nothing here does I/O or reads a clock. What cannot be planned comes back as [`Held`]: one
//! sentence that says why and what to do, and a name for what has to change before it can be.

mod check;
mod customer;
mod dates;
mod facts;
mod fingerprint;
mod held;
mod payment;
mod rate;
mod sale;
mod settings;
mod text;

pub use check::{Checked, Finding, LeftToAccount, Seen, check, unreadable};
pub use customer::{customer_names, plan_customer};
pub use facts::Facts;
pub use fingerprint::{content_hash, payment_hash, payment_mark, sale_mark};
pub use held::Held;
pub use payment::{PaidInvoice, PaymentPlan, payment_crosses, plan_payment};
pub use sale::{SalePlan, plan_sale};
pub use settings::{
    Approach, BankAccountAs, Cin7Switches, Customers, ExpensesAs, InvoiceTask, Names, PurchaseTask,
    Purchases, Rate, Rates, Sales, Settings, SettingsError, Undo,
};
