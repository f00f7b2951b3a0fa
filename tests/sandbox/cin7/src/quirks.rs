//! One switch for each fact that nobody has confirmed on a live account.

mod ledger;
mod purchases;

use rust_decimal::Decimal;

pub use ledger::{Completion, LedgerQuirks};
pub use purchases::PurchaseQuirks;

/// What the notes mark *unconfirmed*, one named switch each.
///
/// A default is what a careful client has to reckon with: in doubt the request is refused.
#[derive(Debug, Clone)]
pub struct Quirks {
    /// A line `Quantity` below 1 or with decimals is taken (docs/cin7-api.md, numbers).
    pub accepts_fractional_quantity: bool,
    /// A negative `Quantity` or `Price` is taken (docs/cin7-api.md, numbers).
    pub accepts_negative_amounts: bool,
    /// A missing line `Price` counts as 0, as seen on purchase orders.
    pub missing_price_is_zero: bool,
    /// A line's `Tax` is computed from its tax rule and what was sent is ignored.
    pub recomputes_tax: bool,
    /// A line's `Total` is expected with its `Tax` in it.
    pub line_total_includes_tax: bool,
    /// How far a line's `Total` may be from the expected value.
    pub line_total_tolerance: Decimal,
    /// A charge whose `Description` names no service product is taken.
    pub accepts_unknown_charges: bool,
    /// `POST /sale/order` asks for `CombineAdditionalCharges`, which the vendor's own sample omits.
    pub order_requires_combine_additional_charges: bool,
    /// An order of a customer on credit hold is not authorised.
    pub credit_hold_blocks_orders: bool,
    /// A sale posted without `SaleType` is an advanced one.
    pub advanced_by_default: bool,
    /// `ServiceOnly` on `POST /sale` makes a service sale, which is invoiced without an order.
    pub honours_service_only: bool,
    /// `saleList?ExternalID=` finds what starts with the text, not only what equals it.
    pub external_id_filter_is_prefix: bool,
    /// `saleList` gives at most 100 rows a page, as one user saw, though 1,000 are documented.
    pub sale_list_stops_at_100: bool,
    /// `UpdatedSince` of `saleList` does nothing, as other parameters do nothing.
    pub sale_list_ignores_updated_since: bool,
    /// The place in `saleList` of a row that moves to an earlier page while the list is read, so that no
    /// page shows it.
    pub sale_list_misses_row: Option<usize>,
    /// A simple sale's invoice may be posted with the zero GUID as its task.
    pub accepts_zero_task_for_simple_sales: bool,
    /// A simple sale's first invoice is not posted under the sale's id, only with the zero GUID.
    pub refuses_sale_id_as_task: bool,
    /// `DELETE /sale/invoice` serves simple and service sales too.
    pub undoes_invoices_of_simple_sales: bool,
    /// `DELETE /sale` voids, and does not take an invoiced or ordered sale back to a draft.
    pub refuses_sale_undo: bool,
    /// Undo and void go through while payments are held; the payments stay.
    pub undoes_paid_documents: bool,
    /// A fully paid sale is `COMPLETED` although nothing was shipped.
    pub completes_without_shipping: bool,
    /// A payment above the balance is taken.
    pub accepts_overpayment: bool,
    /// A payment into an account of another currency than the sale's is taken.
    pub accepts_payment_into_other_currency: bool,
    /// A payment's `Type` has to be written in capitals.
    pub payment_type_in_capitals_only: bool,
    /// `AdditionalAttribute1` to `10` of a customer are kept although it has no `AttributeSet`.
    pub keeps_attributes_without_a_set: bool,
    /// `/me` writes `LockDate` in the company's own format (`30/06/2026`), not as ISO.
    pub lock_date_in_company_format: bool,
    /// A refused call counts towards the rate limit's window.
    pub refused_calls_count: bool,
    /// What is open about purchases.
    pub purchases: PurchaseQuirks,
    /// What is open about journals and money operations.
    pub ledger: LedgerQuirks,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            accepts_fractional_quantity: false,
            accepts_negative_amounts: false,
            missing_price_is_zero: false,
            recomputes_tax: false,
            line_total_includes_tax: false,
            line_total_tolerance: Decimal::ZERO,
            accepts_unknown_charges: false,
            order_requires_combine_additional_charges: true,
            credit_hold_blocks_orders: true,
            advanced_by_default: false,
            honours_service_only: false,
            external_id_filter_is_prefix: false,
            sale_list_stops_at_100: false,
            sale_list_ignores_updated_since: false,
            sale_list_misses_row: None,
            accepts_zero_task_for_simple_sales: false,
            refuses_sale_id_as_task: false,
            undoes_invoices_of_simple_sales: false,
            refuses_sale_undo: false,
            undoes_paid_documents: false,
            completes_without_shipping: false,
            accepts_overpayment: false,
            accepts_payment_into_other_currency: false,
            payment_type_in_capitals_only: false,
            keeps_attributes_without_a_set: false,
            lock_date_in_company_format: false,
            refused_calls_count: false,
            purchases: PurchaseQuirks::default(),
            ledger: LedgerQuirks::default(),
        }
    }
}
