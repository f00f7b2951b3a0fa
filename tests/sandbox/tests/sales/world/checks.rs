//! What has to hold after whatever happened.

use std::collections::HashMap;

use cin7_stand_in::{DocumentStatus, Sale, SaleType};
use ledger::{Record, State, audit};

use super::{Party, VERIFIER, World};

impl World {
    /// The promises that every scenario keeps.
    pub(crate) async fn check(&self) {
        self.check_sales();
        self.check_purchases();
        self.check_all_but_sales().await;
    }

    /// The same where the test itself made a second sale under a mark.
    pub(crate) async fn check_all_but_sales(&self) {
        for party in &self.parties {
            let most = self.cin7.max_calls_in_any_window(&party.keys);
            assert!(most <= 60, "{most} Cin7 calls in one window");
        }
        assert_eq!(
            self.messages("connector-dead.fifo").await,
            0,
            "dead letters"
        );
        for record in self.plant.ledger().every_record().await.unwrap() {
            self.check_record(&record).await;
        }
    }

    /// At most one standing sale of any invoice, of whatever generation its mark is.
    fn check_sales(&self) {
        for party in &self.parties {
            let sales = self.cin7.sales(&party.keys).into_iter();
            assert_once(
                sales
                    .filter(|sale| !sale.voided)
                    .map(|sale| sale.header.external_id),
            );
        }
    }

    /// The same of purchases, whose mark is the first word of their note.
    fn check_purchases(&self) {
        for party in &self.parties {
            let purchases = self.cin7.purchases(&party.keys).into_iter();
            let standing = purchases.filter(|purchase| !purchase.voided);
            assert_once(standing.map(|purchase| {
                let note = purchase.header.note;
                note.split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            }));
        }
    }

    async fn check_record(&self, record: &Record) {
        let trail = self.plant.ledger().trail(&record.key).await.unwrap();
        assert_eq!(audit::verify(record, &trail), Ok(()));
        let silent = matches!(record.state, State::Posted | State::Confirmed);
        assert_eq!(
            record.sentence.is_empty(),
            silent,
            "{:?}: {:?}",
            record.state,
            record.sentence
        );
        let kept = serde_json::to_string(&(record, &trail)).unwrap();
        for party in &self.parties {
            self.check_nothing_secret(party, &kept);
        }
    }

    /// Neither a secret nor an e-mail address stands in what is kept of a record.
    fn check_nothing_secret(&self, party: &Party, kept: &str) {
        let live = self
            .freshbooks
            .live_refresh_token(&party.app, &party.account);
        let secrets = [
            ("client secret", Some(party.app.client_secret.clone())),
            ("first refresh token", Some(party.refresh_token.clone())),
            ("live refresh token", live),
            ("access token", Some("eyJ".to_owned())),
            ("verifier", Some(VERIFIER.to_owned())),
            ("Cin7 key", Some(party.keys.application_key.clone())),
            ("e-mail address", address_in(kept)),
        ];
        for (what, secret) in secrets {
            let Some(secret) = secret else { continue };
            let at = kept.find(&secret);
            let around = |at: usize| kept.get(at.saturating_sub(80)..(at + 20).min(kept.len()));
            assert!(
                at.is_none(),
                "the {what} is kept: {:?}",
                at.and_then(around)
            );
        }
    }

    /// Fails unless the invoice is confirmed: one sale, to the cent on both sides.
    pub(crate) async fn assert_confirmed(&self, id: i64) {
        self.assert_confirmed_of(self.acme(), id).await;
    }

    pub(crate) async fn assert_confirmed_of(&self, party: &Party, id: i64) {
        let record = self.record_in(party, "invoice", id).await;
        assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
        let sales = self.sales_of(party, id);
        assert_eq!(sales.len(), 1, "sales of invoice {id}");
        assert_to_the_cent(&record, &sales[0], self.freshbooks_total(party, id));
    }
}

/// No document has two of these marks, of whatever generation they are.
fn assert_once(marks: impl Iterator<Item = String>) {
    let mut standing: HashMap<String, usize> = HashMap::new();
    for mark in marks.filter(|mark| mark.starts_with("freshbooks:")) {
        let document = mark.split(':').take(4).collect::<Vec<_>>().join(":");
        *standing.entry(document).or_default() += 1;
    }
    assert!(standing.values().all(|&times| times == 1), "{standing:?}");
}

fn assert_to_the_cent(record: &Record, sale: &Sale, total: money::Decimal) {
    let [invoice] = sale.invoices.as_slice() else {
        panic!("{} invoices", sale.invoices.len());
    };
    assert_eq!(invoice.status, DocumentStatus::Authorised);
    assert_eq!(sale.invoice_total(invoice), total, "in Cin7");
    let noted = |text: &Option<String>| text.as_deref().map(super::dec);
    assert_eq!(
        noted(&record.total),
        Some(total),
        "FreshBooks' in the record"
    );
    assert_eq!(
        noted(&record.cin7.total),
        Some(total),
        "Cin7's in the record"
    );
    if sale.sale_type == SaleType::Service {
        assert_eq!(sale.order.status, DocumentStatus::NotAvailable);
        return;
    }
    assert_eq!(sale.order.status, DocumentStatus::Authorised);
    let ordered: Vec<_> = sale.order.lines.iter().map(|line| line.total).collect();
    let invoiced: Vec<_> = invoice.lines.iter().map(|line| line.total).collect();
    assert_eq!(ordered, invoiced);
}

/// What looks like an e-mail address; an "at" between blanks stands before a price.
fn address_in(kept: &str) -> Option<String> {
    let is_word = |letter: Option<char>| letter.is_some_and(|letter| !letter.is_whitespace());
    let mut ats = kept.match_indices('@');
    let is_address = |at: usize| {
        is_word(kept[..at].chars().next_back()) && is_word(kept[at + 1..].chars().next())
    };
    ats.any(|(at, _)| is_address(at)).then(|| "@".to_owned())
}
