//! The few fields of a listed document that say which it is and when it was.

use serde::Deserialize;

use super::Breach;
use super::scalar::Scalar;
use crate::Outline;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct InvoiceRow {
    id: Scalar,
    invoiceid: Scalar,
    create_date: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PaymentRow {
    id: Scalar,
    logid: Scalar,
    invoiceid: Scalar,
    date: Scalar,
}

impl TryFrom<InvoiceRow> for Outline {
    type Error = Breach;

    fn try_from(row: InvoiceRow) -> Result<Self, Breach> {
        outline([&row.id, &row.invoiceid], &row.create_date, None)
    }
}

impl TryFrom<PaymentRow> for Outline {
    type Error = Breach;

    fn try_from(row: PaymentRow) -> Result<Self, Breach> {
        let invoice = row.invoiceid.id().map(str::to_owned);
        outline([&row.id, &row.logid], &row.date, invoice)
    }
}

fn outline(ids: [&Scalar; 2], day: &Scalar, invoice_id: Option<String>) -> Result<Outline, Breach> {
    let id = ids.into_iter().find_map(Scalar::id);
    Ok(Outline {
        id: id.ok_or_else(|| Breach::missing("id"))?.to_owned(),
        day: day.date("date").ok().flatten(),
        invoice_id,
    })
}
