//! The steps, each about one thing that the documentation leaves open.

mod ledger;
mod lines;
mod purchases;
mod sales;

use crate::progress::Finding;
use crate::sitting::{Sitting, Stop};

/// A step.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// The settings of `[settings.cin7]` that it settles.
    pub(crate) settles: &'static [&'static str],
    /// What it makes, as an object of "makes".
    pub(crate) makes: &'static str,
}

/// Every step, in the order in which they are best run.
pub(crate) static STEPS: [Step; 12] = [
    Step {
        name: "service_sale",
        settles: &["service_sales"],
        makes: "a sale of one service, and its invoice without an order",
    },
    Step {
        name: "line_total",
        settles: &["line_total_with_tax", "recomputes_tax"],
        makes: "a sale of one taxed line, with order and invoice",
    },
    Step {
        name: "fractional_quantity",
        settles: &["fractional_quantities"],
        makes: "a sale of half a service, with order and invoice",
    },
    Step {
        name: "negative_line",
        settles: &["negative_lines"],
        makes: "a sale with a line below zero, with order and invoice",
    },
    Step {
        name: "free_text_charge",
        settles: &["free_text_charges"],
        makes: "a sale with a charge for which there is no product, with order and invoice",
    },
    Step {
        name: "invoice_task",
        settles: &["invoice_task"],
        makes: "a sale with order and invoice",
    },
    Step {
        name: "undo_invoice",
        settles: &["undo"],
        makes: "a sale with order and invoice, which is undone, and a payment of 1.00 on it",
    },
    Step {
        name: "payment_type",
        settles: &["payment_type_in_capitals"],
        makes: "a sale with order and invoice, and a payment of 1.00 on it",
    },
    Step {
        name: "find_by_mark",
        settles: &["settle_seconds"],
        makes: "a sale without lines, which is looked for until Cin7's list shows it",
    },
    Step {
        name: "service_purchase",
        settles: &["service_purchases", "purchase_task"],
        makes: "a purchase of one service with its invoice, and a supplier for it",
    },
    Step {
        name: "journal",
        settles: &["journals_completed"],
        makes: "a journal of 1.00 between two accounts",
    },
    Step {
        name: "spend_money",
        settles: &["money_completed", "bank_account_as"],
        makes: "a Spend Money operation of 1.00",
    },
];

/// What a step came to.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) findings: Vec<Finding>,
    pub(crate) why: String,
    pub(crate) waiting: bool,
}

impl Found {
    pub(crate) fn nothing(why: String) -> Self {
        Self {
            why,
            ..Self::default()
        }
    }

    fn one(finding: Finding) -> Self {
        Self {
            findings: vec![finding],
            ..Self::default()
        }
    }

    /// What came of it, for the person who asked.
    pub(crate) fn sentence(&self, step: &Step) -> String {
        if self.findings.is_empty() {
            return format!("{}: {}", step.name, self.why);
        }
        let told: Vec<_> = self
            .findings
            .iter()
            .map(|finding| finding.evidence.as_str())
            .collect();
        format!("{}: {}", step.name, told.join(" "))
    }
}

/// Runs one step. What it makes is on the list before it is made; removing it is up to the caller.
pub(crate) async fn run(step: &Step, at: &mut Sitting<'_>) -> Result<Found, Stop> {
    let name = step.name;
    match name {
        "service_sale" => sales::service(name, at).await,
        "line_total" => lines::total(name, at).await,
        "fractional_quantity" => lines::fraction(name, at).await,
        "negative_line" => lines::negative(name, at).await,
        "free_text_charge" => lines::charge(name, at).await,
        "invoice_task" => sales::task(name, at).await,
        "undo_invoice" => sales::undo(name, at).await,
        "payment_type" => sales::payment(name, at).await,
        "service_purchase" => purchases::service(name, at).await,
        "journal" => ledger::journal(name, at).await,
        "spend_money" => ledger::spend(name, at).await,
        _ => sales::mark(name, at).await,
    }
}
