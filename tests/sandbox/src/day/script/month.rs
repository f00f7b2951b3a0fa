//! The rest of the month, as data: what is bought, spent, earned and booked, what befalls it on the way, and
//! where each document should end.

use cin7_stand_in::Fault;
use ledger::State;
use ledger::State::{Attention, Confirmed, Reversed, Skipped};

/// Something that happens.
pub(super) struct Event {
    /// Of January 2026.
    pub(super) day: i8,
    /// What the document is called in this table.
    pub(super) name: &'static str,
    pub(super) deed: Deed,
    pub(super) on_the_way: OnTheWay,
    /// What is told of it.
    pub(super) what: &'static str,
    /// Where the document should end, unless something else happens to it later.
    pub(super) ends: State,
}

/// What somebody does. Amounts are in cents.
#[derive(Clone, Copy)]
pub(super) enum Deed {
    Bill {
        vendor: &'static str,
        currency: Option<&'static str>,
        lines: &'static [Bought],
    },
    /// The unit cost of a bill's first line changes.
    Reprice(i64),
    PayBill {
        bill: &'static str,
        cents: i64,
        by: &'static str,
    },
    Expense {
        vendor: &'static str,
        category: &'static str,
        cents: i64,
        /// HST that is part of it.
        tax: i64,
    },
    /// The bank's list shows an expense, and somebody says which payment of a bill it is.
    FromBank {
        payment: &'static str,
        cents: i64,
    },
    Income {
        source: &'static str,
        cents: i64,
    },
    Credit {
        client: &'static str,
        cents: i64,
    },
    /// Accounts of FreshBooks, each with what it is debited, or credited below zero.
    Journal(&'static [(&'static str, i64)]),
    Invoice {
        client: &'static str,
        cents: i64,
    },
    /// Deleted in FreshBooks.
    Delete,
    /// Its sale is voided in Cin7, by a person.
    VoidInCin7,
    /// From now on expenses are one Spend Money operation each; of no document.
    SpendMoney,
}

/// A line of a bill.
pub(in super::super) struct Bought {
    pub(in super::super) description: &'static str,
    pub(in super::super) quantity: i64,
    pub(in super::super) cents: i64,
    pub(in super::super) category: &'static str,
    /// Names and percentages of its taxes.
    pub(in super::super) taxes: &'static [(&'static str, i64)],
}

/// What befalls it.
#[derive(Clone, Copy)]
pub(super) enum OnTheWay {
    Nothing,
    /// No webhook arrives.
    NoWebhook,
    /// Webhooks arrive twice.
    Twice,
    /// A fault of Cin7 at the next POST to an address.
    Fault(&'static str, Fault),
}
use OnTheWay::{Fault as At, NoWebhook, Nothing, Twice};

const HST: &[(&str, i64)] = &[("HST", 13)];
const GST_AND_PST: &[(&str, i64)] = &[("GST", 5), ("PST", 7)];

const fn event(
    day: i8,
    name: &'static str,
    deed: Deed,
    on_the_way: OnTheWay,
    what: &'static str,
    ends: State,
) -> Event {
    Event {
        day,
        name,
        deed,
        on_the_way,
        what,
        ends,
    }
}

const fn bought(
    description: &'static str,
    quantity: i64,
    cents: i64,
    category: &'static str,
    taxes: &'static [(&'static str, i64)],
) -> Bought {
    Bought {
        description,
        quantity,
        cents,
        category,
        taxes,
    }
}

const fn bill(vendor: &'static str, lines: &'static [Bought]) -> Deed {
    Deed::Bill {
        vendor,
        currency: None,
        lines,
    }
}

const fn pay(bill: &'static str, cents: i64, by: &'static str) -> Deed {
    Deed::PayBill { bill, cents, by }
}

const fn expense(vendor: &'static str, category: &'static str, cents: i64, tax: i64) -> Deed {
    Deed::Expense {
        vendor,
        category,
        cents,
        tax,
    }
}

/// The month, in order.
#[rustfmt::skip]
pub(super) static MONTH: [Event; 36] = [
    event(6, "NR-1001", bill("Northside Roastery", &[
        bought("Green coffee", 10, 1_250, "Materials", HST),
        bought("Delivery", 1, 1_500, "Shipping", HST),
    ]), Nothing, "two lines with HST, a vendor that Cin7 knows by name", Confirmed),
    event(6, "RENT-01", bill("Harbour Estates", &[
        bought("Rent of January", 1, 180_000, "Rent or Lease", &[]),
    ]), Twice, "no tax, a new vendor; its webhooks arrive twice", Confirmed),
    event(8, "TZ-77", Deed::Bill { vendor: "Torrefazione Zanetti", currency: Some("EUR"), lines: &[
        bought("Espresso blend", 4, 2_345, "Materials", &[]),
    ] }, Nothing, "in euros", Confirmed),
    event(8, "PP-3", bill("Paper & Print", &[
        bought("Cups", 3, 3_333, "Materials", GST_AND_PST),
        bought("Lids", 7, 199, "Materials", GST_AND_PST),
    ]), At("advanced-purchase", Fault::LostAfter), "two taxes on a line; the reply to its purchase was lost", Confirmed),
    event(9, "PP-4", bill("Paper & Print", &[
        bought("Menus", 200, 45, "Advertising", HST),
    ]), NoWebhook, "none of its webhooks arrives", Confirmed),
    event(12, "roastery is paid", pay("NR-1001", 15_820, "Check"), Nothing, "the whole of a bill", Confirmed),
    event(12, "rent is paid", pay("RENT-01", 100_000, "Check"), At("advanced-purchase/payment", Fault::LostAfter),
        "a part of the rent; the reply to it was lost", Confirmed),
    event(12, "zanetti is paid", pay("TZ-77", 9_380, "Bank Transfer"), Nothing, "in euros, from the account in euros", Confirmed),
    event(13, "fuel", expense("Esso", "Car & Truck", 5_650, 650), Nothing, "with HST: a purchase and its payment", Confirmed),
    event(13, "parking", expense("", "Car & Truck", 1_200, 0), At("advanced-purchase/invoice", Fault::LostBefore),
        "no vendor; the invoice of its purchase was lost on the way", Confirmed),
    event(13, "stamps", expense("Post Office", "Office Expenses", 2_400, 0), NoWebhook, "none of its webhooks arrives", Confirmed),
    event(14, "roastery from the bank", Deed::FromBank { payment: "roastery is paid", cents: 15_820 }, Nothing,
        "the bank's side of a bill payment", Skipped),
    event(15, "NR-1001", Deed::Reprice(1_300), Nothing, "its price went up after it was paid", Confirmed),
    event(15, "roastery is paid", Deed::Delete, Nothing, "the check bounced: deleted", Reversed),
    event(16, "roastery is paid again", pay("NR-1001", 16_385, "Check"), Nothing, "the new total", Confirmed),
    event(19, "expenses as money", Deed::SpendMoney, Nothing, "from now on expenses are money spent", Confirmed),
    event(19, "bank fees", expense("First Example Bank", "Bank Fees", 1_250, 0), Nothing, "one Spend Money operation", Confirmed),
    event(19, "diesel", expense("Esso", "Car & Truck", 8_475, 975), At("moneyOperation", Fault::LostAfter),
        "with HST; the reply to its operation was lost", Confirmed),
    event(20, "fair", Deed::Income { source: "Harbour Fair", cents: 30_000 }, Nothing, "income that no invoice stands for", Confirmed),
    event(20, "goodwill", Deed::Credit { client: "Corner Bakery", cents: 2_000 }, Nothing, "a credit note", Attention),
    event(21, "catering", Deed::Invoice { client: "Corner Bakery", cents: 45_000 }, Nothing, "for a catering", Confirmed),
    event(22, "catering", Deed::VoidInCin7, Nothing, "somebody voided its sale in Cin7", Attention),
    event(23, "unheard", Deed::Invoice { client: "Corner Bakery", cents: 12_300 }, NoWebhook, "none of its webhooks arrives", Confirmed),
    event(23, "cancelled", Deed::Invoice { client: "Corner Bakery", cents: 9_900 }, Nothing, "sent, then deleted", Confirmed),
    event(23, "cancelled", Deed::Delete, NoWebhook, "sent, then deleted, and nobody was told", Reversed),
    event(26, "BB-1", bill("Borrowed Blender", &[
        bought("Hire", 2, 4_999, "Equipment", HST),
    ]), Nothing, "entered by mistake", Confirmed),
    event(26, "BB-1", Deed::Delete, Nothing, "entered by mistake, and deleted", Reversed),
    event(27, "lunch", expense("Corner Deli", "Meals", 1_695, 195), Nothing, "a private one", Confirmed),
    event(27, "lunch", Deed::Delete, NoWebhook, "a private one: deleted, and nobody was told", Reversed),
    event(28, "PP-5", bill("Paper & Print", &[
        bought("Napkins", 1_000, 3, "Materials", HST),
    ]), At("purchase/order", Fault::Limit429), "Cin7 was throttled for a minute", Confirmed),
    event(28, "print is paid", pay("PP-4", 10_170, "Check"), Nothing, "one check for the menus", Confirmed),
    event(29, "rent is paid up", pay("RENT-01", 80_000, "Check"), Nothing, "the rest of the rent", Confirmed),
    event(30, "depreciation", Deed::Journal(&[("General Expenses", 25_000), ("Owner Investment", -25_000)]),
        Nothing, "two sides", Confirmed),
    event(30, "payroll", Deed::Journal(&[
        ("General Expenses", 420_000), ("Petty Cash", -310_500), ("Sales Tax", -84_000), ("Owner Investment", -25_500),
    ]), At("journal", Fault::LostAfter), "one debit and three credits; the reply to it was lost", Confirmed),
    event(30, "corrected", Deed::Journal(&[("General Expenses", 5_500), ("Petty Cash", -5_500)]), Nothing, "booked twice by mistake", Confirmed),
    event(30, "corrected", Deed::Delete, Nothing, "booked twice by mistake, and deleted", Reversed),
];

impl Deed {
    /// Whether FreshBooks announces what it is about.
    pub(super) fn is_announced(self) -> bool {
        !matches!(
            self,
            Self::PayBill { .. } | Self::Income { .. } | Self::Journal(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_goes_forward_and_speaks_of_documents_that_are_there() {
        let mut known = Vec::new();
        let mut day = 5;
        for event in &MONTH {
            assert!((day..=31).contains(&event.day), "{}", event.name);
            day = event.day;
            match event.deed {
                Deed::SpendMoney => {}
                Deed::Reprice(_) | Deed::Delete | Deed::VoidInCin7 => {
                    assert!(known.contains(&event.name), "{}", event.name);
                }
                _ => {
                    assert!(!known.contains(&event.name), "{} twice", event.name);
                    known.push(event.name);
                }
            }
            if let Deed::PayBill { bill: on, .. } | Deed::FromBank { payment: on, .. } = event.deed
            {
                assert!(known.contains(&on), "{on}");
            }
        }
    }

    #[test]
    fn journal_entries_balance() {
        for event in &MONTH {
            if let Deed::Journal(sides) = event.deed {
                let sum: i64 = sides.iter().map(|(_, cents)| cents).sum();
                assert_eq!(sum, 0, "{}", event.name);
            }
        }
    }
}
