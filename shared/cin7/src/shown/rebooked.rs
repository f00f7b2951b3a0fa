//! What of the same document two requests book differently.

use money::Decimal;

use crate::node::Node;

/// Fields of a request that say where its document belongs, and what each is.
const WHERE: [(&str, Booked); 6] = [
    ("CustomerID", Booked::Customer),
    ("Location", Booked::Location),
    ("Terms", Booked::Terms),
    ("CurrencyRate", Booked::Rate),
    ("CurrencyConversionRate", Booked::Rate),
    ("Account", Booked::Account),
];

/// The same of a line.
const WHERE_OF_LINE: [(&str, Booked); 3] = [
    ("Account", Booked::Account),
    ("TaxRule", Booked::TaxRule),
    ("SKU", Booked::Product),
];

/// Figures of a line.
const FIGURES: [&str; 5] = ["Quantity", "Price", "Discount", "Tax", "Total"];

/// What is booked differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Booked {
    /// The account of a line or of a payment.
    Account,
    /// The tax rule of a line.
    TaxRule,
    /// The product of a line.
    Product,
    /// The location of a sale.
    Location,
    /// The customer of a sale.
    Customer,
    /// The payment term of a sale.
    Terms,
    /// The currency rate.
    Rate,
    /// Lines, quantities or prices.
    Lines,
}

/// One thing that would be booked differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebooking {
    /// What.
    pub what: Booked,
    /// As it was sent; empty where nothing was said.
    pub from: String,
    /// As it would be sent.
    pub to: String,
    /// The money that it is about: of a line without tax, of everything else `None` for the whole
    /// document.
    pub amount: Option<Decimal>,
}

/// What the second of two requests for the same document books differently: the texts of
/// [`crate::header_request`], [`crate::invoice_request`] or [`crate::payment_request`]. `None` where
/// one of them is cut or damaged.
#[must_use]
pub fn rebookings(sent: &str, wanted: &str) -> Option<Vec<Rebooking>> {
    let (sent, wanted) = (Node::read(sent).ok()?, Node::read(wanted).ok()?);
    let mut found = fields(&WHERE, (&sent, &wanted), None);
    let (before, after) = (billed(&sent), billed(&wanted));
    if before.len() != after.len() {
        found.push(Rebooking {
            what: Booked::Lines,
            from: lines(before.len()),
            to: lines(after.len()),
            amount: None,
        });
        return Some(found);
    }
    for (before, after) in before.into_iter().zip(after) {
        let amount = before.number_of("Total");
        found.extend(fields(&WHERE_OF_LINE, (before, after), amount));
        let figure = |name: &str| before.number_of(name) != after.number_of(name);
        if FIGURES.iter().any(|name| figure(name)) {
            found.push(Rebooking {
                what: Booked::Lines,
                from: super::summary::line_words(before),
                to: super::summary::line_words(after),
                amount,
            });
        }
    }
    Some(found)
}

fn fields(
    names: &[(&str, Booked)],
    (before, after): (&Node, &Node),
    amount: Option<Decimal>,
) -> Vec<Rebooking> {
    let one = |&(name, what): &(&str, Booked)| {
        let (from, to) = (before.text_of(name), after.text_of(name));
        let numbers = (before.number_of(name), after.number_of(name));
        let same = from == to || (numbers.0.is_some() && numbers.0 == numbers.1);
        (!same).then(|| Rebooking {
            what,
            from: from.to_owned(),
            to: to.to_owned(),
            amount,
        })
    };
    names.iter().filter_map(one).collect()
}

/// The lines, then the additional charges.
fn billed(document: &Node) -> Vec<&Node> {
    let charges = document.items_of("AdditionalCharges");
    document.items_of("Lines").iter().chain(charges).collect()
}

fn lines(count: usize) -> String {
    match count {
        1 => "1 line".to_owned(),
        many => format!("{many} lines"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sent: &str, wanted: &str) -> Vec<String> {
        let found = rebookings(sent, wanted).unwrap();
        let one =
            |it: &Rebooking| format!("{:?} {:?} {:?} {:?}", it.what, it.from, it.to, it.amount);
        found.iter().map(one).collect()
    }

    #[test]
    fn lines_tell_their_account_rule_and_product_with_their_money() {
        let sent = r#"{"CurrencyConversionRate":1,"Lines":[
            {"SKU":"A","TaxRule":"HST","Account":"200","Quantity":1,"Price":10,"Total":10.00},
            {"SKU":"B","TaxRule":"HST","Quantity":1,"Price":5,"Total":5.00}]}"#;
        let wanted = r#"{"CurrencyConversionRate":1.0,"Lines":[
            {"SKU":"A","TaxRule":"GST","Account":"260","Quantity":1,"Price":10.0,"Total":10},
            {"SKU":"C","TaxRule":"HST","Account":"260","Quantity":2,"Price":2.5,"Total":5.00}]}"#;
        assert_eq!(
            told(sent, wanted),
            [
                r#"Account "200" "260" Some(10.00)"#,
                r#"TaxRule "HST" "GST" Some(10.00)"#,
                r#"Account "" "260" Some(5.00)"#,
                r#"Product "B" "C" Some(5.00)"#,
                r#"Lines "1 × B @ 5" "2 × C @ 2.5" Some(5.00)"#,
            ]
        );
    }

    #[test]
    fn a_header_tells_its_place_and_another_number_of_lines_is_told_as_such() {
        let sent = r#"{"Location":"Main","Terms":"30 days","Lines":[]}"#;
        let wanted = r#"{"Location":"Shop","Terms":"30 days","Lines":[{}]}"#;
        let expected = [
            r#"Location "Main" "Shop" None"#,
            r#"Lines "0 lines" "1 line" None"#,
        ];
        assert_eq!(told(sent, wanted), expected);
        assert_eq!(rebookings(sent, "{\"Loc"), None);
        assert_eq!(told(sent, sent), Vec::<String>::new());
    }
}
