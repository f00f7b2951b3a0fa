//! Apps, accounts, and the switches of an account.

mod readings;

pub use readings::{
    BillMatches, JournalListShape, Journals, ManualDetailType, RemovedPostings, WrittenAs,
};

/// An app of the developer portal: what a connector presents at the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// The app's public id.
    pub client_id: String,
    /// The app's secret; it opens nothing but this stand-in.
    pub client_secret: String,
}

/// The three ids of one business, and its owner (docs/freshbooks-api.md, identity).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Short, alphanumeric, case-sensitive: `/accounting/account/…` and `/events/account/…`.
    pub account_id: String,
    /// For `/accounting/businesses/…`.
    pub business_uuid: String,
    /// For the project and time families, and in webhooks.
    pub business_id: i64,
    /// The person who owns the business and consents for it.
    pub identity_id: i64,
}

/// How an account is opened.
#[derive(Debug, Clone)]
pub struct AccountOptions {
    /// The name of the business.
    pub name: String,
    /// The currency of records that name none, ISO 4217.
    pub currency_code: String,
    /// An identity that already owns another account; `None` makes a new person.
    pub owner: Option<i64>,
    /// The switches to begin with.
    pub quirks: Quirks,
}

impl Default for AccountOptions {
    fn default() -> Self {
        Self {
            name: "Acme".to_owned(),
            currency_code: "USD".to_owned(),
            owner: None,
            quirks: Quirks::default(),
        }
    }
}

/// Behaviour that the notes mark *unconfirmed* or of which they record two readings.
#[derive(Debug, Clone)]
pub struct Quirks {
    /// Which of the two accounting error bodies the account gets.
    pub error_shape: ErrorShape,
    /// What reading a deleted record by its id answers.
    pub deleted_by_id: DeletedById,
    /// How an unused tax shows on an invoice line.
    pub unused_tax: UnusedTax,
    /// Where the tax of an invoice is rounded.
    pub tax_rounding: TaxRounding,
    /// The order and set of the fields of a webhook.
    pub delivery_fields: DeliveryFields,
    /// What asking for another verification code does.
    pub resend: Resend,
    /// What a handshake gives as its `name`.
    pub handshake_name: HandshakeName,
    /// Whether a handshake is signed, with the verifier that it carries; very likely, so it is.
    pub signs_handshake: bool,
    /// Whether a payment also raises `invoice.update`; one integrator expects it, so it does.
    pub payment_raises_invoice_update: bool,
    /// Whether a draft that is paid still shows as a draft, not as `partial` or `paid`. Unconfirmed.
    pub paid_drafts_stay_drafts: bool,
    /// Whether a bill payment also moves its bill: `updated_at` and `bill.update`. Nothing attests it,
    /// so it does not.
    pub bill_payment_moves_bill: bool,
    /// Whether a bill goes on showing its deleted payments, as deleted. Unconfirmed.
    pub bill_shows_deleted_payments: bool,
    /// Whether bills that are deleted or archived lack their `vendorid`, as some captures do.
    pub hides_vendor_of_put_away_bills: bool,
    /// How a bill line writes `tax_percent1`.
    pub bill_tax_percent: WrittenAs,
    /// Whether `search[vis_state]` also works on bill payments, bill vendors and credit notes, of
    /// which captures know no such filter. The general page promises it, so it does.
    pub vis_state_filters_everything: bool,
    /// Search keys that the lists do not know, and so ignore without an error: for what becomes of a
    /// reader whose filter no longer works.
    pub ignored_filters: &'static [&'static str],
    /// What stands in an expense's `bill_matches`; the captures are empty.
    pub bill_matches: BillMatches,
    /// Whether a deleted other income is gone (errno 1012), as the verb suggests, or only hidden.
    pub deletes_other_income_for_good: bool,
    /// Whether credit notes show `updated`, which no SDK knows.
    pub credit_notes_show_updated: bool,
    /// Which of the two journal lists the account serves.
    pub journals: Journals,
    /// How the journal details show what is no longer posted.
    pub removed_postings: RemovedPostings,
    /// Whether the entry of a bill or a bill payment names its document; no SDK has a field for it.
    pub bill_postings_name_their_document: bool,
    /// What a manual entry's `detail_type` says in the journal details.
    pub manual_detail_type: ManualDetailType,
    /// Whether `search[start_date]`, `search[end_date]` and `search[sub_accountid]` take effect on
    /// the journal details. Unconfirmed.
    pub journal_detail_filters_work: bool,
    /// The shape of the newer journal list.
    pub journal_list_shape: JournalListShape,
    /// Whether deleting moves `updated`; captures suggest it, so it does.
    pub delete_moves_updated: bool,
    /// Whether the subscription has lapsed: every accounting call answers errno 1042.
    pub lapsed: bool,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            error_shape: ErrorShape::default(),
            deleted_by_id: DeletedById::default(),
            unused_tax: UnusedTax::default(),
            tax_rounding: TaxRounding::default(),
            delivery_fields: DeliveryFields::default(),
            resend: Resend::default(),
            handshake_name: HandshakeName::default(),
            signs_handshake: true,
            payment_raises_invoice_update: true,
            paid_drafts_stay_drafts: false,
            bill_payment_moves_bill: false,
            bill_shows_deleted_payments: false,
            hides_vendor_of_put_away_bills: false,
            bill_tax_percent: WrittenAs::default(),
            vis_state_filters_everything: true,
            ignored_filters: &[],
            bill_matches: BillMatches::default(),
            deletes_other_income_for_good: true,
            credit_notes_show_updated: false,
            journals: Journals::default(),
            removed_postings: RemovedPostings::default(),
            bill_postings_name_their_document: false,
            manual_detail_type: ManualDetailType::default(),
            journal_detail_filters_work: false,
            journal_list_shape: JournalListShape::default(),
            delete_moves_updated: true,
            lapsed: false,
        }
    }
}

/// The body of an accounting error (docs/freshbooks-api.md, errors).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ErrorShape {
    /// `{"response":{"errors":[…]}}`.
    #[default]
    Old,
    /// The old body under HTTP 200, which an SDK's tests guard against.
    OldWithStatus200,
    /// The gRPC-style body with `code` and `details`.
    New,
}

/// What `GET …/{id}` answers for a deleted record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeletedById {
    /// 200 with `vis_state` 1, as captured.
    #[default]
    Readable,
    /// errno 1011.
    Errno1011,
}

/// An unused tax of an invoice line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnusedTax {
    /// Name `""`, rate `"0"`.
    #[default]
    EmptyText,
    /// Both `null`.
    Null,
}

/// Where the tax of an invoice is rounded to cents; an invoice shows no tax money to tell it from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaxRounding {
    /// Once for each tax, over all lines.
    #[default]
    PerTax,
    /// On every line.
    PerLine,
}

/// The fields of a webhook, on which three sources disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeliveryFields {
    /// `name, object_id, account_id, business_id, identity_id, user_id`.
    #[default]
    Documented,
    /// `name, object_id, user_id, identity_id, business_id, account_id`.
    Observed,
    /// `name, object_id, user_id, account_id`.
    Older,
}

/// What `resend` does to the verifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resend {
    /// A new code, which signs from then on.
    #[default]
    NewVerifier,
    /// The code of the first handshake again.
    SameVerifier,
}

/// The `name` of a handshake (docs/freshbooks-api.md, handshake).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HandshakeName {
    /// `callback.verify`, which only a note from FreshBooks Classic days attests.
    #[default]
    CallbackVerify,
    /// The event that was registered, a bare noun included, as the docs describe the field.
    RegisteredEvent,
}
