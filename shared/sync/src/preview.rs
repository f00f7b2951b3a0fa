//! What a look would write, without writing it.
//!
//! The same planning, the same search for a customer and the same requests as in a look
//! (`planning.rs`, `customer.rs`, `steps`), on a Cin7 handle that can only read. No record is claimed,
//! changed or made.

mod answer;
mod compare;
mod invoice;
mod payment;
mod range;
mod shown;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use cin7::{Customer, Reader};
use clock::later;
use freshbooks::{Api, Invoice, ShownPayment};
use jiff::Timestamp;
use ledger::{Connection, Ledger, Record, RecordKey};
use mapping::{Facts, Held, Settings};
use money::Decimal;
use vault::TokenVault;

pub use answer::NotPreviewed;
pub use compare::{Compared, ComparedPage, Move};
pub use range::{Cursor, NotACursor, PreviewPage, Total, totals};
pub use shown::{CUSTOMER_ID, CustomerToBe, Outcome, Previewed, SALE_ID, Write};

use crate::access::Cin7Access;
use crate::asking::{Unread, ask};
use crate::cin7_pace::KeyPace;
use crate::facts::KnownFacts;
use crate::planning::{Planned, plan_with};
use crate::work::name_of;

/// So long before its patience ends no further document is begun.
const ONE_MORE: Duration = Duration::from_secs(5);

/// Who asks, in the leases of tokens.
const OWNER: &str = "preview";

/// Shows what looks would write. Its Cin7 handle can only read.
#[derive(Debug)]
pub struct Previews {
    ledger: Ledger,
    freshbooks: Api,
    tokens: TokenVault,
    cin7: Cin7Access,
    facts: KnownFacts,
}

impl Previews {
    /// Previews on these clients; nothing is read.
    #[must_use]
    pub fn new(ledger: Ledger, freshbooks: Api, tokens: TokenVault, cin7: Cin7Access) -> Self {
        let facts = KnownFacts::new(ledger.clock().clone());
        Self {
            ledger,
            freshbooks,
            tokens,
            cin7,
            facts,
        }
    }

    /// Begins to look at documents of a connection under some settings. Calls are begun until
    /// `patience`.
    ///
    /// # Errors
    /// The connection's Cin7 keys could not be opened.
    pub async fn begin<'a>(
        &'a self,
        connection: &'a Connection,
        settings: &'a Settings,
        patience: Timestamp,
    ) -> Result<Preview<'a>, NotPreviewed> {
        let opened = self.cin7.reader(&connection.id, patience).await?;
        Ok(Preview {
            on: self,
            connection,
            settings,
            patience,
            reader: opened.handle,
            pace: opened.pace,
            customers: HashMap::new(),
            created: Vec::new(),
            invoices: HashMap::new(),
            paid: HashMap::new(),
        })
    }
}

/// Documents looked at one after another, each as if those before it had crossed.
#[derive(Debug)]
pub struct Preview<'a> {
    on: &'a Previews,
    connection: &'a Connection,
    settings: &'a Settings,
    patience: Timestamp,
    reader: Reader,
    pace: Arc<KeyPace>,
    /// By client and currency: the customers that are known or would be made by then.
    customers: HashMap<String, CustomerToBe>,
    /// Those that would be made by then; none has an id yet.
    created: Vec<Customer>,
    /// By FreshBooks id.
    invoices: HashMap<String, Previewed>,
    /// By FreshBooks id of the invoice: what would have been paid on it by then.
    paid: HashMap<String, Decimal>,
}

impl Preview<'_> {
    /// One document; `None` where FreshBooks does not have it.
    ///
    /// # Errors
    /// Something could not be read.
    pub async fn one(&mut self, key: &RecordKey) -> Result<Option<Previewed>, NotPreviewed> {
        if key.kind.is("payment") {
            let payment = self.fetch_payment(key.id.as_str()).await?;
            return match payment {
                Some(payment) => Box::pin(self.payment(&payment)).await.map(Some),
                None => Ok(None),
            };
        }
        match self.fetch_invoice(key.id.as_str()).await? {
            Some(invoice) => Box::pin(self.invoice(&invoice)).await.map(Some),
            None => Ok(None),
        }
    }

    async fn fetch_invoice(&self, id: &str) -> Result<Option<Invoice>, NotPreviewed> {
        let (api, account) = (&self.on.freshbooks, &self.connection.account_id);
        let asked = ask(
            &self.on.tokens,
            &self.connection.id,
            OWNER,
            |token| async move { api.invoice(&token, account, id).await },
        );
        Ok(asked.await?.0)
    }

    async fn fetch_payment(&self, id: &str) -> Result<Option<ShownPayment>, NotPreviewed> {
        let (api, account) = (&self.on.freshbooks, &self.connection.account_id);
        let asked = ask(
            &self.on.tokens,
            &self.connection.id,
            OWNER,
            |token| async move { api.payment(&token, account, id).await },
        );
        Ok(asked.await?.0)
    }

    /// The record of a document as the ledger has it, or as it would begin.
    async fn record(&self, kind: &str, id: &str) -> Result<Record, NotPreviewed> {
        let key = RecordKey::parse(self.connection.id.as_str(), kind, id).map_err(|_| {
            NotPreviewed::Passing(format!(
                "FreshBooks shows a {kind} whose id cannot be: {id:?}."
            ))
        })?;
        let known = self.on.ledger.record(&key).await?;
        let now = self.on.ledger.clock().now();
        Ok(known.unwrap_or_else(|| Record::new(key, now)))
    }

    /// As in a look: what is switched off does not begin to cross.
    fn kind_crosses(&self, record: &Record) -> Result<(), Held> {
        if record.has_begun() {
            return Ok(());
        }
        let kind = record.key.kind.as_str();
        mapping::kind_crosses(&name_of(record), kind, self.settings)
    }

    /// Whether there is no time for one more document.
    fn is_late(&self) -> bool {
        later(self.on.ledger.clock().now(), ONE_MORE) > self.patience
    }

    /// As a look plans: against the books as last read, and once more against a fresh reading.
    async fn plan<T>(
        &self,
        plan: impl Fn(&Facts<'_>) -> Result<T, Held>,
    ) -> Result<Planned<T>, NotPreviewed> {
        let on = (&self.on.facts, &self.on.ledger, &self.connection.id);
        let (planned, _) = plan_with(on, &self.reader, Some(&*self.pace), plan).await?;
        Ok(planned)
    }
}

impl From<Unread> for NotPreviewed {
    fn from(error: Unread) -> Self {
        match error {
            Unread::Vault(error) => Self::Vault(error),
            Unread::FreshBooks(error) => Self::FreshBooks(error),
        }
    }
}
