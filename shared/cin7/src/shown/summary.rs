//! An invoice in one line for people, whether it is what we sent or what Cin7 shows, so that both can
//! stand side by side.

use money::{Decimal, cents};

use crate::node::Node;
use crate::{day, limit};

/// A summary is no longer than this, in characters.
const LONGEST: usize = 400;

/// The name of a product is told up to this many characters.
const LONGEST_NAME: usize = 60;

/// Stands for what was sent where its text is cut or damaged.
pub(super) const UNREADABLE: &str = "unreadable";

/// What we sent, the text of [`crate::invoice_request`] or [`crate::order_request`], in the form of
/// [`crate::ShownSale::summary`]; `unreadable` where the text is cut or damaged.
#[must_use]
pub fn sent_summary(sent: &str) -> String {
    match Node::read(sent) {
        Ok(document) => {
            let total = total_of(&document);
            of_invoice(&document, total)
        }
        Err(_) => UNREADABLE.to_owned(),
    }
}

/// `AUTHORISED, 2026-03-01, total 330.00: 2 × FB-SERVICE @ 150`.
pub(super) fn of_invoice(invoice: &Node, total: Option<Decimal>) -> String {
    let date = day::read(invoice.text_of("InvoiceDate")).map(|day| day.to_string());
    let total = total.map(|total| format!("total {}", money_words(total)));
    let status = Some(invoice.text_of("Status").to_owned());
    in_one_line([status, date, total], invoice)
}

/// `ORDERED, no invoice: 2 × FB-SERVICE @ 150`, with the lines of the order.
pub(super) fn without_invoice(status: &str, order: Option<&Node>) -> String {
    let heads = [Some(status.to_owned()), Some("no invoice".to_owned()), None];
    in_one_line(heads, order.unwrap_or(&Node::Null))
}

/// `debit 400, credit 090: 120`, as a journal has it.
fn pair_words(line: &Node) -> Option<String> {
    let (debit, credit) = (line.field("Debit")?.text(), line.field("Credit")?.text());
    let amount = line
        .number_of("Amount")
        .map_or("?".to_owned(), number_words);
    Some(format!("debit {debit}, credit {credit}: {amount}"))
}

/// `2 × FB-SERVICE @ 150`, and ` less 10 %` where there is a discount.
pub(super) fn line_words(line: &Node) -> String {
    if let Some(words) = pair_words(line) {
        return words;
    }
    let name = ["SKU", "Name", "Description", "ProductID"]
        .iter()
        .map(|name| line.text_of(name))
        .find(|name| !name.is_empty())
        .unwrap_or("an unnamed product");
    let name = limit::shortened(name, LONGEST_NAME);
    let words = |name| line.number_of(name).map_or("?".to_owned(), number_words);
    let discount = match line.number_of("Discount") {
        Some(percent) if !percent.is_zero() => format!(" less {} %", number_words(percent)),
        _ => String::new(),
    };
    format!(
        "{} × {name} @ {}{discount}",
        words("Quantity"),
        words("Price")
    )
}

/// A number without zeros that say nothing.
pub(super) fn number_words(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Money with its cents.
fn money_words(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount.to_string()
}

/// Lines and charges with their tax, by their own figures: a total may have been sent with the tax in
/// it. None where there are none or one does not tell.
fn total_of(document: &Node) -> Option<Decimal> {
    let lines = document.items_of("Lines").iter();
    let totals = lines
        .chain(document.items_of("AdditionalCharges"))
        .map(|line| {
            let kept = Decimal::ONE_HUNDRED - line.number_of("Discount").unwrap_or_default();
            let exact = line
                .number_of("Quantity")?
                .checked_mul(line.number_of("Price")?)?;
            let net = cents(exact.checked_mul(kept)? / Decimal::ONE_HUNDRED);
            net.checked_add(line.number_of("Tax")?)
        });
    totals
        .reduce(|sum, total| sum?.checked_add(total?))
        .flatten()
}

fn in_one_line(heads: [Option<String>; 3], document: &Node) -> String {
    let heads: Vec<String> = heads
        .into_iter()
        .flatten()
        .filter(|head| !head.trim().is_empty())
        .collect();
    let rows = document.items_of("Lines").iter();
    let lines: Vec<String> = rows
        .chain(document.items_of("AdditionalCharges"))
        .map(line_words)
        .collect();
    let lines = if lines.is_empty() {
        "no lines".to_owned()
    } else {
        lines.join(", ")
    };
    let text = format!("{}: {lines}", heads.join(", "));
    let words: Vec<&str> = text.split_whitespace().collect();
    limit::shortened(&words.join(" "), LONGEST)
}
