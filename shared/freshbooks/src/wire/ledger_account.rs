//! The accounts of the ledger on the wire (docs/freshbooks-api.md, journals and accounts).

use serde::Deserialize;

use super::scalar::Scalar;
use super::{Breach, parse};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Account {
    uuid: Scalar,
    name: Scalar,
    number: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    parent_account: Scalar,
    state: Scalar,
    jea_id: Scalar,
    jesa_id: Scalar,
}

/// The accounts in the body of an answer, which has one level and no pages.
pub(crate) fn ledger_accounts(body: &[u8]) -> Result<Vec<crate::LedgerAccount>, Breach> {
    #[derive(Deserialize)]
    struct Answer {
        data: Vec<Account>,
    }
    let answer: Answer = parse(body)?;
    answer.data.into_iter().map(TryInto::try_into).collect()
}

impl TryFrom<Account> for crate::LedgerAccount {
    type Error = Breach;

    fn try_from(wire: Account) -> Result<Self, Breach> {
        let id = wire
            .uuid
            .id()
            .ok_or_else(|| Breach::missing("id of a ledger account"))?;
        let journal_account_id = wire.jesa_id.id().or_else(|| wire.jea_id.id());
        Ok(Self {
            id: id.to_owned(),
            name: wire.name.trimmed().to_owned(),
            number: wire.number.trimmed().to_owned(),
            kind: wire.kind.trimmed().to_owned(),
            is_active: !wire.state.trimmed().eq_ignore_ascii_case("inactive"),
            parent_id: wire.parent_account.id().map(str::to_owned),
            journal_account_id: journal_account_id.map(str::to_owned),
        })
    }
}
