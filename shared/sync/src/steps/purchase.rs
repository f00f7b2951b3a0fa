//! The header of a purchase; its mark is the first word of its note.

use std::time::Duration;

use cin7::{Echo, Error, Purchase, PurchaseHeader, Reader, Writer, purchase_header_request};
use jiff::Timestamp;
use ledger::Record;

use super::marked::only_one;
use super::protocol::{Found, Probe, Step};
use super::sale::without_mark;
use crate::side::{Purchases, Side};
use crate::work::Work;

/// Cin7's clock and ours may differ.
const OVERLAP: Duration = Duration::from_secs(15 * 60);

/// The purchase that carries a mark. No filter knows the note, so it is looked for among what changed
/// of its supplier since it was first sent (docs/cin7-api.md, purchase list).
pub(crate) struct MarkedPurchase {
    mark: String,
    supplier_id: String,
    since: Timestamp,
}

impl MarkedPurchase {
    /// The purchase of a record, whose supplier is known.
    pub(crate) fn of(work: &Work<'_>, mark: &str) -> Self {
        let now = work.engine.ledger.clock().now();
        let step = work.record.step(Purchases::HEADER);
        let sent = step.filter(|step| step.mark == mark);
        let first = sent.and_then(|step| step.intended_at.or(step.uncertain_since));
        let since = first.unwrap_or(now);
        Self {
            mark: mark.to_owned(),
            supplier_id: work.record.cin7.supplier_id.clone().unwrap_or_default(),
            since: since.checked_sub(OVERLAP).unwrap_or(since),
        }
    }
}

pub(crate) struct CreatePurchase {
    marked: MarkedPurchase,
    header: PurchaseHeader,
}

impl CreatePurchase {
    pub(crate) fn new(work: &Work<'_>, header: PurchaseHeader) -> Self {
        let marked = MarkedPurchase::of(work, &header.mark);
        Self { marked, header }
    }
}

impl Probe for MarkedPurchase {
    type Made = Purchase;

    const NAME: &'static str = Purchases::HEADER;

    fn mark(&self) -> &str {
        &self.mark
    }

    async fn find(&self, reader: &Reader) -> Result<Found<Purchase>, Error> {
        let marked = reader.purchases_marked(&self.mark, &self.supplier_id, self.since);
        Ok(only_one::<Purchases, _>(marked.await?))
    }

    fn id(&self, made: &Purchase) -> String {
        made.id.clone()
    }

    /// A purchase that does not carry its mark could not be found again, so nothing is built on it.
    fn keep(&self, made: &Purchase, record: &mut Record) -> Result<(), String> {
        record.cin7.order_number.clone_from(&made.order_number);
        if !made.is_marked(&self.mark) {
            let number = made.order_number.as_deref().unwrap_or(&made.id);
            return Err(without_mark(&format!("{} {number}", Purchases::NOUN)));
        }
        record.cin7.purchase_id = Some(made.id.clone());
        let shows_task = !made.invoices.is_empty();
        record.cin7.task_id = shows_task.then(|| made.invoice_task().to_owned());
        Ok(())
    }
}

impl Step for CreatePurchase {
    type Probe = MarkedPurchase;

    fn probe(&self) -> &MarkedPurchase {
        &self.marked
    }

    fn request(&self) -> String {
        purchase_header_request(&self.header)
    }

    /// 200 is not proof that a value was stored (docs/cin7-api.md, failures), and an answer that shows
    /// no note is not proof that it was not: then the purchase itself is asked.
    async fn write(&self, writer: &Writer) -> Result<Echo<Purchase>, Error> {
        let mut echo = writer.create_purchase(&self.header).await?;
        if echo.value.note.is_none()
            && let Ok(Some(shown)) = writer.reader().purchase(&echo.value.id).await
        {
            echo.value = shown;
        }
        Ok(echo)
    }
}
