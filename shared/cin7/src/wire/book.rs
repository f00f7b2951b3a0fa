//! The reference books (docs/cin7-api.md, reference books).

use money::Decimal;
use serde::Deserialize;

use crate::lenient::{Amount, Flag, Text};
use crate::pages::Row;
use crate::{Account, PaymentTerm, TaxRule};

/// A row of `GET /ref/account`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct AccountRow {
    code: Text,
    name: Text,
    class: Text,
    status: Text,
    for_payments: Flag,
    system_account: Text,
    system_account_code: Text,
    currency: Text,
}

impl AccountRow {
    /// A plain liability account is refused where the special one is wanted, so only Cin7's own
    /// mark counts (docs/cin7-api.md, customers).
    fn is_system(&self, name: &str, code: &str) -> bool {
        self.system_account.0.trim().eq_ignore_ascii_case(name)
            || self.system_account_code.0.trim().eq_ignore_ascii_case(code)
    }
}

impl Row for AccountRow {
    const PATH: &'static str = "ref/account";
    const LIST: &'static str = "AccountsList";

    fn id(&self) -> &str {
        if self.code.0.is_empty() {
            &self.name.0
        } else {
            &self.code.0
        }
    }
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            active: row.status.is_active_status(),
            for_payments: row.for_payments.is_set(),
            receivable: row.is_system("Accounts receivable", "DEBTORS"),
            payable: row.is_system("Accounts payable", "CREDITORS"),
            currency: row.currency.0.parse().ok(),
            code: row.code.0,
            name: row.name.0,
            class: row.class.0,
        }
    }
}

/// A row of `GET /ref/tax`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct TaxRow {
    name: Text,
    tax_percent: Amount,
    is_active: Flag,
    is_tax_for_sale: Flag,
    is_tax_for_purchase: Flag,
    components: Option<Vec<TaxComponent>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct TaxComponent {
    percent: Amount,
    compound: Flag,
}

/// The sum of the components, unless one is charged on top of another: the field table does not
/// promise that `TaxPercent` is always there.
fn sum_of(components: &[TaxComponent]) -> Option<Decimal> {
    if components.is_empty()
        || components
            .iter()
            .any(|component| component.compound.is_set())
    {
        return None;
    }
    components.iter().map(|component| component.percent.0).sum()
}

impl Row for TaxRow {
    const PATH: &'static str = "ref/tax";
    const LIST: &'static str = "TaxRuleList";

    fn id(&self) -> &str {
        &self.name.0
    }
}

impl From<TaxRow> for TaxRule {
    fn from(row: TaxRow) -> Self {
        let components = row.components.unwrap_or_default();
        Self {
            name: row.name.0,
            percent: row.tax_percent.0.or_else(|| sum_of(&components)),
            active: !row.is_active.is_denied(),
            for_sale: !row.is_tax_for_sale.is_denied(),
            for_purchase: !row.is_tax_for_purchase.is_denied(),
        }
    }
}

/// A row of `GET /ref/paymentterm`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct PaymentTermRow {
    name: Text,
    duration: Amount,
    method: Text,
    is_active: Flag,
    is_default: Flag,
}

impl Row for PaymentTermRow {
    const PATH: &'static str = "ref/paymentterm";
    const LIST: &'static str = "PaymentTermList";

    fn id(&self) -> &str {
        &self.name.0
    }
}

impl From<PaymentTermRow> for PaymentTerm {
    fn from(row: PaymentTermRow) -> Self {
        let duration = row.duration.0.and_then(|days| i64::try_from(days).ok());
        Self {
            name: row.name.0,
            duration: duration.unwrap_or_default(),
            method: row.method.0,
            active: !row.is_active.is_denied(),
            default: row.is_default.is_set(),
        }
    }
}

/// A row of `GET /ref/location`. Child locations are rows too and may share a name, so rows are
/// told apart by their id.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct LocationRow {
    #[serde(rename = "ID")]
    id: Text,
    name: Text,
    deprecated: Flag,
    is_deprecated: Flag,
}

impl LocationRow {
    /// The name, unless the location is deprecated.
    pub(crate) fn usable_name(self) -> Option<String> {
        let usable = !self.deprecated.is_set() && !self.is_deprecated.is_set();
        self.name.filled().filter(|_| usable)
    }
}

impl Row for LocationRow {
    const PATH: &'static str = "ref/location";
    const LIST: &'static str = "LocationList";

    fn id(&self) -> &str {
        if self.id.0.is_empty() {
            &self.name.0
        } else {
            &self.id.0
        }
    }
}

#[cfg(test)]
mod tests;
