//! Whether FreshBooks shows an object, on the wire (docs/freshbooks-api.md, deletes and vis_state).

use super::scalar::Scalar;
use crate::Visibility;

/// What a `vis_state` says; one that is not known hides nothing.
pub(super) fn visibility(vis_state: &Scalar) -> Visibility {
    match vis_state.trimmed() {
        "1" => Visibility::Deleted,
        "2" => Visibility::Archived,
        _ => Visibility::Active,
    }
}
