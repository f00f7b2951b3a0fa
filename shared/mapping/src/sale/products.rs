//! Which product a line is for. FreshBooks lines carry a name and nothing to join by
//! (docs/freshbooks-api.md, invoices), so names decide, and the settings where they do not.

use cin7::{Product, ProductKind};
use freshbooks::Line;

use super::Source;
use crate::article::{self, DEFAULT_PRODUCT, Wanting, key_of};
use crate::held::{Held, SettingKey};
use crate::text::flat;

/// The product of a line; none where it is charged without one.
pub(super) fn product<'a>(source: &Source<'a>, line: &Line) -> Result<Option<&'a Product>, Held> {
    let found = find(source, line)?;
    if found.is_some() || source.settings.cin7.free_text_charges {
        return Ok(found);
    }
    let name = flat(&line.name);
    let default = DEFAULT_PRODUCT.line("SKU");
    let (key, ways) = if name.is_empty() {
        (DEFAULT_PRODUCT, default)
    } else {
        let key = key_of(&name);
        (
            key,
            format!("{}, or {default} for all such lines", key.line("SKU")),
        )
    };
    let sentence = format!(
        "{} waits for a product: its line {} matches none in Cin7 by name or SKU; write {ways}.",
        source.record(),
        label(line),
    );
    Err(Held::waiting(&key, sentence))
}

/// Whether goods leave the stock with a line; a product that cannot be told counts as goods, so
/// that the line is not passed over.
pub(super) fn moves_stock(source: &Source<'_>, line: &Line) -> bool {
    if line.quantity.is_zero() {
        return false;
    }
    match find(source, line) {
        Ok(product) => product.is_some_and(|product| product.kind == ProductKind::Stock),
        Err(_) => true,
    }
}

/// A line as sentences name it.
pub(super) fn label(line: &Line) -> String {
    let name = flat(&line.name);
    let text = if name.is_empty() {
        flat(&line.description)
    } else {
        name
    };
    if text.is_empty() {
        return "without a name".to_owned();
    }
    format!("\"{text}\"")
}

/// SKU of the product of lines that match none.
pub(super) fn default_sku<'a>(source: &Source<'a>) -> Option<&'a str> {
    let set = source.settings.sales.default_product.as_deref();
    let only = || only_service(source);
    set.or_else(|| only().map(|product| product.sku.as_str()))
}

/// The only service that Cin7 has, unless such lines are charges.
fn only_service<'a>(source: &Source<'a>) -> Option<&'a Product> {
    let charged = source.settings.cin7.free_text_charges;
    source.facts.only_service().filter(|_| !charged)
}

/// The settings' word, else Cin7's SKU or name, else the default product, else nothing.
fn find<'a>(source: &Source<'a>, line: &Line) -> Result<Option<&'a Product>, Held> {
    let (settings, facts) = (source.settings, source.facts);
    let name = flat(&line.name);
    if let Some(sku) = settings.products.get(&name) {
        return set(source, line, &key_of(&name), sku).map(Some);
    }
    if !name.is_empty() {
        let named = match facts.product(&name) {
            Some(product) => vec![product],
            None => facts.products_named(&name),
        };
        match named.as_slice() {
            [] => {}
            [product] => return Ok(Some(product)),
            [first, second, ..] => return Err(ambiguous(source, &name, first, second)),
        }
    }
    match settings.sales.default_product.as_deref() {
        Some(sku) => set(source, line, &DEFAULT_PRODUCT, sku).map(Some),
        None => Ok(only_service(source)),
    }
}

/// The product of a SKU that the settings name.
fn set<'a>(
    source: &Source<'a>,
    line: &Line,
    key: &SettingKey<'_>,
    sku: &str,
) -> Result<&'a Product, Held> {
    let line = Wanting {
        record: &source.record(),
        label: &label(line),
    };
    article::set(&line, key, sku, source.facts)
}

fn ambiguous(source: &Source<'_>, name: &str, first: &Product, second: &Product) -> Held {
    let key = key_of(name);
    let sentence = format!(
        "{} waits for a product: Cin7 has several called \"{name}\", among them `{}` and `{}`; \
         write {}, or the SKU that is meant.",
        source.record(),
        first.sku,
        second.sku,
        key.line(&first.sku)
    );
    Held::waiting(&key, sentence)
}
