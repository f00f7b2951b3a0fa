//! The lines of a sale.

use cin7::{Product, ProductKind, SaleLine};
use freshbooks::Line;
use money::Decimal;

use super::apportion::apportion;
use super::figures::{does_not_add_up, figures};
use super::pieces::{PLACES, Piece, lump, priced, split};
use super::products::{default_sku, label, moves_stock, product};
use super::{Source, recomputed, taxes};
use crate::held::{Held, SettingKey};
use crate::text::{cut, flat, same};

/// Longest comment of a line.
const COMMENT_LENGTH: usize = 256;

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
    let taxes = recomputed::or_sent(source, &pieces, figures.tax, taxes)?;
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
    let stock = product.is_some_and(|product| product.kind == ProductKind::Stock);
    if net < Decimal::ZERO && !source.settings.cin7.negative_lines {
        return Err(negative_line(source, line));
    }
    if stock && line.quantity <= Decimal::ZERO {
        return Err(goods_without_a_count(source, line));
    }
    if !countable(source, line.quantity) {
        if stock {
            return Err(uncountable_goods(source, line));
        }
        return Ok(vec![lump(net)]);
    }
    // A negative quantity is sent as a negative price: of a service the two are the same.
    let quantity = line.quantity.abs();
    let negative = line.quantity.is_sign_negative();
    let unit_cost = if negative {
        -line.unit_cost
    } else {
        line.unit_cost
    };
    Ok(match priced(quantity, unit_cost, discount, net) {
        Some(piece) => vec![piece],
        None if stock => split(quantity, net).to_vec(),
        None => vec![lump(net)],
    })
}

/// Whether Cin7 can be given a quantity as it is: the reference says both that 1 is the least and
/// that 4 decimals are kept (docs/cin7-api.md, numbers), hence the switch.
fn countable(source: &Source<'_>, quantity: Decimal) -> bool {
    let fractional = source.settings.cin7.fractional_quantities;
    let decimals = if fractional { PLACES } else { 0 };
    !quantity.is_zero() && quantity.normalize().scale() <= decimals
}

fn negative_line(source: &Source<'_>, line: &Line) -> Held {
    let key = SettingKey {
        table: "settings.cin7",
        key: "negative_lines",
    };
    Held::Attention {
        sentence: format!(
            "{} has the line {} of {}, and Cin7 is not known to take negative lines; enter the \
             invoice in Cin7 by hand, or write {} once it is seen to take one.",
            source.record(),
            label(line),
            source.money(line.amount),
            key.raw_line("true")
        ),
    }
}

fn goods_without_a_count(source: &Source<'_>, line: &Line) -> Held {
    Held::Attention {
        sentence: format!(
            "{} has the line {} with a quantity of {} of a product kept in stock; correct the \
             line in FreshBooks, or enter the goods in Cin7 by hand.",
            source.record(),
            label(line),
            line.quantity.normalize()
        ),
    }
}

fn uncountable_goods(source: &Source<'_>, line: &Line) -> Held {
    let record = source.record();
    let label = label(line);
    let quantity = line.quantity.normalize();
    if source.settings.cin7.fractional_quantities {
        return Held::Attention {
            sentence: format!(
                "{record} has the line {label} with a quantity of {quantity} of a product kept in \
                 stock, and Cin7 keeps 4 decimals; round the quantity in FreshBooks."
            ),
        };
    }
    let key = SettingKey {
        table: "settings.cin7",
        key: "fractional_quantities",
    };
    let sentence = format!(
        "{record} has the line {label} with a quantity of {quantity} of a product kept in stock, \
         and Cin7 is not known to take parts of one; write {} once it is seen to.",
        key.raw_line("true")
    );
    Held::waiting(&key, sentence)
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
        comment: comment(posted.line, piece.in_words),
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
        COMMENT_LENGTH,
    )
}

/// FreshBooks' name and description, and its quantity and price where Cin7's line has others.
fn comment(line: &Line, in_words: bool) -> String {
    let texts = [flat(&line.name), flat(&line.description)];
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    let text = texts.join(" — ");
    if !in_words {
        return cut(&text, COMMENT_LENGTH);
    }
    let mut price = line.unit_cost.normalize();
    price.rescale(price.scale().max(2));
    let words = format!("{} × {price}", line.quantity.normalize());
    if text.is_empty() {
        return words;
    }
    let words = format!(" ({words})");
    let room = COMMENT_LENGTH.saturating_sub(words.chars().count());
    cut(&text, room) + &words
}
