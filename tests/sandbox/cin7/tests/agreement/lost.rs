//! Replies that were lost: uncertain to the client, and found again by their marks.

use std::time::Duration;

use cin7::{EntryStatus, Error, PurchaseKind};
use cin7_stand_in::{Fault, Matcher};

use crate::bench::{Bench, MARK, header, invoice, journal, operation, order, payment, supplier};

/// Everything that may go wrong after the work was done.
const LOST: [Fault; 5] = [
    Fault::LostAfter,
    Fault::Status500 { applied: true },
    Fault::Plain503 { applied: true },
    Fault::TruncatedJson { applied: true },
    Fault::Html200 { applied: true },
];

fn is_uncertain<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Uncertain(_)))
}

#[tokio::test]
async fn a_header_whose_reply_was_lost_is_found_by_the_mark_in_its_note() {
    for fault in LOST {
        let bench = Bench::start().await;
        let supplier = bench.writer.create_supplier(&supplier()).await.unwrap();
        let supplier = supplier.value.id;
        let matcher = Matcher::new("POST", "advanced-purchase");
        bench.stand_in.fail(matcher, fault);
        let header = header(&supplier, PurchaseKind::Service);
        assert!(is_uncertain(&bench.writer.create_purchase(&header).await));
        let since = "2026-03-10T09:00:00Z".parse().unwrap();
        let found = bench.reader().purchases_marked(MARK, &supplier, since);
        assert_eq!(found.await.unwrap().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn an_invoice_and_a_payment_whose_replies_were_lost_are_found_by_their_marks() {
    for fault in LOST {
        let bench = Bench::start().await;
        let kind = PurchaseKind::Service;
        let purchase = bench.header(kind).await;
        let order = order(kind);
        let ordered = bench.writer.post_purchase_order(&purchase.id, &order);
        ordered.await.unwrap();
        for path in ["advanced-purchase/invoice", "advanced-purchase/payment"] {
            bench.stand_in.fail(Matcher::new("POST", path), fault);
        }
        let (task, invoice) = (purchase.invoice_task(), invoice(kind));
        let invoiced = bench
            .writer
            .post_purchase_invoice(&purchase.id, task, &invoice);
        assert!(is_uncertain(&invoiced.await), "{fault:?}");
        let paying = payment(task);
        let paid = bench.writer.create_purchase_payment(&paying);
        assert!(is_uncertain(&paid.await), "{fault:?}");
        let reader = bench.reader();
        let rows = reader.purchases_numbered(&invoice.number).await.unwrap();
        assert_eq!(rows[0].purchase_id, purchase.id);
        let payments = reader.purchase_payments(&purchase.id).await.unwrap();
        assert_eq!(payments[0].reference, paying.reference);
    }
}

#[tokio::test]
async fn a_journal_and_spent_money_whose_replies_were_lost_are_found_after_the_lag() {
    for fault in LOST {
        let bench = Bench::start().await;
        let lag = Duration::from_secs(30);
        bench
            .stand_in
            .change_account(&bench.keys, |account| account.lag = lag);
        for path in ["journal", "moneyOperation"] {
            bench.stand_in.fail(Matcher::new("POST", path), fault);
        }
        let journal = journal(EntryStatus::Completed);
        let operation = operation(EntryStatus::Completed);
        assert!(is_uncertain(&bench.writer.create_journal(&journal).await));
        let spent = bench.writer.create_money_operation(&operation);
        assert!(is_uncertain(&spent.await), "{fault:?}");
        let reader = bench.reader();
        for found in [0, 1] {
            let journals = reader.journals_narrated(&journal.narration).await;
            assert_eq!(journals.unwrap().len(), found, "{fault:?}");
            let operations = reader.money_operations_referenced(&operation.reference);
            assert_eq!(operations.await.unwrap().len(), found, "{fault:?}");
            bench.clock.advance(lag);
        }
    }
}

#[tokio::test]
async fn a_call_that_was_refused_for_the_limit_may_be_sent_again_on_every_address() {
    for fault in [Fault::Limit429, Fault::Limit503Text, Fault::Limit400Text] {
        let bench = Bench::start().await;
        bench.stand_in.fail(Matcher::any().every(), fault);
        let throttled = [
            bench.writer.create_supplier(&supplier()).await.err(),
            bench.writer.void_purchase("1").await.err(),
            bench.writer.void_journal("1").await.err(),
            bench.writer.void_money_operation("1").await.err(),
            bench.reader().purchases_numbered("1").await.err(),
        ];
        for error in throttled {
            assert!(matches!(error, Some(Error::Throttled { .. })), "{error:?}");
        }
    }
}
