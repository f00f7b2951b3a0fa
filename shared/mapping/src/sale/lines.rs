//! The lines of a sale.

use cin7::{Product, ProductKind, SaleLine};
use freshbooks::Line;
use money::Decimal;

use super::figures::{does_not_add_up, figures};
use super::products::{default_sku, label, moves_stock, product};
use super::{Source, taxes};
use crate::apportion::apportion;
use crate::held::Held;
use crate::pieces::{Piece, split};
use crate::quantity::{CountedLine, comment, piece};
use crate::recomputed::{self, TaxedLine};
use crate::text::{cut, flat, same};

/// Longest name of a charge.
const NAME_LENGTH: usize = 256;

/// A FreshBooks line that is posted, and what it is posted as.
#[derive(Debug)]
pub(super) struct Posted<'a> {
    pub(super) line: &'a Line,
    pub(super) rule: String,
    /// None for an additional charge.
    product: Option<&'a Product>,
}

/// Whether there are lines and each is a service: a service sale has no additional charges
/// (docs/cin7-api.md, sale types).
pub(super) fn are_services(posted: &[Posted<'_>]) -> bool {
    let is_service = |posted: &Posted<'_>| {
        let product = posted.product;
        product.is_some_and(|product| product.kind == ProductKind::Service)
    };
    !posted.is_empty() && posted.iter().all(is_service)
}

/// Tax rules, then products, of every line that is posted: those that charge something and those
/// that move goods for nothing. Headings and free services are left out.
pub(super) fn resolve<'a>(source: &Source<'a>) -> Result<Vec<Posted<'a>>, Held> {
    let lines = posted_lines(source);
    let rules: Vec<String> = lines
        .iter()
        .map(|line| taxes::rule(source, line))
        .collect::<Result<_, _>>()?;
    lines
        .into_iter()
        .zip(rules)
        .map(|(line, rule)| {
            let product = product(source, line)?;
            Ok(Posted {
                line,
                rule,
                product,
            })
        })
        .collect()
}

/// Every setting that a line waits for, whatever comes first.
pub(super) fn waits_for(source: &Source<'_>) -> Vec<Held> {
    let lines = posted_lines(source);
    let held = |line: &&Line| {
        let rule = taxes::rule(source, line).err();
        [rule, product(source, line).err()]
    };
    lines.iter().flat_map(held).flatten().collect()
}

fn posted_lines<'a>(source: &Source<'a>) -> Vec<&'a Line> {
    let posted = |line: &&Line| !line.amount.is_zero() || moves_stock(source, line);
    source.invoice.lines.iter().filter(posted).collect()
}

/// The lines, with taxes, that add up to the invoice's total.
pub(super) fn plan(
    source: &Source<'_>,
    posted: &[Posted<'_>],
    revenue_account: Option<&str>,
) -> Result<Vec<SaleLine>, Held> {
    let lines: Vec<&Line> = posted.iter().map(|posted| posted.line).collect();
    let figures = figures(source, &lines)?;
    let mut pieces = Vec::new();
    for (posted, &net) in posted.iter().zip(&figures.nets) {
        let of_line = pieces_of(source, posted, figures.discount, net)?;
        pieces.extend(of_line.into_iter().map(|piece| (posted, piece)));
    }
    let exact: Vec<Decimal> = pieces
        .iter()
        .map(|(posted, piece)| piece.total * taxes::percent(posted.line) / Decimal::ONE_HUNDRED)
        .collect();
    let taxes = apportion(figures.tax, &exact).ok_or_else(|| {
        let net = figures.nets.iter().sum();
        does_not_add_up(source, net, exact.iter().sum())
    })?;
    let taxed: Vec<TaxedLine<'_>> = pieces
        .iter()
        .map(|(posted, piece)| TaxedLine {
            total: piece.total,
            rule: &posted.rule,
            percent: taxes::percent(posted.line),
        })
        .collect();
    let document = (&*source.record(), source.invoice.currency);
    let taxes = recomputed::or_sent(document, &taxed, taxes, source.settings, source.facts)?;
    let with_tax = source.settings.cin7.line_total_with_tax;
    let lines = pieces.into_iter().zip(taxes);
    Ok(lines
        .map(|((posted, piece), tax)| {
            let account = account(source, posted.product, revenue_account);
            let mut line = sale_line(posted, piece, tax, account);
            if with_tax {
                line.total += tax;
            }
            line
        })
        .collect())
}

/// The revenue account belongs to the default product and to what has none; others have one of their
/// own in Cin7.
fn account(
    source: &Source<'_>,
    product: Option<&Product>,
    revenue: Option<&str>,
) -> Option<String> {
    let Some(product) = product else {
        return revenue.map(str::to_owned);
    };
    let default = default_sku(source)?;
    let account = revenue.filter(|_| same(default, &product.sku));
    account.map(str::to_owned)
}

fn pieces_of(
    source: &Source<'_>,
    posted: &Posted<'_>,
    discount: Decimal,
    net: Decimal,
) -> Result<Vec<Piece>, Held> {
    let line = posted.line;
    let product = posted.product;
    let counted = CountedLine {
        record: &source.record(),
        document: "invoice",
        label: label(line),
        quantity: line.quantity,
        unit_cost: line.unit_cost,
        amount: source.money(line.amount),
        is_stock: product.is_some_and(|product| product.kind == ProductKind::Stock),
    };
    Ok(
        match piece(&counted, discount, net, &source.settings.cin7)? {
            Some(piece) => vec![piece],
            None => split(line.quantity, net).to_vec(),
        },
    )
}

fn sale_line(posted: &Posted<'_>, piece: Piece, tax: Decimal, account: Option<String>) -> SaleLine {
    let (product_id, sku, name) = match posted.product {
        Some(product) => (
            product.id.clone(),
            product.sku.clone(),
            product.name.clone(),
        ),
        None => (String::new(), String::new(), charged(posted.line)),
    };
    SaleLine {
        product_id,
        sku,
        name,
        comment: comment(
            &text(posted.line),
            posted.line.quantity,
            posted.line.unit_cost,
            piece.in_words,
        ),
        quantity: piece.quantity,
        price: piece.price,
        discount: piece.discount,
        tax,
        total: piece.total,
        tax_rule: posted.rule.clone(),
        account,
    }
}

/// What an additional charge is called: it has to be called something.
fn charged(line: &Line) -> String {
    let texts = [flat(&line.name), flat(&line.description)];
    let named = texts.into_iter().find(|text| !text.is_empty());
    cut(
        &named.unwrap_or_else(|| "FreshBooks line".to_owned()),
        NAME_LENGTH,
    )
}

/// FreshBooks' name and description.
fn text(line: &Line) -> String {
    let texts = [flat(&line.name), flat(&line.description)];
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join(" — ")
}
