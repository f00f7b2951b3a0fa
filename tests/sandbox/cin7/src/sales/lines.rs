//! Reading and checking the lines and charges of orders and invoices.

use rust_decimal::{Decimal, RoundingStrategy};

use super::record::{Charge, Line};
use crate::account::AccountState;
use crate::json::Fields;
use crate::products::Product;
use crate::quirks::Quirks;
use crate::refusal::{Problems, Refusal};

/// Which document the rows belong to: an invoice asks for more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// Whether a line has to carry its `Total`.
    pub(super) total_required: bool,
    /// Whether a row may carry its `Account`.
    pub(super) has_account: bool,
    /// Whether line totals contain their tax.
    pub(super) tax_inclusive: bool,
}

/// What lines and charges have in common.
pub(crate) struct Amounts {
    pub(crate) quantity: Decimal,
    pub(crate) price: Decimal,
    pub(crate) discount: Decimal,
    pub(crate) tax: Decimal,
    pub(crate) total: Decimal,
    pub(crate) tax_rule: String,
    pub(crate) account: Option<String>,
}

/// Reads one line.
pub(super) fn line(account: &AccountState, fields: &Fields, rules: Rules) -> Result<Line, Refusal> {
    let product = product(account, fields)?;
    let mut problems = Problems::default();
    problems.require(fields, &["Name"]);
    if rules.total_required {
        problems.require(fields, &["Total"]);
    }
    problems.settle()?;
    let amounts = amounts(account, fields, rules)?;
    Ok(Line {
        product_id: product.id,
        sku: product.sku.clone(),
        name: fields.text("Name", 1024)?.unwrap_or_default(),
        quantity: amounts.quantity,
        price: amounts.price,
        discount: amounts.discount,
        tax: amounts.tax,
        total: amounts.total,
        tax_rule: amounts.tax_rule,
        account: amounts.account,
        comment: fields.text("Comment", 256)?.unwrap_or_default(),
    })
}

/// Reads one additional charge.
pub(super) fn charge(
    account: &AccountState,
    fields: &Fields,
    rules: Rules,
) -> Result<Charge, Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, &["Description"]);
    problems.settle()?;
    let description = fields.text("Description", 256)?.unwrap_or_default();
    check_charge(account, &description)?;
    let amounts = amounts(account, fields, rules)?;
    Ok(Charge {
        description,
        price: amounts.price,
        quantity: amounts.quantity,
        discount: amounts.discount,
        tax: amounts.tax,
        total: amounts.total,
        tax_rule: amounts.tax_rule,
        account: amounts.account,
        comment: fields.text("Comment", 1024)?.unwrap_or_default(),
    })
}

pub(crate) fn product<'a>(
    account: &'a AccountState,
    fields: &Fields,
) -> Result<&'a Product, Refusal> {
    if let Some(id) = fields.guid("ProductID")? {
        let product = account.products.newest(id);
        return product
            .ok_or_else(|| Refusal::invalid(format!("Product with ID '{id}' was not found")));
    }
    let Some(sku) = fields.text("SKU", 50)?.filter(|sku| !sku.is_empty()) else {
        return Err(Refusal::invalid(
            "Required attribute ProductID or SKU is not provided.",
        ));
    };
    let mut products = account.products.all_newest();
    products
        .find(|product| product.sku.eq_ignore_ascii_case(&sku))
        .ok_or_else(|| Refusal::invalid(format!("Product with SKU '{sku}' was not found")))
}

fn amounts(account: &AccountState, fields: &Fields, rules: Rules) -> Result<Amounts, Refusal> {
    let quirks = &account.options.quirks;
    let mut problems = Problems::default();
    problems.require(fields, &["Quantity"]);
    if !quirks.missing_price_is_zero {
        problems.require(fields, &["Price"]);
    }
    problems.require(fields, &["Tax", "TaxRule"]);
    problems.settle()?;
    let amount = |name, places| fields.number(name, places).map(Option::unwrap_or_default);
    let mut amounts = Amounts {
        quantity: amount("Quantity", 4)?,
        price: amount("Price", 4)?,
        discount: amount("Discount", 2)?,
        tax: amount("Tax", 4)?,
        total: Decimal::ZERO,
        tax_rule: fields.text("TaxRule", 50)?.unwrap_or_default(),
        account: if rules.has_account {
            fields.text("Account", 50)?
        } else {
            None
        },
    };
    check_ranges(quirks, &amounts)?;
    let net = net(&amounts);
    let percent = check_books(account, &amounts)?;
    if quirks.recomputes_tax {
        amounts.tax = tax(net, percent, rules.tax_inclusive);
    }
    amounts.total = net;
    let sent = fields.number("Total", 4)?;
    check_total(
        quirks,
        sent,
        net + if quirks.line_total_includes_tax {
            amounts.tax
        } else {
            Decimal::ZERO
        },
    )?;
    Ok(amounts)
}

/// A charge is called by the name of a service product.
pub(crate) fn check_charge(account: &AccountState, description: &str) -> Result<(), Refusal> {
    let mut products = account.products.all_newest();
    let known = products
        .any(|product| product.kind == "Service" && product.name.eq_ignore_ascii_case(description));
    if known || account.options.quirks.accepts_unknown_charges {
        return Ok(());
    }
    Err(Refusal::invalid(format!(
        "Service product '{description}' was not found"
    )))
}

/// `round(Quantity * Price * (1 - Discount / 100), 2)` (docs/cin7-api.md, line totals).
pub(crate) fn net(amounts: &Amounts) -> Decimal {
    let kept = Decimal::ONE - amounts.discount / Decimal::ONE_HUNDRED;
    cents(amounts.quantity * amounts.price * kept)
}

pub(crate) fn tax(net: Decimal, percent: Decimal, tax_inclusive: bool) -> Decimal {
    let base = if tax_inclusive {
        Decimal::ONE_HUNDRED + percent
    } else {
        Decimal::ONE_HUNDRED
    };
    cents(net * percent / base)
}

/// Which way Cin7 rounds a half is not known; away from zero is what commercial software does.
pub(crate) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

pub(crate) fn check_ranges(quirks: &Quirks, amounts: &Amounts) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    let negative = amounts.quantity < Decimal::ZERO || amounts.price < Decimal::ZERO;
    if negative && !quirks.accepts_negative_amounts {
        problems.add("Quantity and Price must not be negative.");
    }
    let whole = amounts.quantity.fract().is_zero() && !amounts.quantity.is_zero();
    if !whole && !quirks.accepts_fractional_quantity {
        problems.add("Quantity must be a whole number of at least 1.");
    }
    if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&amounts.discount) {
        problems.add("Discount must be between 0 and 100.");
    }
    problems.settle()
}

/// Checks the tax rule and the account, and gives the rule's percentage.
fn check_books(account: &AccountState, amounts: &Amounts) -> Result<Decimal, Refusal> {
    let books = &account.options.books;
    let mut problems = Problems::default();
    let rule = books.sale_tax(&amounts.tax_rule);
    if rule.is_none() {
        problems.add(format!("Tax rule '{}' was not found", amounts.tax_rule));
    }
    let code = amounts.account.as_deref().filter(|code| !code.is_empty());
    if let Some(code) = code.filter(|code| !books.is_revenue(code)) {
        problems.add(format!("Revenue account '{code}' was not found"));
    }
    problems.settle()?;
    Ok(rule.map(|rule| rule.tax_percent).unwrap_or_default())
}

/// The live wording, shortened in the notes where the dots of this sentence's middle stood.
pub(crate) fn check_total(
    quirks: &Quirks,
    sent: Option<Decimal>,
    expected: Decimal,
) -> Result<(), Refusal> {
    match sent {
        Some(sent) if (sent - expected).abs() > quirks.line_total_tolerance => {
            Err(Refusal::invalid(format!(
                "attribute 'Total' doesn't match Quantity, Price and Discount. \
                 Expected value is: {expected}"
            )))
        }
        _ => Ok(()),
    }
}
