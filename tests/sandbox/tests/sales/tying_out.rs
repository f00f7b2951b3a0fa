//! Months tied out between the stand-ins, with the engine between them: every cent has a cause.

mod calls;
mod copies;
mod kinds;
mod made;
mod moments;

use money::Decimal;
use sync::NotTied;
use tieout::{KindTotals, TieOut};

use crate::world::World;

/// The month in which the world begins.
pub(crate) const JANUARY: &str = "2026-01";

impl World {
    /// A month of the first connection, tied out now; every cent has to have a cause, and the causes have
    /// to add up.
    pub(crate) async fn tied_out(&self, month: &str) -> TieOut {
        let tied = self.try_tied_out(month).await.unwrap().unwrap();
        for totals in &tied.kinds {
            let causes = totals.causes.iter().map(|cause| cause.amount);
            let explained: Decimal = causes.sum();
            assert_eq!(totals.freshbooks - totals.cin7, totals.difference);
            assert_eq!(explained + totals.unexplained, totals.difference);
            assert!(totals.is_explained(), "{}", tieout::table(&tied));
        }
        tied
    }

    /// The same, whatever comes of it.
    pub(crate) async fn try_tied_out(&self, month: &str) -> Result<Option<TieOut>, NotTied> {
        let id = self.acme().id.parse().unwrap();
        self.plant.tie_out(&id, month.parse().unwrap()).await
    }

    /// What a kind comes to, in words: FreshBooks, Cin7 and the causes.
    pub(crate) async fn told_of_month(&self, month: &str, kind: &str) -> Vec<String> {
        let tied = self.tied_out(month).await;
        let mut kinds = tied
            .kinds
            .iter()
            .filter(|totals| totals.kind.name() == kind);
        let told = kinds.next().map(told).unwrap_or_default();
        assert_eq!(kinds.next(), None, "one currency");
        told
    }
}

fn told(totals: &KindTotals) -> Vec<String> {
    let sides = format!("{} {}", totals.freshbooks, totals.cin7);
    let causes = totals
        .causes
        .iter()
        .map(|cause| format!("{} {} {}", cause.cause, cause.amount, cause.records.len()));
    std::iter::once(sides).chain(causes).collect()
}
