//! What planning would say of recent invoices: each setting that one of them waits for, once.

use super::Case;
use super::finding::Notes;
use crate::{rate, sale};

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
