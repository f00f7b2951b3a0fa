//! A credit note on the wire (docs/freshbooks-api.md, other income and credit notes).

use money::{Currency, Money};
use serde::Deserialize;

use super::Breach;
use super::amount::{Amount, currency};
use super::line::Line;
use super::lines::Lines;
use super::scalar::Scalar;
use super::visibility::visibility;
use crate::{CreditKind, Shown, Stage, Visibility};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CreditNote {
    id: Scalar,
    creditid: Scalar,
    credit_number: Scalar,
    clientid: Scalar,
    credit_type: Scalar,
    create_date: Scalar,
    currency_code: Scalar,
    amount: Amount,
    /// What was used of it.
    paid: Amount,
    display_status: Scalar,
    lines: Lines<Line>,
    updated: Scalar,
    vis_state: Scalar,
}

impl TryFrom<CreditNote> for Shown<crate::CreditNote> {
    type Error = Breach;

    fn try_from(wire: CreditNote) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.creditid.id())
            .ok_or_else(|| Breach::missing("id"))?
            .to_owned();
        if visibility(&wire.vis_state) == Visibility::Deleted {
            return Ok(Self::Deleted { id });
        }
        let client_id = wire
            .clientid
            .id()
            .ok_or_else(|| Breach::missing("client"))?;
        let currency = wire.currency()?;
        let total = wire.amount.required_in(currency, "total")?;
        Ok(Self::Standing(crate::CreditNote {
            id,
            client_id: client_id.to_owned(),
            kind: wire.kind(),
            issued_on: wire
                .create_date
                .date("date of issue")?
                .ok_or_else(|| Breach::missing("date of issue"))?,
            currency,
            total: Money::new(total, currency),
            used: wire.paid.in_currency(currency, "amount used")?,
            stage: wire.stage(),
            version: wire.updated.trimmed().to_owned(),
            number: wire.credit_number.trimmed().to_owned(),
            lines: lines(wire.lines, currency)?,
        }))
    }
}

impl CreditNote {
    fn currency(&self) -> Result<Currency, Breach> {
        let stated = currency(&self.currency_code, "currency")?;
        let of_total = self.amount.currency("total")?;
        stated
            .or(of_total)
            .ok_or_else(|| Breach::missing("currency"))
    }

    /// `created` is a state of its own here, beside `draft`, so it counts.
    fn stage(&self) -> Stage {
        if self.display_status.trimmed().eq_ignore_ascii_case("draft") {
            Stage::Draft
        } else {
            Stage::Issued
        }
    }

    fn kind(&self) -> CreditKind {
        match self.credit_type.trimmed() {
            "goodwill" => CreditKind::Goodwill,
            "overpayment" => CreditKind::Overpayment,
            "prepayment" => CreditKind::Prepayment,
            other => CreditKind::Other(other.to_owned()),
        }
    }
}

fn lines(lines: Lines<Line>, currency: Currency) -> Result<Option<Vec<crate::Line>>, Breach> {
    let Some(lines) = lines.if_shown() else {
        return Ok(None);
    };
    let lines = (1..).zip(lines);
    lines
        .map(|(position, line)| line.into_domain(position, currency))
        .collect::<Result<_, _>>()
        .map(Some)
}
