//! What is planned for FreshBooks documents, and what is said of those that are held.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod bill_payments;
mod bills;
mod bought;
mod bought_cents;
mod bought_hash;
mod cents;
mod check;
mod check_bought;
mod customers;
mod expenses;
mod fixtures;
mod generated;
mod hash;
mod held;
mod incomes;
mod journals;
mod payment_accounts;
mod payments;
mod sales;
mod settings;
mod suppliers;
