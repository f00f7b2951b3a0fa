//! Suppliers and purchases.

use jiff::Timestamp;

use super::{Reader, is_same, parsed};
use crate::call::Call;
use crate::node::Node;
use crate::wire::{PaymentRow, PurchaseDocument, PurchaseListRow, SupplierRow, payments};
use crate::{Error, Purchase, PurchasePayment, PurchaseRow, ShownPurchase, Supplier};

const PURCHASE: Call = Call::Read("advanced-purchase");
const PAYMENT: Call = Call::Read("advanced-purchase/payment");

impl Reader {
    /// Active suppliers of exactly this name, without regard to case or to blanks around it. Cin7's own
    /// filter is a mere prefix (docs/cin7-api.md, suppliers). No name, no call.
    ///
    /// # Errors
    /// As every read.
    pub async fn suppliers_named(&self, name: &str) -> Result<Vec<Supplier>, Error> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(Vec::new());
        }
        let mut suppliers: Vec<Supplier> = self.list::<SupplierRow, _>(&[("Name", name)]).await?;
        suppliers.retain(|supplier| supplier.active && is_same(&supplier.name, name));
        Ok(suppliers)
    }

    /// A purchase by its id, or `None` where Cin7 says that there is none. One call.
    ///
    /// # Errors
    /// As every read.
    pub async fn purchase(&self, id: &str) -> Result<Option<Purchase>, Error> {
        let text = self.found(PURCHASE, &[("ID", id)]).await?;
        text.map(|text| purchase_of(&text, id)).transpose()
    }

    /// A purchase by its id, kept whole for comparison with what was sent; `None` where Cin7 says that
    /// there is none. One call.
    ///
    /// # Errors
    /// As every read.
    pub async fn shown_purchase(&self, id: &str) -> Result<Option<ShownPurchase>, Error> {
        let Some(text) = self.found(PURCHASE, &[("ID", id)]).await? else {
            return Ok(None);
        };
        let purchase = purchase_of(&text, id)?;
        let copy = Node::read(&text).map_err(|error| PURCHASE.without_outcome(error))?;
        Ok(Some(ShownPurchase::new(purchase, copy)))
    }

    /// The purchases whose invoice has exactly this number, voided ones included. Suppliers number
    /// their bills each for themselves: compare the supplier too. One just made may not be found yet
    /// (docs/cin7-api.md, read-after-write lag). No number, no call.
    ///
    /// # Errors
    /// As every read.
    pub async fn purchases_numbered(&self, number: &str) -> Result<Vec<PurchaseRow>, Error> {
        let number = number.trim();
        if number.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = self.purchases_searched(number).await?;
        rows.retain(|row| {
            let shown = row.invoice_number.as_deref();
            shown.is_some_and(|shown| shown.trim() == number)
        });
        Ok(rows)
    }

    /// The purchases that Cin7 finds for a text in number, status, supplier or invoice number; check the
    /// rows.
    ///
    /// # Errors
    /// As every read.
    pub async fn purchases_searched(&self, text: &str) -> Result<Vec<PurchaseRow>, Error> {
        self.list::<PurchaseListRow, _>(&[("Search", text)]).await
    }

    /// The purchases changed since a moment, each once and in no dependable order. Ask from a little
    /// before the last time: rows move between pages while they are read.
    ///
    /// # Errors
    /// As every read.
    pub async fn purchases_updated_since(
        &self,
        since: Timestamp,
    ) -> Result<Vec<PurchaseRow>, Error> {
        Ok(self.purchases_listed(since).await?.rows)
    }

    /// The purchases of a supplier, changed since a moment, whose note holds this mark: the way to find
    /// a header that has no invoice number yet, for no filter knows the note. One call for the list and
    /// one for each of the supplier's purchases in it.
    ///
    /// # Errors
    /// As every read.
    pub async fn purchases_marked(
        &self,
        mark: &str,
        supplier_id: &str,
        since: Timestamp,
    ) -> Result<Vec<Purchase>, Error> {
        let mut marked = Vec::new();
        for row in self.purchases_updated_since(since).await? {
            let supplier = row.supplier_id.as_deref();
            // A filter that is not known is ignored silently (docs/cin7-api.md, paging).
            if row.updated.is_some_and(|updated| updated < since) {
                continue;
            }
            // A row that does not tell its supplier may be the one.
            if supplier.is_some_and(|shown| !shown.eq_ignore_ascii_case(supplier_id)) {
                continue;
            }
            let purchase = self.purchase(&row.purchase_id).await?;
            marked.extend(purchase.filter(|purchase| purchase.is_marked(mark)));
        }
        Ok(marked)
    }

    /// The payments of a purchase, prepayments and refunds among them. One just made may not be shown
    /// yet (docs/cin7-api.md, read-after-write lag). One call.
    ///
    /// # Errors
    /// As every read; [`Error::Refused`] where Cin7 says that there is no such purchase.
    pub async fn purchase_payments(
        &self,
        purchase_id: &str,
    ) -> Result<Vec<PurchasePayment>, Error> {
        let filter = [("PurchaseID", purchase_id)];
        let text = self.endpoint.get(PAYMENT.path(), &filter).await?;
        let rows = payments(&text).map_err(|error| PAYMENT.without_outcome(error))?;
        rows.into_iter()
            .filter(|row| row.may_be_of(purchase_id))
            .map(PaymentRow::payment)
            .collect::<Result<_, _>>()
            .map_err(|lacking| PAYMENT.without_outcome(format!("a row came without {lacking}")))
    }

    /// What a read by id is answered with; `None` where Cin7 says that there is nothing.
    pub(super) async fn found(
        &self,
        call: Call,
        filter: &[(&str, &str)],
    ) -> Result<Option<String>, Error> {
        match self.endpoint.get(call.path(), filter).await {
            Ok(text) => Ok(Some(text)),
            Err(fault) if fault.missing => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// The purchase that a text shows, if it is the one that was asked for.
fn purchase_of(text: &str, id: &str) -> Result<Purchase, Error> {
    let document: PurchaseDocument = parsed(PURCHASE, text)?;
    let purchase = document
        .purchase()
        .map_err(|lacking| PURCHASE.without_outcome(format!("it came without {lacking}")))?;
    if !purchase.id.eq_ignore_ascii_case(id) {
        let shown = &purchase.id;
        return Err(PURCHASE.without_outcome(format!("asked for {id}, it showed {shown}")));
    }
    Ok(purchase)
}
