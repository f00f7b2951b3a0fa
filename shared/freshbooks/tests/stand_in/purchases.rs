//! Bills, their payments, vendors and expenses.

use freshbooks::{BankSide, Rebilling, Shown};
use freshbooks_stand_in::{BillMatches, DeletedById, NewInvoice, NewLine, WrittenAs};
use money::Decimal;

use super::office::{Office, standing};

#[tokio::test]
async fn a_bill_is_read_alike_however_its_percentages_are_written() {
    let office = Office::open().await;
    let id = office.bill().to_string();
    let mut read = Vec::new();
    for written in [WrittenAs::Text, WrittenAs::Number] {
        office.set(|quirks| quirks.bill_tax_percent = written);
        let bill = office.api.bill(&office.token, office.id(), &id).await;
        read.push(standing(bill.unwrap()).unwrap());
    }
    assert_eq!(read[0], read[1]);
    let bill = &read[0];
    assert_eq!(bill.total.to_string(), "113.00 USD");
    assert_eq!(bill.lines[0].category.as_ref().unwrap().name, "Materials");
    assert_eq!(bill.lines[0].taxes[0].amount.to_string(), "13.00");
    let vendor = bill.vendor_id.as_deref().unwrap();
    let vendor = office.api.vendor(&office.token, office.id(), vendor).await;
    assert_eq!(vendor.unwrap().unwrap().name, "Bolts & Co");
}

#[tokio::test]
async fn a_payment_is_learned_of_from_its_bill_and_a_deleted_one_never_counts() {
    let office = Office::open().await;
    let bill_id = office.bill();
    let (first, second) = (office.pay(bill_id), office.pay(bill_id));
    office
        .stand_in
        .delete_bill_payment(&office.account, first)
        .unwrap();
    for shows_deleted in [false, true] {
        office.set(|quirks| quirks.bill_shows_deleted_payments = shows_deleted);
        let bill = office
            .api
            .bill(&office.token, office.id(), &bill_id.to_string())
            .await;
        let payments = standing(bill.unwrap()).unwrap().payments;
        let count = |payment: &&Shown<_>| matches!(payment, Shown::Standing(_));
        let counted: Vec<&str> = payments.iter().filter(count).map(Shown::id).collect();
        assert_eq!(counted, [second.to_string()]);
    }
    let alone = office
        .api
        .bill_payment(&office.token, office.id(), &first.to_string())
        .await;
    let deleted = Shown::Deleted {
        id: first.to_string(),
    };
    assert_eq!(alone, Ok(Some(deleted)));
}

#[tokio::test]
async fn a_deleted_bill_is_deleted_or_gone_as_the_account_answers() {
    let office = Office::open().await;
    let id = office.bill();
    office.stand_in.delete_bill(&office.account, id).unwrap();
    let id = id.to_string();
    let read = async || office.api.bill(&office.token, office.id(), &id).await;
    let deleted = Shown::Deleted { id: id.clone() };
    assert_eq!(read().await, Ok(Some(deleted.clone())));
    office.set(|quirks| quirks.hides_vendor_of_put_away_bills = true);
    assert_eq!(read().await, Ok(Some(deleted)));
    office.set(|quirks| quirks.deleted_by_id = DeletedById::Errno1011);
    assert_eq!(read().await, Ok(None));
}

#[tokio::test]
async fn an_archived_bill_counts_even_where_it_lacks_its_vendor() {
    let office = Office::open().await;
    let id = office.bill();
    office.stand_in.archive_bill(&office.account, id).unwrap();
    office.set(|quirks| quirks.hides_vendor_of_put_away_bills = true);
    let bill = office
        .api
        .bill(&office.token, office.id(), &id.to_string())
        .await;
    assert_eq!(standing(bill.unwrap()).unwrap().vendor_id, None);
}

#[tokio::test]
async fn the_banks_side_of_a_bill_payment_is_known_in_either_shape() {
    let office = Office::open().await;
    let payment = office.pay(office.bill());
    let id = office.spend();
    let read = async || {
        let expense = office
            .api
            .expense(&office.token, office.id(), &id.to_string())
            .await;
        standing(expense.unwrap()).unwrap().bill_payment
    };
    assert_eq!(read().await, BankSide::None);
    office
        .stand_in
        .match_expense(&office.account, id, payment)
        .unwrap();
    for shape in [BillMatches::Ids, BillMatches::Objects] {
        office.set(|quirks| quirks.bill_matches = shape);
        assert_eq!(read().await, BankSide::Matched);
    }
    let payment = office
        .api
        .bill_payment(&office.token, office.id(), &payment.to_string())
        .await;
    assert!(standing(payment.unwrap()).unwrap().is_matched_with_expense);
}

#[tokio::test]
async fn a_rebilled_expense_and_the_line_that_bills_it_name_each_other() {
    let office = Office::open().await;
    let id = office.spend();
    office
        .stand_in
        .update_expense(&office.account, id, |expense| expense.billable = true)
        .unwrap();
    let line = NewLine {
        expense_id: id,
        ..NewLine::new("Rebilled", Decimal::ONE, Decimal::from(20))
    };
    let invoice = NewInvoice {
        client_id: 7,
        lines: vec![line],
        ..NewInvoice::default()
    };
    let invoice_id = office.stand_in.create_invoice(&office.account, invoice);
    let (id, invoice_id) = (id.to_string(), invoice_id.to_string());
    let expense = office.api.expense(&office.token, office.id(), &id).await;
    let expense = standing(expense.unwrap()).unwrap();
    assert_eq!(expense.rebilling, Rebilling::Invoiced);
    assert_eq!(expense.invoice_id.as_deref(), Some(invoice_id.as_str()));
    let invoice = office
        .api
        .invoice(&office.token, office.id(), &invoice_id)
        .await;
    let line = &invoice.unwrap().unwrap().lines[0];
    assert_eq!(line.expense_id.as_deref(), Some(id.as_str()));
}
