//! A payment on the wire (docs/freshbooks-api.md, payments).

use jiff::civil::Date;
use money::{Decimal, Money};
use serde::Deserialize;

use super::Breach;
use super::amount::Amount;
use super::scalar::Scalar;
use super::visibility::visibility;
use crate::Visibility;

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

impl TryFrom<Payment> for crate::Payment {
    type Error = Breach;

    fn try_from(wire: Payment) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.logid.id())
            .ok_or_else(|| Breach::missing("id"))?;
        let visibility = visibility(&wire.vis_state);
        let deleted = visibility == Visibility::Deleted;
        Ok(Self {
            id: id.to_owned(),
            invoice_id: wire.invoiceid.id().map(str::to_owned),
            amount: match wire.amount() {
                Err(_) if deleted => nothing()?,
                amount => amount?,
            },
            paid_on: match wire.paid_on() {
                Err(_) if deleted => Date::ZERO,
                day => day?,
            },
            from_credit: wire.is_from_credit(),
            overpayment_id: wire.overpaymentid.id().map(str::to_owned),
            visibility,
            version: wire.updated.trimmed().to_owned(),
            kind: wire.kind.into_text(),
        })
    }
}

impl Payment {
    /// The currency is nowhere but inside the amount.
    fn amount(&self) -> Result<Money, Breach> {
        let currency = self
            .amount
            .currency("amount")?
            .ok_or_else(|| Breach::missing("currency"))?;
        let amount = self.amount.required_in(currency, "amount")?;
        Ok(Money::new(amount, currency))
    }

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

/// What stands for an amount that is not shown.
fn nothing() -> Result<Money, Breach> {
    let none = "XXX".parse().map_err(|_| Breach::missing("currency"))?;
    Ok(Money::new(Decimal::ZERO, none))
}
