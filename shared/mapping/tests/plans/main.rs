//! What is planned for FreshBooks documents, and what is said of those that are held.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod cents;
mod check;
mod customers;
mod fixtures;
mod generated;
mod hash;
mod held;
mod payment_accounts;
mod payments;
mod sales;
mod settings;
