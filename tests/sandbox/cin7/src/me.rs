//! `/me`: the account itself.

use serde::Serialize;
use uuid::Uuid;

use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::refusal::Refusal;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Me<'a> {
    company: &'a str,
    currency: &'a str,
    time_zone: &'a str,
    default_weight_units: &'a str,
    default_dimensions_units: &'a str,
    lock_date: Option<String>,
    opening_balance_date: &'a str,
    tax_calculation_method: &'a str,
    default_sale_tax_rule_id: Option<Uuid>,
    default_sale_tax_rule_name: &'a str,
    maximum_decimal_places_in_quantity: &'a str,
    apply_customer_discounts_after_other_discounts: bool,
    discount_rule: &'a str,
    automatically_apply_discounts: bool,
    rounding_table: [u8; 0],
}

/// `GET /me`.
pub(crate) fn read(account: &mut AccountState, _ask: &Ask) -> Result<Reply, Refusal> {
    let options = &account.options;
    let rule = options
        .books
        .tax_rules
        .iter()
        .find(|rule| rule.name == options.default_sale_tax_rule);
    // docs/cin7-api.md, company account: the reference promises the company's own format, its sample is ISO.
    let lock_date =
        options
            .lock_date
            .map(|date| match options.quirks.lock_date_in_company_format {
                true => date.strftime("%d/%m/%Y").to_string(),
                false => format!("{date}T00:00:00"),
            });
    Ok(Reply::json(&Me {
        company: &options.company,
        currency: &options.base_currency,
        time_zone: &options.time_zone,
        default_weight_units: "kg",
        default_dimensions_units: "cm",
        lock_date,
        opening_balance_date: "2024-12-31T00:00:00",
        tax_calculation_method: &options.tax_calculation_method,
        default_sale_tax_rule_id: rule.map(|rule| rule.id),
        default_sale_tax_rule_name: &options.default_sale_tax_rule,
        maximum_decimal_places_in_quantity: "N2",
        apply_customer_discounts_after_other_discounts: false,
        discount_rule: "Discount",
        automatically_apply_discounts: options.automatically_apply_discounts,
        rounding_table: [],
    }))
}
