//! What people do in FreshBooks, as it is drawn: which invoice and which payment is meant is a number
//! that is brought into the range of those that there are.

use std::fmt;

/// One deed. The first number says which invoice or payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    /// An invoice is written, with lines of so many dollars before tax, and maybe sent at once.
    Write {
        client: u8,
        lines: Vec<u8>,
        sent: bool,
    },
    Send(u8),
    View(u8),
    Archive(u8),
    Lines(u8, Vec<u8>),
    Date(u8, u8),
    Due(u8, u8),
    Number(u8, u8),
    Client(u8, u8),
    Delete(u8),
    Undelete(u8),
    /// Quarters of what is open on an invoice are paid, or a credit is applied.
    Pay {
        invoice: u8,
        quarters: u8,
        credit: bool,
    },
    /// Quarters of what could be paid at most.
    Amount(u8, u8),
    PaidOn(u8, u8),
    Kind(u8, u8),
    /// A payment is moved to an invoice.
    Move(u8, u8),
    DeletePayment(u8),
    UndeletePayment(u8),
}

/// Who is invoiced.
pub(super) const CLIENTS: [&str; 2] = ["Harbour Studio", "Corner Bakery"];

/// Days of invoices and payments; on the first nothing crosses, for it is before the start date.
pub(super) const DAYS: [&str; 4] = ["2025-12-30", "2026-01-02", "2026-01-05", "2026-01-09"];

/// Due so many days after the date.
pub(super) const DUE: [i64; 3] = [30, 0, 15];

/// Payment types; the settings give cash, the second, an account of its own.
pub(super) const KINDS: [&str; 3] = ["Check", "Cash", "Other"];

/// One of a list, whatever the number.
pub(super) fn one_of<T>(list: &[T], number: u8) -> Option<&T> {
    let at = usize::from(number).checked_rem(list.len())?;
    list.get(at)
}

/// The dollars of lines, as told.
pub(super) struct Dollars<'a>(pub(super) &'a [u8]);

impl fmt::Display for Dollars<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(u8::to_string).collect();
        write!(f, "{} + 13 %", lines.join(" + "))
    }
}
