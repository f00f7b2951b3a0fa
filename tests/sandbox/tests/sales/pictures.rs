//! What stands in Cin7 in the end, in a form in which two worlds can be compared.

use std::fmt::Write;

use cin7_stand_in::Sale;

use crate::world::{Party, World};

/// The Cin7 accounts of a world, without what differs from run to run: ids, numbers given in passing,
/// and the time of writing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Picture {
    /// All of it.
    pub(crate) whole: String,
    /// Without voided sales, and without telling generations of marks apart.
    pub(crate) standing: String,
}

pub(crate) fn picture(world: &World) -> Picture {
    let mut picture = Picture::default();
    for party in world.parties() {
        let one = picture_of(world, party);
        picture.whole += &one.whole;
        picture.standing += &one.standing;
    }
    picture
}

/// The same of one connection's account.
pub(crate) fn picture_of(world: &World, party: &Party) -> Picture {
    let customers = world.cin7.customers(&party.keys).into_iter();
    let mut customers: Vec<_> = customers.map(|customer| customer.name).collect();
    customers.sort();
    let mut sales = world.cin7.sales(&party.keys);
    let whole = drawn(party.id, &customers, &sales);
    sales.retain(|sale| !sale.voided);
    sales.iter_mut().for_each(forget_generations);
    let standing = drawn(party.id, &customers, &sales);
    Picture { whole, standing }
}

fn drawn(party: &str, customers: &[String], sales: &[Sale]) -> String {
    let anonymous = sales.iter().cloned().map(anonymous);
    let mut sales: Vec<_> = anonymous.map(|sale| format!("{sale:#?}")).collect();
    sales.sort();
    let mut text = format!("{party}\ncustomers {customers:#?}\nsales\n");
    for sale in sales {
        let _ = writeln!(text, "{sale}");
    }
    text
}

fn anonymous(mut sale: Sale) -> Sale {
    let never = jiff::Timestamp::UNIX_EPOCH;
    sale.id = Default::default();
    sale.order_number.clear();
    sale.header.customer_id = Default::default();
    (sale.created, sale.updated) = (never, never);
    for invoice in &mut sale.invoices {
        invoice.task_id = Default::default();
        invoice.number.clear();
    }
    for payment in &mut sale.payments {
        payment.id = Default::default();
        payment.task_id = Default::default();
        payment.date_created = never;
    }
    sale.payments
        .sort_by(|one, other| one.reference.cmp(&other.reference));
    sale
}

fn forget_generations(sale: &mut Sale) {
    let first = |mark: &str| mark.split(':').take(4).collect::<Vec<_>>().join(":");
    sale.header.external_id = first(&sale.header.external_id);
    for payment in &mut sale.payments {
        payment.reference = first(&payment.reference);
    }
}

/// The first lines in which two pictures differ.
pub(crate) fn difference(without: &str, with: &str) -> String {
    let (mut left, mut right) = (without.lines(), with.lines());
    let mut found = Vec::new();
    while found.len() < 6 {
        match (left.next(), right.next()) {
            (None, None) => break,
            (one, other) if one == other => {}
            (one, other) => found.push(format!(
                "    without a fault {:?}, now {:?}",
                one.unwrap_or("-").trim(),
                other.unwrap_or("-").trim()
            )),
        }
    }
    found.join("\n")
}
