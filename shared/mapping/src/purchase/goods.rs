//! Which product a line is for. A line has no name, no item and no SKU, only a description
//! (docs/freshbooks-api.md, bills and bill payments), so nothing but the settings makes it one.

use cin7::{Product, ProductKind};
use freshbooks::BillLine;

use super::Source;
use crate::article::{self, DEFAULT_PRODUCT, Wanting, key_of};
use crate::held::Held;
use crate::text::flat;

/// What a line is posted as.
#[derive(Debug)]
pub(super) enum Article<'a> {
    /// A product that is kept in stock.
    Stock(&'a Product),
    /// A charge, called as a service product is (docs/cin7-api.md, purchase order).
    Charge(String),
}

/// What a line is posted as, as the settings have it.
pub(super) fn article<'a>(source: &Source<'a>, line: &BillLine) -> Result<Article<'a>, Held> {
    match mapped(source, line)? {
        Some(product) if product.kind == ProductKind::Stock => Ok(Article::Stock(product)),
        Some(product) => Ok(Article::Charge(product.name.clone())),
        None => charge_name(source, line).map(Article::Charge),
    }
}

/// Whether goods come with a line; a product that cannot be told counts as goods, so that the line is
/// not passed over.
pub(super) fn are_counted(source: &Source<'_>, line: &BillLine) -> bool {
    if line.quantity.is_zero() {
        return false;
    }
    match mapped(source, line) {
        Ok(product) => product.is_some_and(|product| product.kind == ProductKind::Stock),
        Err(_) => true,
    }
}

/// The service that what is no product of its own is charged as.
pub(super) fn charge_name(source: &Source<'_>, line: &BillLine) -> Result<String, Held> {
    let settings = source.settings;
    let service = |product: &&Product| product.kind == ProductKind::Service;
    let default = match settings.sales.default_product.as_deref() {
        Some(sku) => source.facts.product(sku).filter(service),
        None => source
            .facts
            .only_service()
            .filter(|_| !settings.cin7.free_text_charges),
    };
    if let Some(product) = default {
        return Ok(product.name.clone());
    }
    let description = flat(&line.description);
    if settings.cin7.free_text_charges {
        let text = Some(description).filter(|text| !text.is_empty());
        return Ok(text.unwrap_or_else(|| "FreshBooks line".to_owned()));
    }
    let default = DEFAULT_PRODUCT.line("SKU");
    let (key, ways) = if description.is_empty() {
        (DEFAULT_PRODUCT, default)
    } else {
        let own = key_of(&description);
        (
            own,
            format!("{}, or {default} for all such lines", own.line("SKU")),
        )
    };
    let sentence = format!(
        "{} waits for a product: a charge in Cin7 is called as a service product is, and no active \
         one is named for its line {}; write {ways}.",
        source.record(),
        label(line),
    );
    Err(Held::waiting(&key, sentence))
}

/// A line as sentences name it.
pub(super) fn label(line: &BillLine) -> String {
    let text = flat(&line.description);
    if text.is_empty() {
        return "without a description".to_owned();
    }
    format!("\"{text}\"")
}

fn mapped<'a>(source: &Source<'a>, line: &BillLine) -> Result<Option<&'a Product>, Held> {
    let description = flat(&line.description);
    let Some(sku) = source.settings.products.get(&description) else {
        return Ok(None);
    };
    let wanting = Wanting {
        record: source.record(),
        label: &label(line),
    };
    article::set(&wanting, &key_of(&description), sku, source.facts).map(Some)
}
