//! What nobody has confirmed about purchases.

/// What the notes mark *unconfirmed* about purchases, one named switch each.
///
/// A default is what a careful client has to reckon with: in doubt the request is refused.
#[derive(Debug, Clone, Default)]
pub struct PurchaseQuirks {
    /// The header's answer shows no place for an invoice.
    pub header_shows_no_task: bool,
    /// A row of `purchaseList` does not tell its supplier.
    pub list_hides_suppliers: bool,
    /// `purchaseList` ignores `UpdatedSince`.
    pub list_ignores_updated_since: bool,
    /// The invoice of a service purchase is taken although no order is authorised.
    pub invoices_service_without_order: bool,
    /// `POST /purchase/order` refuses a service purchase.
    pub refuses_orders_of_services: bool,
    /// The invoice of a blind receipt is taken although it has no order.
    pub invoices_blind_receipts_without_order: bool,
    /// `IsServiceOnly` together with `PurchaseType` is taken.
    pub accepts_service_with_purchase_type: bool,
    /// An invoice's task has an id of its own, which the header's answer shows; not the purchase's.
    pub tasks_have_ids_of_their_own: bool,
    /// `/advanced-purchase/invoice` turns a simple purchase into an advanced one, as
    /// `/advanced-purchase/stock` does.
    pub invoice_converts_simple_purchases: bool,
    /// `InvoiceNumber` is generated and what was sent is ignored, as the field table has it.
    pub generates_invoice_numbers: bool,
    /// An invoice that is to be authorised at once is kept as a draft.
    pub leaves_invoices_drafts: bool,
    /// One supplier's number is taken once only.
    pub refuses_repeated_numbers: bool,
    /// One article may stand in two lines of a document, as a sample of the reference has it.
    pub accepts_repeated_articles: bool,
    /// `DELETE /advanced-purchase/invoice` serves simple purchases too.
    pub undoes_invoices_of_simple_purchases: bool,
    /// A DELETE of a purchase or of its invoice answers 200 and changes nothing, as seen live on
    /// received stock.
    pub deletes_change_nothing: bool,
    /// `purchaseList?Search=` does not look into `InvoiceNumber`.
    pub search_skips_invoice_numbers: bool,
}
