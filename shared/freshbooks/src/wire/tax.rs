//! A tax on the wire (docs/freshbooks-api.md, clients, items, taxes).

use serde::Deserialize;

use super::Breach;
use super::scalar::Scalar;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tax {
    id: Scalar,
    taxid: Scalar,
    name: Scalar,
    number: Scalar,
    /// A percentage, in spite of the name.
    amount: Scalar,
    compound: Scalar,
}

impl TryFrom<Tax> for crate::Tax {
    type Error = Breach;

    fn try_from(wire: Tax) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.taxid.id())
            .ok_or_else(|| Breach::missing("id of a tax"))?;
        let what = format!("percentage of tax {id}");
        let percent = wire
            .amount
            .decimal(&what)?
            .ok_or_else(|| Breach::missing(&what))?;
        Ok(Self {
            id: id.to_owned(),
            name: wire.name.trimmed().to_owned(),
            percent: percent.normalize(),
            number: wire.number.filled().map(str::to_owned),
            compound: wire.compound.is_true(),
        })
    }
}
