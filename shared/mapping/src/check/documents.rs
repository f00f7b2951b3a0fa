//! What planning would say of recent documents: each setting that one of them waits for, once.

use super::Case;
use super::finding::Notes;
use crate::{expense, purchase, rate, sale};

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let (settings, facts) = (case.settings, case.facts);
    for invoice in case.invoices() {
        for held in sale::waits_for(invoice, settings, facts) {
            notes.held(&held);
        }
        let record = sale::name_of(invoice);
        let (currency, day) = (invoice.currency, invoice.issued_on);
        if let Err(held) = rate::currency_rate(&record, currency, day, settings, facts) {
            notes.held(&held);
        }
    }
}

/// The same of bills and expenses, once something of the purchase side is set up: before that, one word for
/// all of it is enough.
pub(super) fn check_bought(case: &Case<'_>, notes: &mut Notes) {
    let (settings, facts) = (case.settings, case.facts);
    if !super::purchases::is_set_up(settings) {
        return;
    }
    let bills = case.seen.bills.iter();
    for bill in bills.filter(|_| settings.documents.moves("bill")) {
        let waits_for = purchase::bill_waits_for(bill, settings, facts);
        waits_for.iter().for_each(|held| notes.held(held));
    }
    let expenses = case.seen.expenses.iter();
    for one in expenses.filter(|_| settings.documents.moves("expense")) {
        let waits_for = expense::waits_for(one, case.seen.categories, settings, facts);
        waits_for.iter().for_each(|held| notes.held(held));
    }
}
