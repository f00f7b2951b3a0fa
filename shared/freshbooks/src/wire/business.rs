//! A person's businesses on the wire (docs/freshbooks-api.md, identity).

use serde::Deserialize;

use super::scalar::Scalar;
use crate::id::is_id;

/// The person; there is no `result` level around it.
#[derive(Debug, Deserialize)]
pub(super) struct Person {
    business_memberships: Vec<Membership>,
}

/// What a person is to a business. Its own id fits no address and is left unread.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Membership {
    role: Scalar,
    business: Option<Business>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Business {
    account_id: Scalar,
    business_uuid: Scalar,
    name: Scalar,
    timezone: Scalar,
}

impl Person {
    /// The businesses; a membership that shows none has nothing to connect.
    pub(super) fn businesses(self) -> Vec<crate::Business> {
        self.business_memberships
            .into_iter()
            .filter_map(|membership| Some(shown(&membership.role, &membership.business?)))
            .collect()
    }
}

fn shown(role: &Scalar, business: &Business) -> crate::Business {
    let account_id = business.account_id.id().filter(|id| is_id(id));
    crate::Business {
        account_id: account_id.map(str::to_owned),
        business_uuid: business.business_uuid.trimmed().to_owned(),
        name: business.name.trimmed().to_owned(),
        role: role.trimmed().to_owned(),
        timezone: business.timezone.filled().map(str::to_owned),
    }
}
