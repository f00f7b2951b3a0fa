//! Other income on the wire (docs/freshbooks-api.md, other income and credit notes).

use serde::Deserialize;

use super::Breach;
use super::amount::Amount;
use super::scalar::Scalar;
use super::visibility::visibility;
use crate::{IncomeTax, Shown, Visibility};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OtherIncome {
    incomeid: Scalar,
    id: Scalar,
    amount: Amount,
    category_name: Scalar,
    date: Scalar,
    source: Scalar,
    payment_type: Scalar,
    note: Scalar,
    taxes: Option<Vec<Tax>>,
    updated_at: Scalar,
    vis_state: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tax {
    name: Scalar,
    amount: Scalar,
}

impl TryFrom<OtherIncome> for Shown<crate::OtherIncome> {
    type Error = Breach;

    fn try_from(wire: OtherIncome) -> Result<Self, Breach> {
        let id = wire
            .incomeid
            .id()
            .or_else(|| wire.id.id())
            .ok_or_else(|| Breach::missing("id"))?
            .to_owned();
        if visibility(&wire.vis_state) == Visibility::Deleted {
            return Ok(Self::Deleted { id });
        }
        let tax = |tax: Tax| IncomeTax {
            name: tax.name.trimmed().to_owned(),
            amount: tax.amount.trimmed().to_owned(),
        };
        Ok(Self::Standing(crate::OtherIncome {
            id,
            amount: wire.amount.with_its_currency("amount")?,
            received_on: wire
                .date
                .date("date")?
                .ok_or_else(|| Breach::missing("date"))?,
            category: wire.category_name.trimmed().to_owned(),
            source: wire.source.trimmed().to_owned(),
            kind: wire.payment_type.trimmed().to_owned(),
            note: wire.note.into_text(),
            taxes: wire.taxes.into_iter().flatten().map(tax).collect(),
            version: wire.updated_at.trimmed().to_owned(),
        }))
    }
}
