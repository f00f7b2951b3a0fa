//! An expense category on the wire (docs/freshbooks-api.md, expense categories).

use serde::Deserialize;

use super::Breach;
use super::scalar::Scalar;
use super::visibility::visibility;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Category {
    id: Scalar,
    categoryid: Scalar,
    /// The name.
    category: Scalar,
    parentid: Scalar,
    is_cogs: Scalar,
    vis_state: Scalar,
}

impl TryFrom<Category> for crate::Category {
    type Error = Breach;

    fn try_from(wire: Category) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.categoryid.id())
            .ok_or_else(|| Breach::missing("id of an expense category"))?;
        Ok(Self {
            id: id.to_owned(),
            name: wire.category.trimmed().to_owned(),
            parent_id: wire.parentid.id().map(str::to_owned),
            is_cost_of_goods_sold: wire.is_cogs.is_true(),
            visibility: visibility(&wire.vis_state),
        })
    }
}
