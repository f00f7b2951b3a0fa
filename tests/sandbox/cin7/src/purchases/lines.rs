//! Reading and checking the lines and charges of purchase orders and invoices.

use std::collections::BTreeSet;

use super::record::{Purchase, PurchaseCharge, PurchaseType};
use crate::account::AccountState;
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};
use crate::sales::Line;
use crate::sales::lines::{
    Amounts, check_charge, check_ranges, check_total, net, product, tax as tax_of,
};

/// The rows of a document: an order's have no account, an invoice's have to have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// Of an order.
    Order,
    /// Of an invoice.
    Invoice,
}

/// What a document holds.
type Content = (Vec<Line>, Vec<PurchaseCharge>);

/// Reads `Lines` and `AdditionalCharges`, each `None` where it was not sent. A service purchase holds
/// charges only, so that its lines become charges (docs/cin7-api.md, purchases).
pub(super) fn read(
    account: &AccountState,
    purchase: &Purchase,
    fields: &Fields,
    rows: Rows,
    before: Content,
) -> Result<Content, Refusal> {
    let (mut lines, mut charges) = before;
    if let Some(sent) = fields.objects("AdditionalCharges")? {
        let read = sent.iter().map(|row| charge(account, purchase, row, rows));
        charges = read.collect::<Result<_, _>>()?;
    }
    if let Some(sent) = fields.objects("Lines")? {
        let read = sent.iter().map(|row| line(account, purchase, row, rows));
        lines = read.collect::<Result<Vec<Line>, _>>()?;
        check_repeated(account, &lines)?;
    }
    if purchase.purchase_type == PurchaseType::Service {
        charges.extend(lines.drain(..).map(converted));
    }
    Ok((lines, charges))
}

fn line(
    account: &AccountState,
    purchase: &Purchase,
    fields: &Fields,
    rows: Rows,
) -> Result<Line, Refusal> {
    let product = product(account, fields)?;
    let mut problems = Problems::default();
    problems.require(fields, &["Name", "Total"]);
    problems.settle()?;
    if purchase.purchase_type == PurchaseType::Service && product.kind != "Service" {
        let sentence = format!("Product '{}' is not a service", product.sku);
        return Err(Refusal::invalid(sentence));
    }
    let amounts = amounts(account, purchase, fields, rows)?;
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

fn charge(
    account: &AccountState,
    purchase: &Purchase,
    fields: &Fields,
    rows: Rows,
) -> Result<PurchaseCharge, Refusal> {
    let mut problems = Problems::default();
    problems.require(fields, &["Description"]);
    if rows == Rows::Order {
        problems.require(fields, &["Total"]);
    }
    problems.settle()?;
    let description = fields.text("Description", 256)?.unwrap_or_default();
    check_charge(account, &description)?;
    let amounts = amounts(account, purchase, fields, rows)?;
    Ok(PurchaseCharge {
        description,
        reference: fields.text("Reference", 256)?.unwrap_or_default(),
        price: amounts.price,
        quantity: amounts.quantity,
        discount: amounts.discount,
        tax: amounts.tax,
        total: amounts.total,
        tax_rule: amounts.tax_rule,
        account: amounts.account,
    })
}

fn amounts(
    account: &AccountState,
    purchase: &Purchase,
    fields: &Fields,
    rows: Rows,
) -> Result<Amounts, Refusal> {
    let quirks = &account.options.quirks;
    let mut problems = Problems::default();
    // A missing price counts as 0 without a complaint: seen live (docs/cin7-api.md, purchases).
    problems.require(fields, &["Quantity", "Tax", "TaxRule"]);
    if rows == Rows::Invoice {
        problems.require(fields, &["Account"]);
    }
    problems.settle()?;
    let amount = |name, places| fields.number(name, places).map(Option::unwrap_or_default);
    let mut amounts = Amounts {
        quantity: amount("Quantity", 4)?,
        price: amount("Price", 4)?,
        discount: amount("Discount", 2)?,
        tax: amount("Tax", 4)?,
        total: amount("Total", 4)?,
        tax_rule: fields.text("TaxRule", 50)?.unwrap_or_default(),
        account: fields
            .text("Account", 50)?
            .filter(|_| rows == Rows::Invoice),
    };
    check_ranges(quirks, &amounts)?;
    check_books(account, &amounts)?;
    amounts.total = net(&amounts);
    if quirks.recomputes_tax {
        let rule = account.options.books.purchase_tax(&amounts.tax_rule);
        let percent = rule.map(|rule| rule.tax_percent).unwrap_or_default();
        amounts.tax = tax_of(amounts.total, percent, purchase.tax_inclusive);
    }
    let expected = match quirks.line_total_includes_tax {
        true => amounts.total + amounts.tax,
        false => amounts.total,
    };
    check_total(quirks, fields.number("Total", 4)?, expected)?;
    Ok(amounts)
}

fn check_books(account: &AccountState, amounts: &Amounts) -> Result<(), Refusal> {
    let books = &account.options.books;
    let mut problems = Problems::default();
    if books.purchase_tax(&amounts.tax_rule).is_none() {
        problems.add(format!("Tax rule '{}' was not found", amounts.tax_rule));
    }
    if let Some(code) = &amounts.account
        && !books.is_active_account(code)
    {
        problems.add(format!("Account '{code}' was not found"));
    }
    problems.settle()
}

/// One article twice in a document is an error: seen live, though a sample of the reference has it.
fn check_repeated(account: &AccountState, lines: &[Line]) -> Result<(), Refusal> {
    let mut known = BTreeSet::new();
    let repeated = lines.iter().find(|line| !known.insert(line.product_id));
    match repeated {
        Some(line) if !account.options.quirks.purchases.accepts_repeated_articles => {
            let sentence = format!(
                "Product with SKU '{}' is specified more than once",
                line.sku
            );
            Err(Refusal::invalid(sentence))
        }
        _ => Ok(()),
    }
}

/// A line as the charge that a service purchase makes of it.
fn converted(line: Line) -> PurchaseCharge {
    PurchaseCharge {
        description: line.name,
        reference: line.comment,
        price: line.price,
        quantity: line.quantity,
        discount: line.discount,
        tax: line.tax,
        total: line.total,
        tax_rule: line.tax_rule,
        account: line.account,
    }
}
