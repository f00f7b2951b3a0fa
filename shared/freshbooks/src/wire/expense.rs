//! An expense on the wire (docs/freshbooks-api.md, expenses, other income, credit notes).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Breach;
use super::amount::Amount;
use super::paid_tax::paid_tax;
use super::scalar::Scalar;
use super::visibility::visibility;
use crate::{BankSide, Rebilling, Shown, Visibility};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Expense {
    id: Scalar,
    expenseid: Scalar,
    categoryid: Scalar,
    clientid: Scalar,
    invoiceid: Scalar,
    ext_invoiceid: Scalar,
    /// With tax.
    amount: Amount,
    date: Scalar,
    vendor: Scalar,
    notes: Scalar,
    #[serde(rename = "taxName1")]
    tax_name_1: Scalar,
    #[serde(rename = "taxPercent1")]
    tax_percent_1: Scalar,
    /// Money here, and a percentage on invoice lines, under the same name.
    #[serde(rename = "taxAmount1")]
    tax_amount_1: Amount,
    #[serde(rename = "taxName2")]
    tax_name_2: Scalar,
    #[serde(rename = "taxPercent2")]
    tax_percent_2: Scalar,
    #[serde(rename = "taxAmount2")]
    tax_amount_2: Amount,
    /// What its elements look like is not known.
    bill_matches: Option<Box<RawValue>>,
    potential_bill_payment: Scalar,
    status: Scalar,
    version: Scalar,
    updated: Scalar,
    vis_state: Scalar,
}

impl TryFrom<Expense> for Shown<crate::Expense> {
    type Error = Breach;

    fn try_from(wire: Expense) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.expenseid.id())
            .ok_or_else(|| Breach::missing("id"))?
            .to_owned();
        if visibility(&wire.vis_state) == Visibility::Deleted {
            return Ok(Self::Deleted { id });
        }
        let amount = wire.amount.with_its_currency("amount")?;
        let slots = [
            (&wire.tax_name_1, &wire.tax_percent_1, &wire.tax_amount_1),
            (&wire.tax_name_2, &wire.tax_percent_2, &wire.tax_amount_2),
        ];
        let taxes = slots.map(|slot| paid_tax(slot, amount.currency, "tax"));
        let taxes: Result<Vec<_>, Breach> = taxes.into_iter().collect();
        let invoice_id = wire.invoiceid.id().or_else(|| wire.ext_invoiceid.id());
        Ok(Self::Standing(crate::Expense {
            id,
            amount,
            taxes: taxes?.into_iter().flatten().collect(),
            spent_on: wire
                .date
                .date("date")?
                .ok_or_else(|| Breach::missing("date"))?,
            category_id: wire.categoryid.id().map(str::to_owned),
            client_id: wire.clientid.id().map(str::to_owned),
            rebilling: wire.rebilling(),
            invoice_id: invoice_id.map(str::to_owned),
            bill_payment: wire.bank_side(),
            version: wire
                .version
                .filled()
                .unwrap_or(wire.updated.trimmed())
                .to_owned(),
            vendor: wire.vendor.trimmed().to_owned(),
            notes: wire.notes.into_text(),
        }))
    }
}

impl Expense {
    fn rebilling(&self) -> Rebilling {
        match self.status.trimmed() {
            "" | "0" => Rebilling::Internal,
            "1" => Rebilling::Outstanding,
            "2" => Rebilling::Invoiced,
            "4" => Rebilling::Recouped,
            other => Rebilling::Other(other.to_owned()),
        }
    }

    /// Whatever stands in `bill_matches` is a match: taking it for none would count the money twice.
    fn bank_side(&self) -> BankSide {
        let matches = self.bill_matches.as_ref().map_or("null", |raw| raw.get());
        let matches: String = matches.split_whitespace().collect();
        if !["null", "[]", "{}", "\"\"", "0", "false"].contains(&matches.as_str()) {
            BankSide::Matched
        } else if self.potential_bill_payment.is_true() {
            BankSide::Potential
        } else {
            BankSide::None
        }
    }
}
