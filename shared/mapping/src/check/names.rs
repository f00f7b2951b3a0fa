//! The names that settings give to places, terms and products.

use cin7::{PaymentTerm, ProductKind};

use super::Case;
use super::finding::Notes;
use crate::held::SettingKey;
use crate::text::{nearest, same};

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    location(case, notes);
    default_product(case, notes);
    products(case, notes);
    terms(case, notes);
}

fn location(case: &Case<'_>, notes: &mut Notes) {
    let key = SettingKey {
        table: "settings",
        key: "location",
    };
    let known = &case.facts.books.locations;
    let Some(name) = &case.settings.location else {
        match known.as_slice() {
            [] => {}
            [only] => notes.left(&key, only, "Cin7 has this location only.".to_owned()),
            [first, ..] => {
                let all = known.join(", ");
                let what = format!("No location is set, and Cin7 has several: {all}.");
                notes.problem(&key, first, what);
            }
        }
        return;
    };
    let found = known.iter().filter(|other| same(other, name)).count();
    if known.is_empty() || found == 1 {
        return;
    }
    let what = if found == 0 {
        format!("Cin7 has no location called `{name}` that is in use.")
    } else {
        format!(
            "Cin7 has {found} locations called `{name}`, and it is open which of them documents would get; \
             give one of them another name there."
        )
    };
    let others = known.iter().filter(|other| !same(other, name));
    let near = nearest(name, others.map(String::as_str)).unwrap_or("LOCATION");
    notes.problem(&key, near, what);
}

fn default_product(case: &Case<'_>, notes: &mut Notes) {
    let key = SettingKey {
        table: "settings.sales",
        key: "default_product",
    };
    let service = |active: &&cin7::Product| {
        active.active && active.sellable && active.kind == ProductKind::Service
    };
    let products = case.facts.products;
    let proposed = products.iter().find(service);
    let proposed = proposed.map_or("SKU", |product| product.sku.as_str());
    let Some(sku) = &case.settings.sales.default_product else {
        match case.facts.only_service() {
            Some(only) => {
                let what = format!(
                    "Lines that match no product are for {}, the only service that Cin7 has.",
                    only.name
                );
                notes.left(&key, &only.sku, what);
            }
            None => notes.warning(
                &key,
                Some(proposed),
                "No default product is set, so an invoice waits for each line whose name is not that of a \
                 product in Cin7."
                    .to_owned(),
            ),
        }
        return;
    };
    let found = products.iter().find(|product| same(&product.sku, sku));
    let what = match found {
        None => "does not exist",
        Some(product) if !product.active => "is not active",
        Some(product) if !product.sellable => "is not for sale",
        Some(product) if product.kind != ProductKind::Service => {
            "is kept in stock and no service, so every line without a product would move goods"
        }
        Some(_) => return,
    };
    let what = format!("The default product `{sku}` {what} in Cin7.");
    notes.problem(&key, proposed, what);
}

fn products(case: &Case<'_>, notes: &mut Notes) {
    for (name, sku) in case.settings.products.iter() {
        let known = case.facts.products;
        let found = known.iter().find(|product| same(&product.sku, sku));
        let why = match found {
            None => "does not exist",
            Some(product) if !product.active => "is not active",
            Some(product) if !product.sellable => "is not for sale",
            Some(_) => continue,
        };
        let key = SettingKey {
            table: "settings.products",
            key: name,
        };
        let active = known.iter().filter(|product| product.active);
        let near = nearest(sku, active.map(|product| product.sku.as_str())).unwrap_or("SKU");
        let what = format!("The product `{sku}` of lines called \"{name}\" {why} in Cin7.");
        notes.problem(&key, near, what);
    }
}

fn terms(case: &Case<'_>, notes: &mut Notes) {
    let known = &case.facts.books.terms;
    if known.is_empty() {
        return;
    }
    for (days, name) in &case.settings.terms {
        let why = match case.facts.term(name) {
            None => "does not exist",
            Some(term) if !term.active => "is not active",
            Some(_) => continue,
        };
        let active = || known.iter().filter(|term| term.active);
        let counted = |term: &&PaymentTerm| {
            same(&term.method, "number of days") && term.duration == i64::from(*days)
        };
        let of_length = active().find(counted).map(|term| term.name.as_str());
        let near = of_length.or_else(|| nearest(name, active().map(|term| term.name.as_str())));
        let key = SettingKey {
            table: "settings.terms",
            key: &days.to_string(),
        };
        let what = format!("The payment term `{name}` for {days} days {why} in Cin7.");
        notes.problem(&key, near.unwrap_or("TERM"), what);
    }
}
