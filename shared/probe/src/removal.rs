//! Taking away what the probe made: by Cin7's id, else by its name, and never believed gone before it
//! would have shown (docs/cin7-api.md, read-after-write lag).

use std::time::Duration;

use clock::later;

use crate::progress::{Thing, ThingKind};
use crate::sitting::{Sitting, prefix};

/// How far Cin7's clock may be from ours.
const CLOCKS_APART: Duration = Duration::from_secs(600);

/// A name as the note of a purchase bears it, where a mark is a word (docs/cin7-api.md, purchases).
pub(crate) fn note_mark(name: &str) -> String {
    name.replace(' ', ":")
}

impl Sitting<'_> {
    /// Removes the things that `which` picks, as many as there is time for. What cannot be removed stays
    /// on the list, with the reason.
    ///
    /// # Errors
    /// Only where the ledger cannot be written.
    pub(crate) async fn remove(
        &mut self,
        which: impl Fn(&Thing) -> bool,
    ) -> Result<(), ledger::Error> {
        let picked: Vec<Thing> = self
            .progress
            .things
            .iter()
            .filter(|thing| which(thing))
            .cloned()
            .collect();
        for thing in picked {
            if self.now() >= self.deadline {
                break;
            }
            let sentence = match self.is_gone(&thing).await {
                Ok(true) => {
                    let name = &thing.name;
                    self.progress.things.retain(|known| known.name != *name);
                    continue;
                }
                Ok(false) => "Cin7's answer was lost and it does not show this yet; clean again \
                              a minute later."
                    .to_owned(),
                Err(error) => format!("Cin7 did not remove it: {error}."),
            };
            if let Some(known) = self.thing(&thing.name) {
                known.sentence = sentence;
            }
        }
        self.save().await
    }

    /// Puts every sale and every purchase on the list that bears a name of this connection's probe and is
    /// not there: the list may have been lost, and Cin7's own may still show what was voided a moment ago.
    pub(crate) async fn sweep(&mut self) -> Result<(), cin7::Error> {
        let ours = format!("{} ", prefix(self.id));
        let reader = self.writer.reader();
        let sales = reader.sales_searched(&ours).await?.into_iter();
        let sales = sales.map(|row| (ThingKind::Sale, row.external_id, row.sale_id, row.status));
        let purchases = reader.purchases_searched(&ours).await?.into_iter();
        let purchases = purchases.map(|row| {
            let kind = ThingKind::Purchase;
            (kind, row.invoice_number, row.purchase_id, row.status)
        });
        let found: Vec<_> = sales.chain(purchases).collect();
        for (kind, name, id, status) in found {
            let name = name.unwrap_or_default();
            let listed = self.thing(&name).is_some();
            if !name.starts_with(&ours) || listed || is_voided(&status) {
                continue;
            }
            let made_at = self.now();
            self.progress.things.push(Thing {
                kind,
                name,
                step: "found by its name".to_owned(),
                id: Some(id),
                made_at,
                paid: true,
                payments: Vec::new(),
                sentence: String::new(),
            });
        }
        Ok(())
    }

    /// Takes one thing away; false where it may be there and is not shown.
    async fn is_gone(&self, thing: &Thing) -> Result<bool, cin7::Error> {
        let ids = self.ids_of(thing).await?;
        if ids.is_empty() {
            return Ok(self.now() >= later(thing.made_at, self.settle));
        }
        for id in ids {
            match thing.kind {
                ThingKind::Sale => self.void(&id, &thing.payments, thing.paid).await?,
                ThingKind::Journal => self.void_journal(&id, &thing.name).await?,
                ThingKind::MoneyOperation => self.void_operation(&id, &thing.name).await?,
                ThingKind::Purchase => self.void_purchase(&id).await?,
                ThingKind::Customer => {
                    self.writer.deprecate_customer(&id, &thing.name).await?;
                }
                ThingKind::Supplier => {
                    self.writer.deprecate_supplier(&id, &thing.name).await?;
                }
            }
        }
        Ok(true)
    }

    async fn ids_of(&self, thing: &Thing) -> Result<Vec<String>, cin7::Error> {
        if let Some(id) = &thing.id {
            return Ok(vec![id.clone()]);
        }
        let reader = self.writer.reader();
        Ok(match thing.kind {
            ThingKind::Sale => {
                let rows = reader.sales_marked(&thing.name).await?;
                rows.into_iter().map(|row| row.sale_id).collect()
            }
            ThingKind::Journal => {
                let journals = reader.journals_narrated(&thing.name).await?;
                journals
                    .into_iter()
                    .map(|journal| journal.task_id)
                    .collect()
            }
            ThingKind::MoneyOperation => {
                let rows = reader.money_operations_referenced(&thing.name).await?;
                rows.into_iter().map(|row| row.task_id).collect()
            }
            ThingKind::Purchase => self.purchases_of(thing).await?,
            ThingKind::Customer => {
                let customers = reader.customers_named(&thing.name).await?;
                customers.into_iter().map(|customer| customer.id).collect()
            }
            ThingKind::Supplier => {
                let suppliers = reader.suppliers_named(&thing.name).await?;
                suppliers.into_iter().map(|supplier| supplier.id).collect()
            }
        })
    }

    /// A header without an invoice is only found among its supplier's (docs/cin7-api.md, purchase list).
    /// Without a supplier none was made.
    async fn purchases_of(&self, thing: &Thing) -> Result<Vec<String>, cin7::Error> {
        let mut known = self.progress.things.iter();
        let supplier = known.find(|known| known.kind == ThingKind::Supplier && known.id.is_some());
        let Some(supplier_id) = supplier.and_then(|supplier| supplier.id.as_deref()) else {
            return Ok(Vec::new());
        };
        let since = thing.made_at.checked_sub(CLOCKS_APART);
        let since = since.unwrap_or(thing.made_at);
        let mark = note_mark(&thing.name);
        let reader = self.writer.reader();
        let marked = reader.purchases_marked(&mark, supplier_id, since).await?;
        let standing = marked
            .into_iter()
            .filter(|purchase| !is_voided(&purchase.status));
        Ok(standing.map(|purchase| purchase.id).collect())
    }

    /// Voids a purchase. One that is voided or gone already is fine.
    async fn void_purchase(&self, id: &str) -> Result<(), cin7::Error> {
        let Err(error) = self.writer.void_purchase(id).await else {
            return Ok(());
        };
        match self.writer.reader().purchase(id).await? {
            Some(purchase) if !is_voided(&purchase.status) => Err(error),
            _ => Ok(()),
        }
    }

    /// Voids a journal. One that is voided already is fine.
    async fn void_journal(&self, id: &str, name: &str) -> Result<(), cin7::Error> {
        let Err(error) = self.writer.void_journal(id).await else {
            return Ok(());
        };
        let shown = self.writer.reader().journals_narrated(name).await?;
        let mut standing = shown.iter().filter(|journal| journal.task_id == id);
        match standing.any(|journal| is_voided(&journal.status)) {
            true => Ok(()),
            false => Err(error),
        }
    }

    /// Voids a money operation. One that is voided already is fine.
    async fn void_operation(&self, id: &str, name: &str) -> Result<(), cin7::Error> {
        let Err(error) = self.writer.void_money_operation(id).await else {
            return Ok(());
        };
        let shown = self.writer.reader();
        let shown = shown.money_operations_referenced(name).await?;
        let mut standing = shown.iter().filter(|row| row.task_id == id);
        match standing.any(|row| is_voided(&row.status)) {
            true => Ok(()),
            false => Err(error),
        }
    }

    /// Voids a sale, its payments first: whether Cin7 voids with payments on it is unconfirmed
    /// (docs/cin7-api.md, undo and void). One that is voided or gone already is fine.
    async fn void(&self, id: &str, payments: &[String], paid: bool) -> Result<(), cin7::Error> {
        let reader = self.writer.reader();
        if paid {
            let shown = reader.sale_payments(id).await?;
            let mut ids: Vec<String> = shown.into_iter().map(|payment| payment.id).collect();
            // One just made may not be shown yet, and one that is gone may be shown still.
            ids.extend(
                payments
                    .iter()
                    .filter(|id| !ids.contains(id))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
            for payment in ids {
                match self.writer.delete_payment(&payment).await {
                    Ok(_) | Err(cin7::Error::Refused(_)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        let Err(error) = self.writer.void_sale(id).await else {
            return Ok(());
        };
        match reader.sale(id).await? {
            Some(sale) if !is_voided(&sale.status) => Err(error),
            _ => Ok(()),
        }
    }
}

fn is_voided(status: &str) -> bool {
    status.trim().eq_ignore_ascii_case("VOIDED")
}
