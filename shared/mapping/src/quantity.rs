//! Quantity and price of a line as Cin7 can be given them, and what is said where it cannot.

use money::{Decimal, Money};

use crate::held::{Held, SettingKey};
use crate::pieces::{PLACES, Piece, lump, priced};
use crate::settings::Cin7Switches;
use crate::text::cut;

/// Longest comment of a line.
const COMMENT_LENGTH: usize = 256;

/// A FreshBooks line, as far as its figures go.
#[derive(Debug)]
pub(crate) struct CountedLine<'a> {
    /// The document as sentences start with it.
    pub record: &'a str,
    /// What the document is called, such as `invoice`.
    pub document: &'static str,
    /// The line as sentences name it.
    pub label: String,
    pub quantity: Decimal,
    pub unit_cost: Decimal,
    /// As FreshBooks states it.
    pub amount: Money,
    /// Whether goods are counted with it.
    pub is_stock: bool,
}

/// The line at `net`, in cents: as it is where Cin7 can hold that, else, where nothing is counted, one
/// of it. `None` for goods of which no price comes to `net`.
pub(crate) fn piece(
    line: &CountedLine<'_>,
    discount: Decimal,
    net: Decimal,
    switches: &Cin7Switches,
) -> Result<Option<Piece>, Held> {
    if net < Decimal::ZERO && !switches.negative_lines {
        return Err(negative_line(line));
    }
    if line.is_stock && line.quantity <= Decimal::ZERO {
        return Err(goods_without_a_count(line));
    }
    if !countable(line.quantity, switches) {
        if line.is_stock {
            return Err(uncountable_goods(line, switches));
        }
        return Ok(Some(lump(net)));
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
        None if !line.is_stock => Some(lump(net)),
        piece => piece,
    })
}

/// The text of a line, and FreshBooks' quantity and price where Cin7's line has others.
pub(crate) fn comment(text: &str, quantity: Decimal, unit_cost: Decimal, in_words: bool) -> String {
    if !in_words {
        return cut(text, COMMENT_LENGTH);
    }
    let mut price = unit_cost.normalize();
    price.rescale(price.scale().max(2));
    let words = format!("{} × {price}", quantity.normalize());
    if text.is_empty() {
        return words;
    }
    let words = format!(" ({words})");
    let room = COMMENT_LENGTH.saturating_sub(words.chars().count());
    cut(text, room) + &words
}

/// Whether Cin7 can be given a quantity as it is: the reference says both that 1 is the least and
/// that 4 decimals are kept (docs/cin7-api.md, numbers), hence the switch.
fn countable(quantity: Decimal, switches: &Cin7Switches) -> bool {
    let decimals = if switches.fractional_quantities {
        PLACES
    } else {
        0
    };
    !quantity.is_zero() && quantity.normalize().scale() <= decimals
}

fn negative_line(line: &CountedLine<'_>) -> Held {
    let key = SettingKey {
        table: "settings.cin7",
        key: "negative_lines",
    };
    Held::Attention {
        sentence: format!(
            "{} has the line {} of {}, and Cin7 is not known to take negative lines; enter the \
             {} in Cin7 by hand, or write {} once it is seen to take one.",
            line.record,
            line.label,
            line.amount,
            line.document,
            key.raw_line("true")
        ),
    }
}

fn goods_without_a_count(line: &CountedLine<'_>) -> Held {
    Held::Attention {
        sentence: format!(
            "{} has the line {} with a quantity of {} of a product kept in stock; correct the \
             line in FreshBooks, or enter the goods in Cin7 by hand.",
            line.record,
            line.label,
            line.quantity.normalize()
        ),
    }
}

fn uncountable_goods(line: &CountedLine<'_>, switches: &Cin7Switches) -> Held {
    let (record, label) = (line.record, &line.label);
    let quantity = line.quantity.normalize();
    if switches.fractional_quantities {
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
