//! Bringing secrets under another KMS key. Only their data keys are wrapped again, inside KMS.

use ledger::{ConnectionId, Error as Table};

use crate::envelope::Purpose;
use crate::report::{AGES, key_of, verifier};
use crate::store::TRIES;
use crate::verifiers::contended;
use crate::{Error, Vault};

impl Vault {
    /// Wraps every secret of a connection again that is not under the KMS key this vault seals with,
    /// and returns how many that were. It may be called while work goes on, and again at any time. One
    /// that cannot be wrapped keeps none of the others back.
    ///
    /// # Errors
    /// The table or KMS did not answer; otherwise the first secret's failure, after all were tried.
    pub async fn rewrap(&self, connection: &ConnectionId) -> Result<usize, Error> {
        let target = self.sealer.arn(self.sealer.key_id()?).await?;
        let (mut wrapped, mut failed) = (0, None);
        let mut count = |outcome: Result<usize, Error>| match outcome {
            Ok(more) => wrapped += more,
            Err(error) => {
                failed.get_or_insert(error);
            }
        };
        for (name, _) in self.ledger.secrets(connection).await? {
            count(self.rewrap_secret(connection, &name, &target).await);
        }
        for (noun, _) in self.ledger.hooks(connection).await? {
            count(self.rewrap_hook(connection, &noun, &target).await);
        }
        failed.map_or(Ok(wrapped), Err)
    }

    async fn rewrap_secret(
        &self,
        connection: &ConnectionId,
        name: &str,
        target: &str,
    ) -> Result<usize, Error> {
        let Some(purpose) = Purpose::of_secret(name) else {
            tracing::warn!(connection = %connection, name, "a secret of unknown purpose is not wrapped again");
            return Ok(0);
        };
        for _ in 0..TRIES {
            let stored = self.ledger.secret(connection, name).await?;
            let Some(mut row) = stored.filter(|row| key_of(&row.sealed) != target) else {
                return Ok(0);
            };
            let envelope = self
                .sealer
                .rewrap(connection, purpose, &row.sealed, target)
                .await?;
            row.sealed = envelope.written()?;
            row.key_id = envelope.key_id;
            match self.ledger.put_secret(connection, name, &mut row).await {
                // A newer secret came in between, or this write's answer was lost: reading tells.
                Err(Table::Conflict(_)) => {}
                other => return Ok(other.map(|()| 1)?),
            }
        }
        Err(Table::Conflict(format!("the {name} secret of connection {connection}")).into())
    }

    async fn rewrap_hook(
        &self,
        connection: &ConnectionId,
        noun: &str,
        target: &str,
    ) -> Result<usize, Error> {
        for _ in 0..TRIES {
            let Some(mut hook) = self.ledger.hook(connection, noun).await? else {
                return Ok(0);
            };
            let mut wrapped = 0;
            for age in AGES {
                let Some(sealed) = verifier(&mut hook, age).filter(|it| key_of(it) != target)
                else {
                    continue;
                };
                let envelope = self
                    .sealer
                    .rewrap(connection, Purpose::Verifier, sealed, target);
                *sealed = envelope.await?.written()?;
                wrapped += 1;
            }
            if wrapped == 0 {
                return Ok(0);
            }
            match self.ledger.put_hook(connection, noun, &mut hook).await {
                Err(Table::Conflict(_)) => {}
                other => return Ok(other.map(|()| wrapped)?),
            }
        }
        Err(contended(connection, noun))
    }
}
