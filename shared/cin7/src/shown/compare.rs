//! What was sent against what is shown, field by field.

use std::fmt;

use super::summary::{line_words, number_words};
use crate::node::Node;
use crate::{day, limit};

/// Sent, but not what a person would call the invoice or the order: ids, and what Cin7 was to do.
const NOT_CONTENT: [&str; 6] = [
    "SaleID",
    "PurchaseID",
    "TaskID",
    "Status",
    "CombineAdditionalCharges",
    "AutoPickPackShipMode",
];

/// Texts are told up to this many characters.
const LONGEST_TEXT: usize = 80;

const NOTHING: &str = "nothing";

/// Something that was sent one way and stands another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Such as `InvoiceDate`, `line 2 Price`, `charge 1`, by Cin7's names of the fields.
    pub what: String,
    /// What we sent, `nothing` where we sent nothing.
    pub sent: String,
    /// What Cin7 shows now, `nothing` where it shows nothing.
    pub shown: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} → {}", self.what, self.sent, self.shown)
    }
}

impl Difference {
    pub(super) fn missing(what: &str, sent: String) -> Self {
        Self {
            what: what.to_owned(),
            sent,
            shown: NOTHING.to_owned(),
        }
    }

    pub(super) fn added(what: &str, shown: String) -> Self {
        Self {
            what: what.to_owned(),
            sent: NOTHING.to_owned(),
            shown: if shown.is_empty() {
                "there".to_owned()
            } else {
                shown
            },
        }
    }
}

/// Every difference in the content of a document, by name of the field.
pub(super) fn content(sent: &Node, shown: &Node) -> Vec<Difference> {
    sent.fields()
        .filter(|(name, _)| !NOT_CONTENT.contains(name))
        .flat_map(|(name, sent)| match sent {
            Node::List(rows) => rows_differ(name, rows, shown.field(name)),
            value => value_differs("", name, value, shown.field(name))
                .into_iter()
                .collect(),
        })
        .collect()
}

/// Every difference in the named fields, as far as they are shown.
pub(super) fn fields(names: &[&str], sent: &Node, shown: &Node) -> Vec<Difference> {
    names
        .iter()
        .filter_map(|name| value_differs("", name, sent.field(name)?, shown.field(name)))
        .collect()
}

fn rows_differ(name: &str, sent: &[Node], shown: Option<&Node>) -> Vec<Difference> {
    let label = match name {
        "Lines" => "line",
        "AdditionalCharges" => "charge",
        other => other,
    };
    let shown = match shown {
        Some(Node::List(rows)) => rows.as_slice(),
        None if sent.is_empty() => return Vec::new(),
        // A document has lines: one that does not show them tells nothing about the heart of it.
        _ => return vec![Difference::missing(name, format!("{} of them", sent.len()))],
    };
    let most = sent.len().max(shown.len());
    (0..most)
        .flat_map(|place| {
            let what = format!("{label} {}", place + 1);
            match (sent.get(place), shown.get(place)) {
                (Some(sent), Some(shown)) => row_differs(&what, sent, shown),
                (Some(sent), None) => vec![Difference::missing(&what, quoted(&line_words(sent)))],
                (None, Some(shown)) => vec![Difference::added(&what, quoted(&line_words(shown)))],
                (None, None) => Vec::new(),
            }
        })
        .collect()
}

fn row_differs(what: &str, sent: &Node, shown: &Node) -> Vec<Difference> {
    let prefix = format!("{what} ");
    sent.fields()
        .filter(|(name, _)| *name != "Total" || !is_same_total(sent, shown))
        .filter_map(|(name, sent)| value_differs(&prefix, name, sent, shown.field(name)))
        .collect()
}

/// Whether a line's total means the same: Cin7 may want it with the tax and show it without, or the
/// other way round (docs/cin7-api.md, line totals).
fn is_same_total(sent: &Node, shown: &Node) -> bool {
    let (Some(ours), Some(theirs)) = (sent.number_of("Total"), shown.number_of("Total")) else {
        return false;
    };
    let tax = sent.number_of("Tax").unwrap_or_default();
    [ours, ours + tax, ours - tax].contains(&theirs)
}

fn value_differs(
    prefix: &str,
    name: &str,
    sent: &Node,
    shown: Option<&Node>,
) -> Option<Difference> {
    let shown = shown?;
    let is_number = matches!(sent, Node::Bare(_));
    (!is_same(name, sent, shown)).then(|| Difference {
        what: format!("{prefix}{name}"),
        sent: words(name, is_number, sent),
        shown: words(name, is_number, shown),
    })
}

/// Whether two single values mean the same. A number or a day that is shown as an empty text is not
/// shown; a text that is empty was emptied.
fn is_same(name: &str, sent: &Node, shown: &Node) -> bool {
    if matches!(shown, Node::List(_) | Node::Fields(_)) {
        return false;
    }
    if let (Node::Bare(_), Some(number)) = (sent, sent.number()) {
        return shown.text().is_empty() || shown.number() == Some(number);
    }
    if let Some(day) = day_of(name, sent) {
        return shown.text().is_empty() || day_of(name, shown) == Some(day);
    }
    folded(sent.text()) == folded(shown.text())
}

/// Only fields that are called so are days: a comment may look like one.
fn day_of(name: &str, value: &Node) -> Option<jiff::civil::Date> {
    name.ends_with("Date")
        .then(|| day::read(value.text()))
        .flatten()
}

/// .NET writes line ends as two characters, and people add blanks without meaning to.
fn folded(text: &str) -> String {
    in_one_line(text).to_lowercase()
}

/// Words that would run into those before them.
pub(super) fn quoted(words: &str) -> String {
    format!("\u{201c}{words}\u{201d}")
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(name: &str, is_number: bool, value: &Node) -> String {
    if let Some(day) = day_of(name, value) {
        return day.to_string();
    }
    if let Some(number) = value.number().filter(|_| is_number) {
        return number_words(number);
    }
    match value {
        Node::List(_) => "a list".to_owned(),
        Node::Fields(_) => "an object".to_owned(),
        Node::Null | Node::Text(_) | Node::Bare(_) => match in_one_line(value.text()) {
            text if text.is_empty() => NOTHING.to_owned(),
            text => limit::shortened(&text, LONGEST_TEXT),
        },
    }
}
