//! A stateful Cin7 Core stand-in, written from docs/cin7-api.md.
//!
//! It serves the External API v2 on loopback and keeps what it is given, strict where the API is
//! strict and odd where the API is odd. It was written from the notes, not from our client: the two
//! can only agree if both follow the notes. What the notes mark *unconfirmed* is a named switch in
//! [`Quirks`]; error sentences that the notes do not quote are invented.
//!
//! Tests read the state in process: [`StandIn::sales`], [`StandIn::calls`]. There is no HTTP admin.

mod account;
mod books;
mod calls;
mod customers;
mod faults;
mod http;
mod journals;
mod json;
mod limit;
mod me;
mod money;
mod options;
mod paging;
mod products;
mod purchases;
mod quirks;
mod refusal;
mod sales;
mod shelf;
mod stand_in;
mod state;
mod suppliers;
mod transactions;

pub use account::Keys;
pub use books::{Account, BankAccount, Bin, Books, Location, PaymentTerm, TaxComponent, TaxRule};
pub use calls::Call;
pub use customers::{Address, Contact, Customer};
pub use faults::{Fault, Matcher};
pub use journals::{Journal, JournalLine, LedgerStatus};
pub use limit::{Limit, LimitAnswer};
pub use money::{MoneyLine, MoneyOperation, TaskType};
pub use options::{AccountOptions, AttachedAccounting, Options};
pub use products::Product;
pub use purchases::{
    Approach, Purchase, PurchaseCharge, PurchaseHeader, PurchaseInvoice, PurchaseOrder,
    PurchasePayment, PurchaseType,
};
pub use quirks::{Completion, LedgerQuirks, PurchaseQuirks, Quirks};
pub use sales::{
    Charge, DocumentStatus, Header, Invoice, Line, Order, Payment, PaymentType, Sale, SaleType,
};
pub use stand_in::StandIn;
pub use suppliers::Supplier;
