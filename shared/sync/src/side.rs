//! The two sides of trade. A sale and a purchase each have a header, an order and an invoice, are taken
//! back in the same ways and compared by the same rules: what differs between them stands here.

mod payable;
mod purchases;
mod sales;

use cin7::{
    Difference, Echo, Error, NewJournal, NewMoneyOperation, PostedInvoice, Reader, SalePayment,
    Writer,
};
use ledger::{Evidence, Record};

use crate::steps::Entry as _;

pub(crate) use payable::Payable;
pub(crate) use purchases::{PlacedInvoice, Purchases};
pub(crate) use sales::Sales;

/// Sales or purchases: how the steps of their documents are called, and what Cin7 does with them.
pub(crate) trait Side: Send + Sync + 'static {
    /// How people call one.
    const NOUN: &'static str;
    /// The step of its header.
    const HEADER: &'static str;
    /// The step of its order.
    const ORDER: &'static str;
    /// What the order's step is called once the invoice alone was taken back: it cannot be posted again,
    /// and is as it was first sent.
    const KEPT_ORDER: &'static str;
    /// The step of its invoice.
    const INVOICE: &'static str;
    /// The step that takes it back to a draft.
    const UNDO: &'static str;
    /// The step that takes it back for good.
    const VOID: &'static str;

    /// What is ordered.
    type Order: Send + Sync;
    /// What is invoiced.
    type Invoice: Send + Sync;
    /// The whole copy in Cin7.
    type Shown: Shown;

    /// Cin7's id of it, once it is known.
    fn id(evidence: &Evidence) -> Option<&str>;

    /// The body that posts the order.
    fn order_request(id: &str, order: &Self::Order) -> String;
    /// The body that posts the invoice.
    fn invoice_request(id: &str, invoice: &Self::Invoice) -> String;
    /// What takes it back to a draft.
    fn undo_request(id: &str) -> String;
    /// What takes one invoice back to a draft.
    fn undo_invoice_request(task_id: &str) -> String;
    /// What voids it.
    fn void_request(id: &str) -> String;

    /// Cin7's copy; `None` where Cin7 says that there is none.
    fn shown(
        reader: &Reader,
        id: &str,
    ) -> impl Future<Output = Result<Option<Self::Shown>, Error>> + Send;
    /// The payments on it.
    fn payments(
        reader: &Reader,
        id: &str,
    ) -> impl Future<Output = Result<Vec<SalePayment>, Error>> + Send;
    /// Posts the order, authorised.
    fn post_order(
        writer: &Writer,
        id: &str,
        order: &Self::Order,
    ) -> impl Future<Output = Result<Echo<Papers>, Error>> + Send;
    /// Posts the invoice, authorised.
    fn post_invoice(
        writer: &Writer,
        id: &str,
        invoice: &Self::Invoice,
    ) -> impl Future<Output = Result<Echo<Papers>, Error>> + Send;
    /// Takes it back to a draft.
    fn undo(writer: &Writer, id: &str) -> impl Future<Output = Result<Echo<Papers>, Error>> + Send;
    /// Takes one invoice back to a draft.
    fn undo_invoice(
        writer: &Writer,
        id: &str,
        task_id: &str,
    ) -> impl Future<Output = Result<Echo<Papers>, Error>> + Send;
    /// Takes it back for good.
    fn void(writer: &Writer, id: &str) -> impl Future<Output = Result<Echo<Papers>, Error>> + Send;
}

/// A sale or a purchase, as far as both show the same.
#[derive(Debug, Clone)]
pub(crate) struct Papers {
    pub(crate) id: String,
    /// Open set, compare without case; empty where an answer shows only a part.
    pub(crate) status: String,
    pub(crate) order_number: Option<String>,
    pub(crate) order_status: Option<String>,
    pub(crate) invoices: Vec<PostedInvoice>,
}

impl Papers {
    /// How people call the document.
    pub(crate) fn number(&self) -> &str {
        self.order_number.as_deref().unwrap_or(&self.id)
    }

    pub(crate) fn is_voided(&self) -> bool {
        is(&self.status, &["VOIDED"])
    }

    /// The invoice that counts.
    pub(crate) fn standing_invoice(&self) -> Option<&PostedInvoice> {
        let mut invoices = self.invoices.iter();
        invoices.find(|invoice| is(&invoice.status, &["AUTHORISED", "PAID"]))
    }

    /// Whether no invoice counts any more. The set of statuses is open: one that is not known proves
    /// nothing (docs/cin7-api.md, status values).
    pub(crate) fn is_uninvoiced(&self) -> bool {
        let open = ["DRAFT", "NOT AVAILABLE", "VOIDED"];
        let mut invoices = self.invoices.iter();
        invoices.all(|invoice| is(&invoice.status, &open))
    }

    /// Whether the order is past its draft.
    pub(crate) fn is_ordered(&self) -> bool {
        let open = ["NOT AVAILABLE", "DRAFT", "VOIDED", ""];
        let status = self.order_status.as_deref();
        status.is_some_and(|status| !is(status, &open))
    }
}

/// Whether a status is one of those, without regard to case.
pub(crate) fn is(status: &str, wanted: &[&str]) -> bool {
    wanted
        .iter()
        .any(|wanted| status.eq_ignore_ascii_case(wanted))
}

/// Cin7's copy of a document, kept whole.
pub(crate) trait Shown: Send + Sync {
    fn papers(&self) -> Papers;
    /// Its customer or supplier, where that is shown.
    fn partner_id(&self) -> Option<&str>;
    fn header_differences(&self, sent: &str) -> Vec<Difference>;
    fn order_differences(&self, sent: &str) -> Vec<Difference>;
    fn invoice_differences(&self, sent: &str) -> Vec<Difference>;
    /// What else stands on it, payments apart.
    fn dependents(&self) -> Vec<String>;
    /// The copy for people, in one line.
    fn summary(&self) -> String;
}

macro_rules! shown_as {
    ($copy:ty, $whole:ident, $partner:ident) => {
        impl $crate::side::Shown for $copy {
            fn papers(&self) -> $crate::side::Papers {
                self.$whole().clone().into()
            }

            fn partner_id(&self) -> Option<&str> {
                self.$whole().$partner.as_deref()
            }

            fn header_differences(&self, sent: &str) -> Vec<cin7::Difference> {
                self.header_differences(sent)
            }

            fn order_differences(&self, sent: &str) -> Vec<cin7::Difference> {
                self.order_differences(sent)
            }

            fn invoice_differences(&self, sent: &str) -> Vec<cin7::Difference> {
                self.invoice_differences(sent)
            }

            fn dependents(&self) -> Vec<String> {
                self.dependents()
            }

            fn summary(&self) -> String {
                self.summary()
            }
        }
    };
}
use shown_as;

/// An answer, as far as both sides show the same.
fn papers<T: Into<Papers>>(echo: Echo<T>) -> Echo<Papers> {
    Echo {
        response: echo.response,
        value: echo.value.into(),
    }
}

/// How people call what a record has in Cin7.
pub(crate) fn document_name(record: &Record) -> String {
    let evidence = &record.cin7;
    let has = |id: Option<&str>, step: &str| id.is_some() || record.step(step).is_some();
    let (journal, money) = (
        evidence.journal_id.as_deref(),
        evidence.money_operation_id.as_deref(),
    );
    let (noun, id) = if has(Purchases::id(evidence), Purchases::HEADER) {
        (Purchases::NOUN, Purchases::id(evidence))
    } else if has(journal, NewJournal::MADE) {
        (NewJournal::NOUN, journal)
    } else if has(money, NewMoneyOperation::MADE) {
        (NewMoneyOperation::NOUN, money)
    } else {
        (Sales::NOUN, Sales::id(evidence))
    };
    let number = evidence.order_number.as_deref().or(id);
    number.map_or_else(
        || format!("its {noun}"),
        |number| format!("{noun} {number}"),
    )
}
