//! A stateful FreshBooks stand-in, written from docs/freshbooks-api.md.
//!
//! It is strict where FreshBooks is strict (single-use refresh tokens, scopes, page numbers) and odd
//! where FreshBooks is odd (filters that do nothing without an error, naive US-Eastern timestamps,
//! percentages under a name that says amount). Where the notes say *unconfirmed*, [`Quirks`] and
//! [`Options`] hold a switch, or the comment says which reading was taken.
//!
//! [`StandIn`] has two sides: the HTTP side, which the connector talks to, and the Rust side, which
//! acts like a person in front of FreshBooks' screen and like its webhook sender.
//!
//! Its tokens, secrets and verifiers open nothing but the stand-in itself, and are counted out rather
//! than drawn, so that a run can be repeated: they are plain text on purpose.
//!
//! | Room | Holds |
//! |---|---|
//! | `stand_in`, `world`, `front` | the server, its state, what every call passes |
//! | `calls`, `fault` | the log of calls, the faults that can be switched on |
//! | `account`, `oauth`, `identity`, `gate` | apps and accounts, consent screen and tokens, `users/me`, who may read what |
//! | `resource` | one file per kind of record, and the list rules they share |
//! | `journal` | the ledger: its accounts, what every document posts, manual entries |
//! | `callback`, `delivery` | webhook registration, and the sending of webhooks |
//! | `person` | what a person can do on the screen |

mod account;
mod callback;
mod calls;
mod delivery;
mod fault;
mod front;
mod gate;
mod identity;
mod journal;
mod mint;
mod money;
mod oauth;
mod person;
mod query;
mod refusal;
mod resource;
mod shelf;
mod stand_in;
mod time;
mod world;

pub use account::{
    Account, AccountOptions, App, BillMatches, DeletedById, DeliveryFields, ErrorShape,
    HandshakeName, JournalListShape, Journals, ManualDetailType, Quirks, RemovedPostings, Resend,
    TaxRounding, UnusedTax, WrittenAs,
};
pub use callback::Callback;
pub use calls::Call;
pub use delivery::{Delivered, PendingDelivery, sign};
pub use fault::{Fault, Matcher};
pub use journal::{AccountType, JournalLine, NewJournalEntry, NewLedgerAccount};
pub use oauth::{ALL_SCOPES, NoRedirect, PreviousAccessToken, RedirectHosts};
pub use person::NoSuchRecord;
pub use resource::{
    CreditType, ExpenseTax, IncomeTax, LineTax, NewBill, NewBillLine, NewBillPayment, NewCategory,
    NewClient, NewCreditNote, NewExpense, NewInvoice, NewItem, NewLine, NewOtherIncome, NewPayment,
    NewTax, NewVendor,
};
pub use stand_in::{Options, StandIn};
