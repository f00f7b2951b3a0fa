//! What a person can do on FreshBooks' screen. Every change dates the record and raises its events.

mod directory;
mod invoices;
mod ledger;
mod payments;
mod purchases;

use jiff::civil::Date;
use serde_json::Value;

use crate::account::Account;
use crate::delivery::announce;
use crate::query::Query;
use crate::resource::Resource;
use crate::shelf::{Kept, VisState};
use crate::stand_in::StandIn;

/// A record that a person tried to change and that is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the account has no {noun} {id}")]
pub struct NoSuchRecord {
    noun: &'static str,
    id: i64,
}

/// What a person can do with any record: change, archive, delete, bring back, look at.
macro_rules! hands_on {
    ($form:ty, $what:literal, $update:ident, $archive:ident, $delete:ident,
     $undelete:ident, $show:ident) => {
        impl StandIn {
            #[doc = concat!("Changes the ", $what, ". Raises `update`, where there are events.")]
            ///
            /// # Errors
            ///
            /// Where the account has no such record.
            pub fn $update(
                &self,
                account: &Account,
                id: i64,
                edit: impl FnOnce(&mut $form),
            ) -> Result<(), NoSuchRecord> {
                self.change::<$form>(account, id, |kept| edit(&mut kept.content))
            }

            #[doc = concat!("Puts the ", $what, " out of sight; it still counts. Whether that raises `update` is unconfirmed: it does here.")]
            ///
            /// # Errors
            ///
            /// Where the account has no such record.
            pub fn $archive(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
                self.change::<$form>(account, id, |kept| {
                    kept.vis_state = crate::shelf::VisState::Archived;
                })
            }

            #[doc = concat!("Deletes the ", $what, ": hidden, or gone where its kind does not stay. Raises `delete`, where there are events.")]
            ///
            /// # Errors
            ///
            /// Where the account has no such record.
            pub fn $delete(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
                self.delete::<$form>(account, id)
            }

            #[doc = concat!("Brings the ", $what, " back. Raises `update`, where there are events.")]
            ///
            /// # Errors
            ///
            /// Where the account has no such record.
            pub fn $undelete(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
                self.undelete::<$form>(account, id)
            }

            #[doc = concat!("The ", $what, " as the API would show it, lines included, deleted or not.")]
            #[must_use]
            pub fn $show(&self, account: &Account, id: i64) -> Option<Value> {
                self.shown::<$form>(account, id)
            }
        }
    };
}
use hands_on;

impl StandIn {
    /// The calendar day where FreshBooks keeps its timestamps.
    fn today(&self) -> Option<Date> {
        Some(self.shared.eastern.day(self.shared.now()))
    }

    fn add<R: Resource>(&self, account: &Account, content: R) -> i64 {
        let now = self.shared.now();
        let mut world = self.shared.lock();
        let books = world.books_mut(account);
        let id = books.next_id();
        R::shelf_mut(books).add(id, content, now);
        drop(world);
        self.announce::<R>(account, "create", id);
        id
    }

    fn change<R: Resource>(
        &self,
        account: &Account,
        id: i64,
        edit: impl FnOnce(&mut Kept<R>),
    ) -> Result<(), NoSuchRecord> {
        self.touch(account, id, true, edit)?;
        self.announce::<R>(account, "update", id);
        Ok(())
    }

    fn delete<R: Resource>(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        let quirks = self.shared.lock().books_mut(account).quirks.clone();
        if R::keeps_deleted(&quirks) {
            let moves_updated = quirks.delete_moves_updated;
            let mark = |kept: &mut Kept<R>| kept.vis_state = VisState::Deleted;
            self.touch(account, id, moves_updated, mark)?;
        } else {
            let mut world = self.shared.lock();
            R::shelf_mut(world.books_mut(account))
                .remove(id)
                .ok_or_else(|| missing::<R>(id))?;
        }
        self.announce::<R>(account, "delete", id);
        Ok(())
    }

    /// Deletion is not terminal. Which event an undelete raises is unconfirmed: `update` here.
    fn undelete<R: Resource>(&self, account: &Account, id: i64) -> Result<(), NoSuchRecord> {
        self.change::<R>(account, id, |kept| kept.vis_state = VisState::Active)
    }

    fn touch<R: Resource>(
        &self,
        account: &Account,
        id: i64,
        moves_updated: bool,
        edit: impl FnOnce(&mut Kept<R>),
    ) -> Result<(), NoSuchRecord> {
        let now = self.shared.now();
        let mut world = self.shared.lock();
        let shelf = R::shelf_mut(world.books_mut(account));
        let kept = shelf.get_mut(id).ok_or_else(|| missing::<R>(id))?;
        edit(kept);
        if moves_updated {
            kept.touch(now);
        }
        Ok(())
    }

    fn announce<R: Resource>(&self, account: &Account, verb: &str, id: i64) {
        let mut world = self.shared.lock();
        let world = &mut *world;
        if let Some(books) = world.accounts.get(&account.account_id) {
            announce(&mut world.post, books, R::KIND.noun, verb, id);
        }
    }

    /// The record as the API would show it, lines included; `None` where there is none.
    fn shown<R: Resource>(&self, account: &Account, id: i64) -> Option<Value> {
        let world = self.shared.lock();
        let books = world.accounts.get(&account.account_id)?;
        let kept = R::shelf(books).get(id)?;
        Some(R::render(
            kept,
            &self.shared.view(books),
            &Query::parse("include[]=lines"),
        ))
    }
}

fn missing<R: Resource>(id: i64) -> NoSuchRecord {
    NoSuchRecord {
        noun: R::KIND.noun,
        id,
    }
}
