//! Documents that one list of Cin7's shows.

use cin7::{Error, Listing, Reader};
use jiff::Timestamp;
use ledger::Record;

use super::shown::Shown;

/// Which of Cin7's lists shows a record's document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Sales, and the payments on them.
    Sales,
    /// Purchases, and the payments on them.
    Purchases,
    /// Journals.
    Journals,
    /// Money spent or received.
    MoneyOperations,
}

impl Family {
    pub(super) const ALL: [Self; 4] = [
        Self::Sales,
        Self::Purchases,
        Self::Journals,
        Self::MoneyOperations,
    ];

    /// The name under which the ledger keeps how far it was compared.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Purchases => "purchases",
            Self::Journals => "journals",
            Self::MoneyOperations => "money_operations",
        }
    }

    /// What people call one of its documents.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Sales => "sale",
            Self::Purchases => "purchase",
            Self::Journals => "journal",
            Self::MoneyOperations => "money operation",
        }
    }

    /// The family of what a record posted, whatever kind it is: an expense may be of two.
    pub(super) fn of(record: &Record) -> Option<Self> {
        let known = Self::ALL.into_iter().rev();
        let mut posted = known
            .filter(|family| family.id_of(record).is_some() || family.mark_of(record).is_some());
        posted.next()
    }

    /// Cin7's id of a record's document of this family; of a payment that of what it is on.
    pub(super) fn id_of(self, record: &Record) -> Option<&str> {
        let evidence = &record.cin7;
        let id = match self {
            Self::Sales => &evidence.sale_id,
            Self::Purchases => &evidence.purchase_id,
            Self::Journals => &evidence.journal_id,
            Self::MoneyOperations => &evidence.money_operation_id,
        };
        id.as_deref()
    }

    /// The mark of a record's document of this family.
    pub(super) fn mark_of(self, record: &Record) -> Option<&str> {
        Some(record.step(self.noun())?.mark.as_str())
    }

    /// Whether the list can be asked for what changed; otherwise it is read whole
    /// (docs/cin7-api.md, journals).
    pub(super) fn knows_time(self) -> bool {
        matches!(self, Self::Sales | Self::Purchases)
    }

    /// What the list shows, changed since a moment where it knows the time.
    pub(super) async fn list(
        self,
        reader: &Reader,
        since: Timestamp,
        account_id: &str,
    ) -> Result<Listing<Shown>, Error> {
        Ok(match self {
            Self::Sales => {
                let listing = reader.sales_listed(since).await?;
                listing.map(|row| Shown::sale(row, account_id))
            }
            Self::Purchases => {
                let listing = reader.purchases_listed(since).await?;
                listing.map(|row| Shown::purchase(row, account_id))
            }
            Self::Journals => {
                let listing = reader.journals_listed().await?;
                listing.map(|row| Shown::journal(row, account_id))
            }
            Self::MoneyOperations => {
                let listing = reader.money_operations_listed().await?;
                listing.map(|row| Shown::money_operation(row, account_id))
            }
        })
    }

    /// What the list shows for exactly this record's document: by its mark, or by the number of its
    /// invoice, for purchases carry no mark in their list.
    pub(super) async fn ask(
        self,
        reader: &Reader,
        record: &Record,
        account_id: &str,
    ) -> Result<Vec<Shown>, Error> {
        let mark = self.mark_of(record).unwrap_or_default();
        Ok(match self {
            Self::Sales => {
                let rows = reader.sales_marked(mark).await?.into_iter();
                rows.map(|row| Shown::sale(row, account_id)).collect()
            }
            Self::Purchases => {
                let number = record.cin7.invoice_number.as_deref().unwrap_or(mark);
                let rows = reader.purchases_numbered(number).await?.into_iter();
                rows.map(|row| Shown::purchase(row, account_id)).collect()
            }
            Self::Journals => {
                let rows = reader.journals_narrated(mark).await?.into_iter();
                rows.map(|row| Shown::journal(row, account_id)).collect()
            }
            Self::MoneyOperations => {
                let rows = reader.money_operations_referenced(mark).await?;
                let rows = rows.into_iter();
                rows.map(|row| Shown::money_operation(row, account_id))
                    .collect()
            }
        })
    }
}
