//! A payment of a bill on the wire (docs/freshbooks-api.md, bills and bill payments).

use serde::Deserialize;

use super::Breach;
use super::amount::Amount;
use super::scalar::Scalar;
use super::visibility::visibility;
use crate::{Shown, Visibility};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BillPayment {
    id: Scalar,
    billid: Scalar,
    amount: Amount,
    paid_date: Scalar,
    payment_type: Scalar,
    matched_with_expense: Scalar,
    vis_state: Scalar,
}

impl TryFrom<BillPayment> for Shown<crate::BillPayment> {
    type Error = Breach;

    fn try_from(wire: BillPayment) -> Result<Self, Breach> {
        wire.into_shown(None)
    }
}

impl BillPayment {
    /// The payment, inside the bill of this id or alone.
    pub(super) fn into_shown(
        self,
        inside: Option<&str>,
    ) -> Result<Shown<crate::BillPayment>, Breach> {
        let id = self.id.id().ok_or_else(|| match inside {
            Some(_) => Breach::missing("id of a payment"),
            None => Breach::missing("id"),
        })?;
        let id = id.to_owned();
        if visibility(&self.vis_state) == Visibility::Deleted {
            return Ok(Shown::Deleted { id });
        }
        let of_payment = |what: &str| match inside {
            Some(_) => format!("{what} of payment {id}"),
            None => what.to_owned(),
        };
        let named = self.billid.id();
        if let (Some(named), Some(inside)) = (named, inside)
            && named != inside
        {
            return Err(Breach::new(format_args!(
                "it shows payment {id}, which pays bill {named}"
            )));
        }
        let day = of_payment("date");
        Ok(Shown::Standing(crate::BillPayment {
            bill_id: named
                .or(inside)
                .ok_or_else(|| Breach::missing("bill that it pays"))?
                .to_owned(),
            amount: self.amount.with_its_currency(&of_payment("amount"))?,
            paid_on: self
                .paid_date
                .date(&day)?
                .ok_or_else(|| Breach::missing(&day))?,
            is_matched_with_expense: self.matched_with_expense.is_true(),
            kind: self.payment_type.into_text(),
            id,
        }))
    }
}
