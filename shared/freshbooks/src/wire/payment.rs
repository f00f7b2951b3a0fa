//! A payment on the wire (docs/freshbooks-api.md, payments).

use jiff::civil::Date;
use serde::Deserialize;

use super::Breach;
use super::amount::Amount;
use super::scalar::Scalar;
use super::visibility::visibility;
use crate::{ShownPayment, Visibility};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Payment {
    id: Scalar,
    logid: Scalar,
    invoiceid: Scalar,
    amount: Amount,
    date: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    from_credit: Scalar,
    creditid: Scalar,
    overpaymentid: Scalar,
    updated: Scalar,
    vis_state: Scalar,
}

impl TryFrom<Payment> for ShownPayment {
    type Error = Breach;

    fn try_from(wire: Payment) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.logid.id())
            .ok_or_else(|| Breach::missing("id"))?
            .to_owned();
        if visibility(&wire.vis_state) == Visibility::Deleted {
            return Ok(Self::Deleted { id });
        }
        Ok(Self::Standing(crate::Payment {
            id,
            invoice_id: wire.invoiceid.id().map(str::to_owned),
            amount: wire.amount.with_its_currency("amount")?,
            paid_on: wire.paid_on()?,
            from_credit: wire.is_from_credit(),
            overpayment_id: wire.overpaymentid.id().map(str::to_owned),
            version: wire.updated.trimmed().to_owned(),
            kind: wire.kind.into_text(),
        }))
    }
}

impl Payment {
    fn paid_on(&self) -> Result<Date, Breach> {
        self.date
            .date("date of payment")?
            .ok_or_else(|| Breach::missing("date of payment"))
    }

    /// FreshBooks says it in three places, and not always in all of them. Taking a credit for money
    /// would count that money twice, so one is enough.
    fn is_from_credit(&self) -> bool {
        self.from_credit.is_true()
            || self.creditid.id().is_some()
            || self.kind.trimmed().eq_ignore_ascii_case("credit")
    }
}
