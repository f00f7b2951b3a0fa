//! Whose token it is: the businesses of the person who consented (docs/freshbooks-api.md, identity).

use secrecy::SecretString;

use crate::asked::{Asked as _, Sought, Task, ask};
use crate::http::endpoint;
use crate::{Api, Error, scopes, wire};

/// A business that the person who consented belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Business {
    /// The accounting account, which every call here is made for; its case matters. `None` where the
    /// business has none (the person is its client, say) or one that fits no address: such a
    /// business cannot be connected.
    pub account_id: Option<String>,
    /// The business's UUID; empty where FreshBooks gives none.
    pub business_uuid: String,
    /// What people call it; may be empty.
    pub name: String,
    /// What the person is to it, such as `owner`, `business_accountant` or `client`: the list is open.
    pub role: String,
    /// Its time zone as FreshBooks writes it, where it is shown; that it is here is unconfirmed.
    pub timezone: Option<String>,
}

impl Api {
    /// Every business of the person whose token it is, in FreshBooks' order, those that cannot be
    /// connected included. Takes `user:profile:read`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn businesses(&self, token: &SecretString) -> Result<Vec<Business>, Error> {
        let task = Task {
            doing: "list the businesses of the person who consented".to_owned(),
            scope: format!("the scope {}", scopes::PROFILE),
            remedy: "Connect the account again.",
            sought: Sought::BareList("business_memberships"),
        };
        let address = endpoint(&self.base, "auth/api/v1/users/me");
        let body = ask(self.http.get(address), &task, token, &[])
            .await?
            .ok_or_else(|| task.gone())?;
        wire::businesses(&body).map_err(|breach| task.broken(format_args!("{breach}")))
    }
}
