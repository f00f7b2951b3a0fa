//! A FreshBooks invoice as a Cin7 sale.

mod crossing;
mod figures;
mod header;
mod lines;
mod products;
mod taxes;

use cin7::{SaleHeader, SaleInvoice, SaleOrder};
use freshbooks::{Invoice, Line};
use money::{Decimal, Money, round};
use serde::Serialize;

use crate::facts::Facts;
use crate::held::Held;
use crate::settings::{InvoiceTask, Settings};
use crate::text::{cut, flat};
use crate::{header as common, rate};

/// Longest note and memo.
const NOTE_LENGTH: usize = 1024;
/// Longest customer reference.
const REFERENCE_LENGTH: usize = 256;

/// The three documents of a sale, planned; its lines and taxes add up to the invoice's total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SalePlan {
    /// The invoice's total, taxes included.
    pub total: Money,
    /// Base currency units per unit of the invoice's currency, 5 decimals.
    pub currency_rate: Decimal,
    /// The order.
    pub order: SaleOrder,
    /// The invoice, with the order's lines.
    pub invoice: SaleInvoice,
    /// Whether every line is a service, so that it could be a service sale.
    pub services_only: bool,
    /// Whether a service sale is asked for.
    pub service_sale: bool,
    location: String,
    mark: String,
    customer_reference: String,
    default_account: Option<String>,
    tax_rule: Option<String>,
    terms: Option<String>,
    note: String,
}

impl SalePlan {
    /// The header of the sale for a customer, given by Cin7's id.
    #[must_use]
    pub fn header(&self, customer_id: &str) -> SaleHeader {
        SaleHeader {
            customer_id: customer_id.to_owned(),
            location: self.location.clone(),
            currency_rate: self.currency_rate,
            external_id: self.mark.clone(),
            customer_reference: self.customer_reference.clone(),
            date: self.invoice.date,
            default_account: self.default_account.clone(),
            tax_rule: self.tax_rule.clone(),
            terms: self.terms.clone(),
            note: self.note.clone(),
            service_only: self.service_sale,
        }
    }
}

/// What a sale is planned from.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    invoice: &'a Invoice,
    settings: &'a Settings,
    facts: &'a Facts<'a>,
}

impl Source<'_> {
    /// The invoice as sentences start with it.
    fn record(&self) -> String {
        name_of(self.invoice)
    }

    fn money(&self, amount: Decimal) -> Money {
        Money::new(amount, self.invoice.currency)
    }
}

/// Plans the sale of an invoice; `mark` is what it will be found by again.
///
/// # Errors
/// [`Held`], the first reason for which the invoice does not cross: deleted, draft, before the
/// start date, in a locked period, nothing to post, negative, then whatever the settings lack,
/// then figures that do not add up.
pub fn plan_sale(
    invoice: &Invoice,
    settings: &Settings,
    facts: &Facts<'_>,
    mark: &str,
) -> Result<SalePlan, Held> {
    let source = Source {
        invoice,
        settings,
        facts,
    };
    crossing::check(&source)?;
    let location = common::location(&source.record(), settings, facts)?;
    let (currency, day) = (invoice.currency, invoice.issued_on);
    let rate = rate::currency_rate(&source.record(), currency, day, settings, facts)?;
    let posted = lines::resolve(&source)?;
    let default_account = header::revenue_account(&source)?;
    let terms = common::terms(&source.record(), invoice.due_offset_days, settings, facts)?;
    let services_only = lines::are_services(&posted);
    let lines = lines::plan(&source, &posted, default_account.as_deref())?;
    let note = cut(&note(invoice), NOTE_LENGTH);
    Ok(SalePlan {
        total: invoice.total,
        currency_rate: round(rate, 5).normalize(),
        tax_rule: lines.first().map(|line| line.tax_rule.clone()),
        order: SaleOrder {
            lines: lines.clone(),
        },
        invoice: SaleInvoice {
            date: invoice.issued_on,
            due: invoice.due_on,
            currency_rate: round(rate, 4).normalize(),
            memo: note.clone(),
            lines,
            new_task: settings.cin7.invoice_task == InvoiceTask::New,
        },
        services_only,
        service_sale: services_only && settings.cin7.service_sales,
        location,
        mark: mark.to_owned(),
        customer_reference: cut(&flat(&invoice.number), REFERENCE_LENGTH),
        default_account,
        terms,
        note,
    })
}

/// Every setting that the lines of an invoice wait for, where planning stops at the first.
pub(crate) fn waits_for(invoice: &Invoice, settings: &Settings, facts: &Facts<'_>) -> Vec<Held> {
    lines::waits_for(&Source {
        invoice,
        settings,
        facts,
    })
}

/// The keys under which settings may have a line's taxes, the document's own spelling first.
pub(crate) fn tax_keys(line: &Line) -> Vec<String> {
    taxes::keys(line)
}

/// Percent of a line that its taxes take together.
pub(crate) fn tax_percent(line: &Line) -> Decimal {
    taxes::percent(line)
}

/// An invoice as sentences start with it.
pub(crate) fn name_of(invoice: &Invoice) -> String {
    if invoice.number.trim().is_empty() {
        return format!("Invoice with the id {}", invoice.id);
    }
    format!("Invoice {}", flat(&invoice.number))
}

/// Where a sale came from, for people in Cin7: its invoice number there is Cin7's own.
fn note(invoice: &Invoice) -> String {
    let name = flat(&invoice.client_name);
    let number = flat(&invoice.number);
    if name.is_empty() {
        return format!("FreshBooks invoice {number}");
    }
    format!("FreshBooks invoice {number} for {name}")
}
