//! What changes the hash of a document's content and what does not; and the marks.

use freshbooks::{Invoice, LineTax, Payment, Stage, Visibility};
use insta::assert_snapshot;
use mapping::{content_hash, payment_hash, payment_mark, sale_mark};
use money::Money;

use crate::fixtures::{currency, dec, invoice, line, payment, taxed};

fn taxed_invoice() -> Invoice {
    Invoice {
        lines: vec![taxed(line("Consulting", "2", "50.00"), &[("HST", "13")])],
        ..invoice()
    }
}

#[test]
fn the_hash_of_an_invoice_never_changes_from_release_to_release() {
    assert_snapshot!(content_hash(&taxed_invoice()), @"63764ff4066cad8e932f2a94a2659f8ed28c43ff82d7401d1129a4057881901f");
}

#[test]
fn what_cin7_does_not_hold_does_not_change_the_hash() {
    let unchanged: [fn(&mut Invoice); 6] = [
        |invoice| invoice.version = "another".to_owned(),
        |invoice| invoice.visibility = Visibility::Archived,
        |invoice| invoice.total.amount = dec("100"),
        |invoice| invoice.lines[0].quantity = dec("2.00"),
        |invoice| invoice.lines[0].taxes[0].percent = dec("13.0"),
        |invoice| invoice.client_name = "Client Co Ltd".to_owned(),
    ];
    for (at, change) in unchanged.into_iter().enumerate() {
        let mut invoice = taxed_invoice();
        change(&mut invoice);
        assert_eq!(
            content_hash(&invoice),
            content_hash(&taxed_invoice()),
            "change {at}"
        );
    }
}

#[test]
fn whatever_cin7_holds_changes_the_hash() {
    let changed: [fn(&mut Invoice); 21] = [
        |invoice| invoice.number += "-1",
        |invoice| invoice.client_id += "1",
        |invoice| invoice.issued_on = "2026-01-06".parse().unwrap(),
        |invoice| invoice.due_on = "2026-02-05".parse().unwrap(),
        |invoice| invoice.due_offset_days = 31,
        |invoice| invoice.currency = currency("EUR"),
        |invoice| invoice.total = Money::new(dec("100.01"), invoice.currency),
        |invoice| invoice.discount.percent = dec("1"),
        |invoice| invoice.discount.amount = Some(dec("0")),
        |invoice| invoice.stage = Stage::Draft,
        |invoice| invoice.visibility = Visibility::Deleted,
        |invoice| invoice.lines.clear(),
        |invoice| invoice.lines.push(line("More", "1", "1.00")),
        |invoice| invoice.lines[0].name += "!",
        |invoice| invoice.lines[0].description += "!",
        |invoice| invoice.lines[0].quantity = dec("3"),
        |invoice| invoice.lines[0].unit_cost = dec("50.01"),
        |invoice| invoice.lines[0].amount = dec("100.01"),
        |invoice| invoice.lines[0].taxes[0].name += "!",
        |invoice| invoice.lines[0].compounded = true,
        |invoice| {
            invoice.lines[0].taxes.push(LineTax {
                name: "PST".to_owned(),
                percent: dec("7"),
            });
        },
    ];
    let mut hashes = vec![content_hash(&taxed_invoice())];
    for (at, change) in changed.into_iter().enumerate() {
        let mut invoice = taxed_invoice();
        change(&mut invoice);
        let hash = content_hash(&invoice);
        assert!(!hashes.contains(&hash), "change {at}");
        hashes.push(hash);
    }
}

#[test]
fn the_hash_of_a_payment_never_changes_from_release_to_release() {
    assert_snapshot!(payment_hash(&payment()), @"8db8be48d502d388eeb837fa2845b8abeb3b725467c238a864db69778ea8a0eb");
}

#[test]
fn what_cin7_does_not_hold_does_not_change_the_hash_of_a_payment() {
    let unchanged: [fn(&mut Payment); 3] = [
        |payment| payment.version = "another".to_owned(),
        |payment| payment.amount.amount = dec("101.7"),
        |payment| payment.overpayment_id = Some("77".to_owned()),
    ];
    for (at, change) in unchanged.into_iter().enumerate() {
        let mut changed = payment();
        change(&mut changed);
        assert_eq!(
            payment_hash(&changed),
            payment_hash(&payment()),
            "change {at}"
        );
    }
}

#[test]
fn whatever_cin7_holds_changes_the_hash_of_a_payment() {
    let changed: [fn(&mut Payment); 7] = [
        |payment| payment.invoice_id = None,
        |payment| payment.invoice_id = Some("987655".to_owned()),
        |payment| payment.amount.amount = dec("101.71"),
        |payment| payment.amount.currency = currency("EUR"),
        |payment| payment.paid_on = "2026-01-21".parse().unwrap(),
        |payment| payment.kind = "Cash".to_owned(),
        |payment| payment.from_credit = true,
    ];
    let mut hashes = vec![payment_hash(&payment())];
    for (at, change) in changed.into_iter().enumerate() {
        let mut payment = payment();
        change(&mut payment);
        let hash = payment_hash(&payment);
        assert!(!hashes.contains(&hash), "change {at}");
        hashes.push(hash);
    }
}

#[test]
fn a_mark_names_the_account_the_document_and_from_the_second_on_the_generation() {
    for (generation, end) in [
        (0, ""),
        (1, ""),
        (2, ":2"),
        (3, ":3"),
        (u32::MAX, ":4294967295"),
    ] {
        assert_eq!(
            sale_mark("lbZ4Kq", "987654", generation),
            format!("freshbooks:lbZ4Kq:invoice:987654{end}")
        );
        assert_eq!(
            payment_mark("lbZ4Kq", "445566", generation),
            format!("freshbooks:lbZ4Kq:payment:445566{end}")
        );
    }
}
