//! The tables of the settings that have keys of their own.

use serde::Serialize;

use super::section::Section;

/// `[settings.sales]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sales {
    /// SKU for lines that match no product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_product: Option<String>,
    /// Code of the revenue account of the default product's lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue_account: Option<String>,
}

/// `[settings.customers]`: what a new customer is given instead of the account's own defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Customers {
    /// Name of a payment term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_term: Option<String>,
    /// Code of the receivable account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receivable_account: Option<String>,
    /// Code of a revenue account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue_account: Option<String>,
    /// Name of a sale tax rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_rule: Option<String>,
}

/// `[settings.suppliers]`: what a new supplier is given instead of the account's own defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Suppliers {
    /// Name of a payment term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_term: Option<String>,
    /// Code of the payable account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payable_account: Option<String>,
    /// Name of a purchase tax rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_rule: Option<String>,
}

/// `[settings.purchases]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Purchases {
    /// What comes first in Cin7, the invoice or the goods.
    pub approach: Approach,
    /// What an expense becomes.
    pub expenses_as: ExpensesAs,
    /// Supplier of documents that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_supplier: Option<String>,
    /// Purchase tax rule of lines without tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_none: Option<String>,
}

/// `Approach` of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Approach {
    /// The invoice first.
    #[default]
    Invoice,
    /// The goods first; `RECEIVE` is read as this, the API does not know that word
    /// (docs/cin7-api.md, purchases).
    Stock,
}

/// What an expense becomes in Cin7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpensesAs {
    /// A purchase with its payment.
    #[default]
    Purchase,
    /// A Spend Money operation.
    SpendMoney,
}

/// `[settings.other_income]`: what FreshBooks does not say of other income with taxes
/// (docs/freshbooks-api.md, other income and credit notes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OtherIncomes {
    /// What the amount of a tax is; income with taxes waits until it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taxes: Option<IncomeTaxes>,
    /// Whether the amount of an income has its taxes in it; it has unless said.
    pub amount_has_taxes: bool,
}

/// What the amount of a tax of other income is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IncomeTaxes {
    /// A percentage.
    Percent,
    /// Money.
    Money,
}

impl Default for OtherIncomes {
    fn default() -> Self {
        Self {
            taxes: None,
            amount_has_taxes: true,
        }
    }
}

impl OtherIncomes {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let taxes = [
            ("percent", IncomeTaxes::Percent),
            ("money", IncomeTaxes::Money),
        ];
        Self {
            taxes: section.choice("taxes", &taxes),
            amount_has_taxes: section.flag("amount_has_taxes").unwrap_or(true),
        }
    }
}

impl Sales {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            default_product: section.text("default_product"),
            revenue_account: section.text("revenue_account"),
        }
    }
}

impl Customers {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            payment_term: section.text("payment_term"),
            receivable_account: section.text("receivable_account"),
            revenue_account: section.text("revenue_account"),
            tax_rule: section.text("tax_rule"),
        }
    }
}

impl Suppliers {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            payment_term: section.text("payment_term"),
            payable_account: section.text("payable_account"),
            tax_rule: section.text("tax_rule"),
        }
    }
}

impl Purchases {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let approaches = [
            ("INVOICE", Approach::Invoice),
            ("STOCK", Approach::Stock),
            ("RECEIVE", Approach::Stock),
        ];
        let expenses = [
            ("purchase", ExpensesAs::Purchase),
            ("spend_money", ExpensesAs::SpendMoney),
        ];
        Self {
            approach: section.choice("approach", &approaches).unwrap_or_default(),
            expenses_as: section.choice("expenses_as", &expenses).unwrap_or_default(),
            default_supplier: section.text("default_supplier"),
            tax_none: section.text("tax_none"),
        }
    }
}
