//! A client on the wire (docs/freshbooks-api.md, clients).

use serde::Deserialize;

use super::Breach;
use super::person::{first_name_of, full_name};
use super::scalar::Scalar;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Client {
    id: Scalar,
    userid: Scalar,
    organization: Scalar,
    fname: Scalar,
    lname: Scalar,
    email: Scalar,
    bus_phone: Scalar,
    currency_code: Scalar,
}

impl TryFrom<Client> for crate::Client {
    type Error = Breach;

    fn try_from(wire: Client) -> Result<Self, Breach> {
        let id = wire
            .id
            .id()
            .or_else(|| wire.userid.id())
            .ok_or_else(|| Breach::missing("id"))?;
        let contact = full_name(&wire.fname, &wire.lname);
        let names = [wire.organization.trimmed(), &contact, wire.email.trimmed()];
        Ok(Self {
            id: id.to_owned(),
            name: first_name_of(names, "client", id),
            email: wire.email.trimmed().to_owned(),
            phone: wire.bus_phone.trimmed().to_owned(),
            // Only a preference: an invoice carries its own currency, so an odd one stops nothing.
            currency: wire.currency_code.trimmed().parse().ok(),
            contact,
        })
    }
}
