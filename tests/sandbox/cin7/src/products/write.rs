//! `POST /product`.

use super::{LIST, Product};
use crate::account::AccountState;
use crate::http::{Ask, Reply};
use crate::paging::only;
use crate::refusal::{Problems, Refusal};

const REQUIRED: &[&str] = &[
    "SKU",
    "Name",
    "Category",
    "Type",
    "CostingMethod",
    "UOM",
    "Status",
];

/// `POST /product`.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    problems.require(&fields, REQUIRED);
    problems.settle()?;
    let text = |name, longest| fields.text(name, longest).map(Option::unwrap_or_default);
    let product = Product {
        id: account.next_id("product"),
        sku: text("SKU", 50)?,
        name: text("Name", 256)?,
        category: text("Category", 256)?,
        kind: text("Type", 50)?,
        costing_method: text("CostingMethod", 50)?,
        uom: text("UOM", 50)?,
        status: text("Status", 50)?,
        revenue_account: text("RevenueAccount", 50)?,
        sale_tax_rule: text("SaleTaxRule", 50)?,
        purchase_tax_rule: text("PurchaseTaxRule", 50)?,
        default_location: text("DefaultLocation", 256)?,
        sellable: fields.truth("Sellable")?.unwrap_or(true),
        last_modified_on: ask.at,
    };
    check(account, &product)?;
    let reply = only(LIST, &product);
    account
        .products
        .put(product.id, product, ask.at, account.horizon(ask.at));
    Ok(reply)
}

fn check(account: &AccountState, product: &Product) -> Result<(), Refusal> {
    let books = &account.options.books;
    let mut problems = Problems::default();
    let known = |book: &[String], name: &str| book.iter().any(|row| row.eq_ignore_ascii_case(name));
    if account
        .products
        .all_newest()
        .any(|other| other.sku.eq_ignore_ascii_case(&product.sku))
    {
        problems.add(format!("Product with SKU '{}' already exists", product.sku));
    }
    // docs/cin7-api.md, errors: a missing category has code 404 inside the body.
    if !known(&books.categories, &product.category) {
        problems.add_missing("Category not found.");
    }
    if !known(&books.units, &product.uom) {
        problems.add_missing("Unit of measure not found.");
    }
    if !["Stock", "Service"].contains(&product.kind.as_str()) {
        problems.add("Type must be Stock or Service.");
    }
    if !["Active", "Setup required", "Deprecated"].contains(&product.status.as_str()) {
        problems.add("Status must be Active, Setup required or Deprecated.");
    }
    if !product.revenue_account.is_empty() && !books.is_revenue(&product.revenue_account) {
        problems.add(format!(
            "Revenue account '{}' was not found",
            product.revenue_account
        ));
    }
    if !product.sale_tax_rule.is_empty() && books.sale_tax(&product.sale_tax_rule).is_none() {
        problems.add(format!(
            "Tax rule '{}' was not found",
            product.sale_tax_rule
        ));
    }
    problems.settle()
}
