//! A FreshBooks bill, or an expense, as a Cin7 purchase.

mod category;
mod crossing;
mod figures;
mod goods;
mod lines;
mod resolve;
mod taxes;
mod waiting;

use cin7::{PurchaseHeader, PurchaseInvoice, PurchaseKind, PurchaseOrder};
use freshbooks::{Bill, BillLine, Vendor};
use jiff::civil::Date;
use money::{Decimal, Money, round};
use serde::Serialize;

use crate::facts::Facts;
use crate::held::Held;
use crate::settings::{Approach, Settings};
use crate::supplier::{WantedSupplier, nameless};
use crate::text::flat;
use crate::{header, rate};

pub(crate) use crossing::check as check_crossing;
pub(crate) use lines::{PlannedLine, plan as plan_lines};
pub(crate) use waiting::{bill_waits_for, waits_for};

/// The documents of a purchase, planned; rows and taxes add up to the total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchasePlan {
    /// The bill's or expense's total, taxes included.
    pub total: Money,
    /// Base currency units per unit of the document's currency, 5 decimals.
    pub currency_rate: Decimal,
    /// The supplier, still to be linked or made.
    pub supplier: WantedSupplier,
    /// The order.
    pub order: PurchaseOrder,
    /// The invoice, with the order's rows. Its number is the vendor's where there is one, else our
    /// mark.
    pub invoice: PurchaseInvoice,
    /// Simple, or service where every row is a charge and the settings ask for it.
    pub kind: PurchaseKind,
    approach: cin7::Approach,
    location: String,
    mark: String,
    tax_rule: Option<String>,
    terms: Option<String>,
    remarks: String,
}

impl PurchasePlan {
    /// The header of the purchase from a supplier, given by Cin7's id.
    #[must_use]
    pub fn header(&self, supplier_id: &str) -> PurchaseHeader {
        PurchaseHeader {
            supplier_id: supplier_id.to_owned(),
            approach: self.approach,
            kind: self.kind,
            location: self.location.clone(),
            tax_rule: self.tax_rule.clone(),
            terms: self.terms.clone(),
            currency_rate: self.currency_rate,
            mark: self.mark.clone(),
            remarks: self.remarks.clone(),
        }
    }

    /// The same under another mark: what was voided keeps the one before.
    #[must_use]
    pub fn marked(&self, mark: &str) -> Self {
        let mut plan = self.clone();
        if plan.invoice.number == plan.mark {
            mark.clone_into(&mut plan.invoice.number);
        }
        mark.clone_into(&mut plan.mark);
        plan
    }

    /// The invoice under a number that no other purchase has: for a vendor's number that another
    /// purchase of the supplier has already.
    #[must_use]
    pub fn invoice_numbered_apart(&self) -> PurchaseInvoice {
        let number = if self.invoice.number == self.mark {
            self.mark.clone()
        } else {
            format!("{} {}", self.invoice.number, self.mark)
        };
        PurchaseInvoice {
            number,
            ..self.invoice.clone()
        }
    }
}

/// What was bought, whichever document says so.
#[derive(Debug)]
pub(crate) struct Bought<'a> {
    /// What sentences start with.
    pub record: String,
    /// `bill` or `expense`.
    pub noun: &'static str,
    /// Taxes included.
    pub total: Money,
    /// Before tax, as FreshBooks states it.
    pub subtotal: Decimal,
    pub day: Date,
    pub due: Date,
    pub lines: &'a [BillLine],
}

/// What a purchase is planned from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub bought: &'a Bought<'a>,
    pub settings: &'a Settings,
    pub facts: &'a Facts<'a>,
}

/// What a purchase says of itself.
#[derive(Debug)]
pub(crate) struct Heading<'a> {
    pub mark: &'a str,
    /// The vendor's own number; may be empty.
    pub number: &'a str,
    /// For people in Cin7.
    pub remarks: String,
    pub supplier: Option<WantedSupplier>,
}

impl Source<'_> {
    pub(crate) fn record(&self) -> &str {
        &self.bought.record
    }

    pub(crate) fn money(&self, amount: Decimal) -> Money {
        Money::new(amount, self.bought.total.currency)
    }
}

/// Plans the purchase of a bill; `mark` is what it will be found by again. The vendor is the bill's,
/// where FreshBooks shows one.
///
/// # Errors
/// [`Held`], the first reason for which the bill does not cross: before the start date, in a locked
/// period, nothing to post, negative, no supplier, then whatever the settings lack, then figures that
/// do not add up.
pub fn plan_bill(
    bill: &Bill,
    vendor: Option<&Vendor>,
    settings: &Settings,
    facts: &Facts<'_>,
    mark: &str,
) -> Result<PurchasePlan, Held> {
    let number = flat(&bill.number);
    let supplier = vendor
        .map(WantedSupplier::of_vendor)
        .or_else(|| WantedSupplier::named("", settings));
    let from = supplier.as_ref().map(|supplier| supplier.name.as_str());
    let heading = Heading {
        mark,
        number: &number,
        remarks: remarks("bill", &number, from.unwrap_or_default()),
        supplier,
    };
    plan_bought(&bought_with(bill), heading, settings, facts)
}

fn bought_with(bill: &Bill) -> Bought<'_> {
    let number = flat(&bill.number);
    let record = if number.is_empty() {
        format!("Bill with the id {}", bill.id)
    } else {
        format!("Bill {number}")
    };
    Bought {
        record,
        noun: "bill",
        total: bill.total,
        subtotal: bill.subtotal,
        day: bill.issued_on,
        due: bill.due_on,
        lines: &bill.lines,
    }
}

/// Plans the purchase of whatever was bought.
pub(crate) fn plan_bought(
    bought: &Bought<'_>,
    heading: Heading<'_>,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<PurchasePlan, Held> {
    let source = Source {
        bought,
        settings,
        facts,
    };
    let record = source.record();
    crossing::check(&source)?;
    let supplier = heading.supplier.ok_or_else(|| nameless(record))?;
    let location = header::location(record, settings, facts)?;
    let currency = bought.total.currency;
    let rate = rate::currency_rate(record, currency, bought.day, settings, facts)?;
    let planned = lines::plan(&source)?;
    let terms = header::terms(record, days_until_due(bought), settings, facts)?;
    let tax_rule = planned.first().map(|row| row.tax_rule().to_owned());
    let (lines, charges) = lines::apart(planned);
    let service = lines.is_empty() && settings.cin7.service_purchases;
    let own_number = (!heading.number.is_empty()).then_some(heading.number);
    Ok(PurchasePlan {
        total: bought.total,
        currency_rate: round(rate, 5).normalize(),
        supplier,
        order: PurchaseOrder {
            memo: heading.remarks.clone(),
            lines: lines.clone(),
            charges: charges.clone(),
        },
        invoice: PurchaseInvoice {
            number: own_number.unwrap_or(heading.mark).to_owned(),
            date: bought.day,
            due: bought.due,
            lines,
            charges,
        },
        kind: if service {
            PurchaseKind::Service
        } else {
            PurchaseKind::Simple
        },
        approach: approach(settings.purchases.approach, service),
        location,
        mark: heading.mark.to_owned(),
        tax_rule,
        terms,
        remarks: heading.remarks,
    })
}

/// Where a purchase came from, for people in Cin7.
pub(crate) fn remarks(noun: &str, number: &str, from: &str) -> String {
    let of_vendor = if from.is_empty() {
        String::new()
    } else {
        format!(" from {from}")
    };
    flat(&format!("FreshBooks {noun} {number}{of_vendor}"))
}

/// A service purchase is always bill first (docs/cin7-api.md, purchase header).
fn approach(set: Approach, service: bool) -> cin7::Approach {
    match set {
        Approach::Stock if !service => cin7::Approach::Stock,
        Approach::Stock | Approach::Invoice => cin7::Approach::Invoice,
    }
}

/// FreshBooks shows the offset of a bill, but both of its days as well.
fn days_until_due(bought: &Bought<'_>) -> i64 {
    let span = bought.day.until(bought.due);
    span.map_or(0, |span| i64::from(span.get_days()))
}
