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
mod keys;
mod lenient;
mod limit;
mod node;
mod number;
mod pace;
mod pages;
mod payment;
mod reader;
mod request;
mod sale;
mod shown;
mod wire;
mod writer;

pub use book::{
    Account, Books, Company, Customer, NewCustomer, PaymentTerm, Product, ProductKind, TaxRule,
};
pub use endpoint::Endpoint;
pub use error::Error;
pub use keys::Keys;
pub use pace::{Limiter, NotNow, Permit, Unlimited};
pub use payment::{NewSalePayment, PaymentType, SalePayment};
pub use reader::Reader;
pub use request::{
    customer_request, delete_payment_request, header_request, invoice_request, order_request,
    payment_request, payment_update_request, undo_invoice_request, undo_sale_request,
    void_sale_request,
};
pub use sale::{Echo, PostedInvoice, Sale, SaleHeader, SaleInvoice, SaleLine, SaleOrder, SaleRow};
pub use shown::{Difference, ShownSale, sent_day, sent_summary};
pub use writer::Writer;
