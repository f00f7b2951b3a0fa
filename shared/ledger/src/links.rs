//! Links: which Cin7 entry belongs to a FreshBooks entry. Made once, kept for good.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ConnectionId, Error, Ledger};

/// A FreshBooks entry's counterpart in Cin7.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Cin7's id.
    pub cin7_id: String,
    /// Its name in Cin7, for people.
    pub name: String,
    /// How it was found: `name`, `e-mail`, `created`.
    pub how: String,
    /// When it was linked.
    pub at: Timestamp,
}

impl Ledger {
    /// The counterpart of the FreshBooks entry `id` of kind `kind`, if it was linked.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn link(
        &self,
        connection: &ConnectionId,
        kind: &str,
        id: &str,
    ) -> Result<Option<Link>, Error> {
        self.get(&connection.pk(), &format!("LINK#{kind}#{id}"))
            .await
    }

    /// Links a FreshBooks entry to its counterpart.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn put_link(
        &self,
        connection: &ConnectionId,
        kind: &str,
        id: &str,
        link: &Link,
    ) -> Result<(), Error> {
        self.put(&connection.pk(), &format!("LINK#{kind}#{id}"), link, None)
            .await
    }
}
