//! A callback on the wire (docs/freshbooks-api.md, management endpoints).

use serde::Deserialize;

use super::Breach;
use super::scalar::Scalar;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Callback {
    /// The live name of the id.
    callbackid: Scalar,
    /// Its name in one place of FreshBooks' docs.
    id: Scalar,
    event: Scalar,
    uri: Scalar,
    verified: Scalar,
}

impl TryFrom<Callback> for crate::Callback {
    type Error = Breach;

    fn try_from(wire: Callback) -> Result<Self, Breach> {
        let id = wire
            .callbackid
            .id()
            .or_else(|| wire.id.id())
            .ok_or_else(|| Breach::missing("id of a webhook"))?;
        let required = |field: &Scalar, what: &str| {
            field
                .filled()
                .map(str::to_owned)
                .ok_or_else(|| Breach::missing(format_args!("{what} of webhook {id}")))
        };
        Ok(Self {
            event: required(&wire.event, "event")?,
            uri: required(&wire.uri, "address")?,
            verified: wire.verified.is_true(),
            id: id.to_owned(),
        })
    }
}
