//! An invoice on the wire (docs/freshbooks-api.md, invoices).

use money::{Currency, Decimal, Money};
use serde::Deserialize;

use super::Breach;
use super::amount::{Amount, currency};
use super::due::Due;
use super::line::Line;
use super::lines::Lines;
use super::person::{first_name_of, full_name};
use super::scalar::Scalar;
use super::visibility::visibility;
use crate::{Discount, Stage, Visibility};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Invoice {
    id: Scalar,
    invoiceid: Scalar,
    invoice_number: Scalar,
    customerid: Scalar,
    organization: Scalar,
    fname: Scalar,
    lname: Scalar,
    create_date: Scalar,
    due_date: Scalar,
    due_offset_days: Scalar,
    currency_code: Scalar,
    amount: Amount,
    discount_value: Scalar,
    discount_total: Amount,
    status: Scalar,
    v3_status: Scalar,
    vis_state: Scalar,
    version: Scalar,
    updated: Scalar,
    lines: Lines<Line>,
}

impl TryFrom<Invoice> for crate::Invoice {
    type Error = Breach;

    fn try_from(wire: Invoice) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.invoiceid.id())
            .ok_or_else(|| Breach::missing("id"))?;
        let client_id = wire
            .customerid
            .id()
            .ok_or_else(|| Breach::missing("client"))?;
        let person = full_name(&wire.fname, &wire.lname);
        let issued_on = wire
            .create_date
            .date("date of issue")?
            .ok_or_else(|| Breach::missing("date of issue"))?;
        let due = Due::of(issued_on, &wire.due_offset_days, &wire.due_date)?;
        let currency = wire.currency()?;
        let total = wire.amount.required_in(currency, "total")?;
        Ok(Self {
            id: id.to_owned(),
            client_id: client_id.to_owned(),
            client_name: first_name_of([wire.organization.trimmed(), &person], "client", client_id),
            issued_on,
            due_on: due.on,
            due_offset_days: due.offset_days,
            currency,
            total: Money::new(total, currency),
            discount: wire.discount(currency)?,
            stage: wire.stage(),
            visibility: visibility(&wire.vis_state),
            version: wire
                .version
                .filled()
                .unwrap_or(wire.updated.trimmed())
                .to_owned(),
            number: wire.invoice_number.trimmed().to_owned(),
            lines: wire.into_lines(currency, total)?,
        })
    }
}

impl Invoice {
    fn currency(&self) -> Result<Currency, Breach> {
        let stated = currency(&self.currency_code, "currency")?;
        let of_total = self.amount.currency("total")?;
        stated
            .or(of_total)
            .ok_or_else(|| Breach::missing("currency"))
    }

    /// `discount_value` is a percentage; `discount_total` is money and may be negative.
    fn discount(&self, currency: Currency) -> Result<Discount, Breach> {
        let percent = self
            .discount_value
            .decimal("discount")?
            .unwrap_or(Decimal::ZERO);
        let amount = self.discount_total.in_currency(currency, "discount")?;
        Ok(Discount {
            percent: percent.normalize(),
            amount: amount.map(|money| money.abs()),
        })
    }

    /// Both vocabularies are open; only what is known to be a draft is one.
    fn stage(&self) -> Stage {
        let is_draft = self.status.trimmed() == "1"
            || ["draft", "created"]
                .iter()
                .any(|name| self.v3_status.trimmed().eq_ignore_ascii_case(name));
        if is_draft {
            Stage::Draft
        } else {
            Stage::Issued
        }
    }

    fn into_lines(self, currency: Currency, total: Decimal) -> Result<Vec<crate::Line>, Breach> {
        let is_deleted = visibility(&self.vis_state) == Visibility::Deleted;
        let lines = self.lines.shown(total, is_deleted)?;
        (1..)
            .zip(lines)
            .map(|(position, line)| line.into_domain(position, currency))
            .collect()
    }
}
