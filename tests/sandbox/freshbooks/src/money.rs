//! Money and percentages as FreshBooks writes them: decimal text, never a JSON number.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

/// Rounded to cents, a half away from zero.
pub(crate) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// `{"amount":"101.70","code":"USD"}`.
pub(crate) fn money(amount: Decimal, code: &str) -> Value {
    json!({"amount": format!("{:.2}", cents(amount)), "code": code})
}

/// Two decimals or as many as there are: a unit cost may be finer than a cent.
pub(crate) fn unit_money(amount: Decimal, code: &str) -> Value {
    let places = amount.normalize().scale().max(2);
    json!({"amount": format!("{amount:.0$}", places as usize), "code": code})
}

/// With 26 decimals, as `net_paid_amount` was captured (docs/freshbooks-api.md, invoices).
pub(crate) fn long_money(amount: Decimal, code: &str) -> Value {
    json!({"amount": format!("{:.2}{}", cents(amount), "0".repeat(24)), "code": code})
}

/// A percentage as text without trailing zeros: `"13"`, `"9.975"`.
pub(crate) fn percent(rate: Decimal) -> String {
    rate.normalize().to_string()
}
