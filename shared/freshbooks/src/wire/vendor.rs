//! A bill vendor on the wire (docs/freshbooks-api.md, bills and bill payments).

use serde::Deserialize;

use super::Breach;
use super::person::{first_name_of, full_name};
use super::scalar::Scalar;
use super::visibility::visibility;

/// There is no `id`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Vendor {
    vendorid: Scalar,
    vendor_name: Scalar,
    primary_contact_first_name: Scalar,
    primary_contact_last_name: Scalar,
    primary_contact_email: Scalar,
    phone: Scalar,
    currency_code: Scalar,
    updated_at: Scalar,
    vis_state: Scalar,
}

impl TryFrom<Vendor> for crate::Vendor {
    type Error = Breach;

    fn try_from(wire: Vendor) -> Result<Self, Breach> {
        let id = wire.vendorid.id().ok_or_else(|| Breach::missing("id"))?;
        let contact = full_name(
            &wire.primary_contact_first_name,
            &wire.primary_contact_last_name,
        );
        let email = wire.primary_contact_email.trimmed();
        Ok(Self {
            id: id.to_owned(),
            name: first_name_of([wire.vendor_name.trimmed(), &contact, email], "vendor", id),
            email: email.to_owned(),
            phone: wire.phone.trimmed().to_owned(),
            // Only a preference: a bill carries its own currency, so an odd one stops nothing.
            currency: wire.currency_code.trimmed().parse().ok(),
            visibility: visibility(&wire.vis_state),
            version: wire.updated_at.trimmed().to_owned(),
            contact,
        })
    }
}
