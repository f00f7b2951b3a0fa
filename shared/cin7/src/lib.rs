//! Cin7 Core: a client that can only read, one that can also write, and what each answer means.
//!
//! What the API really does is in `docs/cin7-api.md`; lines here that exist because of it cite it.
//! Wire types are private: what leaves this crate has been checked. [`Reader`] has no method that
//! changes anything, so whoever is given one cannot write.

mod answer;
mod body;
mod book;
mod call;
mod day;
mod endpoint;
mod error;
mod journal;
mod keys;
mod lenient;
mod limit;
mod listing;
mod money_operation;
mod node;
mod number;
mod pace;
mod pages;
mod payment;
mod purchase;
mod reader;
mod request;
mod sale;
mod shown;
mod supplier;
mod transaction;
mod wire;
mod writer;

pub use book::{
    Account, Books, Company, Customer, NewCustomer, PaymentTerm, Product, ProductKind, TaxRule,
};
pub use endpoint::Endpoint;
pub use error::Error;
pub use journal::{EntryStatus, Journal, JournalLine, NewJournal};
pub use keys::Keys;
pub use listing::Listing;
pub use money_operation::{
    MoneyKind, MoneyLine, MoneyLineNames, MoneyOperation, MoneyTaskRow, NewMoneyOperation,
};
pub use pace::{Limiter, NotNow, Permit, Unlimited};
pub use payment::{NewPurchasePayment, NewSalePayment, PaymentType, PurchasePayment, SalePayment};
pub use purchase::{
    Approach, Purchase, PurchaseCharge, PurchaseHeader, PurchaseInvoice, PurchaseKind,
    PurchaseLine, PurchaseOrder, PurchaseRow,
};
pub use reader::Reader;
pub use request::{
    customer_request, delete_payment_request, delete_purchase_payment_request, header_request,
    invoice_request, journal_request, journal_update_request, money_operation_request,
    money_operation_update_request, order_request, payment_request, payment_update_request,
    purchase_header_request, purchase_invoice_request, purchase_order_request, supplier_request,
    undo_invoice_request, undo_journal_request, undo_money_operation_request,
    undo_purchase_invoice_request, undo_purchase_request, undo_sale_request, void_journal_request,
    void_money_operation_request, void_purchase_request, void_sale_request,
};
pub use sale::{Echo, PostedInvoice, Sale, SaleHeader, SaleInvoice, SaleLine, SaleOrder, SaleRow};
pub use shown::{
    Booked, Difference, Rebooking, ShownEntry, ShownPurchase, ShownSale, rebookings, sent_day,
    sent_summary,
};
pub use supplier::{NewSupplier, Supplier};
pub use transaction::LedgerEntry;
pub use writer::Writer;
