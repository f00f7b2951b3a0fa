//! Cin7's two API key headers: checked before they are stored.

use std::time::Duration;

use cin7::Company;
use clock::later;
use ledger::{ConnectionId, Record, State, Status};
use secrecy::SecretString;
use serde::Serialize;
use vault::Cin7Keys;

use crate::{Desk, Error};

/// How long a person waits for the call that checks keys; those in use may need the allowance.
const PATIENCE: Duration = Duration::from_secs(10);

/// The Cin7 account behind a pair of keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cin7Account {
    /// Name of the company.
    pub name: String,
    /// Base currency.
    pub base_currency: String,
    /// Documents dated on or before this day cannot be posted.
    pub lock_date: Option<String>,
    /// `Row Total` or `Total`: how Cin7 rounds tax.
    pub tax_calculation: String,
    /// IANA name of the time zone; may be empty.
    pub time_zone: String,
    /// What about this account may do harm, one sentence each.
    pub warnings: Vec<String>,
}

impl Desk {
    /// Replaces a connection's Cin7 keys by ones that Cin7 accepts. Functions that are running take
    /// them up within a minute, and at once where the old ones are refused.
    ///
    /// Once something has crossed they have to be of the same Cin7 account: what stands in the other
    /// would be looked for there, and posted again.
    ///
    /// # Errors
    /// There is no such connection, Cin7 does not accept the keys, or they are of another account: then the
    /// old ones stay.
    pub async fn replace_keys(
        &self,
        id: &ConnectionId,
        account_id: SecretString,
        application_key: SecretString,
    ) -> Result<Cin7Account, Error> {
        let known = self.connection(id).await?.cin7_account;
        let keys = Cin7Keys {
            account_id,
            application_key,
        };
        let account = keys.account();
        let moves = !known.is_empty() && known != account;
        if moves && self.has_crossed(id).await? {
            return Err(Error::Invalid(format!(
                "These keys are of another Cin7 account than that of connection {id}, and what crossed so far \
                 stands in that one; nothing was changed. Make another connection for this account."
            )));
        }
        let patience = later(self.clock().now(), PATIENCE);
        let company = self.cin7.company_behind(keys.clone(), patience).await.map_err(|error| match error {
            cin7::Error::Unauthorized(words) => Error::Refused(format!(
                "Cin7 does not accept these keys ({words}); nothing was changed. Copy both again from \
                 Integrations, API in Cin7."
            )),
            cin7::Error::Refused(words) => Error::Refused(format!(
                "Cin7 could not say whose keys these are, and nothing was changed: {words}."
            )),
            other => Error::Unavailable(format!(
                "Cin7 did not answer, so the keys could not be checked and nothing was changed: {other}."
            )),
        })?;
        if !self.vault.replace_cin7(id, &keys).await? {
            return Err(Error::Conflict(format!(
                "Somebody else stored keys for connection {id} at the same moment; look which are right, then \
                 ask again."
            )));
        }
        if moves {
            self.ledger.forget_cin7(id).await?;
        }
        self.change(id, |connection| {
            connection.cin7_account.clone_from(&account);
            Ok(())
        })
        .await?;
        self.settle(id, Status::KeysRefused).await?;
        Ok(Cin7Account::from(&company))
    }

    /// Whether anything of a connection was ever begun in Cin7.
    async fn has_crossed(&self, id: &ConnectionId) -> Result<bool, Error> {
        for state in State::ALL {
            let records = self.ledger.in_state(id, state, usize::MAX).await?;
            if records.iter().any(Record::has_crossed) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl From<&Company> for Cin7Account {
    fn from(company: &Company) -> Self {
        let mut warnings = Vec::new();
        if company.applies_discounts {
            warnings.push(
                "Cin7 applies discounts by itself on this account and may change prices; switch \
                 \"Automatically apply discounts\" off in Cin7's general settings."
                    .to_owned(),
            );
        }
        Self {
            name: company.name.clone(),
            base_currency: company.currency.to_string(),
            lock_date: company.lock_date.map(|day| day.to_string()),
            tax_calculation: company.tax_calculation.clone(),
            time_zone: company.time_zone.clone(),
            warnings,
        }
    }
}
