//! A bill on the wire (docs/freshbooks-api.md, bills and bill payments).

use money::{Currency, Decimal, Money};
use serde::Deserialize;

use super::Breach;
use super::amount::{Amount, currency};
use super::bill_line::BillLine;
use super::bill_payment::BillPayment;
use super::due::Due;
use super::lines::Lines;
use super::scalar::Scalar;
use super::visibility::visibility;
use crate::{Shown, Visibility};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Bill {
    id: Scalar,
    vendorid: Scalar,
    bill_number: Scalar,
    issue_date: Scalar,
    due_date: Scalar,
    due_offset_days: Scalar,
    currency_code: Scalar,
    /// Before tax.
    amount: Amount,
    /// With tax.
    total_amount: Amount,
    lines: Lines<BillLine>,
    bill_payments: Option<Vec<BillPayment>>,
    updated_at: Scalar,
    vis_state: Scalar,
}

impl TryFrom<Bill> for Shown<crate::Bill> {
    type Error = Breach;

    fn try_from(wire: Bill) -> Result<Self, Breach> {
        let id = wire.id.id().ok_or_else(|| Breach::missing("id"))?;
        let id = id.to_owned();
        if visibility(&wire.vis_state) == Visibility::Deleted {
            return Ok(Self::Deleted { id });
        }
        let issued_on = wire
            .issue_date
            .date("date of issue")?
            .ok_or_else(|| Breach::missing("date of issue"))?;
        let due = Due::of(issued_on, &wire.due_offset_days, &wire.due_date)?;
        let currency = wire.currency()?;
        let total = wire.total_amount.required_in(currency, "total")?;
        Ok(Self::Standing(crate::Bill {
            vendor_id: wire.vendorid.id().map(str::to_owned),
            issued_on,
            due_on: due.on,
            currency,
            subtotal: wire.amount.required_in(currency, "amount before tax")?,
            total: Money::new(total, currency),
            version: wire.updated_at.trimmed().to_owned(),
            number: wire.bill_number.trimmed().to_owned(),
            lines: lines(wire.lines, currency, total)?,
            payments: payments(wire.bill_payments, &id)?,
            id,
        }))
    }
}

impl Bill {
    fn currency(&self) -> Result<Currency, Breach> {
        let stated = currency(&self.currency_code, "currency")?;
        let of_total = self.total_amount.currency("total")?;
        stated
            .or(of_total)
            .ok_or_else(|| Breach::missing("currency"))
    }
}

fn lines(
    lines: Lines<BillLine>,
    currency: Currency,
    total: Decimal,
) -> Result<Vec<crate::BillLine>, Breach> {
    let lines = lines.shown(total, false)?;
    (1..)
        .zip(lines)
        .map(|(position, line)| line.into_domain(position, currency))
        .collect()
}

/// A bill that does not show the field says nothing about its payments, and to take that for none
/// would remove those that stand.
fn payments(
    payments: Option<Vec<BillPayment>>,
    bill_id: &str,
) -> Result<Vec<Shown<crate::BillPayment>>, Breach> {
    let payments =
        payments.ok_or_else(|| Breach::new("FreshBooks sent it without saying how it was paid"))?;
    let read = |payment: BillPayment| payment.into_shown(Some(bill_id));
    payments.into_iter().map(read).collect()
}
