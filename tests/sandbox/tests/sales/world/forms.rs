//! What people type into FreshBooks.

use freshbooks_stand_in::{NewClient, NewInvoice, NewLine};
use money::Decimal;

use super::{Party, World};

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A line without tax.
pub(crate) fn line(name: &str, quantity: &str, unit_cost: &str) -> NewLine {
    NewLine::new(name, dec(quantity), dec(unit_cost))
}

/// A line with the tax that the settings map.
pub(crate) fn taxed(name: &str, quantity: &str, unit_cost: &str) -> NewLine {
    line(name, quantity, unit_cost).tax("HST", dec("13"))
}

pub(crate) fn invoice(client_id: i64, lines: Vec<NewLine>) -> NewInvoice {
    NewInvoice {
        client_id,
        due_offset_days: 30,
        lines,
        ..NewInvoice::default()
    }
}

/// The invoice of most tests: one service line with tax.
pub(crate) fn plain(client_id: i64, unit_cost: &str) -> NewInvoice {
    invoice(client_id, vec![taxed("Consulting", "1", unit_cost)])
}

impl World {
    /// A client with an e-mail address of its own.
    pub(crate) fn client(&self, name: &str) -> i64 {
        self.client_of(self.acme(), name)
    }

    pub(crate) fn client_of(&self, party: &Party, name: &str) -> i64 {
        let email = format!("{}@example.test", name.to_lowercase().replace(' ', "."));
        self.client_with_email(party, name, &email)
    }

    pub(crate) fn client_with_email(&self, party: &Party, name: &str, email: &str) -> i64 {
        let form = NewClient {
            organization: name.to_owned(),
            email: email.to_owned(),
            ..NewClient::default()
        };
        self.freshbooks.create_client(&party.account, form)
    }
}
