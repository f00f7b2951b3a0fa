//! What a stand-in and its accounts are started with.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use clock::{SharedClock, SystemClock};
use jiff::civil::Date;

use crate::books::Books;
use crate::limit::Limit;
use crate::quirks::Quirks;

/// How a stand-in is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The clock of the rate limit, the lag, the stamps and slow answers.
    pub clock: SharedClock,
}

impl Default for Options {
    /// A free port of 127.0.0.1, on the machine's clock.
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            clock: Arc::new(SystemClock),
        }
    }
}

/// An accounting system that Cin7 hands its entries to (docs/cin7-api.md, journals).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachedAccounting {
    /// Xero.
    Xero,
    /// QuickBooks Online.
    QuickBooks,
}

/// What one account is like. Everything can be changed while it is served.
#[derive(Debug, Clone)]
pub struct AccountOptions {
    /// The company's name in `/me`.
    pub company: String,
    /// The base currency; rates are base units per unit of another currency.
    pub base_currency: String,
    /// Every currency set up in the account, the base currency included.
    pub currencies: Vec<String>,
    /// The IANA time zone in `/me`.
    pub time_zone: String,
    /// Documents dated on or before this day are refused.
    pub lock_date: Option<Date>,
    /// `Row Total` or `Total`, as `/me` shows it.
    pub tax_calculation_method: String,
    /// Shown in `/me`; the stand-in itself never changes prices.
    pub automatically_apply_discounts: bool,
    /// The name of the default sale tax rule in `/me`.
    pub default_sale_tax_rule: String,
    /// The accounting system that is attached, if any.
    pub attached_accounting: Option<AttachedAccounting>,
    /// The reference books.
    pub books: Books,
    /// The rate limit of each key.
    pub limit: Limit,
    /// For how long after a write reads show the state before it.
    pub lag: Duration,
    /// The unconfirmed facts.
    pub quirks: Quirks,
}

impl Default for AccountOptions {
    /// A US company with the seeded books, 60 calls a minute, no lag and no lock date.
    fn default() -> Self {
        Self {
            company: "Example Pty".into(),
            base_currency: "USD".into(),
            currencies: ["USD", "EUR", "GBP", "CAD"].map(Into::into).into(),
            time_zone: "America/New_York".into(),
            lock_date: None,
            tax_calculation_method: "Row Total".into(),
            automatically_apply_discounts: false,
            default_sale_tax_rule: "Tax on Sales".into(),
            attached_accounting: None,
            books: Books::default(),
            limit: Limit::default(),
            lag: Duration::ZERO,
            quirks: Quirks::default(),
        }
    }
}
