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

/// `[settings.cin7]`: one switch for each behaviour that is unconfirmed; the default is the safe
/// reading (docs/cin7-api.md, numbers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cin7Switches {
    /// Whether a line may have a quantity such as 2.5 or 0.5.
    pub fractional_quantities: bool,
    /// Whether a line may be worth less than nothing.
    pub negative_lines: bool,
    /// Seconds after a lost reply until a document that is not found is believed absent.
    pub settle_seconds: u32,
    /// How a posted invoice is taken back to a draft.
    pub undo: Undo,
    /// Whether the type of a payment is spelt `PAYMENT` instead of `Payment`.
    pub payment_type_in_capitals: bool,
}

/// What is taken back so that an invoice can be posted again (docs/cin7-api.md, sale invoice).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// The whole sale, `DELETE /sale`; order and invoice are posted again.
    #[default]
    Sale,
    /// Its invoice alone, `DELETE /sale/invoice`, which the documentation has for advanced sales.
    Invoice,
}

impl Default for Cin7Switches {
    fn default() -> Self {
        Self {
            fractional_quantities: false,
            negative_lines: false,
            settle_seconds: 60,
            undo: Undo::Sale,
            payment_type_in_capitals: false,
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

impl Cin7Switches {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let safe = Self::default();
        let undos = [("sale", Undo::Sale), ("invoice", Undo::Invoice)];
        Self {
            fractional_quantities: section
                .flag("fractional_quantities")
                .unwrap_or(safe.fractional_quantities),
            negative_lines: section
                .flag("negative_lines")
                .unwrap_or(safe.negative_lines),
            settle_seconds: section
                .seconds("settle_seconds")
                .unwrap_or(safe.settle_seconds),
            undo: section.choice("undo", &undos).unwrap_or(safe.undo),
            payment_type_in_capitals: section
                .flag("payment_type_in_capitals")
                .unwrap_or(safe.payment_type_in_capitals),
        }
    }
}
