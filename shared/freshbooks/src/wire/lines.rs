//! The lines of a document, where an answer shows them.

use money::Decimal;
use serde::{Deserialize, Deserializer};

use super::Breach;

#[derive(Debug, Default)]
pub(super) enum Lines<L> {
    #[default]
    Absent,
    Null,
    Shown(Vec<L>),
}

impl<'de, L: Deserialize<'de>> Deserialize<'de> for Lines<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let lines = Option::<Vec<L>>::deserialize(deserializer)?;
        Ok(lines.map_or(Self::Null, Self::Shown))
    }
}

impl<L> Lines<L> {
    /// The lines of a document that comes to `total`. One without the field was not answered in
    /// full, and one with null only where it comes to nothing. Of a deleted one nothing but the
    /// deletion matters.
    pub(super) fn shown(self, total: Decimal, is_deleted: bool) -> Result<Vec<L>, Breach> {
        match self {
            Self::Shown(lines) => Ok(lines),
            Self::Null if total.is_zero() => Ok(Vec::new()),
            Self::Absent | Self::Null if is_deleted => Ok(Vec::new()),
            Self::Absent | Self::Null => Err(Breach::new("FreshBooks sent it without its lines")),
        }
    }

    /// The lines of a document that can do without.
    pub(super) fn if_shown(self) -> Option<Vec<L>> {
        match self {
            Self::Shown(lines) => Some(lines),
            Self::Absent | Self::Null => None,
        }
    }
}
