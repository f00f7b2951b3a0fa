//! The fields of each body, as Cin7 names them (docs/cin7-api.md, sales and customers).

use money::Currency;
use serde::Serialize;

use crate::day::Day;
use crate::number::Number;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CustomerBody<'a> {
    pub(super) name: &'a str,
    pub(super) status: &'static str,
    pub(super) currency: Currency,
    pub(super) payment_term: &'a str,
    pub(super) account_receivable: &'a str,
    pub(super) revenue_account: &'a str,
    pub(super) tax_rule: &'a str,
    pub(super) comments: &'a str,
    pub(super) contacts: [ContactBody<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ContactBody<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) email: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) phone: &'a str,
    pub(super) default: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeprecationBody<'a> {
    #[serde(rename = "ID")]
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct HeaderBody<'a> {
    #[serde(rename = "CustomerID")]
    pub(super) customer_id: &'a str,
    pub(super) sale_type: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) service_only: bool,
    pub(super) skip_quote: bool,
    pub(super) location: &'a str,
    pub(super) sale_order_date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tax_rule: Option<&'a str>,
    pub(super) tax_inclusive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) terms: Option<&'a str>,
    pub(super) currency_rate: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) default_account: Option<&'a str>,
    pub(super) customer_reference: &'a str,
    #[serde(rename = "ExternalID")]
    pub(super) external_id: &'a str,
    pub(super) note: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OrderBody<'a> {
    #[serde(rename = "SaleID")]
    pub(super) sale_id: &'a str,
    pub(super) combine_additional_charges: bool,
    pub(super) memo: &'static str,
    pub(super) status: &'static str,
    pub(super) auto_pick_pack_ship_mode: &'static str,
    pub(super) lines: Vec<LineBody<'a>>,
    pub(super) additional_charges: Vec<ChargeBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct InvoiceBody<'a> {
    #[serde(rename = "SaleID")]
    pub(super) sale_id: &'a str,
    #[serde(rename = "TaskID")]
    pub(super) task_id: &'a str,
    pub(super) combine_additional_charges: bool,
    pub(super) status: &'static str,
    pub(super) invoice_date: Day,
    pub(super) invoice_due_date: Day,
    pub(super) currency_conversion_rate: Number,
    pub(super) memo: &'a str,
    pub(super) lines: Vec<LineBody<'a>>,
    pub(super) additional_charges: Vec<ChargeBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LineBody<'a> {
    #[serde(rename = "ProductID", skip_serializing_if = "str::is_empty")]
    pub(super) product_id: &'a str,
    #[serde(rename = "SKU", skip_serializing_if = "str::is_empty")]
    pub(super) sku: &'a str,
    pub(super) name: &'a str,
    pub(super) quantity: Number,
    pub(super) price: Number,
    pub(super) discount: Number,
    pub(super) tax: Number,
    pub(super) total: Number,
    pub(super) tax_rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<&'a str>,
    pub(super) comment: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ChargeBody<'a> {
    pub(super) description: &'a str,
    pub(super) quantity: Number,
    pub(super) price: Number,
    pub(super) discount: Number,
    pub(super) tax: Number,
    pub(super) total: Number,
    pub(super) tax_rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<&'a str>,
    pub(super) comment: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PaymentBody<'a> {
    #[serde(rename = "ID", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a str>,
    #[serde(rename = "TaskID", skip_serializing_if = "Option::is_none")]
    pub(super) task_id: Option<&'a str>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<&'static str>,
    pub(super) amount: Number,
    pub(super) date_paid: Day,
    pub(super) account: &'a str,
    pub(super) currency_rate: Number,
    pub(super) reference: &'a str,
}
